package planner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestRoomByHand: two delegates, one of two people, meet three counterparts in
// four slots of two days.
func TestRoomByHand(t *testing.T) {
	mission := func() *Problem {
		return &Problem{
			Slots:  []Slot{slotAt(0, 0, 0), slotAt(0, 0, 1), slotAt(0, 1, 0), slotAt(0, 1, 1)},
			Venues: []Venue{{}},
			Places: []Place{{Tables: 2}},
			Participants: []Participant{
				{Side: Delegate, Seats: 2},
				{Side: Delegate, Max: 3, Busy: []Span{slotAt(0, 0, 0).Span}},
				{Side: Counterpart},
				{Side: Counterpart, MaxDay: 1},
				{Side: Counterpart, Busy: []Span{slotAt(0, 1, 1).Span}},
			},
			Wishes: []Wish{
				{From: 0, To: 2, Kind: Must},
				{From: 2, To: 0, Kind: Nice},
				{From: 0, To: 3, Kind: Nice},
				{From: 1, To: 4, Kind: Nice},
				{From: 1, To: 3, Kind: Nice},
				{From: 3, To: 1, Kind: Never},
			},
			BreakSpread: None,
		}
	}
	for name, c := range map[string]struct {
		change func(*Problem)
		want   Room
	}{
		"as it is":          {func(*Problem) {}, Room{Asked: 3, Tables: 8, Delegates: 11, Counterparts: 9, Everybody: 10}},
		"a table closed":    {func(p *Problem) { p.Places[0].Closed = []Span{p.Slots[0].Span} }, Room{Asked: 3, Tables: 6, Delegates: 11, Counterparts: 9, Everybody: 10}},
		"tables enough":     {func(p *Problem) { p.Places[0].Tables = 0 }, Room{Asked: 3, Tables: None, Delegates: 11, Counterparts: 9, Everybody: 10}},
		"delegates meet":    {func(p *Problem) { p.Wishes[2].To = 1 }, Room{Asked: 3, Tables: 8, Delegates: 11, Counterparts: None, Everybody: 10}},
		"never in a common": {func(p *Problem) { p.Participants[4].Busy = p.Participants[1].Busy; p.Participants[1].Legs = []int{1} }, Room{Asked: 2, Tables: 8, Delegates: 8, Counterparts: 9, Everybody: 8}},
	} {
		t.Run(name, func(t *testing.T) {
			p := mission()
			c.change(p)
			if diff := cmp.Diff(c.want, RoomOf(p)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// roomHeld counts the meetings asked for that a plan holds.
func roomHeld(j *judge, plan *Plan) int {
	held := 0
	for i := range plan.Meetings {
		if j.askedBy(&plan.Meetings[i]) != nil {
			held++
		}
	}
	return held
}

// TestNoPlanLeavesItsRoom: of tiny problems, no plan holds more meetings than
// any of the resources has room for, and the value of a counted problem counts
// them.
func TestNoPlanLeavesItsRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		room := RoomOf(p)
		counted, points := Counted(p)
		if err := counted.Validate(); err != nil {
			t.Fatal(err)
		}
		j := newJudge(counted)
		best := j.bestAlone()
		everyPlan(newJudge(p), func(plan *Plan) {
			held := roomHeld(j, plan)
			if least := room.Least(); held > least {
				t.Fatalf("%d meetings, but %d at most: %+v", held, least, plan)
			}
			for name, most := range map[string]int{
				"asked": room.Asked, "tables": room.Tables, "delegates": room.Delegates,
				"counterparts": room.Counterparts, "everybody": room.Everybody,
			} {
				if most != None && held > most {
					t.Fatalf("%d meetings, but there is room for %d (%s): %+v", held, most, name, plan)
				}
			}
			if s := j.evaluate(plan, nil, best); s.Value != held*points {
				t.Fatalf("value %d for %d meetings of %d points: %+v", s.Value, held, points, plan)
			}
		})
	})
}
