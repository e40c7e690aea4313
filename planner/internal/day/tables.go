package day

import (
	"cmp"
	"slices"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// cluster is a set of meetings of one participant.
type cluster struct {
	participant int
	meetings    []int
}

// addTables limits the meetings of each slot. They are counted by clusters of
// meetings that share a participant, of which a slot holds at most one; fewer
// inputs than meetings make for a smaller counter.
func (m *model) addTables(v variant) {
	clusters := m.clusters()
	byDegree := m.participantsByDegree()
	loads := make([][]sat.Lit, m.in.Slots) // "slot t holds at least j+1 meetings"
	capacity := 0
	for t := range loads {
		loads[t] = m.countMeetings(clusters, t)
		capacity += len(loads[t])
	}
	spare := capacity - len(m.in.Meetings)
	var unused []sat.Lit
	for t, load := range loads {
		for j, atLeast := range load {
			unused = append(unused, atLeast.Not())
			if j < len(load)-spare { // the other slots cannot hold more
				m.solver.AddClause(atLeast)
			}
		}
		m.limitBusy(v, byDegree, t, load)
	}
	m.solver.AddAtMost(unused, spare)
}

// clusters covers the meetings by clusters, greedily by the participant with
// the most meetings not yet covered.
func (m *model) clusters() []cluster {
	covered := make([]bool, len(m.in.Meetings))
	var clusters []cluster
	for {
		var largest cluster
		for p, meetings := range m.meetingsOf {
			var rest []int
			for _, i := range meetings {
				if !covered[i] {
					rest = append(rest, i)
				}
			}
			if len(rest) > len(largest.meetings) {
				largest = cluster{p, rest}
			}
		}
		if len(largest.meetings) == 0 {
			return clusters
		}
		for _, i := range largest.meetings {
			covered[i] = true
		}
		clusters = append(clusters, largest)
	}
}

// countMeetings returns the literals "slot t holds at least 1 meeting", 2, and
// so on as far as it can, and forbids more than there are tables.
func (m *model) countMeetings(clusters []cluster, t int) []sat.Lit {
	var inputs []sat.Lit
	for _, c := range clusters {
		held := m.busy[c.participant][t]
		if len(c.meetings) < len(m.meetingsOf[c.participant]) {
			held = m.solver.Or(m.heldIn(c.meetings, t)...)
		}
		if !m.solver.Fixed(held.Not()) {
			inputs = append(inputs, held)
		}
	}
	return m.count(inputs, m.in.Tables)
}

// count counts literals up to a limit, and forbids more of them to be true.
func (m *model) count(inputs []sat.Lit, limit int) []sat.Lit {
	if len(inputs) == 0 {
		return nil
	}
	counter := sat.NewTotalizer(m.solver, inputs, true)
	if counter.Size() > limit {
		m.solver.AddClause(counter.AtLeast(limit + 1).Not())
	}
	counts := make([]sat.Lit, min(limit, counter.Size()))
	for j := range counts {
		counts[j] = counter.AtLeast(j + 1)
	}
	return counts
}

// limitBusy limits the busy participants of slot t, of which there are twice as
// many as meetings. The counting variant ties the two numbers together.
func (m *model) limitBusy(v variant, byDegree []int, t int, load []sat.Lit) {
	var busy []sat.Lit
	for _, p := range byDegree {
		if !m.solver.Fixed(m.busy[p][t].Not()) {
			busy = append(busy, m.busy[p][t])
		}
	}
	if v == native {
		m.solver.AddAtMost(busy, 2*len(load))
		return
	}
	counts := m.count(busy, 2*len(load))
	for j, atLeast := range load {
		m.solver.AddClause(atLeast.Not(), m.atLeast(counts, 2*j+2))
		m.solver.AddClause(m.atLeast(counts, 2*j+1).Not(), atLeast)
	}
}

// participantsByDegree lists the participants by falling number of meetings,
// so that a counter brings those most often busy together.
func (m *model) participantsByDegree() []int {
	order := make([]int, len(m.meetingsOf))
	for p := range order {
		order[p] = p
	}
	slices.SortStableFunc(order, func(p, q int) int {
		return cmp.Compare(len(m.meetingsOf[q]), len(m.meetingsOf[p]))
	})
	return order
}
