package planner

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The mission of these tests: two days of one leg and a day of another, each
// with slots of half an hour at 9:00, 9:30, 10:00 and 10:30, and five minutes
// between what a seat does.
//
//	0 Ardent   delegate of two seats, French      never meets 4
//	1 Brume    delegate, French                   busy on the second day from 10:00
//	2 Cairn    counterpart, English, receives at place 1
//	3 Dune     counterpart, Spanish
//	4 Embrun   counterpart, French and English, on leg 0 only
const (
	minutesOfDay = 24 * 60
	nine         = 9 * 60
)

func slotAt(leg, day, n int) Slot {
	start := Minute(day*minutesOfDay + nine + 30*n)
	return Slot{Span: Span{start, start + 30}, Leg: leg, Day: day, Block: day}
}

func exampleProblem() *Problem {
	p := &Problem{
		Venues: []Venue{{}, {Closed: []Span{{nine + minutesOfDay, nine + 60 + minutesOfDay}}}, {Legs: []int{0}}},
		Places: []Place{{Venue: 0, Tables: 2}, {Venue: 1, Tables: 1, Reserved: true}, {Venue: 2}},
		Participants: []Participant{
			{Side: Delegate, Seats: 2, Languages: []string{"fr"}},
			{Side: Delegate, Languages: []string{"fr"}, Max: 3, MaxDay: 2, Busy: []Span{{minutesOfDay + nine + 60, minutesOfDay + nine + 120}}},
			{Side: Counterpart, Languages: []string{"en"}, Places: []PlaceID{1}},
			{Side: Counterpart, Languages: []string{"es"}},
			{Side: Counterpart, Languages: []string{"fr", "en"}, Legs: []int{0}},
		},
		Pools: []Pool{
			{Languages: [2]string{"fr", "en"}, Count: 1, Legs: []int{0}},
			{Languages: [2]string{"es", "fr"}, Count: 2, Busy: []Span{{nine + 90, nine + 120}}},
		},
		Wishes: []Wish{
			{From: 0, To: 2, Kind: Must, FromSeat: 2},
			{From: 1, To: 4, Kind: Nice, Minutes: 60},
			{From: 4, To: 0, Kind: Never},
			{From: 3, To: 1, Kind: Nice, Weight: 3, Venues: []VenueID{0}},
			{From: 1, To: 3, Kind: Nice},
		},
		Requests: []Request{
			{Attendees: []Attendee{{0, 1}, {1, 0}}, Value: 4, Required: true, Place: None},
			{Attendees: []Attendee{{2, 0}, {4, 0}}, Locked: true, Starts: []SlotID{3}, Place: 1, Table: 1},
			{Attendees: []Attendee{{0, 0}, {3, 0}}, Starts: []SlotID{8, 9}, Place: None},
		},
		Sessions:    []Session{{Span: Span{nine, nine + 30}, Venue: 2, Participants: []ParticipantID{2}}},
		Precedences: []Precedence{{Before: 0, After: 2}},
		Travel:      [][]int{{0, 20, 5}, {20, 0, 20}, {5, 20, 0}},
		BreakSpread: 1,
	}
	for day := range 3 {
		for n := range 4 {
			p.Slots = append(p.Slots, slotAt(day/2, day, n))
		}
	}
	return p
}

// examplePlan is valid; it holds, in this order, request 0, request 1 and the
// meetings of 0 with 2, of 1 with 4 and of 1 with 3.
func examplePlan() *Plan {
	return &Plan{Meetings: []Meeting{
		{Attendees: []Attendee{{0, 1}, {1, 1}}, Start: 4, Slots: 1, Place: 0, Table: 1, Pool: None, Request: 0},
		{Attendees: []Attendee{{4, 1}, {2, 1}}, Start: 3, Slots: 1, Place: 1, Table: 1, Pool: None, Request: 1},
		{Attendees: []Attendee{{0, 2}, {2, 1}}, Start: 2, Slots: 1, Place: 1, Table: 1, Pool: 0, Interpreter: 1, Request: None},
		{Attendees: []Attendee{{1, 1}, {4, 1}}, Start: 0, Slots: 2, Place: 0, Table: 2, Pool: None, Request: None},
		{Attendees: []Attendee{{1, 1}, {3, 1}}, Start: 5, Slots: 1, Place: 0, Table: 1, Pool: 1, Interpreter: 2, Request: None},
	}}
}

func TestCheckAcceptsTheExample(t *testing.T) {
	if err := exampleProblem().Validate(); err != nil {
		t.Fatal(err)
	}
	if found := Check(exampleProblem(), examplePlan()); len(found) > 0 {
		t.Errorf("violations of a valid plan: %+v", found)
	}
}

// ruleCase bends the example and says what is then wrong with it, and nothing
// else. Fields of the violations that tell of requests, sessions, places and
// pools are left out.
type ruleCase struct {
	bend func(p *Problem, plan *Plan)
	want []Violation
}

func runRuleCases(t *testing.T, tests map[string]ruleCase) {
	t.Helper()
	ignored := cmpopts.IgnoreFields(Violation{}, "Request", "Session", "Place", "Pool")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, plan := exampleProblem(), examplePlan()
			test.bend(p, plan)
			if err := p.Validate(); err != nil {
				t.Fatalf("the case is not valid: %v", err)
			}
			if diff := cmp.Diff(test.want, Check(p, plan), ignored, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckFindsParticipantsViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a refusal": {
			func(p *Problem, _ *Plan) { p.Wishes = append(p.Wishes, Wish{From: 3, To: 1, Kind: Never}) },
			[]Violation{{Rule: RuleNever, Meetings: []int{4}, Participants: []ParticipantID{1, 3}}},
		},
		"a request held twice": {
			func(p *Problem, plan *Plan) {
				p.Participants[1].Max = 4
				m := plan.Clone().Meetings[0]
				m.Start = 8
				plan.Meetings = append(plan.Meetings, m)
			},
			[]Violation{{Rule: RuleTwice, Meetings: []int{0, 5}}},
		},
		"a couple that meets twice": {
			func(p *Problem, plan *Plan) {
				p.Participants[1].Max = 4
				m := plan.Clone().Meetings[4]
				m.Start = 8
				plan.Meetings = append(plan.Meetings, m)
			},
			[]Violation{{Rule: RuleTwice, Meetings: []int{4, 5}, Participants: []ParticipantID{1, 3}}},
		},
		"a person who was not asked": {
			func(_ *Problem, plan *Plan) { plan.Meetings[2].Attendees[0].Seat = 1 },
			[]Violation{{Rule: RulePerson, Meetings: []int{2}, Participants: []ParticipantID{0}, Seat: 2, Have: 1, Want: 2}},
		},
	})
}

func TestCheckFindsGridViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"too short a meeting": {
			func(_ *Problem, plan *Plan) { plan.Meetings[3].Slots = 1 },
			[]Violation{{Rule: RuleGrid, Meetings: []int{3}, Slots: []SlotID{0}, Have: 30, Want: 60}},
		},
		"too long a meeting": {
			func(p *Problem, plan *Plan) { p.Travel, plan.Meetings[3].Slots = nil, 3 },
			[]Violation{{Rule: RuleGrid, Meetings: []int{3}, Slots: []SlotID{0, 1, 2}, Have: 90, Want: 60}},
		},
		"slots of two days": {
			func(p *Problem, plan *Plan) {
				p.Precedences = nil
				p.Wishes[3].Minutes = minutesOfDay
				plan.Meetings[4].Start, plan.Meetings[4].Slots = 9, 3
			},
			[]Violation{{Rule: RuleGrid, Meetings: []int{4}, Slots: []SlotID{9, 10, 11}, Have: 90, Want: minutesOfDay}},
		},
	})
}

func TestCheckFindsLegViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a participant of another leg": {
			func(_ *Problem, plan *Plan) { plan.Meetings[3].Start = 8 },
			[]Violation{{Rule: RuleLeg, Meetings: []int{3}, Participants: []ParticipantID{4}, Seat: 1, Slots: []SlotID{8, 9}}},
		},
		"a venue of another leg": {
			func(p *Problem, plan *Plan) {
				p.Wishes[3].Venues = nil
				plan.Meetings[4].Start, plan.Meetings[4].Place, plan.Meetings[4].Table = 9, 2, 0
			},
			[]Violation{{Rule: RuleLeg, Meetings: []int{4}, Slots: []SlotID{9}, Place: 2}},
		},
		"an interpreter of another leg": {
			func(p *Problem, _ *Plan) { p.Pools[1].Legs = []int{1} },
			[]Violation{{Rule: RuleLeg, Meetings: []int{4}, Slots: []SlotID{5}, Pool: 1}},
		},
	})
}

func TestCheckFindsAgendaViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"an absence": {
			func(_ *Problem, plan *Plan) { plan.Meetings[4].Start = 6 },
			[]Violation{{Rule: RuleBusy, Meetings: []int{4}, Participants: []ParticipantID{1}, Seat: 1, Slots: []SlotID{6}}},
		},
		"a session": {
			func(p *Problem, _ *Plan) {
				p.Sessions = append(p.Sessions, Session{Span: p.Slots[2].Span, Venue: None, Participants: []ParticipantID{0}})
			},
			[]Violation{{Rule: RuleBusy, Meetings: []int{2}, Participants: []ParticipantID{0}, Seat: 2, Slots: []SlotID{2}, Session: 1}},
		},
		"a seat in two meetings": {
			func(_ *Problem, plan *Plan) { plan.Meetings[4].Start, plan.Meetings[4].Table = 4, 2 },
			[]Violation{{Rule: RuleSeatTwice, Meetings: []int{0, 4}, Participants: []ParticipantID{1}, Seat: 1, Slots: []SlotID{4, 4}, Have: -30}},
		},
		"no time between two meetings": {
			func(p *Problem, _ *Plan) { p.Gap = 5 },
			[]Violation{
				{Rule: RuleTravel, Meetings: []int{0, 4}, Participants: []ParticipantID{1}, Seat: 1, Slots: []SlotID{4, 5}, Want: 5},
				{Rule: RuleTravel, Meetings: []int{2, 1}, Participants: []ParticipantID{2}, Seat: 1, Slots: []SlotID{2, 3}, Want: 5},
			},
		},
		"no time to come from a session": {
			func(p *Problem, _ *Plan) { p.Travel[2][0], p.Travel[2][1] = 40, 35 },
			[]Violation{{
				Rule: RuleTravel, Meetings: []int{2}, Participants: []ParticipantID{2}, Seat: 1,
				Slots: []SlotID{2}, Session: 0, Have: 30, Want: 35,
			}},
		},
	})
}

func TestCheckFindsLimitViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"too many meetings": {
			func(p *Problem, _ *Plan) { p.Participants[1].Max = 2 },
			[]Violation{{Rule: RuleMax, Meetings: []int{0, 3, 4}, Participants: []ParticipantID{1}, Slots: []SlotID{4, 0, 5}, Have: 3, Want: 2}},
		},
		"too many meetings of a day": {
			func(p *Problem, _ *Plan) { p.Participants[1].MaxDay = 1 },
			[]Violation{{Rule: RuleMaxDay, Meetings: []int{0, 4}, Participants: []ParticipantID{1}, Slots: []SlotID{4, 5}, Have: 2, Want: 1}},
		},
		"uneven breaks": {
			func(p *Problem, plan *Plan) {
				p.BreakSpread = 0
				plan.Meetings[0].Start = 7
				p.Participants[1].Busy = nil
			},
			[]Violation{{Rule: RuleBreakSpread, Participants: []ParticipantID{1, 0}, Have: 1}},
		},
	})
}

func TestCheckFindsPlaceViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a place of nobody there": {
			func(p *Problem, plan *Plan) { p.Travel, plan.Meetings[2].Place = nil, 0 },
			[]Violation{{Rule: RulePlace, Meetings: []int{2}, Place: 0}},
		},
		"a venue that was not asked": {
			func(p *Problem, _ *Plan) { p.Wishes[4].Venues = []VenueID{2} },
			[]Violation{{Rule: RulePlace, Meetings: []int{4}, Place: 0}},
		},
		"a closed place": {
			func(p *Problem, _ *Plan) { p.Places[0].Closed = []Span{{nine + 50, nine + 55}} },
			[]Violation{{Rule: RuleClosed, Meetings: []int{3}, Slots: []SlotID{0, 1}, Place: 0}},
		},
		"a closed venue": {
			func(p *Problem, _ *Plan) { p.Venues[1].Closed = []Span{p.Slots[2].Span} },
			[]Violation{{Rule: RuleClosed, Meetings: []int{2}, Slots: []SlotID{2}, Place: 1}},
		},
		"two meetings at a table": {
			func(p *Problem, plan *Plan) {
				p.Participants[1].Seats = 2
				plan.Meetings[4].Attendees[0].Seat, plan.Meetings[4].Start = 2, 4
			},
			[]Violation{{Rule: RuleTable, Meetings: []int{0, 4}, Slots: []SlotID{4, 4}, Place: 0}},
		},
	})
}

func TestCheckFindsInterpreterViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"no interpreter": {
			func(_ *Problem, plan *Plan) { plan.Meetings[4].Pool, plan.Meetings[4].Interpreter = None, 0 },
			[]Violation{{Rule: RuleInterpreter, Meetings: []int{4}, Slots: []SlotID{5}, Pool: None}},
		},
		"an interpreter too many": {
			func(_ *Problem, plan *Plan) { plan.Meetings[0].Pool, plan.Meetings[0].Interpreter = 1, 1 },
			[]Violation{{Rule: RuleInterpreter, Meetings: []int{0}, Slots: []SlotID{4}, Pool: 1}},
		},
		"an interpreter of other languages": {
			func(p *Problem, _ *Plan) { p.Pools[1].Languages[0] = "it" },
			[]Violation{{Rule: RuleInterpreter, Meetings: []int{4}, Slots: []SlotID{5}, Pool: 1}},
		},
		"an interpreter who is away": {
			func(p *Problem, _ *Plan) { p.Pools[1].Busy = []Span{p.Slots[5].Span} },
			[]Violation{{Rule: RuleInterpreter, Meetings: []int{4}, Slots: []SlotID{5}, Pool: 1}},
		},
		"an interpreter in two meetings": {
			func(p *Problem, plan *Plan) {
				plan.Meetings = append(plan.Meetings, Meeting{
					Attendees: []Attendee{{0, 2}, {3, 1}}, Start: 5, Slots: 1, Place: 0, Table: 2, Pool: 1, Interpreter: 2, Request: None,
				})
				p.Participants[3].Seats = 2
				plan.Meetings[4].Attendees[1].Seat = 2
			},
			[]Violation{{Rule: RuleInterpreter, Meetings: []int{4, 5}, Slots: []SlotID{5, 5}, Pool: 1}},
		},
	})
}

func TestCheckFindsRequestViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a required meeting that is not held": {
			func(_ *Problem, plan *Plan) { plan.Meetings = plan.Meetings[1:] },
			[]Violation{{Rule: RuleRequired, Participants: []ParticipantID{0, 1}}},
		},
		"a locked meeting at another time": {
			func(p *Problem, _ *Plan) { p.Requests[1].Starts = []SlotID{6} },
			[]Violation{{Rule: RuleLocked, Meetings: []int{1}, Slots: []SlotID{6}, Place: 1}},
		},
		"a request at none of its starts": {
			func(p *Problem, _ *Plan) { p.Requests[0].Starts = []SlotID{5, 6} },
			[]Violation{{Rule: RuleLocked, Meetings: []int{0}, Slots: []SlotID{5, 6}, Place: None}},
		},
		"a request before what it must follow": {
			func(_ *Problem, plan *Plan) {
				plan.Meetings[0].Start = 9
				plan.Meetings = append(plan.Meetings, Meeting{
					Attendees: []Attendee{{0, 1}, {3, 1}}, Start: 8, Slots: 1, Place: 0, Table: 1, Pool: 1, Interpreter: 1, Request: 2,
				})
				plan.Meetings = append(plan.Meetings[:3], plan.Meetings[4:]...)
			},
			[]Violation{{Rule: RulePrecedence, Meetings: []int{0, 4}, Slots: []SlotID{9, 8}}},
		},
	})
}
