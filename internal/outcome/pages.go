package outcome

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages about outcomes.
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

// MissionPage is the page of a mission's outcomes.
func MissionPage() record.Page {
	return record.Page{Noun: "outcome", Path: "/outcomes", Label: "outcome.list"}
}

// Purpose is that of the links by which a participant declares what came of a
// mission.
func Purpose() auth.Purpose {
	return auth.Purpose{
		Name: "outcome", NeedsCode: true,
		Letter: func(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
			p, m, err := of(ctx, tx, l)
			if err != nil {
				return "", nil, err
			}
			return "outcome.letter", []any{m.Name(l.Language), p.Name}, nil
		},
	}
}

// of finds the participant of a link, and their mission.
func of(ctx context.Context, tx *db.Tx, l auth.Link) (*mission.Participant, *mission.Mission, error) {
	p, err := mission.Participants().Load(ctx, tx, l.TerritoryID, l.RecordID)
	if err != nil {
		return nil, nil, err
	}
	m, err := mission.Missions().Load(ctx, tx, p.Territory, p.Mission)
	return p, m, err
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const list, one = "/t/{territory}/missions/{id}/outcomes", "/t/{territory}/outcomes/{id}"
	return []web.Route{
		{Pattern: "GET " + list, Noun: "mission", Action: "see", Handle: p.list},
		{Pattern: "POST " + list + "/ask", Noun: "mission", Action: "run", Handle: p.ask},
		{Pattern: "POST " + one + "/confirm", Noun: "outcome", Action: "confirm", Handle: p.judge(Confirmed)},
		{Pattern: "POST " + one + "/refuse", Noun: "outcome", Action: "confirm", Handle: p.judge(Refused)},
		{Pattern: "GET /l/{token}/outcome", Open: true, Handle: p.auth.ByLink(Purpose(), p.declareForm)},
		{Pattern: "POST /l/{token}/outcome", Open: true, Handle: p.auth.ByLink(Purpose(), p.declare)},
	}
}

// list answers GET /t/{territory}/missions/{id}/outcomes.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := listView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.mission, err = mission.Missions().Find(r.Context(), tx, r, "see"); err != nil {
			return err
		}
		if view.Cover, err = mission.NewCover(r.Context(), tx, p.kinds, f.Words, view.mission, MissionPage().Path); err != nil {
			return err
		}
		view.outcomes, err = OutcomesOf(r.Context(), tx, view.mission.Territory, view.mission.ID)
		return err
	})
	if err != nil {
		return err
	}
	view.outcomes = slices.DeleteFunc(view.outcomes, func(o *Outcome) bool { return !view.viewer.May("outcome", "see", o.Subject()) })
	f.Title = f.Words.T("outcome.of", view.name())
	f.Fictional = f.Fictional || view.mission.Fictional
	return web.Render(w, r, http.StatusOK, listPage(f, view))
}

// asked is how long an outcome can be declared by a link.
const asked = 365 * 24 * time.Hour

// ask answers POST /t/{territory}/missions/{id}/outcomes/ask: each company that
// took part is sent a link.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	sent := 0
	var m *mission.Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = mission.Missions().Find(r.Context(), tx, r, "run"); err != nil {
			return err
		}
		whole, err := mission.Read(r.Context(), tx, m.Territory, m.ID)
		if err != nil {
			return err
		}
		for _, participant := range whole.Participants {
			contact := whole.People[participant.Contact]
			if participant.Side == mission.Counterpart || participant.State == mission.Withdrawn || contact == nil || contact.Email == "" {
				continue
			}
			if err := p.auth.Hand(r.Context(), tx, v.Actor, Purpose(), auth.Link{
				TerritoryID: m.Territory, Kind: "participant", RecordID: participant.ID, SentTo: contact.Email, Name: contact.Name(),
				Language: m.Language, ExpiresAt: tx.Now.Add(asked),
			}); err != nil {
				return err
			}
			sent++
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.N("outcome.asked", sent)
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+m.ID+"/outcomes", web.Toast{Text: text})
}

// judge confirms or refuses what a company declared.
func (p *Pages) judge(state string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := territory.ViewerOf(r.Context())
		act := record.Act{By: v.Actor, Batch: db.NewID()}
		var o *Outcome
		err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
			if o, err = Outcomes().Find(r.Context(), tx, r, "confirm"); err != nil {
				return err
			}
			o.State = state
			return Outcomes().Save(r.Context(), tx, act, o)
		})
		if err != nil {
			return err
		}
		text := p.frame(r).Words.T("outcome."+state+"_said", o.Name)
		return web.Onward(w, r, v.Territory.Home()+"/missions/"+o.Mission+"/outcomes",
			web.Toast{Text: text, UndoAction: v.Territory.Home() + "/undo/" + act.Batch})
	}
}

// declareForm answers GET /l/{token}/outcome.
func (p *Pages) declareForm(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	return p.declarePage(w, r, visitor, http.StatusOK, web.Form{})
}

func (p *Pages) declarePage(w http.ResponseWriter, r *http.Request, visitor auth.Visitor, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	view := declareView{Form: form, done: r.URL.Query().Has("done")}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		participant, m, err := of(r.Context(), tx, visitor.Link)
		if err != nil {
			return err
		}
		home, err := territory.ByID(r.Context(), tx, m.Territory)
		if err != nil {
			return err
		}
		view.participant, view.mission, view.currency = participant, m, home.Currency
		all, err := OutcomesOf(r.Context(), tx, m.Territory, m.ID)
		view.before = slices.DeleteFunc(all, func(o *Outcome) bool { return o.Participant != participant.ID })
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("outcome.declare_title")
	f.Fictional = f.Fictional || view.participant.Fictional
	return web.Render(w, r, status, declarePage(f, view))
}

// declare answers POST /l/{token}/outcome.
func (p *Pages) declare(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		participant, m, err := of(r.Context(), tx, visitor.Link)
		if err != nil {
			return err
		}
		home, err := territory.ByID(r.Context(), tx, m.Territory)
		if err != nil {
			return err
		}
		o := &Outcome{
			Meta:    record.Meta{Territory: m.Territory, Fictional: participant.Fictional},
			Mission: m.ID, Organisation: participant.Organisation, Name: participant.Name, Participant: participant.ID,
			Currency: home.Currency, DeclaredBy: visitor.Link.Name,
		}
		sent := Outcomes().Fields.Sent(declared(r.PostForm))
		if err := Outcomes().Fields.Apply(o, sent).Or(); err != nil {
			return err
		}
		return Outcomes().Add(r.Context(), tx, record.Act{By: visitor.Actor()}, o)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.declarePage(w, r, visitor, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, r.URL.Path+"?done", http.StatusSeeOther)
	return nil
}

// declared are the fields that a company may send: not whether it is confirmed.
func declared(form url.Values) url.Values {
	kept := url.Values{}
	for _, name := range []string{"kind", "text", "happened_on", "amount", "publishable"} {
		if values, sent := form[name]; sent {
			kept[name] = values
		}
	}
	return kept
}
