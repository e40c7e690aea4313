package day

import (
	"context"
	"sync"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// Options sets up [Solve]. The zero value is ready to use.
type Options struct {
	// Workers is the number of goroutines that search, 0 meaning 2. With one
	// worker, the result depends on the seed and the limit of conflicts alone,
	// unless the context ends the search.
	Workers int
	// Seed varies the search.
	Seed uint64
	// Conflicts limits the search of each worker, 0 meaning no limit.
	Conflicts int64
	// Improved, if set, is called when the best schedule or the bound has got
	// better, by one goroutine at a time.
	Improved func(Result)
}

// Status says what is known of an instance.
type Status int8

// What can be known of an instance.
const (
	Unknown    Status = iota // neither a schedule nor a proof that there is none
	Feasible                 // a schedule, which may not be the best
	Optimal                  // a schedule with the fewest breaks
	Infeasible               // no schedule exists
)

// String returns the name of the status.
func (s Status) String() string {
	switch s {
	case Feasible:
		return "feasible"
	case Optimal:
		return "optimal"
	case Infeasible:
		return "infeasible"
	default:
		return "unknown"
	}
}

// Result is what a search has found.
type Result struct {
	Status Status
	// Schedule is the slot of each meeting, where there is a schedule.
	Schedule []int
	// Breaks is the number of breaks of the schedule.
	Breaks int
	// Bound is a number of breaks that no schedule can be below.
	Bound int
	// Causes names requirements that contradict one another, none of which can
	// be spared for that. It is empty where only the search could tell that an
	// instance is infeasible.
	Causes []Cause
	// Conflicts is the number of conflicts that all workers have met.
	Conflicts int64
}

// Solve plans an instance. It returns the best that it knows when the context
// ends; an error means that the instance makes no sense.
func Solve(ctx context.Context, in *Instance, options Options) (Result, error) {
	if err := in.Validate(); err != nil {
		return Result{}, err
	}
	f := newFilter(in, nil)
	if !f.run() {
		return Result{Status: Infeasible, Causes: explain(in)}, nil
	}
	b := newBoard(in, options.Improved)
	if options.Workers == 1 {
		alternate(ctx, f, b, options)
	} else {
		compete(ctx, f, b, options)
	}
	return b.result()
}

// compete lets the workers search at the same time.
func compete(ctx context.Context, f *filter, b *board, options Options) {
	workers := options.Workers
	if workers == 0 {
		workers = 2
	}
	var running sync.WaitGroup
	for i := range workers {
		running.Go(func() {
			w := newWorker(ctx, f, b, options.Seed, i)
			w.run(limitOf(options))
		})
	}
	running.Wait()
}

// slice is the number of conflicts after which alternating workers take turns
// for the first time.
const slice = 2000

// alternate lets two workers take turns, each turn longer than the one before,
// so that neither costs more than the other has.
func alternate(ctx context.Context, f *filter, b *board, options Options) {
	limit := limitOf(options)
	workers := []*worker{newWorker(ctx, f, b, options.Seed, 0), newWorker(ctx, f, b, options.Seed, 1)}
	for turn := int64(slice); !b.stopped(ctx); turn += turn / 2 {
		spent := int64(0)
		for _, w := range workers {
			left := min(turn, limit-w.model.solver.Conflicts())
			if left > 0 {
				w.run(left)
				spent += left
			}
		}
		if spent == 0 {
			return
		}
	}
}

func limitOf(options Options) int64 {
	if options.Conflicts == 0 {
		return sat.NoLimit
	}
	return options.Conflicts
}
