package sat

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// formula is a small random formula, kept beside the solver so that every
// assignment can be tried.
type formula struct {
	vars    int
	clauses [][]Lit
	cards   []atMost
}

type atMost struct {
	lits  []Lit
	bound int
}

func randomFormula(rng *rand.Rand) formula {
	f := formula{vars: 3 + rng.IntN(9)}
	for range rng.IntN(5 * f.vars) {
		f.clauses = append(f.clauses, randomLits(rng, f.vars, 1+rng.IntN(4)))
	}
	for range rng.IntN(5) {
		lits := distinctLits(rng, f.vars, 1+rng.IntN(f.vars))
		f.cards = append(f.cards, atMost{lits, rng.IntN(len(lits) + 1)})
	}
	return f
}

func randomLits(rng *rand.Rand, vars, n int) []Lit {
	lits := make([]Lit, n)
	for i := range lits {
		lits[i] = Lit(rng.IntN(2 * vars))
	}
	return lits
}

// distinctLits returns literals over n distinct variables.
func distinctLits(rng *rand.Rand, vars, n int) []Lit {
	lits := make([]Lit, 0, n)
	for _, v := range rng.Perm(vars)[:n] {
		lits = append(lits, Lit(2*v+rng.IntN(2)))
	}
	return lits
}

// holds reports whether an assignment, bit v for variable v, makes l true.
func holds(assignment int, l Lit) bool {
	return (assignment>>l.Var()&1 == 1) != l.IsNeg()
}

func countTrue(assignment int, lits []Lit) int {
	n := 0
	for _, l := range lits {
		if holds(assignment, l) {
			n++
		}
	}
	return n
}

// satisfied reports whether an assignment is a model in which the assumptions
// are true.
func (f *formula) satisfied(assignment int, assumptions []Lit) bool {
	for _, clause := range f.clauses {
		if countTrue(assignment, clause) == 0 {
			return false
		}
	}
	for _, c := range f.cards {
		if countTrue(assignment, c.lits) > c.bound {
			return false
		}
	}
	return countTrue(assignment, assumptions) == len(assumptions)
}

func (f *formula) satisfiable(assumptions []Lit) bool {
	for assignment := range 1 << f.vars {
		if f.satisfied(assignment, assumptions) {
			return true
		}
	}
	return false
}

// load builds a solver for the formula, adding the constraints in any order.
func (f *formula) load(seed uint64, rng *rand.Rand) *Solver {
	s := New(Options{Seed: seed})
	for range f.vars {
		s.NewVar()
	}
	for _, i := range rng.Perm(len(f.clauses) + len(f.cards)) {
		if i < len(f.clauses) {
			s.AddClause(f.clauses[i]...)
		} else {
			c := f.cards[i-len(f.clauses)]
			s.AddAtMost(c.lits, c.bound)
		}
	}
	return s
}

func modelOf(s *Solver, vars int) int {
	assignment := 0
	for v := range vars {
		if s.Value(Var(v).Pos()) {
			assignment |= 1 << v
		}
	}
	return assignment
}

// checkAnswer solves under assumptions and compares with every assignment.
func checkAnswer(t *testing.T, s *Solver, f *formula, assumptions []Lit) {
	t.Helper()
	status := s.Solve(assumptions, NoLimit)
	checkIdle(t, s)
	switch {
	case f.satisfiable(assumptions):
		if status != Satisfiable {
			t.Fatalf("%v under %v: got %v, want satisfiable", f, assumptions, status)
		}
		if model := modelOf(s, f.vars); !f.satisfied(model, assumptions) {
			t.Fatalf("%v under %v: %b is not a model", f, assumptions, model)
		}
	case status != Unsatisfiable:
		t.Fatalf("%v under %v: got %v, want unsatisfiable", f, assumptions, status)
	default:
		checkCore(t, s, f, assumptions)
	}
}

func checkCore(t *testing.T, s *Solver, f *formula, assumptions []Lit) {
	t.Helper()
	core := slices.Clone(s.Core())
	for _, l := range core {
		if !slices.Contains(assumptions, l) {
			t.Fatalf("%v under %v: core %v has literals not assumed", f, assumptions, core)
		}
	}
	if f.satisfiable(core) {
		t.Fatalf("%v under %v: core %v is satisfiable", f, assumptions, core)
	}
}

// checkIdle verifies what must hold between searches: only what is fixed is
// assigned, and every counter counts exactly its true literals.
func checkIdle(t *testing.T, s *Solver) {
	t.Helper()
	if s.level() != 0 {
		t.Fatalf("the solver rests at level %d", s.level())
	}
	if s.inconsistent {
		return
	}
	for i, c := range s.cards {
		n := 0
		for _, l := range c.lits {
			if s.Fixed(l) {
				n++
			}
		}
		if n != c.count {
			t.Fatalf("constraint %d counts %d true literals, has %d", i, c.count, n)
		}
	}
}

func TestSolveAgainstEnumeration(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		f := randomFormula(rng)
		s := f.load(seed, rng)
		for range 4 {
			checkAnswer(t, s, &f, randomLits(rng, f.vars, rng.IntN(f.vars)))
		}
		checkAnswer(t, s, &f, nil)
	}
}

// TestConstraintsBetweenSearches adds clauses and tightens bounds after the
// solver has learnt.
func TestConstraintsBetweenSearches(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1500) {
		rng := rand.New(rand.NewPCG(seed, 2))
		f := randomFormula(rng)
		s := f.load(seed, rng)
		lits := distinctLits(rng, f.vars, f.vars)
		sum := s.AddAtMost(lits, f.vars)
		f.cards = append(f.cards, atMost{lits, f.vars})
		for bound := f.vars; bound >= 0; bound-- {
			s.Tighten(sum, bound)
			f.cards[len(f.cards)-1].bound = bound
			clause := randomLits(rng, f.vars, 3)
			s.AddClause(clause...)
			f.clauses = append(f.clauses, clause)
			checkAnswer(t, s, &f, randomLits(rng, f.vars, rng.IntN(3)))
		}
	}
}

// TestLearntClausesAreImplied verifies that whatever the solver has learnt holds
// in every model, and that it has learnt something in most cases.
func TestLearntClausesAreImplied(t *testing.T) {
	t.Parallel()
	learnt := 0
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 6))
		f := formula{vars: 13}
		for range 35 {
			f.clauses = append(f.clauses, distinctLits(rng, f.vars, 3))
		}
		for range 3 {
			f.cards = append(f.cards, atMost{distinctLits(rng, f.vars, 8), 4})
		}
		s := f.load(seed, rng)
		for range 12 {
			s.Solve(distinctLits(rng, f.vars, 2), NoLimit)
		}
		clauses := allClauses(s)
		learnt += len(clauses) - len(f.clauses)
		for assignment := range 1 << f.vars {
			if !f.satisfied(assignment, nil) {
				continue
			}
			for _, clause := range clauses {
				if countTrue(assignment, clause) == 0 {
					t.Fatalf("seed %d: clause %v does not hold in model %b", seed, clause, assignment)
				}
			}
		}
	}
	if learnt < 5000 {
		t.Errorf("only %d clauses were learnt", learnt)
	}
}

// allClauses returns the clauses that the solver holds, and what it has fixed.
func allClauses(s *Solver) [][]Lit {
	var clauses [][]Lit
	for ref := clauseRef(0); ref < s.arena.end(); ref = s.arena.next(ref) {
		clauses = append(clauses, s.arena.lits(ref))
	}
	for l := range s.implied {
		for _, other := range s.implied[l] {
			clauses = append(clauses, []Lit{Lit(l).Not(), other})
		}
	}
	for _, l := range s.trail {
		clauses = append(clauses, []Lit{l})
	}
	return clauses
}

// pigeonhole says that each of n+1 pigeons has one of n holes. With native set,
// holes are constraints "at most one", otherwise clauses.
func pigeonhole(s *Solver, n int, native bool) {
	in := make([][]Lit, n+1)
	for p := range in {
		for range n {
			in[p] = append(in[p], s.NewVar().Pos())
		}
		s.AddClause(in[p]...)
	}
	for h := range n {
		var hole []Lit
		for p := range in {
			for _, other := range hole {
				if !native {
					s.AddClause(other.Not(), in[p][h].Not())
				}
			}
			hole = append(hole, in[p][h])
		}
		if native {
			s.AddAtMost(hole, 1)
		}
	}
}

// TestPigeonhole is long enough for restarts, changes of mode, new phases and
// reductions to take place.
func TestPigeonhole(t *testing.T) {
	t.Parallel()
	for _, native := range []bool{false, true} {
		s := New(Options{Seed: 1})
		pigeonhole(s, 8, native)
		if status := s.Solve(nil, NoLimit); status != Unsatisfiable {
			t.Errorf("native %v: got %v, want unsatisfiable", native, status)
		}
		if s.policy.reductions == 0 || s.policy.rephasings == 0 || s.policy.lubyRestarts == 0 {
			t.Errorf("native %v: %d conflicts were too few to test the upkeep", native, s.Conflicts())
		}
	}
}

// TestLongSearchFindsModels solves random 3-SAT near the threshold with a
// planted model, so that satisfiable searches meet the upkeep too.
func TestLongSearchFindsModels(t *testing.T) {
	t.Parallel()
	const vars = 180
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 3))
		s := New(Options{Seed: seed})
		planted := make([]Lit, vars)
		for v := range planted {
			planted[v] = Lit(2*int(s.NewVar()) + rng.IntN(2))
		}
		var clauses [][]Lit
		for len(clauses) < vars*42/10 {
			clause := distinctLits(rng, vars, 3)
			if slices.ContainsFunc(clause, func(l Lit) bool { return planted[l.Var()] == l }) {
				clauses = append(clauses, clause)
				s.AddClause(clause...)
			}
		}
		if status := s.Solve(nil, NoLimit); status != Satisfiable {
			t.Fatalf("seed %d: got %v, want satisfiable", seed, status)
		}
		for _, clause := range clauses {
			if !slices.ContainsFunc(clause, s.Value) {
				t.Fatalf("seed %d: clause %v is not satisfied", seed, clause)
			}
		}
	}
}

func TestConflictLimit(t *testing.T) {
	t.Parallel()
	s := New(Options{})
	pigeonhole(s, 8, false)
	if status := s.Solve(nil, 100); status != Unknown {
		t.Errorf("got %v, want unknown", status)
	}
	if s.Conflicts() != 100 {
		t.Errorf("stopped after %d conflicts, want 100", s.Conflicts())
	}
	if status := s.Solve(nil, NoLimit); status != Unsatisfiable {
		t.Errorf("resumed: got %v, want unsatisfiable", status)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	questions := 0
	s := New(Options{Stop: func() bool { questions++; return questions == 3 }})
	pigeonhole(s, 9, false)
	if status := s.Solve(nil, NoLimit); status != Unknown {
		t.Errorf("got %v, want unknown", status)
	}
	if got := s.Conflicts(); got > 2*stopInterval {
		t.Errorf("stopped after %d conflicts, want at most %d", got, 2*stopInterval)
	}
}

func TestDeterminism(t *testing.T) {
	t.Parallel()
	conflicts := func(seed uint64) int64 {
		s := New(Options{Seed: seed})
		pigeonhole(s, 7, true)
		s.Solve(nil, NoLimit)
		return s.Conflicts()
	}
	if a, b := conflicts(5), conflicts(5); a != b {
		t.Errorf("the same seed gave %d and %d conflicts", a, b)
	}
	if conflicts(5) == conflicts(6) && conflicts(5) == conflicts(7) {
		t.Error("the seed changes nothing")
	}
}

func TestLuby(t *testing.T) {
	t.Parallel()
	want := []int64{1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8, 1}
	for i, w := range want {
		if got := luby(int64(i + 1)); got != w {
			t.Errorf("luby(%d) = %d, want %d", i+1, got, w)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	if got := Var(3).Neg().String() + Var(3).Pos().String() + NoLit.String(); got != "-33none" {
		t.Errorf("literals are written %q", got)
	}
	for status, want := range map[Status]string{
		Unknown: "unknown", Satisfiable: "satisfiable", Unsatisfiable: "unsatisfiable",
	} {
		if status.String() != want {
			t.Errorf("got %q, want %q", status, want)
		}
	}
}
