package workbook

import (
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
	// each meeting, which outlives re-planning, and its revision.
	UIDs      []string
	Sequences []int
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
	// Why lists the wishes that the meeting meets.
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
