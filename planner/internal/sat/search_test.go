package sat

import "testing"

// TestRestartKeepsEqualDecisions restarts after an assumption and decisions of
// falling activity, and keeps those that would be made again.
func TestRestartKeepsEqualDecisions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		activity []float64 // of the assumption, two decisions and an open variable
		want     int
	}{
		{[]float64{0, 3, 2, 1}, 3},
		{[]float64{0, 3, 1, 2}, 2},
		{[]float64{0, 2, 1, 3}, 1},
		{[]float64{0, 1, 3, 2}, 1}, // the first decision comes later now
	} {
		s := New(Options{})
		for range c.activity {
			s.NewVar()
		}
		s.assumptions = []Lit{Var(0).Pos()}
		for v := range Var(3) {
			s.decide(v.Pos())
		}
		for v, a := range c.activity {
			s.order.activity[v] = a
			s.order.raised(Var(v))
		}
		if got := s.reusableLevel(); got != c.want {
			t.Errorf("activities %v: level %d kept, want %d", c.activity, got, c.want)
		}
	}
}
