package planner

import "slices"

// Plan is a set of meetings, in no particular order; those that [Solve] returns
// are ordered by start, then by place. Whether it is valid is for [Check] to say.
type Plan struct {
	Meetings []Meeting
}

// Meeting is one scheduled meeting.
type Meeting struct {
	// Attendees are two or more different participants, each with the seat that
	// comes.
	Attendees []Attendee
	// Start is the first of its Slots consecutive slots.
	Start SlotID
	Slots int
	Place PlaceID
	// Table is counted from 1 within the place; 0 where the place has no
	// numbered tables.
	Table int
	// Pool is the interpreters' pool and Interpreter the number of the one who
	// comes, counted from 1; None and 0 when the participants share a language.
	Pool        PoolID
	Interpreter int
	// Request is the request that this meeting holds, or None for a meeting
	// that comes of wishes.
	Request RequestID
	// Locked says that [Repair] must keep the meeting as it is, table included.
	Locked bool
}

// Attendee is a seat of a participant, counted from 1.
type Attendee struct {
	Participant ParticipantID
	Seat        int
}

// Clone returns a plan that shares nothing with p.
func (p *Plan) Clone() *Plan {
	c := &Plan{Meetings: make([]Meeting, len(p.Meetings))}
	for i, m := range p.Meetings {
		m.Attendees = slices.Clone(m.Attendees)
		c.Meetings[i] = m
	}
	return c
}

// seat returns the seat with which the participant attends, or 0.
func (m *Meeting) seat(p ParticipantID) int {
	for _, a := range m.Attendees {
		if a.Participant == p {
			return a.Seat
		}
	}
	return 0
}
