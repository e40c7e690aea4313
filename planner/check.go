package planner

import (
	"cmp"
	"slices"
)

// Check judges a plan of a valid problem, also one made by hand or in pieces,
// and returns every violation of every rule, in the order of rules and, within
// one, of the meetings, participants or requests it is about. A plan is valid
// when there is none.
//
// A meeting takes consecutive slots of one leg and day, each starting no later
// than [Problem.Gap] after the one before ends, and no more of them than its
// minutes need, counted from the start of the first to the end of the last;
// with no minutes asked it takes one. It lasts from that start to that end, and
// over all of it everyone who attends is free, the place is open and the
// interpreter works.
//
// The agenda of a seat holds its meetings and the sessions of its participant.
// Of two entries the later one starts no sooner than the earlier one's end and
// the journey between the two venues, by the shortest way; after a meeting, no
// sooner than [Problem.Gap] either.
//
// A meeting is held at the places of the counterparts among its participants
// who receive, else at those of any participant who receives, else at any place
// that is not reserved, and only at venues that all who name some agree on. It
// needs an interpreter when no language is common to those who name languages,
// and takes none otherwise; each of them speaks one of the interpreter's two.
//
// A wish between two participants of a request is carried by the first such
// request, and any other by the meeting of the two. The minutes of a meeting
// are the longest that it or a wish it carries asks for, and its seats those
// that its request names, else those that the first wish to name some names.
// One Never forbids every meeting with the two.
//
// Two participants may meet although nobody asked for it; this is worth
// nothing. More than two meet only by a request. Two participants meet twice
// only by two requests.
//
// A malformed meeting is judged on nothing else, and holds nothing.
func Check(p *Problem, plan *Plan) []Violation { return newJudge(p).check(plan) }

// check is [Check] with what no plan changes computed before.
func (j *judge) check(plan *Plan) []Violation {
	h := newHearing(j, plan)
	h.never()
	h.twice()
	h.grid()
	h.legs()
	h.busy()
	h.agendas()
	h.persons()
	h.maxima()
	h.rooms()
	h.tables()
	h.interpreters()
	h.interpretersTwice()
	h.requests()
	h.precedences()
	h.breakSpread()
	slices.SortStableFunc(h.found, func(a, b Violation) int { return cmp.Compare(a.Rule, b.Rule) })
	return h.found
}

// hearing is one plan before the judge.
type hearing struct {
	*judge
	plan *Plan
	// sound are the positions of the meetings that are not malformed.
	sound []int
	// ofSeat holds the meetings of each seat, as positions in the plan.
	ofSeat map[Attendee][]int
	found  []Violation
}

// newHearing sets malformed meetings aside and reports them.
func newHearing(j *judge, plan *Plan) *hearing {
	h := &hearing{judge: j, plan: plan, ofSeat: make(map[Attendee][]int)}
	for i := range plan.Meetings {
		if h.malformed(i) {
			h.report(RuleMalformed, i)
			continue
		}
		h.sound = append(h.sound, i)
		for _, a := range plan.Meetings[i].Attendees {
			h.ofSeat[a] = append(h.ofSeat[a], i)
		}
	}
	return h
}

// report adds a violation by these meetings and returns it to be completed.
func (h *hearing) report(rule Rule, meetings ...int) *Violation {
	h.found = append(h.found, Violation{
		Rule: rule, Meetings: meetings, Place: None, Pool: None, Session: None, Request: None,
	})
	return &h.found[len(h.found)-1]
}

// meeting is the one at the position.
func (h *hearing) meeting(i int) *Meeting { return &h.plan.Meetings[i] }

// time is when the meeting at the position is held.
func (h *hearing) time(i int) Span {
	m := h.meeting(i)
	return h.span(m.Start, m.Slots)
}

// leg is where the meeting at the position is held.
func (h *hearing) leg(i int) int { return h.problem.Slots[h.meeting(i).Start].Leg }

// slotsOf lists the slots that the meeting at the position takes.
func (h *hearing) slotsOf(i int) []SlotID {
	m := h.meeting(i)
	list := make([]SlotID, m.Slots)
	for n := range list {
		list[n] = m.Start + SlotID(n)
	}
	return list
}

// startsOf lists the first slots of the meetings.
func (h *hearing) startsOf(meetings []int) []SlotID {
	list := make([]SlotID, len(meetings))
	for n, i := range meetings {
		list[n] = h.meeting(i).Start
	}
	return list
}

// overlapping calls found for every two meetings that take the same thing at
// the same time. thing names what a meeting takes; ok is false when nothing.
func (h *hearing) overlapping(thing func(m *Meeting) (name [2]int, ok bool), found func(i, k int)) {
	users := make(map[[2]int][]int)
	var names [][2]int
	for _, i := range h.sound {
		name, ok := thing(h.meeting(i))
		if !ok {
			continue
		}
		if users[name] == nil {
			names = append(names, name)
		}
		users[name] = append(users[name], i)
	}
	for _, name := range names {
		h.overlappingAmong(users[name], found)
	}
}

// overlappingAmong calls found for every two of the meetings that overlap in time.
func (h *hearing) overlappingAmong(meetings []int, found func(i, k int)) {
	slices.SortStableFunc(meetings, func(i, k int) int { return cmp.Compare(h.time(i).Start, h.time(k).Start) })
	for n, i := range meetings {
		for _, k := range meetings[n+1:] {
			if h.time(k).Start >= h.time(i).End {
				break
			}
			found(min(i, k), max(i, k))
		}
	}
}
