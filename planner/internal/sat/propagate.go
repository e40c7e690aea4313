package sat

// enqueue makes l true. The caller has checked that it has no value.
func (s *Solver) enqueue(l Lit, r reason) {
	s.values[l] = isTrue
	s.values[l.Not()] = isFalse
	s.vars[l.Var()] = varState{
		level:    int32(len(s.levelStart)),
		position: int32(len(s.trail)),
		reason:   r,
	}
	s.trail = append(s.trail, l)
}

// propagate draws the consequences of the literals in the queue. It returns
// false if a constraint is violated, whose false literals are then in
// s.conflict.
func (s *Solver) propagate() bool {
	for s.queueHead < len(s.trail) {
		l := s.trail[s.queueHead]
		s.queueHead++
		// All counters of l rise before anything can fail, so that undoing a
		// propagated literal always lowers exactly what was raised.
		cards := s.occurrences[l]
		for _, id := range cards {
			s.cards[id].count++
		}
		if !s.propagateBinaries(l) || !s.propagateClauses(l) {
			return false
		}
		for _, id := range cards {
			if !s.propagateCard(id) {
				return false
			}
		}
	}
	return true
}

func (s *Solver) propagateBinaries(l Lit) bool {
	for _, other := range s.implied[l] {
		switch s.values[other] {
		case isUnset:
			s.enqueue(other, binaryReason(l.Not()))
		case isFalse:
			s.conflict = append(s.conflict[:0], l.Not(), other)
			return false
		}
	}
	return true
}

// propagateClauses visits the clauses that watch the negation of l. Each one
// finds another literal to watch, or is satisfied, or forces its other watched
// literal, or is violated.
func (s *Solver) propagateClauses(l Lit) bool {
	watches := s.watches[l]
	kept := 0
	for i, w := range watches {
		if s.values[w.blocker] == isTrue {
			watches[kept] = w
			kept++
			continue
		}
		lits := s.arena.lits(w.ref)
		if lits[0] == l.Not() {
			lits[0], lits[1] = lits[1], lits[0]
		}
		first := lits[0]
		if s.values[first] != isTrue {
			if k := s.firstNotFalse(lits); k > 0 {
				lits[1], lits[k] = lits[k], lits[1]
				moved := lits[1].Not()
				s.watches[moved] = append(s.watches[moved], watch{w.ref, first})
				continue
			}
		}
		watches[kept] = watch{w.ref, first}
		kept++
		switch s.values[first] {
		case isUnset:
			s.enqueue(first, clauseReason(w.ref))
		case isFalse:
			kept += copy(watches[kept:], watches[i+1:])
			s.watches[l] = watches[:kept]
			s.conflict = append(s.conflict[:0], lits...)
			return false
		}
	}
	s.watches[l] = watches[:kept]
	return true
}

// firstNotFalse returns the place of a literal, among those not watched, that
// is not false, or 0 if there is none.
func (s *Solver) firstNotFalse(lits []Lit) int {
	for k := 2; k < len(lits); k++ {
		if s.values[lits[k]] != isFalse {
			return k
		}
	}
	return 0
}

// decide opens a decision level in which l is true.
func (s *Solver) decide(l Lit) {
	s.openLevel()
	s.enqueue(l, noReason)
}

func (s *Solver) openLevel() { s.levelStart = append(s.levelStart, int32(len(s.trail))) }

func (s *Solver) level() int { return len(s.levelStart) }

// backtrack undoes every decision above a level.
func (s *Solver) backtrack(level int) {
	if s.level() <= level {
		return
	}
	start := int(s.levelStart[level])
	for i := len(s.trail) - 1; i >= start; i-- {
		l := s.trail[i]
		if i < s.queueHead {
			for _, id := range s.occurrences[l] {
				s.cards[id].count--
			}
		}
		s.values[l] = isUnset
		s.values[l.Not()] = isUnset
		s.phases.saved[l.Var()] = phaseOf(l)
		s.order.insert(l.Var())
	}
	s.trail = s.trail[:start]
	s.levelStart = s.levelStart[:level]
	s.queueHead = start
}
