package day

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// board is where workers share the best schedule and the bound.
type board struct {
	in       *Instance
	improved func(Result)
	done     atomic.Bool // nothing is left to search for

	mu        sync.Mutex
	schedule  []int // never changed once shown
	breaks    int   // sat.NoBound without a schedule
	bound     int
	refuted   bool // there is no schedule
	conflicts int64
	err       error
}

func newBoard(in *Instance, improved func(Result)) *board {
	return &board{in: in, improved: improved, breaks: sat.NoBound}
}

// stopped reports whether workers should give up.
func (b *board) stopped(ctx context.Context) bool {
	return b.done.Load() || ctx.Err() != nil
}

// best returns the best schedule and its number of breaks.
func (b *board) best() (schedule []int, breaks int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.schedule, b.breaks
}

// offer checks a schedule and keeps it if it is the best so far. It returns the
// number of breaks.
func (b *board) offer(schedule []int) (breaks int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	breaks, err := Check(b.in, schedule)
	if err != nil {
		// The model is wrong; nothing derived from it can be trusted.
		b.err = fmt.Errorf("search found a wrong schedule: %w", err)
		b.done.Store(true)
		return sat.NoBound
	}
	if breaks < b.breaks {
		b.schedule, b.breaks = schedule, breaks
		b.changed()
	}
	return breaks
}

// raise takes note of a lower bound.
func (b *board) raise(bound int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bound > b.bound {
		b.bound = bound
		b.changed()
	}
}

// changed tells of the improvement and stops the search once the bound meets
// the schedule. The caller holds the lock.
func (b *board) changed() {
	if b.bound >= b.breaks {
		b.done.Store(true)
	}
	if b.improved != nil && b.err == nil {
		b.improved(b.current())
	}
}

// searched takes note of how a run of a worker has ended.
func (b *board) searched(status sat.Status, conflicts int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conflicts += conflicts
	if status == sat.Unsatisfiable {
		b.refuted = true
		b.done.Store(true)
	}
}

// result returns the outcome once the workers have ended.
func (b *board) result() (Result, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuted && b.schedule != nil {
		b.err = errors.Join(b.err, errors.New("search refuted an instance that has a schedule"))
	}
	if b.err != nil {
		return Result{}, fmt.Errorf("day: %w", b.err)
	}
	return b.current(), nil
}

// current says what is known. The caller holds the lock.
func (b *board) current() Result {
	result := Result{Conflicts: b.conflicts}
	switch {
	case b.refuted:
		result.Status = Infeasible
		return result
	case b.breaks == sat.NoBound:
		result.Bound = b.bound
		return result
	case b.bound >= b.breaks:
		result.Status = Optimal
	default:
		result.Status = Feasible
	}
	result.Schedule, result.Breaks, result.Bound = b.schedule, b.breaks, min(b.bound, b.breaks)
	return result
}
