// Package workbook reads the planner's workbook, has it planned, and writes
// what people need of the plan: plan.json, plan.xlsx, agendas, report, letters.
package workbook

import (
	"time"

	"github.com/escale-hq/escale/planner"
)

// Book is a workbook that was read and understood: one mission to plan.
type Book struct {
	Name string
	// Zone is the mission's; Language is "en" or "fr".
	Zone     *time.Location
	Language string
	// Fictional says that companies and people are invented: every document
	// repeats it.
	Fictional      bool
	MeetingMinutes int
	GapMinutes     int

	// Legs are in the order of their first slot; a mission of one leg may have
	// no name for it.
	Legs         []Leg
	Slots        []Slot
	Venues       []Venue
	Places       []Place
	Participants []Participant
	Wishes       []Wish
	Meetings     []Meeting
	Sessions     []Session
	Interpreters []Interpreters
	// Travel is the minutes from a venue to another; Estimated says which came
	// from coordinates.
	Travel    [][]int
	Estimated [][]bool

	// Notes say what was read otherwise than it was written, with where.
	Notes []Remark
}

// Leg is one city of the mission.
type Leg struct {
	Name string
	Zone *time.Location
}

// Slot is a span in which meetings can be held; the order is that of
// planner.Problem.Slots.
type Slot struct {
	Start, End time.Time
	Leg        int
	// Day and Block are numbered as in planner.Slot.
	Day, Block int
}

// Venue is an address with places.
type Venue struct {
	ID, Name, Address   string
	Latitude, Longitude float64
	// Located says that the coordinates were given.
	Located bool
	Legs    []int
	Closed  []Span
}

// Place is a set of like tables of a venue, as in planner.Place.
type Place struct {
	Venue  int
	Tables int
	// First is the number of its first table on the documents.
	First int
	// Label is what a reserved table is called, such as "7" or "Suite B".
	Label    string
	Reserved bool
	Closed   []Span
}

// Participant is an organisation that takes part.
type Participant struct {
	ID, Name, Contact, Email string
	Side                     planner.Side
	Languages                []string
	People                   []string
	Seats                    int
	Min, Max, MaxDay         int
	Legs                     []int
	Unavailable              []Span
	Places                   []int
	Sectors, Offers, Needs   []string
}

// Wish is a line of the sheet of wishes.
type Wish struct {
	From, To         int
	Kind             planner.WishKind
	Weight           int
	Minutes          int
	Venues           []int
	FromSeat, ToSeat int
	Note             string
}

// Meeting is a line of the sheet of meetings: asked for as such.
type Meeting struct {
	Attendees []planner.Attendee
	// Start is a slot, or planner.None; Place likewise.
	Start, Place int
	Table        int
	Venues       []int
	Locked       bool
}

// Session is an item of the programme.
type Session struct {
	Name       string
	Start, End time.Time
	// Venue may be planner.None.
	Venue        int
	Participants []int
}

// Interpreters is a number of interpreters between two languages.
type Interpreters struct {
	Languages   [2]string
	Count       int
	Legs        []int
	Unavailable []Span
}

// Span is a stretch of real time.
type Span struct {
	Start, End time.Time
}

// Remark is a sentence about a cell, in the book's language.
type Remark struct {
	Sheet string
	// Row counts from 1 as a spreadsheet shows it; 0 concerns the sheet.
	Row    int
	Column string
	// Found is what the cell holds.
	Found string
	Text  string
}
