package programme

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Purpose is that of the links by which a participant registers for sessions.
func Purpose() auth.Purpose {
	return auth.Purpose{
		Name: "session",
		Letter: func(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
			p, err := mission.Participants().Load(ctx, tx, l.TerritoryID, l.RecordID)
			if err != nil {
				return "", nil, err
			}
			m, err := mission.Missions().Load(ctx, tx, p.Territory, p.Mission)
			if err != nil {
				return "", nil, err
			}
			return "programme.letter", []any{m.Name(l.Language), p.Name}, nil
		},
	}
}

// kept is how long a link holds after the mission's last day.
const kept = 7 * 24 * time.Hour

// linkEnd is until when a link holds.
func linkEnd(m *mission.Mission, now db.Instant) db.Instant {
	last, err := time.Parse(time.DateOnly, m.EndsOn)
	if err != nil || last.Before(now.Time) {
		last = now.Time
	}
	return db.At(last.Add(kept))
}

// send answers POST /t/{territory}/missions/{id}/programme/send: everybody who
// takes part and has an address gets a link to register by.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	sent := 0
	var m *mission.Mission
	err := p.db.Write(r.Context(), func(tx *db.Tx) (err error) {
		sent = 0
		if m, err = mission.Missions().Find(r.Context(), tx, r, "run"); err != nil {
			return err
		}
		whole, err := mission.Read(r.Context(), tx, m.Territory, m.ID)
		if err != nil {
			return err
		}
		for _, participant := range whole.Participants {
			contact := whole.People[participant.Contact]
			if participant.State == mission.Withdrawn || contact == nil || contact.Email == "" {
				continue
			}
			sent++
			link := auth.Link{
				TerritoryID: m.Territory, Kind: "participant", RecordID: participant.ID, SentTo: contact.Email, Name: contact.Name(),
				Language: m.Language, ExpiresAt: linkEnd(m, tx.Now),
			}
			if err := p.auth.Hand(r.Context(), tx, v.Actor, Purpose(), link); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.N("programme.sent", sent)
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+m.ID+MissionPage().Path, web.Toast{Text: text})
}

// offerView is what a participant is shown who came by a link.
type offerView struct {
	view
	participant *mission.Participant
	seats       []*mission.Seat
	// Refused says why what was asked for could not be done, or is "".
	refused string
}

// offer answers GET /l/{token}/session.
func (p *Pages) offer(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	return p.offerPage(w, r, visitor, http.StatusOK, "")
}

func (p *Pages) offerPage(w http.ResponseWriter, r *http.Request, visitor auth.Visitor, status int, refused string) error {
	f := p.frame(r)
	page := offerView{view: view{words: f.Words}, refused: refused}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		page.now = tx.Now.Time
		if page.participant, err = mission.Participants().Load(r.Context(), tx, visitor.Link.TerritoryID, visitor.Link.RecordID); err != nil {
			return err
		}
		whole, err := mission.Read(r.Context(), tx, page.participant.Territory, page.participant.Mission)
		if err != nil {
			return err
		}
		page.seats = whole.SeatsOfEach()[page.participant.ID]
		page.Programme, err = Read(r.Context(), tx, whole)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("programme.offer_title")
	f.Fictional = f.Fictional || page.participant.Fictional
	return web.Render(w, r, status, offerPage(f, page))
}

// open are the sessions that the participant can still register for, or leave.
func (v offerView) open() (open []*Session) {
	for _, s := range v.Sessions {
		for _, seat := range v.seats {
			if s.IsOpen(db.At(v.now)) && v.invited(s, seat) {
				open = append(open, s)
				break
			}
		}
	}
	return open
}

// choose answers POST /l/{token}/session: a seat of the participant registers for
// a session, or leaves it.
func (p *Pages) choose(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		s, err := loadSession(r.Context(), tx, visitor.Link.TerritoryID, r.PostForm.Get("session"))
		if err != nil {
			return err
		}
		seat, err := mission.Seats().Load(r.Context(), tx, visitor.Link.TerritoryID, r.PostForm.Get("seat"))
		if err != nil {
			return err
		}
		if seat.Participant != visitor.Link.RecordID {
			return fault.New(fault.NotFound, "record.none")
		}
		act := record.Act{By: visitor.Actor(), Batch: db.NewID()}
		if r.PostForm.Get("do") == "leave" {
			return Leave(r.Context(), tx, act, s, seat)
		}
		_, err = Register(r.Context(), tx, act, s, seat)
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return p.offerPage(w, r, visitor, http.StatusConflict, web.Explain(p.frame(r).Words, err))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	return nil
}
