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
// held if other meetings may move, and none is lost that the plan would be
// worse without. It stops at the first, and marks the wish as searched when all
// were tried.
func (e *explainer) searchChange(ctx context.Context, u *Unmet, c int32) {
	for _, t := range e.trials(c) {
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

// trials lists the changes worth a try: each removes one obstacle of a site, and
// those that remain are meetings that might move. Sites with fewer obstacles
// come first.
func (e *explainer) trials(c int32) []trial {
	var list []trial
	sites := e.sites[c]
	seen := make(map[trial]bool)
	for _, most := range []int{2, 3, 4} {
		for i := range sites {
			x := &sites[i]
			if t, ok := e.trialAt(x); ok && bits.OnesCount16(uint16(x.mask)) == most && !seen[t.key()] {
				seen[t.key()] = true
				list = append(list, t)
			}
		}
	}
	return list
}

// key tells apart changes that differ; a maximum raised is the same change
// wherever the meeting is then held.
func (t trial) key() trial {
	if t.kind == RaiseMax {
		t.site = nil
	}
	return t
}

// trialAt is the change that the site calls for: against an absence first, then
// against what the plan has used up.
func (e *explainer) trialAt(x *site) (trial, bool) {
	switch {
	case x.mask&lasting != 0 || len(x.absent) > 1:
		return trial{}, false
	case len(x.absent) == 1:
		return trial{FreeSlot, x.absent[0], x}, x.mask&interpreterAway == 0
	case x.mask&(interpreterAway|noInterpreter) != 0:
		return trial{OneMoreInterpreter, None, x}, true
	case x.mask&noTable != 0:
		return trial{OneMoreTable, None, x}, true
	case x.mask&atMax != 0:
		return trial{RaiseMax, x.who, x}, true
	case x.mask&atMaxDay != 0:
		return trial{RaiseMaxDay, x.who, x}, true
	default:
		return trial{}, false
	}
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
	if e.holdAt(c, t.site) && (e.asGood() || e.improve(ctx)) {
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
func (e *explainer) improve(ctx context.Context) bool {
	point := float64(e.cost.w.below)
	e.goal = e.cost.w.served * e.figures.served
	before := e.steps
	e.anneal(ctx, schedule{first: 0.3 * point, last: 0.05 * point, steps: trialSteps})
	e.left -= e.steps - before
	return e.asGood()
}

// asGood says whether nothing required is missing and minimums, value and the
// worst served are not worse than in the plan.
func (e *explainer) asGood() bool {
	k := &e.cost
	return k.missing <= e.figures.missing && k.shortfall <= e.figures.shortfall && k.value >= e.figures.value &&
		compareServed(e.ranking(), e.served) >= 0
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
