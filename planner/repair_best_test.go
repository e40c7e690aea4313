package planner

import (
	"testing"

	"pgregory.net/rapid"
)

// TestRepairLosesAndMovesLeast compares a repair with every plan of a tiny
// problem: after the minimums, no plan loses fewer meetings, and none that loses
// as few moves fewer.
func TestRepairLosesAndMovesLeast(t *testing.T) {
	order := []Tier{Shortfall, Lost, Moved}
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		p.BreakSpread = -1
		before := mustSolve(t, p, quick()).Plan
		q := disturb(t, p)
		if before == nil || q.Validate() != nil {
			return
		}
		best, score := bruteRepair(q, before, order)
		after := mustRepair(t, q, before)
		switch {
		case best == nil && after.Plan != nil:
			t.Error("a plan where there is none")
		case best != nil && after.Plan == nil:
			t.Errorf("no plan where there is one: %+v", after.Causes)
		case best != nil && after.Score.Compare(score, order) != 0:
			t.Errorf("%+v, the best is %+v", after.Score, score)
		}
	})
}
