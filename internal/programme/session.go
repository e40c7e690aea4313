// Package programme keeps the sessions of missions: round tables, visits,
// receptions, and whatever else people attend together.
package programme

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Session is an item of the programme of a mission.
type Session struct {
	record.Meta
	Mission string
	Leg     string // id, or ""
	Venue   string // id, or ""
	Kind    string // one of SessionKinds, or ""
	Title   i18n.Text
	// Start and End are instants; they are shown in the zone of the leg.
	Start, End db.Instant
	// Participants are those who attend; none: everybody.
	Participants []string
	Published    bool
}

// SessionKinds are what a session can be.
func SessionKinds() []string {
	return []string{"round_table", "pitch", "visit", "reception", "signing", "fair", "public", "free"}
}

// Sessions is how sessions are kept.
func Sessions() record.Noun[Session] {
	fields := record.Fields[Session]{}
	for _, lang := range record.ContentLanguages() {
		fields = append(fields, record.ContentField("title", lang, func(s *Session) *i18n.Text { return &s.Title }))
	}
	fields = append(fields,
		record.ChoiceField("kind", SessionKinds(), func(s *Session) *string { return &s.Kind }),
		record.ReferenceField("leg", "leg", func(s *Session) *string { return &s.Leg }),
		record.ReferenceField("venue", "venue", func(s *Session) *string { return &s.Venue }),
		record.InstantField("starts_at", func(s *Session) *db.Instant { return &s.Start }),
		record.InstantField("ends_at", func(s *Session) *db.Instant { return &s.End }),
		record.ReferencesField("participants", "participant", func(s *Session) *[]string { return &s.Participants }),
		record.YesField("published", func(s *Session) *bool { return &s.Published }),
	)
	return record.Noun[Session]{
		Name: "session", Fields: fields,
		Meta: func(s *Session) *record.Meta { return &s.Meta },
		Load: loadSession, Insert: insertSession, Update: updateSession,
		Settle: (*Session).settle,
		Found: func(s *Session) record.Found {
			title, _ := s.Title.In(i18n.Fallback)
			return record.Found{Title: title, Subject: s.Subject(), On: s.on()}
		},
	}
}

// Subject says who may do what to it.
func (s *Session) Subject() territory.Subject {
	return territory.Subject{Owner: s.Owner, Mission: s.Mission}
}

func (s *Session) on() ref.Ref { return ref.Ref{Territory: s.Territory, Kind: "mission", ID: s.Mission} }

func (s *Session) settle() error {
	var p fault.Problems
	if s.Title.IsZero() {
		p.Add("title."+i18n.Fallback, "programme.title_needed")
	}
	if !s.Start.Before(s.End.Time) {
		p.Add("ends_at", "programme.ends_before")
	}
	return p.Or()
}

// Kinds are sessions as the rest of the house knows them.
func Kinds() []record.Kind {
	session := Sessions().Kind()
	session.Attached = true
	session.Address = func(id string) string { return "/sessions/" + id }
	return []record.Kind{session}
}

// Publish writes the sessions that are published into the agendas of a
// mission.
func Publish(ctx context.Context, tx *db.Tx, w *mission.Whole) (agenda.Changes, error) {
	sessions, err := SessionsOf(ctx, tx, w.Territory, w.ID)
	if err != nil {
		return agenda.Changes{}, err
	}
	var wanted []agenda.Engagement
	for _, s := range sessions {
		if s.Published {
			wanted = append(wanted, s.engagement(w))
		}
	}
	changes, err := agenda.Publish(ctx, tx, w.Territory, w.ID, "session", wanted)
	if err != nil {
		return changes, fmt.Errorf("publish the sessions: %w", err)
	}
	return changes, nil
}

// engagement is what a session takes of its mission's seats.
func (s *Session) engagement(w *mission.Whole) agenda.Engagement {
	e := agenda.Engagement{
		Record: s.ID, Title: s.Title, Start: s.Start, End: s.End, Zone: w.ZoneOf(s.Leg), Venue: s.Venue, Fictional: s.Fictional,
	}
	for _, seat := range w.SeatsAt(s.Participants) {
		e.Things = append(e.Things, agenda.SeatThings(seat.ID, seat.Person)...)
	}
	return e
}
