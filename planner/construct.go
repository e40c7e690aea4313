package planner

import "slices"

// construct holds what it can, one candidate after the other: first what is
// required, then the rest from the worthiest down, equals in random order. Each
// takes the cheapest spot where nothing is in its way, one that a swap opens, or,
// if it is required, the one that loses least.
func (s *search) construct() {
	order := slices.Clone(s.active)
	s.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	s.bestFirst(order)
	for _, c := range order {
		if s.held(c) {
			continue
		}
		if !s.settleCheapest(c) && !s.openSpot(c) && s.candidates[c].required {
			s.insertIfBetter(c)
		}
		s.keep()
	}
}

// insertIfBetter inserts the candidate unless that loses more than it gains.
func (s *search) insertIfBetter(c int32) {
	before := s.cost.energy()
	if !s.insert(c) || s.cost.energy() > before {
		s.undo()
	}
}

// openSpot holds the candidate at a spot that a swap opens, unless there is a
// previous plan, whose meetings stay where they are.
func (s *search) openSpot(c int32) bool { return s.was == nil && s.settleBySwap(c) }
