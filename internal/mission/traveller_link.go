package mission

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Travelling is the purpose of the links by which travellers say what their
// journey needs.
func Travelling() auth.Purpose {
	return auth.Purpose{
		Name: "travel", NeedsCode: true,
		Letter: func(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
			t, err := loadTraveller(ctx, tx, l.TerritoryID, l.RecordID)
			if err != nil {
				return "", nil, err
			}
			m, err := loadMission(ctx, tx, l.TerritoryID, t.Mission)
			if err != nil {
				return "", nil, err
			}
			return "traveller.letter", []any{m.Name(l.Language)}, nil
		},
	}
}

// ask answers POST /t/{territory}/missions/{record}/travellers/ask: those who can
// give something that is missing are written to.
func (p *TravelPages) ask(w http.ResponseWriter, r *http.Request) error {
	v := viewerOf(r)
	var m *Mission
	sent := 0
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		if m, err = on(r.Context(), tx, r, "traveller", "edit"); err != nil {
			return err
		}
		trip, err := readTravel(r.Context(), tx, v.Territory, m.ID)
		if err != nil {
			return err
		}
		for _, t := range trip.travellers {
			if t.Email == "" || !asks(t.unmet(trip.passport)) {
				continue
			}
			err := p.auth.Hand(r.Context(), tx, v.Actor, Travelling(), auth.Link{
				TerritoryID: t.Territory, Kind: "traveller", RecordID: t.ID, SentTo: t.Email, Name: t.Name,
				Language: m.Language, ExpiresAt: linkEnd(m, tx.Now),
			})
			if err != nil {
				return err
			}
			sent++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, href(v, m.ID)+travelPath, web.Toast{Text: p.frame(r).Words.N("traveller.asked", sent)})
}

// linkEnd is when the link of a traveller ends: with what it tells.
func linkEnd(m *Mission, now db.Instant) db.Instant {
	back, err := time.Parse(time.DateOnly, m.EndsOn)
	if err != nil || back.Before(now.Time) {
		return now.Add(kept)
	}
	return db.At(back.Add(kept))
}

// askedView is what the page of a traveller shows, by their link.
type askedView struct {
	journeyForm
	traveller *Traveller
	travel
	done bool
}

// askedForm answers GET /l/{token}/travel.
func (p *TravelPages) askedForm(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	return p.asked(w, r, visitor, http.StatusOK, web.Form{})
}

// asked shows the form as it was sent, or as the traveller is.
func (p *TravelPages) asked(w http.ResponseWriter, r *http.Request, visitor auth.Visitor, status int, form web.Form) error {
	f := p.frame(r)
	form.Words = f.Words
	view := askedView{done: r.URL.Query().Has("done")}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.traveller, err = goes(r.Context(), tx, visitor.Link); err != nil {
			return err
		}
		home, err := territory.ByID(r.Context(), tx, view.traveller.Territory)
		if err != nil {
			return err
		}
		view.travel, err = readTravel(r.Context(), tx, home, view.traveller.Mission)
		return err
	})
	if err != nil {
		return err
	}
	if form.Values == nil {
		form.Values = travellerValues(view.traveller)
	}
	view.journeyForm = journeyForm{form, view.travel.passport, view.traveller.PassportTo}
	f.Title = f.Words.T("traveller.asked_title")
	f.Fictional = f.Fictional || view.traveller.Fictional
	return web.Render(w, r, status, askedPage(f, view))
}

// goes finds the traveller of a link; one that was taken away is none.
func goes(ctx context.Context, tx *db.Tx, l auth.Link) (*Traveller, error) {
	t, err := loadTraveller(ctx, tx, l.TerritoryID, l.RecordID)
	if err == nil && t.Deleted() {
		return nil, fault.New(fault.NotFound, "traveller.gone")
	}
	return t, err
}

// answer answers POST /l/{token}/travel.
func (p *TravelPages) answer(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		t, err := goes(r.Context(), tx, visitor.Link)
		if err != nil {
			return err
		}
		if err := t.fill(r.PostForm, own(), "flights"); err != nil {
			return err
		}
		return Travellers().Save(r.Context(), tx, record.Act{By: visitor.Actor()}, t)
	})
	if problems, refused := err.(fault.Problems); refused {
		return p.asked(w, r, visitor, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, r.URL.Path+"?done", http.StatusSeeOther)
	return nil
}

// still are what the traveller can still give.
func (v askedView) still() []string {
	var said []string
	for _, n := range v.traveller.unmet(v.travel.passport) {
		if n.own {
			said = append(said, v.Words.T("traveller.need."+n.name))
		}
	}
	return said
}

// stopSaid says a stop of a journey in its own time, with the zone.
func stopSaid(w *i18n.Words, s Stop) string {
	return w.T("traveller.stop_said", s.Place, w.DateBrief(s.At), w.Clock(s.At), s.At.Location().String())
}
