package program

import (
	"cmp"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// Plan turns the columns that a solver took into a plan, which [planner.Check]
// can judge: it numbers tables and interpreters, as they become free.
func (p *Program) Plan(taken []int) *planner.Plan {
	columns := slices.Clone(taken)
	slices.SortFunc(columns, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.Columns[a].span.Start, p.Columns[b].span.Start), cmp.Compare(a, b))
	})
	tables := numbering{free: map[int][]planner.Minute{}}
	interpreters := numbering{free: map[int][]planner.Minute{}}
	plan := &planner.Plan{}
	for _, i := range columns {
		c := &p.Columns[i]
		m := c.Meeting
		m.Attendees = slices.Clone(m.Attendees)
		if p.problem.Places[m.Place].Tables > 0 {
			m.Table = tables.next(int(m.Place), c.span)
		}
		if m.Pool != planner.None {
			m.Interpreter = interpreters.next(int(m.Pool), c.span)
		}
		plan.Meetings = append(plan.Meetings, m)
	}
	return plan
}

// numbering gives out the lowest free number of a thing, for spans in order of
// their start; free holds, for each number of each thing, when it becomes free.
type numbering struct {
	free map[int][]planner.Minute
}

func (n *numbering) next(thing int, span planner.Span) int {
	for i, from := range n.free[thing] {
		if from <= span.Start {
			n.free[thing][i] = span.End
			return i + 1
		}
	}
	n.free[thing] = append(n.free[thing], span.End)
	return len(n.free[thing])
}
