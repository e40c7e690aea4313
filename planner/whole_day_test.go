package planner

import (
	"testing"

	"pgregory.net/rapid"
)

// drawWholeDay draws a tiny day on which all meetings must be held.
func drawWholeDay(t *rapid.T) *Problem {
	n := rapid.IntRange(2, 4).Draw(t, "slots")
	people := rapid.IntRange(2, 4).Draw(t, "people")
	p := &Problem{
		Venues: []Venue{{}}, Places: []Place{{Tables: rapid.IntRange(1, 2).Draw(t, "tables")}},
		Participants: make([]Participant, people), BreakSpread: rapid.IntRange(-1, 1).Draw(t, "spread"),
	}
	for i := range n {
		p.Slots = append(p.Slots, slotAt(0, 0, i))
	}
	for range rapid.IntRange(1, 4).Draw(t, "meetings") {
		a := rapid.IntRange(0, people-1).Draw(t, "a")
		b := (a + rapid.IntRange(1, people-1).Draw(t, "b")) % people
		r := Request{Attendees: []Attendee{{Participant: ParticipantID(a)}, {Participant: ParticipantID(b)}}, Required: true, Place: None}
		if rapid.Bool().Draw(t, "limited") {
			r.Starts = []SlotID{SlotID(rapid.IntRange(0, n-1).Draw(t, "start"))}
		}
		p.Requests = append(p.Requests, r)
	}
	if len(p.Requests) > 1 && rapid.Bool().Draw(t, "order") {
		p.Precedences = []Precedence{{0, 1}}
	}
	return p
}

func TestWholeDayIsDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawWholeDay(t)
		best, score := bruteForce(p, []Tier{Breaks})
		result := mustSolve(t, p, quick())
		switch {
		case best == nil:
			if result.Plan != nil || len(result.Causes) == 0 {
				t.Errorf("no plan exists, the answer is %+v", result)
			}
		case result.Plan == nil:
			t.Error("no plan where there is one")
		case len(Check(p, result.Plan)) > 0:
			t.Errorf("the plan breaks rules: %+v", Check(p, result.Plan))
		case result.Score.Breaks != score.Breaks:
			t.Errorf("%d breaks, the fewest are %d", result.Score.Breaks, score.Breaks)
		}
	})
}
