package main

import (
	"context"
	"fmt"
	"time"

	"github.com/escale-hq/escale/bench/internal/measure"
	"github.com/escale-hq/escale/planner"
)

// verdict is what is known of an instance.
type verdict string

// What can be known of an instance.
const (
	unknown    verdict = "unknown"    // neither a schedule nor a proof that there is none
	feasible   verdict = "feasible"   // a schedule, which may not be the best
	optimal    verdict = "optimal"    // a schedule with the fewest breaks
	infeasible verdict = "infeasible" // no schedule exists
)

// answer is what the planner says of an instance.
type answer struct {
	verdict verdict
	// starts is the slot of each meeting, where there is a schedule.
	starts        []planner.SlotID
	breaks, bound int
}

// solve plans an instance, and has the plan judged by what shares nothing with
// the search.
func solve(in *instance, s settings) (answer, error) {
	if in.shut {
		return answer{verdict: infeasible}, nil
	}
	result, err := planner.Solve(context.Background(), in.problem, planner.Options{
		Seed: s.seed, Workers: s.workers, Time: s.limit, Order: []planner.Tier{planner.Breaks},
	})
	if err != nil {
		return answer{}, err
	}
	a := answerOf(result)
	if result.Plan == nil {
		return a, nil
	}
	return a, a.judge(in.problem, result.Plan)
}

// answerOf takes the answer from the only tier that was sought.
func answerOf(result *planner.Result) answer {
	a := answer{verdict: unknown}
	var breaks planner.TierQuality
	if tiers := result.Quality.Tiers; len(tiers) == 1 {
		breaks = tiers[0]
	}
	a.bound = breaks.Bound
	switch {
	case result.Plan != nil && (breaks.Status == planner.Proven || breaks.Status == planner.Certified):
		a.verdict = optimal
	case result.Plan != nil:
		a.verdict = feasible
	case breaks.Status == planner.Infeasible:
		a.verdict = infeasible
	}
	return a
}

// judge refuses a plan that breaks a rule or that is not what the search says
// of it, and notes when each meeting is held.
func (a *answer) judge(p *planner.Problem, plan *planner.Plan) error {
	if violations := planner.Check(p, plan); len(violations) > 0 {
		return fmt.Errorf("the plan breaks rules: %+v", violations)
	}
	a.breaks = planner.Evaluate(p, plan, nil).Breaks
	if a.breaks < a.bound || a.verdict == optimal && a.breaks > a.bound {
		return fmt.Errorf("the plan has %d breaks, with the verdict %s at a bound of %d", a.breaks, a.verdict, a.bound)
	}
	a.starts = make([]planner.SlotID, len(p.Requests))
	for _, m := range plan.Meetings {
		a.starts[m.Request] = m.Start
	}
	return nil
}

// runFile plans one file and lets the peer plan it too.
func runFile(s settings, p *peer, name, text string) (record, error) {
	in, err := readInstance(text)
	if err != nil {
		return record{}, err
	}
	start, startCPU := time.Now(), measure.ProcessorTime()
	a, err := solve(in, s)
	if err != nil {
		return record{}, err
	}
	r := newRecord(name, in, a, time.Since(start), measure.ProcessorTime()-startCPU)
	if s.solutions != "" && a.starts != nil {
		if err := writeSolution(s.solutions, name, a.starts); err != nil {
			return record{}, err
		}
	}
	r.Peer, err = p.solve(in, s.limit)
	return r, err
}
