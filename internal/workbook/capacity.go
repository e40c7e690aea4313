package workbook

import (
	"cmp"
	"context"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// Capacity is how many of the meetings that a book asks for can be held.
type Capacity struct {
	// Result is of a plan that holds as many as were found to fit together; it
	// has no plan, and perhaps causes, when the demands conflict.
	Result *planner.Result
	// Room is what each kind of resource could hold alone.
	Room planner.Room
	// Held is how many that plan holds, Bound a number that no plan can pass.
	Held, Bound int
	// Parts is what the bound is made of: nothing when no price proves it.
	Parts planner.BoundParts
	// Gains say what one more of a resource would add to the bound at most, the
	// most useful first. They say little of a bound that a plan is far from.
	Gains []Gain
}

// Gain is what one more of a resource would bring.
type Gain struct {
	// Resource is named in the book's language.
	Resource string
	Meetings int
}

// MeasureCapacity counts what a book can hold, whatever its wishes are worth:
// a mission that is to be dimensioned asks for a number of meetings first.
func MeasureCapacity(ctx context.Context, b *Book, a Assignment) (*Capacity, error) {
	problem := b.Problem()
	counted, points := planner.Counted(problem)
	options := a.options(planner.DefaultOptions())
	options.Order, options.SlackPermille = []planner.Tier{planner.Value}, 0
	if a.Progress != nil {
		options.Progress = func(p planner.Progress) {
			p.Value, p.Bound = p.Value/points, p.Bound/points
			a.Progress(p)
		}
	}
	result, err := planner.Solve(ctx, counted, options)
	if err != nil {
		return nil, err
	}
	c := &Capacity{Result: result, Room: planner.RoomOf(problem)}
	if result.Plan == nil {
		return c, nil
	}
	c.Held = result.Score.Value / points
	c.Bound = c.Room.Least()
	if result.Certificate == nil {
		return c, nil
	}
	bound, err := planner.CheckBound(counted, result.Certificate)
	if err != nil {
		return nil, err
	}
	c.Bound = min(c.Bound, bound/points)
	c.gain(b, counted, points)
	c.Parts, err = planner.PartsOfBound(counted, result.Certificate)
	return c, err
}

// gain reads the prices as the report does, with a meeting as the unit. As
// there, interpreters are always among them.
func (c *Capacity) gain(b *Book, counted *planner.Problem, points int) {
	unit := *c.Result.Certificate
	unit.Scale *= points
	l := newPriceReader(newReporter(&Outcome{Book: b, Problem: counted, Result: c.Result}), &unit)
	prices := slices.Concat(l.tables(), l.pools(), l.days(), l.seats(), l.maxima())
	slices.SortStableFunc(prices, func(a, b price) int { return cmp.Compare(b.points, a.points) })
	top, _ := topPrices(prices)
	for _, p := range top {
		c.Gains = append(c.Gains, Gain{p.label, p.points})
	}
}
