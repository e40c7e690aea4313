package day

import (
	"slices"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// addBreaks counts the breaks of each participant, one less than its runs of
// busy slots, and limits how unevenly they are spread.
func (m *model) addBreaks() {
	limit := m.mostBreaks()
	for p := range m.meetingsOf {
		m.breaks = append(m.breaks, m.countBreaks(p, min(limit, m.possibleBreaks(p))))
	}
	m.addSpread()
}

// possibleBreaks bounds the breaks of a participant: each lies between two
// meetings and takes a slot.
func (m *model) possibleBreaks(p int) int {
	meetings := len(m.meetingsOf[p])
	return max(0, min(meetings-1, m.in.Slots-meetings))
}

// mostBreaks bounds the breaks of any participant: the spread above the most
// that every participant can have.
func (m *model) mostBreaks() int {
	common := m.in.Slots
	for p := range m.meetingsOf {
		common = min(common, m.possibleBreaks(p))
	}
	if m.in.MaxSpread == NoSpreadLimit {
		return m.in.Slots
	}
	return common + m.in.MaxSpread
}

// countBreaks returns the literals "at least 1 break" up to limit, and forbids
// more.
func (m *model) countBreaks(p, limit int) []sat.Lit {
	if m.possibleBreaks(p) == 0 {
		return nil
	}
	runs := m.solver.PrefixCounts(m.runStarts(p), limit+2)[m.in.Slots]
	m.solver.AddClause(runs[limit+2].Not())
	m.addWindows(p, runs[2])
	return runs[2 : limit+2]
}

// runStarts returns, by slot, "the participant is busy, but was not before".
func (m *model) runStarts(p int) []sat.Lit {
	busy := m.busy[p]
	starts := append([]sat.Lit(nil), busy...)
	for t := 1; t < len(busy); t++ {
		starts[t] = m.solver.Or(busy[t].Not(), busy[t-1]).Not()
	}
	return starts
}

// addSpread says, for each level, that if one participant has more breaks than
// the level by the spread, then every participant has as many as the level.
func (m *model) addSpread() {
	if m.in.MaxSpread == NoSpreadLimit {
		return
	}
	most := 0
	for _, breaks := range m.breaks {
		most = max(most, len(breaks))
	}
	for level := 1; level+m.in.MaxSpread <= most; level++ {
		reached := m.solver.NewVar().Pos()
		for _, breaks := range m.breaks {
			m.solver.AddClause(m.atLeast(breaks, level+m.in.MaxSpread).Not(), reached)
			m.solver.AddClause(reached.Not(), m.atLeast(breaks, level))
		}
	}
}

// atLeast returns the literal "at least n" of a unary number.
func (m *model) atLeast(number []sat.Lit, n int) sat.Lit {
	if n > len(number) {
		return m.never
	}
	return number[n-1]
}

// addWindows says what it means to have no break: all meetings in one run of
// slots, a window, into which they can be matched. Given that there is no
// break, which the search for few breaks nearly always assumes, these clauses
// find every slot in which the participant must or cannot be busy.
func (m *model) addWindows(p int, broken sat.Lit) {
	meetings := m.meetingsOf[p]
	covering := make([][]sat.Lit, m.in.Slots) // by slot: the windows with it
	var windows []sat.Lit
	last := m.in.Slots - len(meetings)
	for start := 0; start <= last; start++ {
		if window := m.addWindow(p, start, broken); window != sat.NoLit {
			windows = append(windows, window)
			for t := start; t < start+len(meetings); t++ {
				covering[t] = append(covering[t], window)
			}
		}
	}
	m.solver.AtMostOne(windows)
	m.solver.AddClause(append([]sat.Lit{broken}, windows...)...)
	for t, with := range covering {
		busy := m.busy[p][t]
		m.solver.AddClause(append([]sat.Lit{broken, busy.Not()}, with...)...)
		without := []sat.Lit{broken, busy}
		for _, window := range windows {
			if !slices.Contains(with, window) {
				without = append(without, window)
			}
		}
		m.solver.AddClause(without...)
	}
}

// addWindow returns a literal for "the run of slots from start holds all the
// meetings of p", or NoLit if they do not fit.
func (m *model) addWindow(p, start int, broken sat.Lit) sat.Lit {
	meetings := m.meetingsOf[p]
	end := start + len(meetings)
	if !m.fit(meetings, start, end) {
		return sat.NoLit
	}
	window := m.solver.NewVar().Pos()
	m.solver.AddClause(window.Not(), broken.Not())
	for t, busy := range m.busy[p] {
		if start <= t && t < end {
			m.solver.AddClause(window.Not(), busy)
		} else {
			m.solver.AddClause(window.Not(), busy.Not())
		}
	}
	return window
}

// fit reports whether some meetings can be held one a slot from start to before
// end.
func (m *model) fit(meetings []int, start, end int) bool {
	within := make([][]bool, len(meetings))
	order := make([]int, len(meetings))
	for i, meeting := range meetings {
		order[i] = i
		within[i] = make([]bool, m.in.Slots)
		copy(within[i][start:end], m.open[meeting][start:end])
	}
	return match(order, within, m.in.Slots, 1) != nil
}
