package planner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestLasting asks how many slots a meeting takes from each slot of a grid with
// a pause of ten minutes, one of an hour, another day and another leg.
func TestLasting(t *testing.T) {
	at := func(leg, day int, start Minute) Slot {
		return Slot{Span: Span{start, start + 30}, Leg: leg, Day: day}
	}
	j := newJudge(&Problem{
		Gap: 10,
		Slots: []Slot{
			at(0, 0, 0), at(0, 0, 30), at(0, 0, 70), at(0, 0, 160), at(0, 1, 190), at(1, 1, 220), at(1, 1, 250),
		},
	})
	tests := map[int][]int{
		0:  {1, 1, 1, 1, 1, 1, 1},
		30: {1, 1, 1, 1, 1, 1, 1},
		31: {2, 2, 0, 0, 0, 2, 0},
		70: {3, 2, 0, 0, 0, 0, 0},
		71: {3, 0, 0, 0, 0, 0, 0},
	}
	for minutes, want := range tests {
		var got []int
		for s := range want {
			n, ok := j.lasting(SlotID(s), minutes)
			if ok != (n > 0) {
				t.Errorf("%d minutes from slot %d: %d slots, %v", minutes, s, n, ok)
			}
			got = append(got, n)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("slots for %d minutes (-want +got):\n%s", minutes, diff)
		}
	}
}

// TestStarts asks when the first wish of the auction could start.
func TestStarts(t *testing.T) {
	tests := map[string]struct {
		bend func(p *Problem)
		want []SlotID
	}{
		"any slot":              {func(*Problem) {}, []SlotID{0, 1}},
		"closed venue":          {func(p *Problem) { p.Venues[0].Closed = []Span{p.Slots[0].Span} }, []SlotID{1}},
		"venue of another leg":  {func(p *Problem) { p.Venues[0].Legs = []int{1} }, nil},
		"venue that is not it":  {func(p *Problem) { p.Venues = append(p.Venues, Venue{}); p.Wishes[0].Venues = []VenueID{1} }, nil},
		"busy participant":      {func(p *Problem) { p.Participants[1].Busy = []Span{p.Slots[1].Span} }, []SlotID{0}},
		"busy interpreter":      {func(p *Problem) { french(p); p.Pools[0].Busy = []Span{p.Slots[1].Span} }, []SlotID{0}},
		"interpreter elsewhere": {func(p *Problem) { french(p); p.Pools[0].Legs = []int{1} }, nil},
		"no interpreter at all": {func(p *Problem) { french(p); p.Pools[0].Count = 0 }, nil},
		"locked at a place that is closed then": {func(p *Problem) {
			p.Places = append(p.Places, Place{Closed: []Span{p.Slots[1].Span}})
			p.Requests = []Request{{Attendees: []Attendee{{0, 0}, {1, 0}}, Locked: true, Starts: []SlotID{1}, Place: 1}}
		}, nil},
		"too long": {func(p *Problem) { p.Wishes[0].Minutes = 31 }, nil},
		"long, and away between two slots": {func(p *Problem) {
			p.Slots[1] = slotAt(0, 0, 1)
			p.Slots[1].Start += 10
			p.Gap, p.Wishes[0].Minutes = 10, 60
			p.Participants[1].Busy = []Span{{p.Slots[0].End, p.Slots[1].Start}}
		}, nil},
		"too soon after a session": {func(p *Problem) {
			p.Venues = append(p.Venues, Venue{})
			p.Travel = [][]int{{0, 0}, {20, 0}}
			p.Sessions = []Session{{Span: Span{p.Slots[0].Start - 60, p.Slots[0].Start - 10}, Venue: 1, Participants: []ParticipantID{1}}}
		}, []SlotID{1}},
		"soon enough after a session": {func(p *Problem) {
			p.Gap = 20
			p.Sessions = []Session{{Span: Span{p.Slots[0].Start - 60, p.Slots[0].Start - 10}, Venue: 0, Participants: []ParticipantID{1}}}
		}, []SlotID{0, 1}},
		"too soon before a session": {func(p *Problem) {
			p.Gap = 20
			p.Sessions = []Session{{Span: Span{p.Slots[1].End + 10, p.Slots[1].End + 60}, Venue: None, Participants: []ParticipantID{1}}}
		}, []SlotID{0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := auction()
			test.bend(p)
			if err := p.Validate(); err != nil {
				t.Fatal(err)
			}
			j := newJudge(p)
			if diff := cmp.Diff(test.want, j.starts(&j.asked[0]), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("starts (-want +got):\n%s", diff)
			}
		})
	}
}

// french lets the first wish of the auction need an interpreter.
func french(p *Problem) { p.Participants[1].Languages = []string{"en"} }
