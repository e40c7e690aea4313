package planner

import (
	"testing"

	"pgregory.net/rapid"
)

// TestBoundsHoldOverEveryPlan compares the bounds of the tiers with the best of
// all plans of a tiny problem that are at least as good on value.
func TestBoundsHoldOverEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		p.BreakSpread = -1
		o := quick()
		o.SlackPermille = rapid.SampledFrom([]int{0, 10, 300}).Draw(t, "slack")
		result := mustSolve(t, p, o)
		if result.Plan == nil {
			return
		}
		floor := result.Quality.BestValue - result.Quality.BestValue*o.SlackPermille/1000
		j := newJudge(p)
		alone := j.bestAlone()
		everyPlan(j, func(plan *Plan) {
			s := j.evaluate(plan, nil, alone)
			for _, q := range result.Quality.Tiers {
				if !boundHolds(q, s, floor) {
					t.Errorf("%v: bound %d, a plan has %d: %+v", q.Tier, q.Bound, s.figure(q.Tier), s)
				}
			}
		})
	})
}

func boundHolds(q TierQuality, s Score, floor int) bool {
	switch {
	case q.Status == NoBound:
		return true
	case q.Tier == Shortfall:
		return s.Shortfall >= q.Bound
	case q.Tier == Value:
		return s.Value <= q.Bound
	case s.Value < floor:
		return true
	case q.Tier == WorstServed:
		return s.figure(WorstServed) <= q.Bound
	default:
		return s.figure(q.Tier) >= q.Bound
	}
}
