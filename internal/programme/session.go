// Package programme keeps the sessions of missions: round tables, visits,
// receptions, and whatever else people attend together; who speaks, who
// registered, who is invited, who came.
package programme

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
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
	// Spot is where in the venue, or the place itself where there is none.
	Spot  string
	Kind  string // one of SessionKinds, or ""
	Level Level
	Title i18n.Text
	About i18n.Text
	// Start and End are instants; they are shown in the zone of the leg.
	Start, End db.Instant
	// Participants are those who attend, or who may register where SignUp says
	// that one has to; none: everybody.
	Participants []string
	SignUp       bool
	Capacity     Capacity
	Languages    []string
	Interpreters []string // ids of sets of interpreters
	Host, Dress  string
	// TransportFrom and TransportAt are where and when those who attend are fetched.
	TransportFrom string
	TransportAt   db.Instant
	Published     bool
}

// SessionKinds are what a session can be.
func SessionKinds() []string {
	return []string{"round_table", "pitch", "visit", "reception", "signing", "fair", stand, "public", "free"}
}

// stand is the kind of the sessions at which visitors are counted.
const stand = "stand"

// IsStand says whether visitors are counted at the session.
func (s *Session) IsStand() bool { return s.Kind == stand || s.Kind == "fair" }

// A Level is what a session means for whoever attends it: whether they can be
// elsewhere meanwhile.
type Level string

// The levels.
const (
	Forbid Level = "forbid" // nobody can be
	Warn   Level = "warn"   // they can, and are warned
	Note   Level = "note"   // they can
)

func levels() []string { return []string{string(Forbid), string(Warn), string(Note)} }

// Sessions is how sessions are kept. What is published of them is in the agendas
// of those who attend, whatever changes.
func Sessions() record.Noun[Session] {
	return record.Noun[Session]{
		Name: "session", Fields: sessionFields(),
		Meta: func(s *Session) *record.Meta { return &s.Meta },
		Load: loadSession, Insert: insertSession,
		Update: func(ctx context.Context, tx *db.Tx, s *Session) error {
			if err := updateSession(ctx, tx, s); err != nil {
				return err
			}
			return settleAll(ctx, tx, s.Territory, s.Mission)
		},
		Settle: (*Session).settle,
		Found: func(s *Session) record.Found {
			title, _ := s.Title.In(i18n.Fallback)
			return record.Found{Title: title, Subject: s.Subject(), On: s.on()}
		},
	}
}

func sessionFields() record.Fields[Session] {
	var fields record.Fields[Session]
	for _, lang := range record.ContentLanguages() {
		fields = append(
			fields,
			record.ContentField("title", lang, func(s *Session) *i18n.Text { return &s.Title }),
			record.ContentField("about", lang, func(s *Session) *i18n.Text { return &s.About }),
		)
	}
	fields = append(
		fields,
		record.ChoiceField("kind", SessionKinds(), func(s *Session) *string { return &s.Kind }),
		record.ChoiceField("level", levels(), func(s *Session) *string { return (*string)(&s.Level) }),
		record.ReferenceField("leg", "leg", func(s *Session) *string { return &s.Leg }),
		record.ReferenceField("venue", "venue", func(s *Session) *string { return &s.Venue }),
		record.TextField("spot", func(s *Session) *string { return &s.Spot }),
		record.InstantField("starts_at", func(s *Session) *db.Instant { return &s.Start }),
		record.InstantField("ends_at", func(s *Session) *db.Instant { return &s.End }),
		record.ReferencesField("participants", "participant", func(s *Session) *[]string { return &s.Participants }),
		record.YesField("sign_up", func(s *Session) *bool { return &s.SignUp }),
		record.ListField("languages", func(s *Session) *[]string { return &s.Languages }),
		record.ReferencesField("interpreters", "interpreters", func(s *Session) *[]string { return &s.Interpreters }),
		record.TextField("host", func(s *Session) *string { return &s.Host }),
		record.TextField("dress", func(s *Session) *string { return &s.Dress }),
		record.TextField("transport_from", func(s *Session) *string { return &s.TransportFrom }),
		record.InstantField("transport_at", func(s *Session) *db.Instant { return &s.TransportAt }),
		record.YesField("published", func(s *Session) *bool { return &s.Published }),
	)
	for _, group := range Groups() {
		fields = append(fields, roomField(group))
	}
	return fields
}

// Subject says who may do what to it.
func (s *Session) Subject() territory.Subject {
	return territory.Subject{Owner: s.Owner, Mission: s.Mission}
}

func (s *Session) on() ref.Ref {
	return ref.Ref{Territory: s.Territory, Kind: "mission", ID: s.Mission}
}

func (s *Session) settle() error {
	var p fault.Problems
	if s.Title.IsZero() {
		p.Add("title."+i18n.Fallback, "programme.title_needed")
	}
	if s.Level == "" {
		s.Level = Forbid
	}
	if !s.Start.Before(s.End.Time) {
		p.Add("ends_at", "programme.ends_before")
	}
	if !s.TransportAt.IsZero() && s.TransportAt.After(s.Start.Time) {
		p.Add("transport_at", "programme.transport_late")
	}
	return p.Or()
}

// Begins is when those who attend are taken: they may be fetched before.
func (s *Session) Begins() db.Instant {
	if !s.TransportAt.IsZero() {
		return s.TransportAt
	}
	return s.Start
}

// IsOpen says whether one can register for it, or leave it.
func (s *Session) IsOpen(now db.Instant) bool {
	return s.SignUp && s.Published && !s.Deleted() && now.Before(s.Start.Time)
}

// settleAll does what follows from any change of a mission's programme: who
// waited moves up where there is room, and agendas say what is published.
func settleAll(ctx context.Context, tx *db.Tx, territory int, id string) error {
	w, err := mission.Read(ctx, tx, territory, id)
	if err != nil {
		return err
	}
	p, err := Read(ctx, tx, w)
	if err != nil {
		return err
	}
	if err := p.moveUp(ctx, tx, record.Act{By: history.System(), Batch: db.NewID()}); err != nil {
		return err
	}
	_, err = p.publish(ctx, tx)
	return err
}
