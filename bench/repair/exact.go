package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/escale-hq/escale/bench/internal/program"
	"github.com/escale-hq/escale/planner"
)

// exactRecord compares repairs on size s with answers that are proven to lose
// the fewest meetings and, among those, to move the fewest.
type exactRecord struct {
	Regime  string `json:"regime"`
	Kind    string `json:"kind"`
	Changes int    `json:"changes"`
	// Proven counts the changes that the solver decided; only they are compared.
	Proven int `json:"proven"`
	// Least counts the repairs that lose and move no more than is needed.
	Least int `json:"least"`
	// Lost and moved, summed over the changes that were proven.
	Lost       int     `json:"lost"`
	LeastLost  int     `json:"least_lost"`
	Moved      int     `json:"moved"`
	LeastMoved int     `json:"least_moved"`
	Seconds    float64 `json:"seconds_of_solver"`
}

// exactLimit is how long the solver may take over one change.
const exactLimit = 60 * time.Second

// compareExact repairs a published plan of size s after changes of each kind,
// compares with the solver, and hands the record of each kind to keep.
func compareExact(ctx context.Context, s settings, regime string, keep func(exactRecord) error) error {
	base, err := publish(ctx, s, "s", regime)
	if err != nil {
		return err
	}
	for _, k := range kinds() {
		r := exactRecord{Regime: regime, Kind: k.name, Changes: s.exact}
		for i, changed := range s.changesOf(k, base, s.exact) {
			if err := r.compare(ctx, s, i, base.plan, changed); err != nil {
				return fmt.Errorf("%s, change %d: %w", k.name, i+1, err)
			}
		}
		if err := keep(r); err != nil {
			return err
		}
	}
	return nil
}

func (r *exactRecord) compare(ctx context.Context, s settings, i int, previous *planner.Plan, changed *planner.Problem) error {
	result, err := planner.Repair(ctx, changed, previous, s.options(i))
	if err != nil {
		return err
	}
	q, err := program.Repair(changed, previous)
	if err != nil {
		return err
	}
	answer, err := s.solver.Solve(ctx, q, exactLimit)
	r.Seconds += answer.Seconds
	if err != nil {
		return err
	}
	exact := q.Plan(answer.Taken)
	if violations := planner.Check(changed, exact); len(violations) > 0 {
		return fmt.Errorf("the solver's plan breaks %d rules", len(violations))
	}
	if !answer.Optimal {
		return nil
	}
	best, ours := planner.Evaluate(changed, exact, previous), planner.Evaluate(changed, result.Plan, previous)
	if ours.Lost < best.Lost || ours.Lost == best.Lost && ours.Moved < best.Moved {
		return fmt.Errorf("the repair loses %d and moves %d, fewer than the proven least, %d and %d", ours.Lost, ours.Moved, best.Lost, best.Moved)
	}
	r.Proven++
	if ours.Lost == best.Lost && ours.Moved == best.Moved {
		r.Least++
	}
	r.Lost, r.LeastLost = r.Lost+ours.Lost, r.LeastLost+best.Lost
	r.Moved, r.LeastMoved = r.Moved+ours.Moved, r.LeastMoved+best.Moved
	return nil
}

func printExactHead(out io.Writer, solver string) {
	fmt.Fprintf(out, "\nAgainst the least proven, on size s, solver: %s. Lost and moved are sums.\n\n", solver)
	fmt.Fprintln(out, "| mission | change | proven | least lost and moved | lost | least lost | moved | moved with least lost | s of solver |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
}

func (r exactRecord) print(out io.Writer) {
	fmt.Fprintf(out, "| %s s | %s | %d of %d | %d | %d | %d | %d | %d | %.1f |\n", r.Regime, r.Kind,
		r.Proven, r.Changes, r.Least, r.Lost, r.LeastLost, r.Moved, r.LeastMoved, r.Seconds)
}
