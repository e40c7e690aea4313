package workbook

import (
	"fmt"
	"strconv"
	"time"

	"github.com/escale-hq/escale/planner"
)

// Outcome is a planned workbook: what every document is made from.
type Outcome struct {
	Book    *Book
	Problem *planner.Problem
	Result  *planner.Result
	// Unmet are the wishes that the plan does not meet.
	Unmet []planner.Unmet
	// Made is when the plan was made.
	Made time.Time
	// Version counts the plans made one after the other, from 1.
	Version int
	Seed    uint64
	// UIDs and Sequences follow Result.Plan.Meetings: the calendar identity of
	// each meeting, which outlives re-planning, and its revision. SessionUIDs
	// and SessionSequences follow Book.Sessions likewise.
	UIDs             []string
	Sequences        []int
	SessionUIDs      []string
	SessionSequences []int
	// Withdrawn are the meetings of earlier plans that are no longer held.
	Withdrawn []PlanMeeting
	// Previous is the plan that this one replaces; nil for a first plan.
	Previous *PlanFile
	// Untold are the meetings of Previous that the planner could not be told
	// of, as the workbook no longer has what they name.
	Untold []PlanMeeting
}

// MeetingSpan is when a meeting is held, in the zone of its place.
func (b *Book) MeetingSpan(m planner.Meeting) Span { return b.slotSpan(m.Start, m.Slots) }

// slotSpan is a number of consecutive slots, in the zone of their leg.
func (b *Book) slotSpan(start planner.SlotID, slots int) Span {
	first, last := b.Slots[start], b.Slots[int(start)+max(slots, 1)-1]
	zone := b.LegZone(first.Leg)
	return Span{first.Start.In(zone), last.End.In(zone)}
}

// LegZone is the zone of a leg, or the mission's where the leg has none.
func (b *Book) LegZone(leg int) *time.Location {
	if leg >= 0 && leg < len(b.Legs) && b.Legs[leg].Zone != nil {
		return b.Legs[leg].Zone
	}
	return b.Zone
}

// TableLabel is what documents call the table of a meeting: its label when it
// has one, else its number within the venue, else nothing.
func (b *Book) TableLabel(m planner.Meeting) string {
	place := b.Places[m.Place]
	switch {
	case place.Label != "":
		return place.Label
	case m.Table == 0:
		return ""
	default:
		return strconv.Itoa(max(place.First, 1) + m.Table - 1)
	}
}

// InterpreterLabel names the interpreter of a meeting, such as "fr-en 1", or
// is empty when none comes.
func (b *Book) InterpreterLabel(m planner.Meeting) string {
	if m.Pool == planner.None {
		return ""
	}
	return fmt.Sprintf("%s %d", b.poolName(m.Pool), m.Interpreter)
}

// poolName names interpreters by their languages, as the workbook does.
func (b *Book) poolName(pool planner.PoolID) string {
	l := b.Interpreters[pool].Languages
	return l[0] + "-" + l[1]
}

// PersonName is the name of the person who holds a seat, or "" for an unnamed
// representative.
func (b *Book) PersonName(a planner.Attendee) string {
	people := b.Participants[a.Participant].People
	if a.Seat < 1 || a.Seat > len(people) {
		return ""
	}
	return people[a.Seat-1]
}

// Agenda is all that one seat is engaged in.
type Agenda struct {
	Participant int
	// Seat counts from 1; Person is its name, or "" for an unnamed
	// representative.
	Seat   int
	Person string
	// Of is how many seats the participant has.
	Of   int
	Days []AgendaDay
}

// AgendaDay is one day of an agenda, in local time.
type AgendaDay struct {
	// Date is midnight of the day at its place.
	Date time.Time
	Leg  int
	// Stops are in order of time.
	Stops []Stop
}

// Stop is one line of an agenda.
type Stop struct {
	Kind StopKind
	// Start and End carry the zone of the place. For a journey, Start is the
	// time by which to leave and End that by which to arrive.
	Start, End time.Time
	// Meeting is its position in the plan, or planner.None; Session likewise.
	Meeting, Session int
	// With are the other attendees of a meeting.
	With []planner.Attendee
	// Venue may be planner.None; Table is what is written on the document:
	// "4", "Suite B", or "".
	Venue int
	Table string
	// Interpreter, such as "fr-en 1", or "".
	Interpreter string
	// Minutes is the length of a journey.
	Minutes int
	// Why lists the wishes that the meeting meets, those of the agenda's own
	// participant first.
	Why []planner.WishID
}

// StopKind names what a stop is.
type StopKind int

// The kinds of stops.
const (
	MeetingStop StopKind = iota
	SessionStop
	TravelStop
)
