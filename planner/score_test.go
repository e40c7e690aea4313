package planner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestEvaluateAddsTheExampleUp(t *testing.T) {
	p := exampleProblem()
	p.Participants[0].Min, p.Participants[3].Min = 4, 1
	want := Score{
		// Participant 0 has two meetings, of its minimum of four.
		Shortfall: 2,
		// Request 0 is worth 4, and wishes 0, 1, 3 and 4 are worth 5, 2, 3 and 2.
		Value: 16,
		// Participant 2 comes from a session at venue 2 to place 1, and participant
		// 4 from place 0; at 10:00 participant 2 is there already.
		Travel: 40,
		// Participant 1 gets 2 + 2, participant 3 gets 3 and participant 0 gets 5.
		Served: []Served{{0, 5, 5}, {1, 4, 4}, {3, 3, 3}},
	}
	if diff := cmp.Diff(want, Evaluate(p, examplePlan(), nil)); diff != "" {
		t.Errorf("score (-want +got):\n%s", diff)
	}
}

// morning is a problem of one participant with two seats and as many others as
// there are slots, at two venues 40 minutes apart, ten minutes back.
func morning(slots int) *Problem {
	p := &Problem{
		Venues: []Venue{{}, {}}, Places: []Place{{Venue: 0}, {Venue: 1}}, Travel: [][]int{{0, 40}, {10, 0}},
		Participants: []Participant{{Seats: 2}}, BreakSpread: None,
	}
	for n := range slots {
		p.Slots = append(p.Slots, slotAt(0, 0, n))
		p.Participants = append(p.Participants, Participant{})
	}
	return p
}

// holdAt is a plan of meetings of the participant's first seat in these slots.
func holdAt(slots ...SlotID) *Plan {
	plan := &Plan{}
	for i, s := range slots {
		plan.Meetings = append(plan.Meetings, Meeting{
			Attendees: []Attendee{{0, 1}, {ParticipantID(i + 1), 1}}, Start: s, Slots: 1, Pool: None, Request: None,
		})
	}
	return plan
}

// breakCase bends a morning of six slots in which the first seat of participant
// 0 has a meeting in some of them.
type breakCase struct {
	bend  func(p *Problem, plan *Plan)
	slots []SlotID
	want  int
}

func runBreakCases(t *testing.T, tests map[string]breakCase) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, plan := morning(6), holdAt(test.slots...)
			if test.bend != nil {
				test.bend(p, plan)
			}
			if got := Evaluate(p, plan, nil).Breaks; got != test.want {
				t.Errorf("%d breaks, want %d", got, test.want)
			}
		})
	}
}

func TestBreaks(t *testing.T) {
	runBreakCases(t, map[string]breakCase{
		"no meeting":               {nil, nil, 0},
		"one after the other":      {nil, []SlotID{1, 2, 3}, 0},
		"one gap":                  {nil, []SlotID{0, 2}, 1},
		"one gap of three slots":   {nil, []SlotID{4, 0}, 1},
		"two gaps":                 {nil, []SlotID{0, 2, 5}, 2},
		"another seat in the gap":  {func(_ *Problem, plan *Plan) { plan.Meetings[1].Attendees[0].Seat = 2 }, []SlotID{0, 1, 2}, 1},
		"a gap between two blocks": {func(p *Problem, _ *Plan) { setBlocks(p, 0, 0, 1, 1, 1, 1) }, []SlotID{0, 3}, 0},
		"a gap in a later block":   {func(p *Problem, _ *Plan) { setBlocks(p, 0, 0, 1, 1, 1, 1) }, []SlotID{0, 2, 5}, 1},
		"an absence": {
			func(p *Problem, _ *Plan) { p.Participants[0].Busy = []Span{p.Slots[1].Span} },
			[]SlotID{0, 2},
			0,
		},
		"an absence in a part of the gap": {
			func(p *Problem, _ *Plan) { p.Participants[0].Busy = []Span{p.Slots[1].Span} },
			[]SlotID{0, 3},
			1,
		},
		"a gap of one who waits for it": {
			func(_ *Problem, plan *Plan) { plan.Meetings[1].Attendees[1].Participant = 1 },
			[]SlotID{0, 2},
			2,
		},
	})
}

func TestBreaksAroundJourneysAndSessions(t *testing.T) {
	runBreakCases(t, map[string]breakCase{
		"the way there takes the time": {func(_ *Problem, plan *Plan) { plan.Meetings[1].Place = 1 }, []SlotID{0, 2}, 0},
		"the way there leaves no slot": {func(_ *Problem, plan *Plan) { plan.Meetings[1].Place = 1 }, []SlotID{0, 3}, 0},
		"the way there leaves a slot":  {func(_ *Problem, plan *Plan) { plan.Meetings[1].Place = 1 }, []SlotID{0, 4}, 1},
		"the way back leaves a slot":   {func(_ *Problem, plan *Plan) { plan.Meetings[0].Place = 1 }, []SlotID{0, 3}, 1},
		"a session in the gap": {
			func(p *Problem, _ *Plan) {
				p.Sessions = []Session{{Span: p.Slots[1].Span, Venue: None, Participants: []ParticipantID{0}}}
			},
			[]SlotID{0, 2},
			0,
		},
		"a gap before a session, for both seats": {
			func(p *Problem, plan *Plan) {
				p.Sessions = []Session{{Span: p.Slots[3].Span, Venue: None, Participants: []ParticipantID{0}}}
				plan.Meetings[1].Attendees[0].Seat = 2
			},
			[]SlotID{0, 1},
			2,
		},
	})
}

func setBlocks(p *Problem, blocks ...int) {
	for i, b := range blocks {
		p.Slots[i].Block = b
	}
}

func TestTravel(t *testing.T) {
	evening := func(p *Problem, start Minute, who ...ParticipantID) {
		p.Sessions = []Session{{Span: Span{start, start + 60}, Venue: 1, Participants: who}}
	}
	tests := map[string]struct {
		bend func(p *Problem, plan *Plan)
		want int
	}{
		"at one venue":       {func(*Problem, *Plan) {}, 0},
		"there":              {func(_ *Problem, plan *Plan) { plan.Meetings[1].Place = 1 }, 40},
		"and back":           {func(_ *Problem, plan *Plan) { plan.Meetings[0].Place = 1 }, 10},
		"of different seats": {func(_ *Problem, plan *Plan) { plan.Meetings[1].Place, plan.Meetings[1].Attendees[0].Seat = 1, 2 }, 0},
		"by way of a third venue": {func(p *Problem, plan *Plan) {
			p.Venues = append(p.Venues, Venue{})
			p.Travel = [][]int{{0, 40, 10}, {10, 0, 50}, {50, 15, 0}}
			plan.Meetings[1].Place = 1
		}, 25},
		"on another day": {func(p *Problem, plan *Plan) {
			p.Slots[4].Day, p.Slots[5].Day = 1, 1
			plan.Meetings[1].Place = 1
		}, 0},
		"to a session after the last slot":     {func(p *Problem, _ *Plan) { evening(p, nine+300, 1) }, 40},
		"from a session before the first slot": {func(p *Problem, _ *Plan) { evening(p, nine-120, 1) }, 10},
		"to a session of the next day":         {func(p *Problem, _ *Plan) { evening(p, nine+30+12*60, 1) }, 0},
		"to a session, for each of two seats":  {func(p *Problem, plan *Plan) { plan.Meetings[1].Attendees[0].Seat = 2; evening(p, nine+300, 0) }, 80},
		"to a session anywhere": {func(p *Problem, _ *Plan) {
			evening(p, nine+300, 0)
			p.Sessions[0].Venue = None
		}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, plan := morning(6), holdAt(0, 4)
			test.bend(p, plan)
			if got := Evaluate(p, plan, nil).Travel; got != test.want {
				t.Errorf("%d minutes, want %d", got, test.want)
			}
		})
	}
}

func TestServed(t *testing.T) {
	wish := func(from, to ParticipantID, weight int) Wish {
		return Wish{From: from, To: to, Kind: Nice, Weight: weight}
	}
	tests := map[string]struct {
		bend func(p *Problem)
		want []Served
	}{
		"two of two slots": {func(*Problem) {}, []Served{{0, 1, 8}, {1, 1, 1}}},
		"a maximum of one": {func(p *Problem) { p.Participants[0].Max = 1 }, []Served{{0, 1, 5}, {1, 1, 1}}},
		"two seats":        {func(p *Problem) { p.Participants[0].Seats = 2 }, []Served{{0, 1, 9}, {1, 1, 1}}},
		"one seat named by two": {func(p *Problem) {
			p.Participants[0].Seats = 2
			p.Wishes[0].FromSeat, p.Wishes[1].FromSeat, p.Wishes[2].FromSeat = 2, 2, 2
		}, []Served{{0, 0, 8}, {1, 1, 1}}},
		"the others are there in the same slot": {func(p *Problem) {
			p.Participants[1].Busy, p.Participants[2].Busy = []Span{p.Slots[1].Span}, []Span{p.Slots[1].Span}
			p.Participants[3].Busy = []Span{p.Slots[1].Span}
		}, []Served{{0, 1, 5}, {1, 1, 1}}},
		"one is refused": {func(p *Problem) {
			p.Wishes = append(p.Wishes, Wish{From: 2, To: 0, Kind: Never})
		}, []Served{{0, 1, 4}, {1, 1, 1}}},
		"a person whom another wish rules out": {func(p *Problem) {
			p.Wishes[0].FromSeat, p.Wishes[3].ToSeat = 1, 1
			p.Participants[0].Seats = 2
			p.Wishes = append(p.Wishes, Wish{From: 1, To: 0, Kind: Must, ToSeat: 2})
		}, []Served{{0, 1, 9}, {1, 1, 1}}},
		"nothing to get": {func(p *Problem) { p.Participants[0].Legs = []int{1} }, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := morning(2)
			p.Participants[0].Seats = 1
			p.Participants = append(p.Participants, Participant{})
			p.Wishes = []Wish{wish(0, 1, 1), wish(0, 2, 5), wish(0, 3, 3), wish(1, 0, 1)}
			test.bend(p)
			if diff := cmp.Diff(test.want, Evaluate(p, holdAt(0), nil).Served, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("served (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWishesAreCarriedOnce: the first request that holds both carries a wish,
// and neither a second one nor a meeting of the two meets it again.
func TestWishesAreCarriedOnce(t *testing.T) {
	p := morning(4)
	p.Wishes = []Wish{{From: 0, To: 1, Kind: Must}, {From: 2, To: 0, Kind: Nice, FromSeat: 1, ToSeat: 2}}
	p.Requests = []Request{
		{Attendees: []Attendee{{0, 1}, {1, 0}, {2, 0}}, Value: 1, Place: None},
		{Attendees: []Attendee{{1, 0}, {0, 0}}, Value: 10, Place: None},
	}
	of := func(r RequestID, start SlotID, attendees ...Attendee) Meeting {
		return Meeting{Attendees: attendees, Start: start, Slots: 1, Pool: None, Request: r}
	}
	three := of(0, 0, Attendee{0, 1}, Attendee{1, 1}, Attendee{2, 1})
	tests := map[string]struct {
		meetings []Meeting
		want     int
	}{
		"the first request, without the person that one wish names": {[]Meeting{three}, 6},
		"the second request carries no wish":                        {[]Meeting{of(1, 1, Attendee{0, 1}, Attendee{1, 1})}, 10},
		"nor does a meeting of the two":                             {[]Meeting{of(None, 1, Attendee{0, 1}, Attendee{1, 1})}, 0},
		"a request that is held twice counts once":                  {[]Meeting{three, three}, 6},
		"a malformed meeting counts for nothing":                    {[]Meeting{of(0, 9, three.Attendees...)}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Evaluate(p, &Plan{Meetings: test.meetings}, nil).Value; got != test.want {
				t.Errorf("value %d, want %d", got, test.want)
			}
		})
	}
}

func TestLostAndMoved(t *testing.T) {
	type count struct{ Lost, Moved int }
	tests := map[string]struct {
		change func(plan *Plan)
		want   count
	}{
		"nothing changes":        {func(*Plan) {}, count{}},
		"another order":          {func(plan *Plan) { m := plan.Meetings; m[0], m[4] = m[4], m[0] }, count{}},
		"another table":          {func(plan *Plan) { plan.Meetings[4].Table = 2 }, count{}},
		"another interpreter":    {func(plan *Plan) { plan.Meetings[4].Interpreter = 1 }, count{}},
		"people the other way":   {func(plan *Plan) { a := plan.Meetings[4].Attendees; a[0], a[1] = a[1], a[0] }, count{}},
		"one more":               {func(plan *Plan) { plan.Meetings = append(plan.Meetings, holdAt(9).Meetings...) }, count{}},
		"another start":          {func(plan *Plan) { plan.Meetings[4].Start = 9 }, count{Moved: 1}},
		"another place":          {func(plan *Plan) { plan.Meetings[4].Place = 2 }, count{Moved: 1}},
		"another seat":           {func(plan *Plan) { plan.Meetings[0].Attendees[0].Seat = 2 }, count{Moved: 1}},
		"two at other starts":    {func(plan *Plan) { plan.Meetings[0].Start, plan.Meetings[4].Start = 5, 4 }, count{Moved: 2}},
		"one less":               {func(plan *Plan) { plan.Meetings = plan.Meetings[:4] }, count{Lost: 1}},
		"with another":           {func(plan *Plan) { plan.Meetings[4].Attendees[1].Participant = 2 }, count{Lost: 1}},
		"a wish becomes locked":  {func(plan *Plan) { plan.Meetings[4].Request = 2 }, count{}},
		"a request is dropped":   {func(plan *Plan) { plan.Meetings[0].Request = None }, count{}},
		"one request of another": {func(plan *Plan) { plan.Meetings[0].Request = 2 }, count{Lost: 1}},
		"one that can't be":      {func(plan *Plan) { plan.Meetings[3].Attendees = nil }, count{Lost: 1}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			plan := examplePlan()
			test.change(plan)
			s := Evaluate(exampleProblem(), plan, examplePlan())
			if diff := cmp.Diff(test.want, count{s.Lost, s.Moved}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTwoRequestsAreNotOneWish: a meeting stands for one meeting of before.
func TestTwoRequestsAreNotOneWish(t *testing.T) {
	held := func(requests ...RequestID) *Plan {
		plan := &Plan{}
		for _, r := range requests {
			plan.Meetings = append(plan.Meetings, Meeting{Attendees: []Attendee{{0, 1}, {1, 1}}, Request: r})
		}
		return plan
	}
	want := [][]int{{0, None}, {None, 0}, {1, 0}}
	got := [][]int{
		counterparts(held(2, 3), held(None)), counterparts(held(2, 3), held(3)), counterparts(held(3, 2), held(2, 3)),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counterparts (-want +got):\n%s", diff)
	}
}

func TestCompare(t *testing.T) {
	base := Score{Shortfall: 2, Value: 10, Breaks: 3, Travel: 30, Lost: 1, Moved: 4, Served: []Served{{1, 1, 2}, {0, 3, 4}}}
	with := func(change func(s *Score)) Score {
		s := base
		change(&s)
		return s
	}
	tests := map[string]struct {
		other Score
		tiers []Tier
		want  int
	}{
		"equal":                         {base, DefaultOrder(), 0},
		"less shortfall is better":      {with(func(s *Score) { s.Shortfall = 3 }), DefaultOrder(), 1},
		"more value is better":          {with(func(s *Score) { s.Value = 11 }), DefaultOrder(), -1},
		"fewer breaks are better":       {with(func(s *Score) { s.Breaks = 2 }), DefaultOrder(), -1},
		"less travel is better":         {with(func(s *Score) { s.Travel = 31 }), DefaultOrder(), 1},
		"fewer moved are better":        {with(func(s *Score) { s.Moved = 5 }), DefaultOrder(), 1},
		"fewer lost are better":         {with(func(s *Score) { s.Lost = 0 }), RepairOrder(), -1},
		"a tier left out":               {with(func(s *Score) { s.Lost = 0 }), DefaultOrder(), 0},
		"an upper tier decides":         {with(func(s *Score) { s.Value, s.Breaks = 11, 9 }), DefaultOrder(), -1},
		"the order decides":             {with(func(s *Score) { s.Value, s.Breaks = 11, 9 }), []Tier{Breaks, Value}, 1},
		"the worst served decides":      {with(func(s *Score) { s.Served = []Served{{0, 2, 3}, {1, 2, 3}} }), DefaultOrder(), -1},
		"then the next worst":           {with(func(s *Score) { s.Served = []Served{{0, 2, 4}, {1, 2, 4}} }), DefaultOrder(), 1},
		"whoever they are, by fraction": {with(func(s *Score) { s.Served = []Served{{3, 3, 6}, {2, 6, 8}} }), DefaultOrder(), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := base.Compare(test.other, test.tiers); got != test.want {
				t.Errorf("compared with the other: %d, want %d", got, test.want)
			}
			if got := test.other.Compare(base, test.tiers); got != -test.want {
				t.Errorf("the other way: %d, want %d", got, -test.want)
			}
		})
	}
}
