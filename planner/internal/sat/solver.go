package sat

import (
	"math/rand/v2"
	"slices"
)

// Options sets up a Solver. The zero value is ready to use.
type Options struct {
	// Seed breaks the ties of the first decisions.
	Seed uint64
	// Stop, if set, is asked every few hundred conflicts whether to give up.
	Stop func() bool
}

// Solver holds a formula and searches for its models.
type Solver struct {
	stop func() bool
	rng  *rand.Rand

	// The assignment: the trail lists true literals in the order in which they
	// became true; levelStart says where each decision level begins in it.
	values     []value // by literal
	vars       []varState
	trail      []Lit
	levelStart []int32
	queueHead  int // first literal of the trail not yet propagated

	// The formula.
	arena        arena
	watches      [][]watch // by literal: clauses to visit when it becomes true
	implied      [][]Lit   // by literal: what binary clauses force when it becomes true
	cards        []card
	occurrences  [][]Card // by literal: constraints in which it counts
	inconsistent bool     // unsatisfiable whatever is assumed

	order   activityHeap
	bump    float64 // what one conflict adds to an activity
	phases  phases
	policy  policy
	learner learner

	constant    Lit // true in every model, once hasConstant
	hasConstant bool

	conflict    []Lit // false literals of the last constraint found violated
	assumptions []Lit
	core        []Lit
	model       []bool
	scratch     []Lit
}

// varState is what the assignment knows of one variable.
type varState struct {
	level    int32
	position int32 // in the trail
	reason   reason
}

// watch is an entry of a watch list. If the blocker, some other literal of the
// clause, is true, then the clause need not be read.
type watch struct {
	ref     clauseRef
	blocker Lit
}

// New returns a Solver with an empty formula.
func New(options Options) *Solver {
	return &Solver{
		stop:   options.Stop,
		rng:    rand.New(rand.NewPCG(options.Seed, 0)),
		bump:   1,
		policy: newPolicy(),
	}
}

// NewVar adds a variable.
func (s *Solver) NewVar() Var {
	v := Var(len(s.vars))
	s.vars = append(s.vars, varState{})
	s.values = append(s.values, isUnset, isUnset)
	s.watches = append(s.watches, nil, nil)
	s.implied = append(s.implied, nil, nil)
	s.occurrences = append(s.occurrences, nil, nil)
	s.phases.grow()
	s.learner.grow()
	s.order.grow(s.rng.Float64() * initialActivity)
	return v
}

// NumVars returns the number of variables.
func (s *Solver) NumVars() int { return len(s.vars) }

// Conflicts returns the number of conflicts met so far.
func (s *Solver) Conflicts() int64 { return s.policy.conflicts }

// AddClause adds the constraint that one of the literals is true.
func (s *Solver) AddClause(lits ...Lit) {
	clause, satisfied := s.simplify(lits)
	if satisfied || s.inconsistent {
		return
	}
	switch len(clause) {
	case 0:
		s.inconsistent = true
	case 1:
		s.enqueue(clause[0], noReason)
		s.inconsistent = !s.propagate()
	case 2:
		s.attachBinary(clause[0], clause[1])
	default:
		s.attach(s.arena.add(clause, 0))
	}
}

// simplify returns the literals of a clause without repetition and without
// those that are false for good, and whether the clause always holds.
func (s *Solver) simplify(lits []Lit) (clause []Lit, satisfied bool) {
	sorted := append(s.scratch[:0], lits...)
	s.scratch = sorted
	slices.Sort(sorted)
	kept := sorted[:0]
	last := NoLit
	for _, l := range sorted {
		if s.values[l] == isTrue || (last != NoLit && l == last.Not()) {
			return nil, true
		}
		if s.values[l] == isUnset && l != last {
			kept = append(kept, l)
			last = l
		}
	}
	return kept, false
}

func (s *Solver) attachBinary(a, b Lit) {
	s.implied[a.Not()] = append(s.implied[a.Not()], b)
	s.implied[b.Not()] = append(s.implied[b.Not()], a)
}

// attach watches the first two literals of a clause.
func (s *Solver) attach(ref clauseRef) {
	lits := s.arena.lits(ref)
	a, b := lits[0], lits[1]
	s.watches[a.Not()] = append(s.watches[a.Not()], watch{ref, b})
	s.watches[b.Not()] = append(s.watches[b.Not()], watch{ref, a})
}

// Fixed reports whether l is true in every model.
func (s *Solver) Fixed(l Lit) bool { return s.values[l] == isTrue }

// Value returns the value of l in the last model found.
func (s *Solver) Value(l Lit) bool { return s.model[l.Var()] != l.IsNeg() }

// Core returns, after an unsatisfiable answer, assumptions that cannot hold
// together. An empty core means that there is no model at all. The slice is
// valid until the next search.
func (s *Solver) Core() []Lit { return s.core }

// Hint suggests a value for a variable, to which the search returns now and
// then.
func (s *Solver) Hint(l Lit) {
	s.phases.hint[l.Var()] = phaseOf(l)
	s.phases.saved[l.Var()] = phaseOf(l)
}
