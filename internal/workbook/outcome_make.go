package workbook

import (
	"context"
	"time"

	"github.com/escale-hq/escale/planner"
)

// Assignment says how a book is to be planned.
type Assignment struct {
	Seed uint64
	// Time, when positive, may cut the search.
	Time time.Duration
	// SlackPermille is as in planner.Options, for a plan that replaces none.
	SlackPermille int
	// Previous is the plan to change as little as possible, or nil.
	Previous *PlanFile
	// Made is the time that documents give.
	Made time.Time
	// Progress, when set, follows the search.
	Progress func(planner.Progress)
}

// Make plans a book. When the demands conflict, the outcome has no plan, and
// its result has the causes. When the context ends, the best plan so far is
// kept, and reasons are still found, though perhaps without remedies.
func Make(ctx context.Context, b *Book, a Assignment) (*Outcome, error) {
	o := &Outcome{Book: b, Problem: b.Problem(), Made: a.Made, Seed: a.Seed, Previous: a.Previous}
	var err error
	if a.Previous == nil {
		options := a.options(planner.DefaultOptions())
		options.SlackPermille = a.SlackPermille
		o.Result, err = planner.Solve(ctx, o.Problem, options)
	} else {
		o.Result, err = o.repair(ctx, a)
	}
	if err != nil || o.Result.Plan == nil {
		return o, err
	}
	Identify(o)
	o.Unmet, err = planner.Explain(ctx, o.Problem, o.Result.Plan, a.options(planner.DefaultOptions()))
	return o, err
}

func (a Assignment) options(o planner.Options) planner.Options {
	o.Seed, o.Time, o.Progress = a.Seed, a.Time, a.Progress
	return o
}

// repair plans anew from what the workbook still has of the previous plan. It
// is the workbook that says what is locked now: a lock that was taken off or
// moved since must not come back with the plan. Documents give a bound, so one
// is sought, as it is not for a change made at a desk.
func (o *Outcome) repair(ctx context.Context, a Assignment) (*planner.Result, error) {
	previous, misfits := Fit(o.Book, o.Problem, a.Previous.Meetings)
	for _, m := range misfits {
		o.Untold = append(o.Untold, m.Line)
	}
	for i := range previous.Meetings {
		previous.Meetings[i].Locked = false
	}
	options := a.options(planner.DefaultRepairOptions())
	options.Prove = true
	return planner.Repair(ctx, o.Problem, previous, options)
}
