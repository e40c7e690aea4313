package sat

// Card names a cardinality constraint of a Solver.
type Card int32

// card is the constraint "at most bound of lits are true". count is the number
// of its literals that are true and already propagated: it rises when a
// literal leaves the propagation queue and falls when that literal is undone.
type card struct {
	lits  []Lit
	bound int
	count int
	fixed int // literals that were true when the constraint was added
}

// AddAtMost adds the constraint that at most bound of the literals are true.
// The literals, but for those that are fixed, must be over distinct variables.
func (s *Solver) AddAtMost(lits []Lit, bound int) Card {
	id := Card(len(s.cards))
	c := card{bound: len(lits)}
	for _, l := range lits {
		switch s.values[l] {
		case isTrue:
			c.fixed++
		case isUnset:
			c.lits = append(c.lits, l)
			s.occurrences[l] = append(s.occurrences[l], id)
		}
	}
	s.cards = append(s.cards, c)
	s.Tighten(id, bound)
	return id
}

// Tighten lowers the bound of a constraint. A bound above the present one is
// ignored, because what was learnt relies on the present one.
func (s *Solver) Tighten(id Card, bound int) {
	c := &s.cards[id]
	c.bound = min(c.bound, bound-c.fixed)
	if c.count > c.bound {
		s.inconsistent = true
	}
	if s.inconsistent || !s.propagateCard(id) || !s.propagate() {
		s.inconsistent = true
	}
}

// propagateCard makes the remaining literals of a full constraint false. It
// returns false, leaving the conflict in s.conflict, if one of them is already
// true and only waits in the queue.
func (s *Solver) propagateCard(id Card) bool {
	c := &s.cards[id]
	if c.count < c.bound {
		return true
	}
	for _, l := range c.lits {
		switch s.values[l] {
		case isUnset:
			s.enqueue(l.Not(), cardReason(id))
		case isTrue:
			if int(s.vars[l.Var()].position) >= s.queueHead {
				s.conflict = s.appendEarliestTrue(s.conflict[:0], c, int32(len(s.trail)), c.bound+1)
				return false
			}
		}
	}
	return true
}

// appendEarliestTrue appends to buf the negations of the n literals of c that
// became true first, among those that did so before a position of the trail.
// Earlier literals make for explanations that resolve further back.
func (s *Solver) appendEarliestTrue(buf []Lit, c *card, before int32, n int) []Lit {
	base := len(buf)
	for _, l := range c.lits {
		if s.values[l] == isTrue && s.vars[l.Var()].position < before {
			buf = append(buf, l.Not())
		}
	}
	for len(buf) > base+n {
		latest := base
		for i := base + 1; i < len(buf); i++ {
			if s.vars[buf[i].Var()].position > s.vars[buf[latest].Var()].position {
				latest = i
			}
		}
		buf[latest] = buf[len(buf)-1]
		buf = buf[:len(buf)-1]
	}
	return buf
}
