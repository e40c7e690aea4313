package planner

import (
	"context"
	"math/bits"
	"slices"
)

// searchSteps is how many steps may be spent, a candidate, on searching for
// changes that need other meetings to move; trialSteps is for one change.
const (
	searchSteps = 2_000
	trialSteps  = 600
)

// trial is a change to try for a candidate, and the site that it is for.
type trial struct {
	kind RemedyKind
	who  int32
	site *site
}

// searchChange looks for the single change after which the candidate can be
// held if other meetings may move. None of its own participants may lose one for
// it, and others only what the plan is not worse without. It stops at the first, and marks the wish as searched when all
// were tried.
func (e *explainer) searchChange(ctx context.Context, u *Unmet, c int32) {
	for _, t := range e.trials(c, u.Reason) {
		if ctx.Err() != nil || e.left <= 0 {
			return
		}
		if r := e.try(ctx, c, t); r != nil {
			u.Change = r
			break
		}
	}
	u.Searched = true
}

// trialsPerKind is at how many sites a kind of change is tried.
const trialsPerKind = 16

// trials lists the changes worth a try: each removes one obstacle of a site, and
// those that remain are meetings that might move. Changes that answer the reason
// come first, then those at sites with fewer obstacles.
func (e *explainer) trials(c int32, why Reason) []trial {
	var list []trial
	for i := range e.sites[c] {
		list = append(list, e.trialsAt(c, &e.sites[c][i])...)
	}
	rank := func(t trial) int {
		n := bits.OnesCount16(uint16(t.site.mask))
		if answers(t.kind) != why {
			n += 16
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b trial) int { return rank(a) - rank(b) })
	var tried [RaiseMaxDay + 1]int
	return slices.DeleteFunc(list, func(t trial) bool {
		tried[t.kind]++
		return tried[t.kind] > trialsPerKind
	})
}

// answers is the reason that a kind of change is an answer to.
func answers(kind RemedyKind) Reason {
	switch kind {
	case OneMoreTable:
		return ReasonNoTable
	case FreeSlot:
		return ReasonNoCommonSlot
	case OneMoreInterpreter:
		return ReasonNoInterpreter
	case RaiseMax:
		return ReasonMax
	default:
		return ReasonMaxDay
	}
}

// trialsAt are the changes that the site calls for. An absence, an interpreter
// away and a maximum each have to go before anything else helps, and two of them
// are more than one change.
func (e *explainer) trialsAt(c int32, x *site) []trial {
	var first []trial
	for _, p := range x.absent {
		first = append(first, trial{FreeSlot, p, x})
	}
	if x.mask&interpreterAway != 0 {
		first = append(first, trial{OneMoreInterpreter, None, x})
	}
	for _, m := range e.membersOf(c) {
		if most := e.problem.Participants[m.participant].Max; most > 0 && int(e.meetings[m.participant]) >= most {
			first = append(first, trial{RaiseMax, m.participant, x})
		}
	}
	switch {
	case x.mask&lasting != 0 || len(first) > 1:
		return nil
	case len(first) == 1:
		return first
	default:
		return e.passingTrials(c, x)
	}
}

// passingTrials are the changes against what the plan has used up, which might
// also be met by others moving.
func (e *explainer) passingTrials(c int32, x *site) []trial {
	var list []trial
	day := e.problem.Slots[x.start].Day
	for _, m := range e.membersOf(c) {
		most := e.problem.Participants[m.participant].MaxDay
		if most > 0 && int(e.daily[int(m.participant)*e.days+day]) >= most {
			list = append(list, trial{RaiseMaxDay, m.participant, x})
		}
	}
	if x.mask&noTable != 0 {
		list = append(list, trial{OneMoreTable, None, x})
	}
	if x.mask&noInterpreter != 0 {
		list = append(list, trial{OneMoreInterpreter, None, x})
	}
	return list
}

// try makes the change, holds the candidate at the site, lets what was in the
// way find other spots, and returns the remedy if nothing that counts is then
// worse than before. Everything is put back.
func (e *explainer) try(ctx context.Context, c int32, t trial) *Remedy {
	revert := e.apply(c, t)
	d := &e.candidates[c]
	was := d.required
	d.required = true
	e.cost.missing++
	var r *Remedy
	if e.holdAt(c, t.site) && (e.asGood(c) || e.improve(ctx, c)) {
		r = e.remedyOf(c, t)
		r.Moved = e.moved()
	}
	e.load(&e.present)
	d.required = was
	e.cost.missing = e.figures.missing
	revert()
	e.closeAgendas(c)
	return r
}

// moved counts the meetings of the plan that are no longer where they were.
func (e *explainer) moved() int {
	n := 0
	for c, at := range e.present.spots {
		if at.slots > 0 && (e.spots[c] != at || e.seatsDiffer(int32(c), &e.present)) {
			n++
		}
	}
	return n
}

// holdAt holds the candidate at the site, if what is in its way may go.
func (e *explainer) holdAt(c int32, x *site) bool {
	e.propose(&e.chosen, c, x.start, x.place)
	if !e.examine(&e.chosen, unaffordable-1) {
		return false
	}
	e.displace(c)
	e.keep()
	return true
}

// improve searches for a short while for a plan that is as good as before.
func (e *explainer) improve(ctx context.Context, c int32) bool {
	point := float64(e.cost.w.below)
	e.goal = e.cost.w.served * e.figures.served
	before := e.steps
	e.anneal(ctx, schedule{first: 0.3 * point, last: 0.05 * point, steps: trialSteps})
	e.left -= e.steps - before
	return e.asGood(c)
}

// asGood says whether nothing required is missing, minimums, value and the worst
// served are not worse than in the plan, and those whom the candidate concerns
// still have all the meetings that they had.
func (e *explainer) asGood(c int32) bool {
	k := &e.cost
	return k.missing <= e.figures.missing && k.shortfall <= e.figures.shortfall && k.value >= e.figures.value &&
		e.keepsMeetings(c) && compareServed(e.ranking(), e.served) >= 0
}

func (e *explainer) keepsMeetings(c int32) bool {
	for _, x := range e.membersOf(c) {
		for _, other := range e.of[x.participant] {
			if e.present.spots[other].slots > 0 && !e.held(other) {
				return false
			}
		}
	}
	return true
}

// ranking lists how each participant is served, the worst first.
func (e *explainer) ranking() []Served {
	met, best := make([]int, len(e.of)), make([]int, len(e.of))
	for p := range e.of {
		met[p], best[p] = int(e.cost.met[p]), int(e.alone[p])
	}
	return rankServed(met, best)
}

// apply makes the change in the state, and returns how to take it back.
func (e *explainer) apply(c int32, t trial) func() {
	switch t.kind {
	case OneMoreTable:
		e.use(t.site.spot(), -1)
		return func() { e.use(t.site.spot(), 1) }
	case OneMoreInterpreter:
		return e.lendInterpreter(e.candidates[c].pools[0], t.site)
	case RaiseMax:
		e.problem.Participants[t.who].Max++
		return func() { e.problem.Participants[t.who].Max-- }
	case RaiseMaxDay:
		e.problem.Participants[t.who].MaxDay++
		return func() { e.problem.Participants[t.who].MaxDay-- }
	default:
		for seat := e.firstSeat[t.who]; seat < e.firstSeat[t.who+1]; seat++ {
			for i := range t.site.slots {
				e.idle[seat].add(t.site.start + SlotID(i))
			}
		}
		return func() {}
	}
}

// lendInterpreter makes one more interpreter of the pool free in the site's
// slots.
func (e *explainer) lendInterpreter(pool PoolID, x *site) func() {
	open := slices.Clone(e.poolOpen[pool])
	change := func(by int32) {
		for t := x.start; t < x.start+SlotID(x.slots); t++ {
			e.poolUsed[int(pool)*e.slots+int(t)] += by
			e.poolOpen[pool].add(t)
		}
	}
	change(-1)
	return func() {
		change(1)
		copy(e.poolOpen[pool], open)
	}
}
