package sat

import (
	"cmp"
	"slices"
)

const (
	keptLBD   = 2 // clauses up to this LBD are kept for good
	usefulLBD = 6 // and up to this one while they are used
	maxUses   = 2
	keptShare = 4 // one in so many of the other clauses outlives a reduction
)

// reduce drops the less useful learnt clauses, and those that hold for good,
// and packs the others.
func (s *Solver) reduce() {
	s.policy.reduced()
	locked := s.lockedClauses()
	dropped := s.worstLearnt(locked)
	old := s.arena
	s.arena = arena{words: make([]Lit, 0, len(old.words))}
	for l := range s.watches {
		s.watches[l] = s.watches[l][:0]
	}
	for ref := clauseRef(0); ref < old.end(); ref = old.next(ref) {
		owner, isLocked := locked[ref]
		if !isLocked && (dropped[ref] || s.holdsForGood(old.lits(ref))) {
			continue
		}
		moved := s.arena.add(old.lits(ref), 0)
		s.arena.setUse(moved, old.lbd(ref), max(0, old.uses(ref)-1))
		s.attach(moved)
		if isLocked {
			s.vars[owner].reason = clauseReason(moved)
		}
	}
}

// lockedClauses returns the clauses that force a variable at present, with
// that variable.
func (s *Solver) lockedClauses() map[clauseRef]Var {
	locked := make(map[clauseRef]Var)
	for _, l := range s.trail {
		if r := s.vars[l.Var()].reason; r.kind() == clauseKind {
			locked[r.clause()] = l.Var()
		}
	}
	return locked
}

// worstLearnt chooses the learnt clauses to drop: those of highest LBD, the
// longer ones first, among the clauses that are neither good nor in use.
func (s *Solver) worstLearnt(locked map[clauseRef]Var) map[clauseRef]bool {
	var candidates []clauseRef
	a := &s.arena
	for ref := clauseRef(0); ref < a.end(); ref = a.next(ref) {
		lbd := a.lbd(ref)
		if lbd <= keptLBD || (lbd <= usefulLBD && a.uses(ref) > 0) {
			continue
		}
		if _, isLocked := locked[ref]; !isLocked {
			candidates = append(candidates, ref)
		}
	}
	slices.SortStableFunc(candidates, func(x, y clauseRef) int {
		return cmp.Or(cmp.Compare(a.lbd(y), a.lbd(x)), cmp.Compare(len(a.lits(y)), len(a.lits(x))))
	})
	dropped := make(map[clauseRef]bool)
	for _, ref := range candidates[:len(candidates)-len(candidates)/keptShare] {
		dropped[ref] = true
	}
	return dropped
}

// holdsForGood reports whether a literal of a clause is true at level 0.
func (s *Solver) holdsForGood(lits []Lit) bool {
	for _, l := range lits {
		if s.values[l] == isTrue && s.vars[l.Var()].level == 0 {
			return true
		}
	}
	return false
}
