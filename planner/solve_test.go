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

func TestSolveIsBestOnEveryTier(t *testing.T) {
	for _, order := range [][]Tier{
		{Value}, {Shortfall, Value}, {Value, WorstServed}, {Value, Breaks}, {Breaks, Value}, {Value, Travel}, DefaultOrder(),
	} {
		rapid.Check(t, func(t *rapid.T) {
			p := drawTinyProblem(t)
			// A spread of breaks is a wall that a search may not get over; the
			// exact planner of days is what proves those.
			p.BreakSpread = -1
			best, score := bruteForce(p, order)
			o := quick()
			o.Order, o.SlackPermille = order, 0
			result := mustSolve(t, p, o)
			switch {
			case best == nil && result.Plan != nil:
				t.Error("a plan where there is none")
			case best != nil && result.Plan == nil:
				t.Error("no plan where there is one")
			case best != nil && result.Score.Compare(score, order) != 0:
				t.Errorf("order %v: %+v, the best is %+v", order, result.Score, score)
			}
		})
	}
}
