package sat

import (
	"math"
	"slices"
)

// NoBound is the cost of the best solution while there is none.
const NoBound = math.MaxInt

// Objective is what a [Minimizer] minimises, and whom it tells.
type Objective struct {
	// Numbers are unary numbers whose sum is the cost: literal j of a number
	// stands for "at least j+1" and implies the literals before it. Numbers may
	// share literals only if the search does not descend.
	Numbers [][]Lit
	// Found, if set, is called for each model that costs less than any before;
	// Solver.Value reads it.
	Found func(cost int)
	// Raised, if set, is called when the lower bound has risen.
	Raised func(lower int)
	// Upper, if set, gives the cost of the best solution known elsewhere.
	Upper func() int
}

// Minimizer searches for a model of least cost, from below: it assumes that
// nothing costs anything and lets each unsatisfiable core raise the bound and
// relax the assumptions by one (OLL: Andres et al., "Unsatisfiability-based
// Optimization in clasp", ICLP 2012; for MaxSAT, Morgado, Dodaro and
// Marques-Silva, "Core-Guided MaxSAT with Soft Cardinality Constraints", CP
// 2014).
type Minimizer struct {
	solver    *Solver
	objective Objective
	descend   bool

	numbers    []*term // one for each number of the objective
	aggregates []*term // one for each core met

	lower, upper  int
	cut           Card // "the cost is less than upper", when descending
	hasCut        bool
	end           int64 // conflicts at which the present run gives up
	descentBudget int64
}

// term is a unary number with the value that it is assumed not to exceed.
type term struct {
	outputs []Lit      // of a number of the objective
	counter *Totalizer // or of the literals of a core
	allowed int
}

const (
	trimConflicts      = 50 // for each attempt to shorten a core
	trimRounds         = 3
	exhaustConflicts   = 1000
	firstDescentBudget = 2000
)

// NewMinimizer prepares to minimise over the models of s. If descend is set,
// the search also looks for better solutions from above, by bounding the cost
// and dropping the assumptions about cores; this yields good solutions early.
func NewMinimizer(s *Solver, objective Objective, descend bool) *Minimizer {
	m := &Minimizer{
		solver:        s,
		objective:     objective,
		descend:       descend,
		upper:         NoBound,
		descentBudget: firstDescentBudget,
	}
	for _, outputs := range objective.Numbers {
		m.numbers = append(m.numbers, &term{outputs: outputs})
	}
	return m
}

// Lower returns a cost below which there is no model.
func (m *Minimizer) Lower() int { return min(m.lower, m.upper) }

// Upper returns the cost of the best solution known, or NoBound.
func (m *Minimizer) Upper() int { return m.upper }

// Run searches on until the least cost is known or a number of conflicts is
// spent. It returns Satisfiable if Upper is that cost, and Unsatisfiable if
// there is no model.
func (m *Minimizer) Run(conflicts int64) Status {
	m.end = NoLimit
	if spent := m.solver.Conflicts(); conflicts < NoLimit-spent {
		m.end = spent + conflicts
	}
	m.tighten()
	for m.lower < m.upper && !m.interrupted() {
		if m.descend && len(m.aggregates) > 0 {
			m.round(m.numbers, m.descentBudget)
			m.round(m.allTerms(), m.descentBudget)
			m.descentBudget += m.descentBudget / 2
		} else {
			m.round(m.allTerms(), NoLimit)
		}
	}
	switch {
	case m.lower < m.upper:
		return Unknown
	case m.upper == NoBound:
		return Unsatisfiable
	default:
		return Satisfiable
	}
}

func (m *Minimizer) interrupted() bool {
	s := m.solver
	return s.Conflicts() >= m.end || (s.stop != nil && s.stop())
}

func (m *Minimizer) allTerms() []*term { return slices.Concat(m.numbers, m.aggregates) }

// solve searches under assumptions, within a limit of its own and that of the
// run, and takes note of the model.
func (m *Minimizer) solve(assumptions []Lit, conflicts int64) Status {
	left := m.end - m.solver.Conflicts()
	if left <= 0 {
		return Unknown
	}
	status := m.solver.Solve(assumptions, min(conflicts, left))
	if status == Satisfiable {
		m.found()
	}
	return status
}

// found records the cost of the model.
func (m *Minimizer) found() {
	cost := 0
	for _, t := range m.numbers {
		for _, l := range t.outputs {
			if m.solver.Value(l) {
				cost++
			}
		}
	}
	if cost < m.upper {
		m.upper = cost
		if m.objective.Found != nil {
			m.objective.Found(cost)
		}
	}
}

// tighten takes over the best cost known elsewhere, and bounds the cost below
// the best known.
func (m *Minimizer) tighten() {
	if m.objective.Upper != nil {
		m.upper = min(m.upper, m.objective.Upper())
	}
	if !m.descend || m.upper == NoBound {
		return
	}
	if !m.hasCut {
		all := slices.Concat(m.objective.Numbers...)
		m.cut = m.solver.AddAtMost(all, len(all))
		m.hasCut = true
	}
	m.solver.Tighten(m.cut, m.upper-1)
}

// round searches for a model in which no term exceeds what it is allowed. It
// sets the terms of each core aside, so that the cores of a round are
// disjoint, until the others can hold together.
func (m *Minimizer) round(terms []*term, conflicts int64) {
	active := make(map[Lit]*term)
	var assumptions []Lit
	for _, t := range terms {
		l := t.excess()
		if l != NoLit && active[l.Not()] == nil { // terms may share a literal
			assumptions = append(assumptions, l.Not())
			active[l.Not()] = t
		}
	}
	for m.lower < m.upper {
		m.tighten()
		if m.solve(assumptions, conflicts) != Unsatisfiable {
			return
		}
		core := m.trim(slices.Clone(m.solver.Core()))
		if len(core) == 0 {
			m.raise(m.upper) // nothing costs less than the best known
			return
		}
		m.relax(core, active)
		assumptions = slices.DeleteFunc(assumptions, func(l Lit) bool { return slices.Contains(core, l) })
	}
}

// raise sets the lower bound.
func (m *Minimizer) raise(lower int) {
	m.lower = lower
	if m.objective.Raised != nil && lower < NoBound {
		m.objective.Raised(m.Lower())
	}
}

// relax pays one for a core: each of its terms may be one more, but together
// they may exceed what they were allowed only once.
func (m *Minimizer) relax(core []Lit, active map[Lit]*term) {
	exceeding := make([]Lit, len(core))
	for i, l := range core {
		exceeding[i] = l.Not()
		active[l].allowed++
	}
	m.raise(m.lower + 1)
	if len(core) == 1 {
		m.solver.AddClause(exceeding[0])
		return
	}
	aggregate := &term{counter: NewTotalizer(m.solver, exceeding, false), allowed: 1}
	m.exhaust(aggregate)
	m.aggregates = append(m.aggregates, aggregate)
}

// exhaust raises what a new aggregate is allowed as long as it is easily
// refuted by itself (Ignatiev, Morgado and Marques-Silva, "RC2", JSAT 2019).
func (m *Minimizer) exhaust(aggregate *term) {
	for m.lower < m.upper {
		l := aggregate.excess()
		if l == NoLit || m.solve([]Lit{l.Not()}, exhaustConflicts) != Unsatisfiable {
			return
		}
		aggregate.allowed++
		m.raise(m.lower + 1)
	}
}

// trim shortens a core, first by searching again with its literals in reverse
// order, then by leaving them out one by one.
func (m *Minimizer) trim(core []Lit) []Lit {
	for range trimRounds {
		size := len(core)
		slices.Reverse(core)
		if size <= 1 || m.solve(core, trimConflicts) != Unsatisfiable {
			break
		}
		core = slices.Clone(m.solver.Core())
		if len(core) == size {
			break
		}
	}
	for _, l := range slices.Clone(core) {
		i := slices.Index(core, l)
		if i < 0 || len(core) == 1 {
			continue
		}
		if m.solve(slices.Delete(slices.Clone(core), i, i+1), trimConflicts) == Unsatisfiable {
			core = slices.Clone(m.solver.Core())
		}
	}
	return core
}

// excess returns the literal for "more than allowed", or NoLit if the term
// cannot be more.
func (t *term) excess() Lit {
	switch {
	case t.counter == nil && t.allowed < len(t.outputs):
		return t.outputs[t.allowed]
	case t.counter != nil && t.allowed < t.counter.Size():
		return t.counter.AtLeast(t.allowed + 1)
	default:
		return NoLit
	}
}
