package programme

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages of programmes.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
	auth  *auth.Auth
}

// NewPages makes the pages.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, a *auth.Auth) *Pages {
	return &Pages{d, frame, kinds, a}
}

// MissionPage is the programme among the pages of a mission.
func MissionPage() record.Page {
	return record.Page{Noun: "session", Path: "/programme", Label: "programme.title"}
}

// Routes are the addresses of programmes.
func (p *Pages) Routes() []web.Route {
	const one = "/t/{territory}/sessions/{id}"
	list := "/t/{territory}/missions/{id}" + MissionPage().Path
	routes := []web.Route{
		{Pattern: "GET " + list, Noun: "mission", Action: "see", Handle: p.list},
		{Pattern: "POST " + list + "/publish", Noun: "mission", Action: "edit", Handle: p.publishAll},
		{Pattern: "POST " + list + "/send", Noun: "mission", Action: "run", Handle: p.send},
		{Pattern: "GET " + one, Noun: "session", Action: "see", Handle: p.show},
		{Pattern: "POST " + one + "/publish", Noun: "session", Action: "edit", Handle: p.publishOne},
		{Pattern: "GET " + one + "/guests.xlsx", Noun: "session", Action: "welcome", Handle: p.guestList},
		{Pattern: "GET " + one + "/badges.pdf", Noun: "session", Action: "welcome", Handle: p.badges},
		{Pattern: "GET " + one + "/check-in", Noun: "session", Action: "welcome", Handle: p.door},
		{Pattern: "POST " + one + "/check-in", Noun: "session", Action: "welcome", Handle: p.enter},
		{Pattern: "GET " + one + "/stand", Noun: "session", Action: "welcome", Handle: p.stand},
		{Pattern: "POST " + one + "/stand", Noun: "session", Action: "welcome", Handle: p.meet},
		{Pattern: "GET " + one + "/contacts", Noun: "contact", Action: "see", Handle: p.contacts},
		{Pattern: "POST " + one + "/contacts", Noun: "contact", Action: "edit", Handle: p.mergeContacts},
		{Pattern: "GET /t/{territory}/speakers/{id}", Noun: "speaker", Action: "see", Handle: goTo(p, Speakers(), func(s *Speaker) part { return s.part })},
		{Pattern: "POST /t/{territory}/speakers/{id}/earlier", Noun: "speaker", Action: "edit", Handle: p.earlier},
		{Pattern: "GET /t/{territory}/guests/{id}", Noun: "guest", Action: "see", Handle: goTo(p, Guests(), func(g *Guest) part { return g.part })},
		{Pattern: "GET /l/{token}/session", Open: true, Handle: p.auth.ByLink(Purpose(), p.offer)},
		{Pattern: "POST /l/{token}/session", Open: true, Handle: p.auth.ByLink(Purpose(), p.choose)},
	}
	routes = append(routes, p.sessionEditor().Routes()...)
	routes = append(routes, p.speakerEditor().Routes()...)
	return append(routes, p.guestEditor().Routes()...)
}

func href(v territory.Viewer, session string) string {
	return v.Territory.Home() + "/sessions/" + session
}

// goTo leads from the address of what is of a session to the session's page.
func goTo[T any](p *Pages, noun record.Noun[T], of func(*T) part) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return p.db.Read(r.Context(), func(tx *db.Tx) error {
			found, err := noun.Find(r.Context(), tx, r, "see")
			if err == nil {
				http.Redirect(w, r, href(territory.ViewerOf(r.Context()), of(found).Session), http.StatusSeeOther)
			}
			return err
		})
	}
}

// view is what a page of a programme shows.
type view struct {
	mission.Cover
	*Programme
	words     *i18n.Words
	viewer    territory.Viewer
	now       time.Time
	conflicts []Conflict
}

// read reads a programme for a viewer.
func (p *Pages) read(ctx context.Context, tx *db.Tx, f web.Frame, m *mission.Mission) (v view, err error) {
	v = view{words: f.Words, viewer: territory.ViewerOf(ctx), now: tx.Now.Time}
	if v.Cover, err = mission.NewCover(ctx, tx, p.kinds, f.Words, m, MissionPage().Path); err != nil {
		return v, err
	}
	w, err := mission.Read(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return v, err
	}
	if v.Programme, err = Read(ctx, tx, w); err != nil {
		return v, err
	}
	held, err := agenda.Of(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return v, err
	}
	v.conflicts = v.Conflicts(held)
	return v, nil
}

// list answers GET /t/{territory}/missions/{id}/programme.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	var page view
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		m, err := mission.Missions().Find(r.Context(), tx, r, "see")
		if err != nil {
			return err
		}
		page, err = p.read(r.Context(), tx, f, m)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("programme.title")
	return web.Render(w, r, http.StatusOK, listPage(f, page))
}

// publishAll answers POST /t/{territory}/missions/{id}/programme/publish: all
// drafts, whole or not at all.
func (p *Pages) publishAll(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	published := 0
	var m *mission.Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		published = 0
		if m, err = mission.Missions().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		sessions, err := SessionsOf(r.Context(), tx, m.Territory, m.ID)
		if err != nil {
			return err
		}
		for _, s := range sessions {
			if s.Published {
				continue
			}
			s.Published = true
			published++
			if err := Sessions().Save(r.Context(), tx, act, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.N("programme.published_all", published)
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+m.ID+MissionPage().Path, web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// sessionView is what the page of a session shows.
type sessionView struct {
	view
	session *Session
	guests  []*Guest // those that the viewer may see
	there   Presence
}

// show answers GET /t/{territory}/sessions/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	page, f, err := p.open(r, "see")
	if err != nil {
		return err
	}
	f.Title = page.title(page.session)
	return web.Render(w, r, http.StatusOK, sessionPage(f, page))
}

// open reads the session that the address names, for who may do something to
// it.
func (p *Pages) open(r *http.Request, action string) (page sessionView, f web.Frame, err error) {
	f = p.frame(r)
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		s, err := Sessions().Find(r.Context(), tx, r, action)
		if err != nil {
			return err
		}
		page, err = p.readSession(r.Context(), tx, f, s)
		return err
	})
	if err == nil {
		f.Fictional = f.Fictional || page.session.Fictional
	}
	return page, f, err
}

func (p *Pages) readSession(ctx context.Context, tx *db.Tx, f web.Frame, s *Session) (page sessionView, err error) {
	m, err := mission.Missions().Load(ctx, tx, s.Territory, s.Mission)
	if err != nil {
		return page, err
	}
	if page.view, err = p.read(ctx, tx, f, m); err != nil {
		return page, err
	}
	page.session = s
	for _, g := range page.Guests[s.ID] {
		if page.viewer.May("guest", "see", g.Subject()) {
			page.guests = append(page.guests, g)
		}
	}
	page.there, err = Present(ctx, tx, s)
	return page, err
}

// publishOne answers POST /t/{territory}/sessions/{id}/publish: a draft is
// published, what was published is a draft again.
func (p *Pages) publishOne(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var s *Session
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if s, err = Sessions().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		s.Published = !s.Published
		return Sessions().Save(r.Context(), tx, act, s)
	})
	if err != nil {
		return err
	}
	words, said := p.frame(r).Words, "programme.withdrawn"
	if s.Published {
		said = "programme.published"
	}
	title, _ := s.Title.In(words.Lang())
	return web.Onward(w, r, href(v, s.ID), web.Toast{Text: words.T(said, title), UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
}

// earlier answers POST /t/{territory}/speakers/{id}/earlier: a speaker speaks
// before the one whom they followed.
func (p *Pages) earlier(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	act := record.Act{By: v.Actor, Batch: db.NewID()}
	var moved *Speaker
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if moved, err = Speakers().Find(r.Context(), tx, r, "edit"); err != nil {
			return err
		}
		all, err := SpeakersOf(r.Context(), tx, moved.Territory, moved.Mission)
		if err != nil {
			return err
		}
		return putEarlier(r.Context(), tx, act, all, moved)
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, href(v, moved.Session), web.Toast{
		Text: p.frame(r).Words.T("speaker.moved"), UndoAction: v.Territory.Home() + "/undo/" + act.Batch,
	})
}

// putEarlier numbers the speakers of a session anew, with one of them a place
// earlier.
func putEarlier(ctx context.Context, tx *db.Tx, act record.Act, all []*Speaker, moved *Speaker) error {
	var order []*Speaker
	for _, s := range all {
		if s.Session != moved.Session {
			continue
		}
		order = append(order, s)
		if n := len(order); s.ID == moved.ID && n > 1 {
			order[n-2], order[n-1] = order[n-1], order[n-2]
		}
	}
	for i, s := range order {
		s.Position = i + 1
		if err := Speakers().Save(ctx, tx, act, s); err != nil {
			return err
		}
	}
	return nil
}
