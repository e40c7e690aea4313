package main

import (
	"math/rand"
	"slices"

	"github.com/escale-hq/escale/bench/internal/missions"
	"github.com/escale-hq/escale/planner"
)

// kind is a kind of change; change makes the changed problem.
type kind struct {
	name   string
	change func(*rand.Rand, published) *planner.Problem
}

func kinds() []kind {
	return []kind{
		{"a participant cancels", cancel},
		{"a participant is an hour late", late},
		{"a place loses 5 tables", loseTables},
		{"three slots vanish", vanish},
		{"a walk-in with 10 wishes", walkIn},
	}
}

// anyMet draws a participant that the plan has a meeting for.
func anyMet(random *rand.Rand, p published) planner.ParticipantID {
	m := p.plan.Meetings[random.Intn(len(p.plan.Meetings))]
	return m.Attendees[random.Intn(len(m.Attendees))].Participant
}

// engage makes a copy of the problem in which the participant is busy.
func engage(p *planner.Problem, who planner.ParticipantID, span planner.Span) *planner.Problem {
	changed := *p
	changed.Participants = slices.Clone(p.Participants)
	q := &changed.Participants[who]
	q.Busy = append(slices.Clone(q.Busy), span)
	return &changed
}

func cancel(random *rand.Rand, p published) *planner.Problem {
	slots := p.problem.Slots
	whole := planner.Span{Start: slots[0].Start, End: slots[len(slots)-1].End}
	return engage(p.problem, anyMet(random, p), whole)
}

// late makes a participant miss the hour before which it would have come: that
// of the first slot in which it is available.
func late(random *rand.Rand, p published) *planner.Problem {
	who := anyMet(random, p)
	for _, s := range p.problem.Slots {
		if !slices.ContainsFunc(p.problem.Participants[who].Busy, s.Overlaps) {
			return engage(p.problem, who, planner.Span{Start: s.Start, End: s.Start + 60})
		}
	}
	return p.problem
}

func loseTables(_ *rand.Rand, p published) *planner.Problem {
	changed := *p.problem
	changed.Places = slices.Clone(p.problem.Places)
	changed.Places[0].Tables -= 5
	return &changed
}

// vanish closes every venue for three slots in a row.
func vanish(random *rand.Rand, p published) *planner.Problem {
	first := random.Intn(len(p.problem.Slots) - 2)
	span := planner.Span{Start: p.problem.Slots[first].Start, End: p.problem.Slots[first+2].End}
	changed := *p.problem
	changed.Venues = slices.Clone(p.problem.Venues)
	for i := range changed.Venues {
		v := &changed.Venues[i]
		v.Closed = append(slices.Clone(v.Closed), span)
	}
	return &changed
}

// walkIn adds a delegate that is always free and wishes to meet ten counterparts,
// three in ten of whom wish to meet it too.
func walkIn(random *rand.Rand, p published) *planner.Problem {
	changed := *p.problem
	who := len(changed.Participants)
	changed.Participants = append(slices.Clone(changed.Participants), planner.Participant{Side: planner.Delegate})
	changed.Wishes = slices.Clone(changed.Wishes)
	for wished := 0; wished < 10; {
		to := random.Intn(who)
		wish := missions.Wish(random, who, to)
		known := slices.ContainsFunc(changed.Wishes[len(p.problem.Wishes):], func(w planner.Wish) bool { return w.To == wish.To })
		if p.problem.Participants[to].Side != planner.Counterpart || known {
			continue
		}
		wished++
		changed.Wishes = append(changed.Wishes, wish)
		if random.Float64() < 0.3 {
			changed.Wishes = append(changed.Wishes, missions.Wish(random, to, who))
		}
	}
	return &changed
}
