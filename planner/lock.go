package planner

import "slices"

// lock is a candidate that must be held where it was told to be, and the table
// that it keeps.
type lock struct {
	candidate int32
	// table that must be kept; 0 means any.
	table int
}

// requestLocks lists the locked requests. Their start, and their place if they
// name one, are already all that is left of their options.
func (m *model) requestLocks() []lock {
	var list []lock
	for c := range m.candidates {
		if d := &m.candidates[c]; d.locked {
			list = append(list, lock{candidate: int32(c), table: max(0, m.problem.Requests[d.request].Table)})
		}
	}
	return list
}

// lockAt leaves a candidate one way to be held: where it was, with the seats
// that it had. It has no way left if that is impossible.
func (m *model) lockAt(c int32, at spot, seats []int32) {
	d := &m.candidates[c]
	d.required, d.locked = true, true
	for i := range m.membersOf(c) {
		x := &m.membersOf(c)[i]
		if seats[i] < x.seat || seats[i] >= x.endSeat {
			d.endOption = d.firstOption
			return
		}
		x.seat, x.endSeat = seats[i], seats[i]+1
	}
	only := m.newSet()
	only.add(at.start)
	m.keepOptions(c, func(o *option) bool {
		possible := o.place == at.place && o.starts.has(at.start)
		o.starts = only
		return possible
	})
}

// keepTable drops the options of a locked candidate whose place has no such
// table any more.
func (m *model) keepTable(c int32, table int) {
	m.keepOptions(c, func(o *option) bool {
		tables := m.problem.Places[o.place].Tables
		return tables == 0 || table <= tables
	})
}

// keepOptions keeps those of the candidate's options for which keep, which may
// also change them, says so.
func (m *model) keepOptions(c int32, keep func(o *option) bool) {
	d := &m.candidates[c]
	kept := d.firstOption
	for i := d.firstOption; i < d.endOption; i++ {
		if o := m.options[i]; keep(&o) {
			m.options[kept] = o
			kept++
		}
	}
	d.endOption = kept
}

// tableTwice finds two locks that keep one table at the same time. The search
// only counts tables, and would hold both.
func (m *model) tableTwice(locks []lock) (first, second int32, found bool) {
	type cell struct {
		place PlaceID
		table int
		slot  SlotID
	}
	keeper := make(map[cell]int32)
	for _, l := range locks {
		options := m.optionsOf(l.candidate)
		if l.table == 0 || len(options) == 0 || m.problem.Places[options[0].place].Tables == 0 {
			continue
		}
		for _, t := range m.slotsTaken(l.candidate, options[0].starts.next(0)) {
			at := cell{options[0].place, l.table, t}
			if other, kept := keeper[at]; kept {
				return other, l.candidate, true
			}
			keeper[at] = l.candidate
		}
	}
	return 0, 0, false
}

// slotsTaken lists the slots that the candidate takes from the start on, and
// those of other legs that share time with them, each once.
func (m *model) slotsTaken(c int32, start SlotID) []SlotID {
	var taken []SlotID
	for t := start; t < start+SlotID(m.length(c, start)); t++ {
		taken = append(append(taken, t), m.time.overlap[t]...)
	}
	slices.Sort(taken)
	return slices.Compact(taken)
}
