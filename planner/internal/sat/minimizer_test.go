package sat

import (
	"math/rand/v2"
	"testing"
)

// randomNumbers returns unary numbers over the variables of a formula, to
// which it adds the clauses that make them unary.
func randomNumbers(rng *rand.Rand, f *formula) [][]Lit {
	var numbers [][]Lit
	for lits := distinctLits(rng, f.vars, 1+rng.IntN(f.vars)); len(lits) > 0; {
		n := min(len(lits), 1+rng.IntN(3))
		for j := 1; j < n; j++ {
			f.clauses = append(f.clauses, []Lit{lits[j].Not(), lits[j-1]})
		}
		numbers = append(numbers, lits[:n])
		lits = lits[n:]
	}
	return numbers
}

func costOf(assignment int, numbers [][]Lit) int {
	cost := 0
	for _, lits := range numbers {
		cost += countTrue(assignment, lits)
	}
	return cost
}

// leastCost tries every assignment.
func leastCost(f *formula, numbers [][]Lit) int {
	least := NoBound
	for assignment := range 1 << f.vars {
		if f.satisfied(assignment, nil) {
			least = min(least, costOf(assignment, numbers))
		}
	}
	return least
}

// positive makes costs hard to avoid: it adds clauses that want literals of
// the numbers true.
func positive(rng *rand.Rand, f *formula, numbers [][]Lit) {
	for range 2 * f.vars {
		var clause []Lit
		for range 3 {
			lits := numbers[rng.IntN(len(numbers))]
			clause = append(clause, lits[rng.IntN(len(lits))])
		}
		f.clauses = append(f.clauses, clause)
	}
}

func TestMinimizerAgainstEnumeration(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 5))
		f := randomFormula(rng)
		f.clauses = f.clauses[:len(f.clauses)/3]
		numbers := randomNumbers(rng, &f)
		positive(rng, &f, numbers)
		checkMinimizer(t, seed, &f, numbers, rng)
	}
}

func checkMinimizer(t *testing.T, seed uint64, f *formula, numbers [][]Lit, rng *rand.Rand) {
	t.Helper()
	least := leastCost(f, numbers)
	s := f.load(seed, rng)
	m := NewMinimizer(s, Objective{
		Numbers: numbers,
		Found: func(cost int) {
			if model := modelOf(s, f.vars); !f.satisfied(model, nil) || costOf(model, numbers) != cost {
				t.Errorf("seed %d: model %b does not have cost %d", seed, model, cost)
			}
		},
		Raised: func(lower int) {
			if lower > least {
				t.Errorf("seed %d: bound %d above the least cost %d", seed, lower, least)
			}
		},
	}, seed%2 == 0)
	want := Satisfiable
	if least == NoBound {
		want = Unsatisfiable
	}
	status := Unknown
	for status == Unknown {
		status = m.Run(1 + int64(seed%7)) // resumed until it has an answer
	}
	if status != want || m.Upper() != least {
		t.Fatalf("seed %d: got %v at cost %d, want %v at %d", seed, status, m.Upper(), want, least)
	}
}

// TestMinimizerKnowsOfBetter gives the minimiser the least cost from outside:
// it must prove it without a model of its own.
func TestMinimizerKnowsOfBetter(t *testing.T) {
	t.Parallel()
	for _, descend := range []bool{false, true} {
		s, inputs := newCounted(6)
		for i, l := range inputs {
			s.AddClause(l, inputs[(i+1)%len(inputs)])
		}
		numbers := make([][]Lit, len(inputs))
		for i := range inputs {
			numbers[i] = inputs[i : i+1]
		}
		m := NewMinimizer(s, Objective{Numbers: numbers, Upper: func() int { return 3 }}, descend)
		if status := m.Run(NoLimit); status != Satisfiable || m.Lower() != 3 || m.Upper() != 3 {
			t.Errorf("descend %v: got %v, bounds %d and %d, want 3", descend, status, m.Lower(), m.Upper())
		}
	}
}

// TestMinimizerSharedLiterals counts one literal in two numbers.
func TestMinimizerSharedLiterals(t *testing.T) {
	t.Parallel()
	s, in := newCounted(2)
	s.AddClause(in...)
	m := NewMinimizer(s, Objective{Numbers: [][]Lit{{in[0]}, {in[0]}, {in[1]}, {in[1]}}}, false)
	if status := m.Run(NoLimit); status != Satisfiable || m.Upper() != 2 {
		t.Errorf("got %v at cost %d, want satisfiable at 2", status, m.Upper())
	}
}
