package sat

import (
	"math/rand/v2"
	"testing"
)

// newCounted returns a solver with n free inputs.
func newCounted(n int) (*Solver, []Lit) {
	s := New(Options{})
	inputs := make([]Lit, n)
	for i := range inputs {
		inputs[i] = s.NewVar().Pos()
	}
	return s, inputs
}

// assume returns the inputs as assumptions that match an assignment.
func assume(inputs []Lit, assignment int) []Lit {
	assumed := make([]Lit, len(inputs))
	for i, l := range inputs {
		assumed[i] = l
		if !holds(assignment, l) {
			assumed[i] = l.Not()
		}
	}
	return assumed
}

// possible reports whether the formula has a model with an assignment of the
// inputs and l.
func possible(s *Solver, inputs []Lit, assignment int, l Lit) bool {
	return s.Solve(append(assume(inputs, assignment), l), NoLimit) == Satisfiable
}

func TestTotalizerCounts(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 6; n++ {
		for _, exact := range []bool{false, true} {
			s, inputs := newCounted(n)
			counter := NewTotalizer(s, inputs, exact)
			for limit := 1; limit <= n; limit++ {
				counter.AtLeast(limit) // extends it by one
				checkTotalizer(t, s, counter, inputs, limit, exact)
			}
		}
	}
}

func checkTotalizer(t *testing.T, s *Solver, counter *Totalizer, inputs []Lit, limit int, exact bool) {
	t.Helper()
	for assignment := range 1 << len(inputs) {
		n := countTrue(assignment, inputs)
		for j := 1; j <= limit; j++ {
			output := counter.AtLeast(j)
			if got := possible(s, inputs, assignment, output.Not()); got != (n < j) {
				t.Fatalf("%d inputs, %d true: fewer than %d possible: %v", len(inputs), n, j, got)
			}
			if got := possible(s, inputs, assignment, output); got != (n >= j || !exact && counter.Size() > 1) {
				t.Fatalf("%d inputs, %d true: at least %d possible: %v", len(inputs), n, j, got)
			}
		}
	}
}

// TestPrefixCounts mixes free inputs with fixed ones.
func TestPrefixCounts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 4))
		s, free := newCounted(5)
		inputs := append(free[:5:5], s.True(), s.True().Not())
		rng.Shuffle(len(inputs), func(i, j int) { inputs[i], inputs[j] = inputs[j], inputs[i] })
		counts := s.PrefixCounts(inputs, 4)
		for assignment := range 1 << len(free) {
			all := assignment | 1<<s.True().Var()
			for prefix := range counts {
				n := countTrue(all, inputs[:prefix])
				for j, l := range counts[prefix] {
					if got := possible(s, free, assignment, l); got != (n >= j) {
						t.Fatalf("seed %d: %d of the first %d true, at least %d: %v", seed, n, prefix, j, got)
					}
					if got := possible(s, free, assignment, l.Not()); got != (n < j) {
						t.Fatalf("seed %d: %d of the first %d true, not at least %d: %v", seed, n, prefix, j, got)
					}
				}
			}
		}
	}
}

func TestOr(t *testing.T) {
	t.Parallel()
	s, in := newCounted(2)
	always, never := s.True(), s.True().Not()
	for _, c := range []struct{ got, want Lit }{
		{s.Or(), never},
		{s.Or(never, in[0]), in[0]},
		{s.Or(in[0], always), always},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	or := s.Or(in[0], in[1].Not())
	for assignment := range 4 {
		want := holds(assignment, in[0]) || !holds(assignment, in[1])
		if possible(s, in, assignment, or) != want || possible(s, in, assignment, or.Not()) == want {
			t.Errorf("%b: want %v", assignment, want)
		}
	}
}

func TestAtMostOne(t *testing.T) {
	t.Parallel()
	s, in := newCounted(4)
	s.AtMostOne(in)
	for assignment := range 16 {
		want := countTrue(assignment, in) <= 1
		if got := possible(s, in, assignment, s.True()); got != want {
			t.Errorf("%04b: got %v, want %v", assignment, got, want)
		}
	}
}
