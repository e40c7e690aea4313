package day

import (
	"context"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// worker searches with a model of its own and shares what it finds.
type worker struct {
	board     *board
	model     *model
	minimizer *sat.Minimizer
	hinted    int // breaks of the last schedule that was suggested to the solver
}

// countingLimit is the number of participants up to which their count is worth
// its size, which grows with the square of it.
const countingLimit = 150

// newWorker returns worker i of a search. Workers of even number only raise the
// bound and count the busy participants, unless there are too many; those of
// odd number leave the count to the solver and look for better schedules too.
func newWorker(ctx context.Context, f *filter, b *board, seed uint64, i int) *worker {
	descend := i%2 == 1
	v := counting
	if descend || f.in.Participants > countingLimit {
		v = native
	}
	w := &worker{board: b, hinted: sat.NoBound}
	w.model = newModel(f, v, sat.Options{
		Seed: seed + uint64(i),
		Stop: func() bool { return b.stopped(ctx) },
	})
	w.minimizer = sat.NewMinimizer(w.model.solver, sat.Objective{
		Numbers: w.model.breaks,
		Found:   w.found,
		Raised:  b.raise,
		Upper:   w.upper,
	}, descend)
	return w
}

// run searches for a number of conflicts.
func (w *worker) run(conflicts int64) {
	before := w.model.solver.Conflicts()
	status := w.minimizer.Run(conflicts)
	w.board.searched(status, w.model.solver.Conflicts()-before)
}

func (w *worker) found(int) {
	schedule := w.model.schedule()
	w.hinted = w.board.offer(schedule)
	w.model.hint(schedule)
}

// upper returns the fewest breaks known, and suggests that schedule to the
// solver if it is another worker's.
func (w *worker) upper() int {
	schedule, breaks := w.board.best()
	if breaks < w.hinted {
		w.hinted = breaks
		w.model.hint(schedule)
	}
	return breaks
}
