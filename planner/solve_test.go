package planner

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// quick are options that make a small problem's search short and repeatable.
func quick() Options {
	o := DefaultOptions()
	o.Steps = 2000
	return o
}

func mustSolve(t *rapid.T, p *Problem, o Options) *Result {
	t.Helper()
	result, err := Solve(context.Background(), p, o)
	if err != nil {
		t.Fatalf("Solve: %v", err)
	}
	return result
}

func TestSolveKeepsEveryRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		result := mustSolve(t, p, quick())
		if result.Plan == nil {
			return
		}
		for _, v := range Check(p, result.Plan) {
			t.Errorf("the plan breaks a rule: %+v", v)
		}
		if result.Quality.BestValue > result.Quality.Bound {
			t.Errorf("value %d exceeds its bound %d", result.Quality.BestValue, result.Quality.Bound)
		}
	})
}
