package planner

import (
	"cmp"
	"slices"
)

// guide is what the bound tells the search: the price of everything, and what
// each candidate is worth beyond its cost at those prices.
type guide struct {
	*ledger
	price   []int32
	reduced []int32
}

// promisingFrom is the reduced value under which a candidate is hardly ever part
// of the best plans, in points.
const promisingFrom = -1

// manyCandidates is how many there must be for it to pay to leave some out.
const manyCandidates = 2_000

// promising lists those of the candidates that the search for value need draw.
func (g *guide) promising(active []int32) []int32 {
	if g == nil || len(active) < manyCandidates {
		return active
	}
	var list []int32
	for _, c := range active {
		if g.reduced[c] >= promisingFrom || g.candidates[c].required || g.guarantees(c) {
			list = append(list, c)
		}
	}
	return list
}

// bestFirst orders candidates for construction: required ones, then by reduced
// value, or by value without a guide.
func (s *search) bestFirst(list []int32) {
	if s.guide == nil {
		s.worthiestFirst(list)
		return
	}
	slices.SortStableFunc(list, func(a, b int32) int {
		return cmp.Or(s.compareRequired(a, b), cmp.Compare(s.guide.reduced[b], s.guide.reduced[a]))
	})
}

// settleCheapest holds the candidate at the cheapest spot where nothing is in
// its way, at the guide's prices; at any such spot without a guide.
func (s *search) settleCheapest(c int32) bool {
	if s.guide == nil {
		return s.settle(c)
	}
	if !s.withinMax(c) {
		return false
	}
	least, found := int32(0), false
	members := s.membersOf(c)
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		for w := range o.starts {
			for common := s.commonWord(members, o, w); common != 0; common &= common - 1 {
				k := way{start: firstSlot(w, common), place: o.place, pool: None}
				k.slots = s.length(c, k.start)
				cost := s.guide.costAt(members, &k, s.guide.price)
				if (!found || cost < least) && s.chooseClear(c, k.start, k.place) {
					least, found = cost, true
				}
			}
		}
	}
	if found {
		s.put(c, s.chosen.at, s.chosen.seats)
	}
	return found
}
