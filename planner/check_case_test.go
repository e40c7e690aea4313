package planner

import "testing"

// These cases break a rule from the side that is easily forgotten.

func TestCheckFindsHalfRequestViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a request after a meeting of the same two": {
			func(_ *Problem, plan *Plan) {
				m := plan.Clone().Meetings[0]
				m.Request, m.Start = None, 9
				plan.Meetings[3] = plan.Meetings[0]
				plan.Meetings[0] = m
			},
			[]Violation{{Rule: RuleTwice, Meetings: []int{0, 3}, Participants: []ParticipantID{0, 1}}},
		},
		"a meeting of the same two after a request": {
			func(_ *Problem, plan *Plan) {
				m := plan.Clone().Meetings[0]
				m.Request, m.Start = None, 9
				plan.Meetings[3] = m
			},
			[]Violation{{Rule: RuleTwice, Meetings: []int{0, 3}, Participants: []ParticipantID{0, 1}}},
		},
		"a locked meeting at another table": {
			func(p *Problem, plan *Plan) { p.Places[1].Tables, plan.Meetings[1].Table = 2, 2 },
			[]Violation{{Rule: RuleLocked, Meetings: []int{1}, Slots: []SlotID{3}}},
		},
		"a locked meeting at another place": {
			func(p *Problem, plan *Plan) {
				p.Participants[2].Places, p.Travel = []PlaceID{1, 0}, nil
				plan.Meetings[1].Place = 0
			},
			[]Violation{{Rule: RuleLocked, Meetings: []int{1}, Slots: []SlotID{3}}},
		},
		"a request at a venue that it does not name": {
			func(p *Problem, _ *Plan) { p.Requests[0].Venues = []VenueID{2} },
			[]Violation{{Rule: RulePlace, Meetings: []int{0}}},
		},
		"a locked meeting that is not held": {
			func(_ *Problem, plan *Plan) { plan.Meetings = append(plan.Meetings[:1], plan.Meetings[2:]...) },
			[]Violation{{Rule: RuleRequired, Participants: []ParticipantID{2, 4}}},
		},
		"a request that starts before the one before ends": {
			func(p *Problem, plan *Plan) {
				p.Requests[2].Starts = nil
				p.Precedences[0] = Precedence{Before: 1, After: 2}
				p.Requests[1].Minutes = 60
				p.Requests[1].Starts = []SlotID{2}
				plan.Meetings = []Meeting{plan.Meetings[0], plan.Meetings[1], {
					Attendees: []Attendee{{0, 2}, {3, 1}}, Start: 3, Slots: 1, Place: 0, Table: 1, Pool: 1, Interpreter: 1, Request: 2,
				}}
				plan.Meetings[1].Start, plan.Meetings[1].Slots = 2, 2
				p.Pools[1].Busy = nil
			},
			[]Violation{{Rule: RulePrecedence, Meetings: []int{1, 2}, Slots: []SlotID{2, 3}}},
		},
	})
}

func TestCheckFindsHalfTimeViolations(t *testing.T) {
	runRuleCases(t, map[string]ruleCase{
		"a delegate's place, when a counterpart receives": {
			func(p *Problem, plan *Plan) {
				p.Participants[0].Places, p.Travel = []PlaceID{0}, nil
				plan.Meetings[2].Place = 0
			},
			[]Violation{{Rule: RulePlace, Meetings: []int{2}}},
		},
		"an absence between the slots of a long meeting": {
			func(p *Problem, plan *Plan) {
				p.Gap, p.Slots[0].End = 10, p.Slots[0].End-10
				p.Participants[4].Busy = []Span{{p.Slots[0].End, p.Slots[1].Start}}
				plan.Meetings = []Meeting{plan.Meetings[0], plan.Meetings[1], plan.Meetings[3]}
			},
			[]Violation{{Rule: RuleBusy, Meetings: []int{2}, Participants: []ParticipantID{4}, Seat: 1, Slots: []SlotID{0, 1}}},
		},
		"no time between two meetings, without any journey": {
			func(p *Problem, plan *Plan) {
				p.Gap, p.Travel = 5, nil
				plan.Meetings = plan.Meetings[:3]
			},
			[]Violation{{Rule: RuleTravel, Meetings: []int{2, 1}, Participants: []ParticipantID{2}, Seat: 1, Slots: []SlotID{2, 3}, Want: 5}},
		},
		"a meeting a moment before a session": {
			func(p *Problem, _ *Plan) {
				p.Gap = 10
				p.Sessions = []Session{{Span: Span{p.Slots[5].End + 5, p.Slots[6].End}, Venue: None, Participants: []ParticipantID{3}}}
				p.Slots[5].Start += 10
				p.Slots[3].Start += 10
				p.Slots[3].End += 10
			},
			[]Violation{{Rule: RuleTravel, Meetings: []int{4}, Participants: []ParticipantID{3}, Seat: 1, Slots: []SlotID{5}, Have: 5, Want: 10}},
		},
	})
}

// runAllowedCases bends the example so that it comes close to breaking a rule and
// does not.
func runAllowedCases(t *testing.T, tests map[string]func(p *Problem, plan *Plan)) {
	t.Helper()
	cases := make(map[string]ruleCase)
	for name, bend := range tests {
		cases[name] = ruleCase{bend: bend}
	}
	runRuleCases(t, cases)
}

func TestCheckAllowsMeetings(t *testing.T) {
	runAllowedCases(t, map[string]func(p *Problem, plan *Plan){
		"a gap that a journey takes already": func(p *Problem, plan *Plan) {
			// From 10:00 to 10:30 participant 4 goes from place 0 to place 1.
			p.Gap, p.Travel[0][1], p.Travel[0][2], p.Travel[1][2] = 20, 30, 30, 60
			plan.Meetings = []Meeting{plan.Meetings[0], plan.Meetings[1], plan.Meetings[3]}
		},
		"a meeting right after a session, without the gap": func(p *Problem, plan *Plan) {
			p.Gap = 30
			p.Sessions[0] = Session{Span: p.Slots[1].Span, Venue: 1, Participants: []ParticipantID{2, 0}}
			p.Requests[1].Locked = false
			plan.Meetings = []Meeting{plan.Meetings[0], plan.Meetings[2]}
		},
		"two sessions at a time": func(p *Problem, _ *Plan) {
			p.Sessions = append(p.Sessions, p.Sessions[0])
			p.Sessions[1].Venue = 0
		},
		"a couple that meets by two requests": func(p *Problem, plan *Plan) {
			p.Requests = append(p.Requests, Request{Attendees: []Attendee{{1, 0}, {0, 0}}, Place: None})
			m := plan.Clone().Meetings[0]
			m.Request, m.Start = 3, 8
			plan.Meetings = append(plan.Meetings[:4], m)
		},
		"two who also meet with a third": func(p *Problem, plan *Plan) {
			p.Requests = append(p.Requests, Request{Attendees: []Attendee{{1, 0}, {3, 0}, {0, 0}}, Place: None})
			p.Participants[1].Max = 4
			m := plan.Clone().Meetings[4]
			m.Attendees, m.Request, m.Start = []Attendee{{1, 1}, {3, 1}, {0, 1}}, 3, 8
			plan.Meetings = append(plan.Meetings, m)
		},
		"a request that starts when the one before ends": func(p *Problem, plan *Plan) {
			p.Precedences[0] = Precedence{Before: 1, After: 0}
			p.Requests[0].Starts = nil
			p.Participants[1].Busy, p.Venues[1].Closed = nil, nil
			p.Slots[4].Start = p.Slots[3].End
		},
	})
}

func TestCheckAllowsRooms(t *testing.T) {
	runAllowedCases(t, map[string]func(p *Problem, plan *Plan){
		"two meetings at a time where tables have no number": func(p *Problem, plan *Plan) {
			p.Wishes[3].Venues, p.Participants[1].Seats = nil, 2
			plan.Meetings[4].Attendees[0].Seat, plan.Meetings[4].Start = 2, 4
			for _, i := range []int{0, 4} {
				plan.Meetings[i].Place, plan.Meetings[i].Table = 2, 0
			}
		},
		"a locked meeting at any table": func(p *Problem, plan *Plan) {
			p.Places[1].Tables = 2
			p.Requests[1].Table = None
			plan.Meetings[1].Table = 2
		},
		"a meeting at a counterpart's, not at the delegate's": func(p *Problem, _ *Plan) {
			p.Participants[0].Places = []PlaceID{0}
		},
		"a meeting at a delegate's, when no counterpart receives": func(p *Problem, _ *Plan) {
			p.Places[0].Reserved = true
			p.Participants[1].Places = []PlaceID{0}
		},
		"languages of one only": func(p *Problem, plan *Plan) {
			p.Participants[3].Languages = nil
			plan.Meetings[4].Pool, plan.Meetings[4].Interpreter = None, 0
		},
		"an interpreter who is busy until then": func(p *Problem, _ *Plan) {
			p.Pools[1].Busy = []Span{p.Slots[4].Span, p.Slots[6].Span}
		},
		"as many as the maximum": func(p *Problem, _ *Plan) { p.Participants[0].Max, p.Participants[0].MaxDay = 2, 1 },
	})
}
