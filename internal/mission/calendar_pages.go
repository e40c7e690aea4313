package mission

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/web"
)

const calendarPath = "/calendar"

// calendarRoutes are the addresses of the calendar of the year, and of what
// calendar programs read.
func (p *Pages) calendarRoutes() []web.Route {
	const base = "/t/{territory}" + calendarPath
	return []web.Route{
		{Pattern: "GET " + base, Noun: "mission", Action: "see", Handle: p.showYear},
		{Pattern: "GET " + base + "/feeds", Noun: "mission", Action: "see", Handle: p.showFeeds},
		{Pattern: "POST " + base + "/feeds", Noun: "mission", Action: "see", Handle: p.addFeed},
		{Pattern: "POST " + base + "/feeds/revoke", Noun: "mission", Action: "see", Handle: p.revokeFeed},
		{Pattern: "GET /feeds/{territory}/{token}/missions.ics", Open: true, Handle: p.readFeed},
	}
}

// yearView is what the calendar of a year shows.
type yearView struct {
	missionList
	year   int
	months []month
}

// showYear answers GET /t/{territory}/calendar?year=2027.
func (p *Pages) showYear(w http.ResponseWriter, r *http.Request) error {
	v, f := viewerOf(r), p.frame(r)
	today := Today(v, p.db.Now())
	page := yearView{missionList: missionList{words: f.Words, viewer: v, query: r.URL.Query(), today: today, path: calendarPath}}
	page.year = yearOf(r.URL.Query().Get("year"), today)
	f.Title = f.Words.T("mission.calendar", strconv.Itoa(page.year))
	var shown []Date
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if page.sectors, err = directory.Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if _, page.countries, err = spread(r.Context(), tx, v); err != nil {
			return err
		}
		year := strconv.Itoa(page.year)
		dates, err := p.Between(r.Context(), tx, v, f.Words, year+"-01-01", year+"-12-31")
		if err != nil {
			return err
		}
		for _, d := range dates {
			if d.meets(page.query["sector"], page.query["country"]) {
				shown = append(shown, d)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.months = months(f.Words, page.year, shown)
	return web.Render(w, r, http.StatusOK, yearPage(f, page))
}

// facets are the ways to filter the calendar.
func (v yearView) facets() []facet {
	return []facet{
		v.facet("sector", v.words.T("mission.field.sectors"), sectorOptions(v.sectors, v.words.Lang())),
		v.facet("country", v.words.T("mission.country"), countryOptions(v.countries, v.words.Lang())),
	}
}

// years lead to the year before and the one after.
func (v yearView) years() []web.Link {
	link := func(year int) web.Link {
		said := strconv.Itoa(year)
		return web.Link{Label: said, Href: v.with("year", said), Current: year == v.year}
	}
	return []web.Link{link(v.year - 1), link(v.year), link(v.year + 1)}
}

// feedsView is what the page of the calendars to follow shows; made is the
// address of the one just made, which is never shown again.
type feedsView struct {
	yearView
	feeds []Feed
	made  string
}

// showFeeds answers GET /t/{territory}/calendar/feeds.
func (p *Pages) showFeeds(w http.ResponseWriter, r *http.Request) error {
	return p.feedsPage(w, r, "")
}

func (p *Pages) feedsPage(w http.ResponseWriter, r *http.Request, made string) error {
	v, f := viewerOf(r), p.frame(r)
	f.Title = f.Words.T("mission.feeds")
	page := feedsView{yearView: yearView{missionList: missionList{words: f.Words, viewer: v, query: url.Values{}}}, made: made}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		page.feeds, err = FeedsOf(r.Context(), tx, v.Territory.ID, v.User)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, feedsPage(f, page))
}

// addFeed answers POST /t/{territory}/calendar/feeds: it shows the secret
// address, once.
func (p *Pages) addFeed(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := viewerOf(r)
	var token string
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		token, err = MakeFeed(r.Context(), tx, v.Territory.ID, v.User, r.PostForm.Get("own") == "yes")
		return err
	})
	if err != nil {
		return err
	}
	return p.feedsPage(w, r, p.doors.PublicURL.JoinPath("feeds", v.Territory.Slug, token, "missions.ics").String())
}

// revokeFeed answers POST /t/{territory}/calendar/feeds/revoke.
func (p *Pages) revokeFeed(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := viewerOf(r)
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return RevokeFeed(r.Context(), tx, v.Territory.ID, v.User, r.PostForm.Get("feed"))
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, v.Territory.Home()+calendarPath+"/feeds", web.Toast{Text: p.frame(r).Words.T("mission.feed_revoked")})
}
