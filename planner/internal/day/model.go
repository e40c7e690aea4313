package day

import "github.com/escale-hq/escale/planner/internal/sat"

// variant chooses how a model limits the meetings of a slot. Each variant is
// much faster than the other on some instances.
type variant int

const (
	// counting counts the busy participants of a slot in unary, so that what
	// is learnt can speak of their number.
	counting variant = iota
	// native leaves that count to the solver's cardinality constraints, which
	// are lighter.
	native
)

// model is an instance written for the solver.
type model struct {
	solver     *sat.Solver
	in         *Instance
	open       [][]bool
	meetingsOf [][]int

	held   [][]sat.Lit // by meeting and slot; never where the slot is not open
	busy   [][]sat.Lit // by participant and slot
	breaks [][]sat.Lit // by participant: "at least 1 break", "at least 2", ...
	never  sat.Lit     // the literal that is always false
}

// newModel writes an instance, of which the filter has found the open slots.
func newModel(f *filter, v variant, options sat.Options) *model {
	m := &model{
		solver:     sat.New(options),
		in:         f.in,
		open:       f.open,
		meetingsOf: f.meetingsOf,
	}
	m.never = m.solver.True().Not()
	m.addMeetings()
	m.addParticipants()
	m.addPrecedences()
	m.addBreaks()
	m.addTables(v)
	return m
}

// addMeetings says that each meeting is held in exactly one slot.
func (m *model) addMeetings() {
	for _, open := range m.open {
		held := make([]sat.Lit, len(open))
		var possible []sat.Lit
		for t, isOpen := range open {
			held[t] = m.never
			if isOpen {
				held[t] = m.solver.NewVar().Pos()
				possible = append(possible, held[t])
			}
		}
		m.solver.AddClause(possible...)
		m.solver.AtMostOne(possible)
		m.held = append(m.held, held)
	}
}

// addParticipants says that each participant is busy when one of its meetings
// is held, has one meeting at a time, and is busy as often as it has meetings.
func (m *model) addParticipants() {
	for p, meetings := range m.meetingsOf {
		busy := make([]sat.Lit, m.in.Slots)
		for t := range busy {
			held := m.heldIn(meetings, t)
			m.solver.AtMostOne(held)
			busy[t] = m.solver.Or(held...)
		}
		m.busy = append(m.busy, busy)
		m.addDegree(p)
	}
}

// heldIn returns the literals of those meetings that may be held in slot t.
func (m *model) heldIn(meetings []int, t int) []sat.Lit {
	var held []sat.Lit
	for _, i := range meetings {
		if m.open[i][t] {
			held = append(held, m.held[i][t])
		}
	}
	return held
}

// addDegree counts the busy slots of a participant from the first slot on.
// There are as many as meetings, and at any time at least as many as meetings
// that must be over, and no more than meetings that can have begun.
func (m *model) addDegree(p int) {
	meetings := m.meetingsOf[p]
	if len(meetings) < 2 {
		return
	}
	counts := m.solver.PrefixCounts(m.busy[p], len(meetings)+1)
	for t := range counts {
		over, begun := 0, 0
		for _, i := range meetings {
			first, last := bounds(m.open[i])
			if last < t {
				over++
			}
			if first < t {
				begun++
			}
		}
		m.solver.AddClause(counts[t][over])
		m.solver.AddClause(counts[t][begun+1].Not())
	}
}

// addPrecedences says that the earlier meeting of a precedence is held before
// any slot of the later one, and the later one after any slot of the earlier.
func (m *model) addPrecedences() {
	for _, pr := range m.in.Precedences {
		before, after := m.held[pr.Before], m.held[pr.After]
		for t := range m.in.Slots {
			m.solver.AddClause(append([]sat.Lit{after[t].Not()}, before[:t]...)...)
			m.solver.AddClause(append([]sat.Lit{before[t].Not()}, after[t+1:]...)...)
		}
	}
}

// schedule reads the last model found.
func (m *model) schedule() []int {
	slots := make([]int, len(m.held))
	for i, held := range m.held {
		for t, l := range held {
			if m.solver.Value(l) {
				slots[i] = t
			}
		}
	}
	return slots
}

// hint suggests a schedule to the solver.
func (m *model) hint(schedule []int) {
	for i, held := range m.held {
		for t, l := range held {
			if !m.open[i][t] {
				continue
			}
			if t != schedule[i] {
				l = l.Not()
			}
			m.solver.Hint(l)
		}
	}
}
