package mission

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages of missions.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
	doors Doors
}

// Doors are what features above hand in, each for its part.
type Doors struct {
	// Lacking say what a mission lacks.
	Lacking []Lacking
	// Copy copy what belongs to a mission into a new edition of it.
	Copy []Copier
	// Dates are those that the calendar of the year shows beside missions.
	Dates []Dates
	// PublicURL is where the program is reached from outside, and Words are those
	// of what is read there.
	PublicURL *url.URL
	Words     *i18n.Catalogue
}

// NewPages makes the pages.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, doors Doors) *Pages {
	return &Pages{d, frame, kinds, doors}
}

// Routes are the addresses of missions.
func (p *Pages) Routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /t/{territory}/missions", Noun: "mission", Action: "see", Handle: p.list},
		{Pattern: "GET /t/{territory}/missions/{id}", Noun: "mission", Action: "see", Handle: p.show},
		{Pattern: "POST /t/{territory}/missions/{id}/stage", Noun: "mission", Action: "edit", Handle: p.decide},
		{Pattern: "GET /t/{territory}/missions/{id}" + copyPath, Noun: "mission", Action: "add", Handle: p.askCopy},
		{Pattern: "POST /t/{territory}/missions/{id}" + copyPath, Noun: "mission", Action: "add", Handle: p.copy},
	}
	routes = append(routes, p.editor().Routes()...)
	routes = append(routes, p.legRoutes()...)
	routes = append(routes, p.venueRoutes()...)
	routes = append(routes, p.participantRoutes()...)
	routes = append(routes, p.teamRoutes()...)
	return append(routes, p.calendarRoutes()...)
}

// href is the page of a mission.
func href(v territory.Viewer, id string) string { return v.Territory.Home() + "/missions/" + id }

// missionList is what the page of the missions shows.
type missionList struct {
	words            *i18n.Words
	viewer           territory.Viewer
	query            url.Values
	today            string
	filter           Filter
	sectors          []directory.Sector
	years, countries []string
	rows             []Row
	all              int
	// path is that of the list below the territory's home.
	path string
}

func filterOf(r *http.Request) Filter {
	q := r.URL.Query()
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil {
		page = 1
	}
	return Filter{
		Search: q.Get("q"), Years: q["year"], Statuses: q["status"], Sectors: q["sector"], Countries: q["country"],
		Deleted: q.Get("trash") == "yes", Page: max(page, 1),
	}
}

// list answers GET /t/{territory}/missions.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	v, f := territory.ViewerOf(r.Context()), p.frame(r)
	f.Title = f.Words.T("mission.list")
	list := missionList{words: f.Words, viewer: v, query: r.URL.Query(), today: Today(v, p.db.Now()), filter: filterOf(r), path: "/missions"}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.sectors, err = directory.Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if list.years, list.countries, err = spread(r.Context(), tx, v); err != nil {
			return err
		}
		list.rows, list.all, err = List(r.Context(), tx, v, list.filter)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, missionsPage(f, list))
}

func (l missionList) home() string { return l.viewer.Territory.Home() + l.path }

// with is the address of the list with one value changed, from its first page
// on; without values it is removed.
func (l missionList) with(name string, values ...string) string {
	query := url.Values{}
	for key, kept := range l.query {
		if key != "page" && key != name {
			query[key] = kept
		}
	}
	if len(values) > 0 {
		query[name] = values
	}
	if len(query) == 0 {
		return l.home()
	}
	return l.home() + "?" + query.Encode()
}

// clear is the address without any filter, or "" where there is none.
func (l missionList) clear() string {
	for name := range l.query {
		if name != "page" && l.query.Get(name) != "" {
			return l.home()
		}
	}
	return ""
}

func (l missionList) pager() web.Pager {
	return web.Pager{Page: l.filter.Page, Total: l.all, Href: func(page int) string { return l.with("page", strconv.Itoa(page)) }}
}

// A facet is a way to filter the list, with the values to choose from.
type facet struct {
	chip    web.FacetChip
	name    string
	options []web.Option
	chosen  []string
}

func (f facet) has(value string) bool { return slices.Contains(f.chosen, value) }

func (l missionList) facets() []facet {
	w := l.words
	var years, statuses []web.Option
	for _, year := range l.years {
		years = append(years, web.Option{Value: year, Label: year})
	}
	for _, status := range append(Statuses(), Status(Cancelled)) {
		statuses = append(statuses, web.Option{Value: string(status), Label: w.T("mission.status." + string(status))})
	}
	return []facet{
		l.facet("year", w.T("mission.year"), years),
		l.facet("status", w.T("mission.status"), statuses),
		l.facet("sector", w.T("mission.field.sectors"), sectorOptions(l.sectors, w.Lang())),
		l.facet("country", w.T("mission.country"), countryOptions(l.countries, w.Lang())),
	}
}

func (l missionList) facet(name, label string, options []web.Option) facet {
	f := facet{web.FacetChip{Label: label, Clear: l.with(name)}, name, options, l.query[name]}
	switch len(f.chosen) {
	case 0:
	case 1:
		f.chip.Active = f.chosen[0]
		for _, o := range options {
			if f.has(o.Value) {
				f.chip.Active = o.Label
			}
		}
	default:
		f.chip.Active = l.words.T("mission.several", label, len(f.chosen))
	}
	return f
}

// when says the days of a mission, or that they are not known.
func when(w *i18n.Words, m Mission) string {
	switch {
	case m.StartsOn == "" && m.Stage == Closed:
		return w.T("mission.days_unknown")
	case m.StartsOn == "":
		return w.T("mission.no_days")
	}
	return days(w, m.StartsOn, m.EndsOn)
}

// days says two days, or one where the other is not known.
func days(w *i18n.Words, first, last string) string {
	from, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return first
	}
	to, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return w.DateOnly(from)
	}
	return w.Dates(from, to)
}

// dayText says a day that a field holds.
func dayText(w *i18n.Words, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.DateOnly(at)
}
