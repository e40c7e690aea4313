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
// and packs the others. It works at level 0, where no clause is needed as a reason.
func (s *Solver) reduce() {
	s.policy.reduced()
	s.backtrack(0)
	dropped := s.worstLearnt()
	old := s.arena
	s.arena = arena{words: make([]Lit, 0, len(old.words))}
	for l := range s.watches {
		s.watches[l] = s.watches[l][:0]
	}
	for ref := clauseRef(0); ref < old.end(); ref = old.next(ref) {
		if dropped[ref] || s.holdsForGood(old.lits(ref)) {
			continue
		}
		moved := s.arena.add(old.lits(ref), 0)
		s.arena.setUse(moved, old.lbd(ref), max(0, old.uses(ref)-1))
		s.attach(moved)
	}
}

// worstLearnt chooses the learnt clauses to drop: those of highest LBD, the
// longer ones first, among the clauses that are neither good nor in use.
func (s *Solver) worstLearnt() map[clauseRef]bool {
	var candidates []clauseRef
	a := &s.arena
	for ref := clauseRef(0); ref < a.end(); ref = a.next(ref) {
		lbd := a.lbd(ref)
		if lbd > keptLBD && (lbd > usefulLBD || a.uses(ref) == 0) {
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

// holdsForGood reports, at level 0, whether a literal of a clause is true.
func (s *Solver) holdsForGood(lits []Lit) bool {
	return slices.ContainsFunc(lits, s.Fixed)
}
