// Package day plans a day on which every meeting must be held, with as few
// breaks as possible, and proves it.
//
// It is the door to that part of the planner for programs that have such a day
// at hand and no use for the rest; see planner/internal/day for how it works.
package day

import (
	"context"

	"github.com/escale-hq/escale/planner/internal/day"
)

// The types of the problem and of its answer.
type (
	Instance   = day.Instance
	Meeting    = day.Meeting
	Precedence = day.Precedence
	Options    = day.Options
	Result     = day.Result
	Status     = day.Status
)

// What can be known of an instance.
const (
	Unknown    = day.Unknown
	Feasible   = day.Feasible
	Optimal    = day.Optimal
	Infeasible = day.Infeasible
)

// Solve plans an instance. It returns the best that it knows when the context
// ends; an error means that the instance makes no sense.
func Solve(ctx context.Context, in *Instance, options Options) (Result, error) {
	return day.Solve(ctx, in, options)
}

// Check verifies a schedule, the slot of each meeting, and returns its number
// of breaks.
func Check(in *Instance, schedule []int) (breaks int, err error) {
	return day.Check(in, schedule)
}
