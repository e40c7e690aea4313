package agenda

import (
	"context"
	"net/http"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/calendar"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages show agendas: to members, and to whoever has a personal link to one.
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

// Purpose is that of the links that show a participant their agenda.
func Purpose() auth.Purpose {
	return auth.Purpose{
		Name: "agenda", OnPaper: true,
		Letter: func(ctx context.Context, tx *db.Tx, l auth.Link) (string, []any, error) {
			p, err := mission.Participants().Load(ctx, tx, l.TerritoryID, l.RecordID)
			if err != nil {
				return "", nil, err
			}
			m, err := mission.Missions().Load(ctx, tx, p.Territory, p.Mission)
			if err != nil {
				return "", nil, err
			}
			return "agenda.letter", []any{m.Name(l.Language), p.Name}, nil
		},
	}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const one = "/t/{territory}/participants/{id}/agenda"
	return []web.Route{
		{Pattern: "GET " + one, Noun: "participant", Action: "see", Handle: p.show},
		{Pattern: "GET " + one + "/calendar.ics", Noun: "participant", Action: "see", Handle: p.download},
		{Pattern: "POST /t/{territory}/missions/{id}/agendas/send", Noun: "mission", Action: "run", Handle: p.send},
		{Pattern: "GET /t/{territory}/missions/{id}" + MissionPage().Path, Noun: "mission", Action: "see", Handle: p.notices},
		{Pattern: "POST /t/{territory}/missions/{id}" + MissionPage().Path, Noun: "mission", Action: "run", Handle: p.write},
		{Pattern: "GET /l/{token}/agenda", Open: true, Handle: p.auth.ByLink(Purpose(), p.showByLink)},
		{Pattern: "GET /l/{token}/agenda/calendar.ics", Open: true, Handle: p.auth.ByLink(Purpose(), p.downloadByLink)},
		{Pattern: "POST /l/{token}/agenda/read/{notice}", Open: true, Handle: p.auth.ByLink(Purpose(), p.noteRead)},
	}
}

// show answers GET /t/{territory}/participants/{id}/agenda.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	agenda, err := p.seen(r)
	if err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	view := agendaView{Agenda: agenda, home: v.Territory, now: p.db.Now().Time}
	view.calendar = v.Territory.Home() + "/participants/" + agenda.Participant.ID + "/agenda/calendar.ics"
	view.trail = []web.Link{
		{Label: p.frame(r).Words.T("mission.list"), Href: v.Territory.Home() + "/missions"},
		{Label: agenda.Mission.Name(p.frame(r).Words.Lang()), Href: v.Territory.Home() + "/missions/" + agenda.Mission.ID},
		{Label: agenda.Participant.Name, Current: true},
	}
	return p.render(w, r, view)
}

// seen is the agenda that the address of a member's page names.
func (p *Pages) seen(r *http.Request) (agenda *Agenda, err error) {
	err = p.db.Read(r.Context(), func(tx *db.Tx) error {
		participant, err := mission.Participants().Find(r.Context(), tx, r, "see")
		if err != nil {
			return err
		}
		agenda, err = OfParticipant(r.Context(), tx, participant.Territory, participant.ID)
		return err
	})
	return agenda, err
}

// showByLink answers GET /l/{token}/agenda.
func (p *Pages) showByLink(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	view := agendaView{now: p.db.Now().Time, calendar: r.URL.Path + "/calendar.ics", alone: true}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if view.home, err = territory.ByID(r.Context(), tx, visitor.Link.TerritoryID); err != nil {
			return err
		}
		if view.Agenda, err = OfParticipant(r.Context(), tx, visitor.Link.TerritoryID, visitor.Link.RecordID); err != nil {
			return err
		}
		view.notices, err = New(tx).noticesFor(r.Context(), visitor.Link.TerritoryID, visitor.Link.RecordID)
		view.reading = visitor.Reading
		return err
	})
	if err != nil {
		return err
	}
	return p.render(w, r, view)
}

func (p *Pages) render(w http.ResponseWriter, r *http.Request, view agendaView) error {
	f := p.frame(r)
	view.words = f.Words
	f.Title = f.Words.T("agenda.of", view.Participant.Name)
	f.Fictional = f.Fictional || view.Participant.Fictional
	view.atHome = r.URL.Query().Get("hours") == "home"
	return web.Render(w, r, http.StatusOK, agendaPage(f, view))
}

// download answers GET /t/{territory}/participants/{id}/agenda/calendar.ics.
func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	agenda, err := p.seen(r)
	if err != nil {
		return err
	}
	return p.writeCalendar(w, r, agenda)
}

// downloadByLink answers GET /l/{token}/agenda/calendar.ics.
func (p *Pages) downloadByLink(w http.ResponseWriter, r *http.Request, visitor auth.Visitor) error {
	var agenda *Agenda
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		agenda, err = OfParticipant(r.Context(), tx, visitor.Link.TerritoryID, visitor.Link.RecordID)
		return err
	})
	if err != nil {
		return err
	}
	return p.writeCalendar(w, r, agenda)
}

func (p *Pages) writeCalendar(w http.ResponseWriter, r *http.Request, a *Agenda) error {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="agenda.ics"`)
	return calendar.Write(w, a.calendar(p.frame(r).Words))
}

// product names Escale in the files that it writes.
const product = "-//Escale//Agenda//EN"

// calendar is the agenda for calendar programs, with what was cancelled.
func (a *Agenda) calendar(words *i18n.Words) calendar.Calendar {
	c := calendar.Calendar{Product: product, Name: words.T("agenda.calendar", a.Mission.Name(words.Lang()), a.Participant.Name)}
	for _, day := range a.Days {
		for _, e := range day.Entries {
			c.Events = append(c.Events, e.event(words))
		}
	}
	for _, e := range a.Cancelled {
		c.Events = append(c.Events, e.event(words))
	}
	return c
}

func (e Entry) event(words *i18n.Words) calendar.Event {
	event := calendar.Event{
		UID: e.ID + "@escale", Sequence: e.Sequence, Stamp: e.UpdatedAt.Time, Start: e.From, End: e.To,
		Summary: e.What(words.Lang()), Location: e.where(words), Description: e.people(words), Cancelled: e.Cancelled,
	}
	if e.Fictional {
		event.Summary = words.T("agenda.fictional", event.Summary)
	}
	if e.Place != nil && e.Place.Placed {
		event.Position = &calendar.Position{Latitude: e.Place.At.Latitude, Longitude: e.Place.At.Longitude}
	}
	return event
}

// kept is how long an agenda's link holds after the mission's last day.
const kept = 60 * 24 * time.Hour

// send answers POST /t/{territory}/missions/{id}/agendas/send: everybody who
// takes part and has an address gets theirs.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
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
			if participant.State == mission.Withdrawn || contact == nil || contact.Email == "" {
				continue
			}
			link := auth.Link{
				TerritoryID: m.Territory, Kind: "participant", RecordID: participant.ID, SentTo: contact.Email, Name: contact.Name(),
				Language: m.Language, ExpiresAt: linkEnd(m, tx.Now),
			}
			if err := p.auth.Hand(r.Context(), tx, v.Actor, Purpose(), link); err != nil {
				return err
			}
			sent++
		}
		return nil
	})
	if err != nil {
		return err
	}
	text := p.frame(r).Words.N("agenda.sent", sent)
	return web.Onward(w, r, v.Territory.Home()+"/missions/"+m.ID+"/plans", web.Toast{Text: text})
}

// linkEnd is until when the link to an agenda holds.
func linkEnd(m *mission.Mission, now db.Instant) db.Instant {
	last, err := time.Parse(time.DateOnly, m.EndsOn)
	if err != nil || last.Before(now.Time) {
		last = now.Time
	}
	return db.At(last.Add(kept))
}
