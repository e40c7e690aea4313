package planner

import "slices"

// rooms judges whether a meeting is held where its participants may meet, and
// whether it is open there.
func (h *hearing) rooms() {
	for _, i := range h.sound {
		m := h.meeting(i)
		if !slices.Contains(h.places(h.askedBy(m), m.Attendees), m.Place) {
			v := h.report(RulePlace, i)
			v.Place = m.Place
			v.Request = m.Request
		}
		place := h.problem.Places[m.Place]
		if touches(place.Closed, h.time(i)) || touches(h.problem.Venues[place.Venue].Closed, h.time(i)) {
			v := h.report(RuleClosed, i)
			v.Place, v.Slots = m.Place, h.slotsOf(i)
		}
	}
}

// tables judges whether every meeting has a table to itself.
func (h *hearing) tables() {
	table := func(m *Meeting) ([2]int, bool) {
		return [2]int{int(m.Place), m.Table}, m.Table > 0
	}
	h.overlapping(table, func(i, k int) {
		v := h.report(RuleTable, i, k)
		v.Place, v.Slots = h.meeting(i).Place, h.startsOf(v.Meetings)
	})
}

// interpreters judges whether an interpreter comes when one is needed, and only
// then, knows the languages and works at that time.
func (h *hearing) interpreters() {
	for _, i := range h.sound {
		m := h.meeting(i)
		comes := m.Pool != None
		wrong := comes != h.needsInterpreter(m.Attendees)
		if comes {
			wrong = wrong || !h.helps(m.Pool, m.Attendees) || touches(h.problem.Pools[m.Pool].Busy, h.time(i))
		}
		if wrong {
			v := h.report(RuleInterpreter, i)
			v.Pool, v.Slots = m.Pool, h.slotsOf(i)
		}
	}
}

// interpretersTwice judges whether no interpreter is in two meetings at a time.
func (h *hearing) interpretersTwice() {
	interpreter := func(m *Meeting) ([2]int, bool) {
		return [2]int{int(m.Pool), m.Interpreter}, m.Pool != None
	}
	h.overlapping(interpreter, func(i, k int) {
		v := h.report(RuleInterpreter, i, k)
		v.Pool, v.Slots = h.meeting(i).Pool, h.startsOf(v.Meetings)
	})
}
