package matchmaking

import (
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

// The states of a meeting.
const (
	Planned   = "planned"
	Cancelled = "cancelled"
)

// A Meeting is one that was published.
type Meeting struct {
	ofMission
	// UID is that of calendars: the same from plan to plan.
	UID        string
	Start, End db.Instant
	Seats      []string // as those of a request, none of them any
	Venue      string   // id, or ""
	// Spot is what documents call its table, and Interpreter who comes, or "".
	Spot, Interpreter string
	Locked            bool
	State             string
}

// Meetings is how meetings are kept.
func Meetings() record.Noun[Meeting] {
	return record.Noun[Meeting]{
		Name: "meeting",
		Fields: record.Fields[Meeting]{
			record.InstantField("starts_at", func(m *Meeting) *db.Instant { return &m.Start }),
			record.InstantField("ends_at", func(m *Meeting) *db.Instant { return &m.End }),
			record.ListField("seats", func(m *Meeting) *[]string { return &m.Seats }),
			record.ReferenceField("venue", "venue", func(m *Meeting) *string { return &m.Venue }),
			record.TextField("spot", func(m *Meeting) *string { return &m.Spot }),
			record.TextField("interpreter", func(m *Meeting) *string { return &m.Interpreter }),
			record.YesField("locked", func(m *Meeting) *bool { return &m.Locked }),
			record.ChoiceField("state", []string{Planned, Cancelled}, func(m *Meeting) *string { return &m.State }),
		},
		Meta: func(m *Meeting) *record.Meta { return &m.Meta },
		Load: loadMeeting, Insert: insertMeeting, Update: updateMeeting,
		Settle: func(*Meeting) error { return nil },
		Found:  func(m *Meeting) record.Found { return m.unfound() },
	}
}
