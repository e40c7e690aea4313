package planner

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// withRemedy applies a change to a copy of the problem.
func withRemedy(p *Problem, r *Remedy) *Problem {
	q := *p
	q.Participants = append([]Participant(nil), p.Participants...)
	q.Places = append([]Place(nil), p.Places...)
	q.Pools = append([]Pool(nil), p.Pools...)
	span := Span{p.Slots[r.Slot].Start, p.Slots[int(r.Slot)+r.Slots-1].End}
	switch r.Kind {
	case OneMoreTable:
		q.Places[r.Place].Tables++
	case FreeSlot:
		q.Participants[r.Participant].Busy = outside(p.Participants[r.Participant].Busy, span)
	case OneMoreInterpreter:
		extra := p.Pools[r.Pool]
		extra.Count, extra.Busy, extra.Legs = 1, nil, nil
		q.Pools = append(q.Pools, extra)
	case RaiseMax:
		q.Participants[r.Participant].Max += r.By
	case RaiseMaxDay:
		q.Participants[r.Participant].MaxDay += r.By
		q.Participants[r.Participant].Max = 0
	}
	return &q
}

// outside cuts the hole out of the spans.
func outside(spans []Span, hole Span) []Span {
	var left []Span
	for _, s := range spans {
		if before := (Span{s.Start, min(s.End, hole.Start)}); before.Start < before.End {
			left = append(left, before)
		}
		if after := (Span{max(s.Start, hole.End), s.End}); after.Start < after.End {
			left = append(left, after)
		}
	}
	return left
}

func metWishes(p *Problem, plan *Plan) map[WishID]bool {
	j := newJudge(p)
	met := make(map[WishID]bool)
	for _, w := range newHearing(j, plan).met() {
		met[w] = true
	}
	return met
}

func TestExplainListsEveryUnmetWish(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := mustSolve(t, p, quick()).Plan
		if plan == nil {
			return
		}
		unmet, err := Explain(context.Background(), p, plan, quick())
		if err != nil {
			t.Fatal(err)
		}
		met := metWishes(p, plan)
		listed := make(map[WishID]bool)
		for _, u := range unmet {
			listed[u.Wish] = true
		}
		for i, w := range p.Wishes {
			if want := w.Kind != Never && !met[WishID(i)]; listed[WishID(i)] != want {
				t.Errorf("wish %d: listed %v, want %v", i, listed[WishID(i)], want)
			}
		}
	})
}

// TestRemediesMeetTheirWish makes the change, locks all meetings of the plan,
// and sees that a plan with the wish exists. Changes that need others to move are
// for the next test.
func TestRemediesMeetTheirWish(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		p.BreakSpread = -1
		plan := mustSolve(t, p, quick()).Plan
		if plan == nil {
			return
		}
		unmet := mustExplain(t, p, plan)
		for i := range plan.Meetings {
			plan.Meetings[i].Locked = true
		}
		for _, u := range unmet {
			if u.Change != nil && u.Change.Moved == 0 {
				seeRemedy(t, p, plan, &u)
			}
		}
	})
}

// TestRemediesExist looks for the plan that a change promises among all plans of
// a tiny problem.
func TestRemediesExist(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		p.BreakSpread = -1
		plan := mustSolve(t, p, quick()).Plan
		if plan == nil {
			return
		}
		before := Evaluate(p, plan, nil)
		for _, u := range mustExplain(t, p, plan) {
			if u.Change != nil && !existsWith(withRemedy(p, u.Change), u.Wish, before) {
				t.Errorf("no plan is as good and meets wish %d with %+v", u.Wish, *u.Change)
			}
		}
	})
}

func mustExplain(t *rapid.T, p *Problem, plan *Plan) []Unmet {
	t.Helper()
	unmet, err := Explain(context.Background(), p, plan, quick())
	if err != nil {
		t.Fatal(err)
	}
	return unmet
}

// existsWith says whether some plan meets the wish and is no worse on minimums,
// value and, against what each could get before, the worst served.
func existsWith(q *Problem, w WishID, before Score) bool {
	j := newJudge(q)
	best := make([]int, len(q.Participants))
	for _, s := range before.Served {
		best[s.Participant] = s.Best
	}
	found := false
	everyPlan(j, func(plan *Plan) {
		s := j.evaluate(plan, nil, best)
		found = found || metWishes(q, plan)[w] && s.Shortfall <= before.Shortfall && s.Value >= before.Value &&
			compareServed(s.Served, before.Served) >= 0
	})
	return found
}

// requiring demands the meeting that carries the wish.
func requiring(p *Problem, w WishID) *Problem {
	q := *p
	q.Requests = append([]Request(nil), p.Requests...)
	m := newModel(p)
	if id := m.candidates[m.wishCandidate[w]].request; id != None {
		q.Requests[id].Required = true
		return &q
	}
	q.Requests = append(q.Requests, Request{
		Attendees: []Attendee{{Participant: p.Wishes[w].From}, {Participant: p.Wishes[w].To}}, Required: true, Place: None,
	})
	return &q
}

func seeRemedy(t *rapid.T, p *Problem, plan *Plan, u *Unmet) {
	q := requiring(withRemedy(p, u.Change), u.Wish)
	o := DefaultRepairOptions()
	o.Order = []Tier{Value, Travel}
	result, err := Repair(context.Background(), q, plan, o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Plan == nil {
		t.Fatalf("no plan after %+v: %+v", *u.Change, result.Causes)
	}
	if !metWishes(q, result.Plan)[u.Wish] {
		t.Errorf("the change %+v does not meet wish %d", *u.Change, u.Wish)
	}
}
