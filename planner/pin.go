package planner

// pin is a candidate that is locked, and the table that it keeps.
type pin struct {
	candidate int32
	table     int // 0 means any
}

// pins lists the locked requests. Their start, and their place if they name
// one, are already all that is left of their options.
func (m *model) pins() []pin {
	var list []pin
	for c := range m.candidates {
		if d := &m.candidates[c]; d.locked {
			m.keepTable(int32(c), m.problem.Requests[d.request].Table)
			list = append(list, pin{int32(c), max(0, m.problem.Requests[d.request].Table)})
		}
	}
	return list
}

// narrow leaves a candidate one way to be held: where it was, with the seats
// that it had. It has no way left if that is impossible.
func (m *model) narrow(c int32, at spot, seats []int32) {
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
	kept := d.firstOption
	for i := d.firstOption; i < d.endOption; i++ {
		if o := m.options[i]; o.place == at.place && o.starts.has(at.start) {
			only := m.newSet()
			only.add(at.start)
			m.options[kept] = option{o.place, only}
			kept++
		}
	}
	d.endOption = kept
}

// keepTable drops the options of a locked candidate whose place has no such
// table.
func (m *model) keepTable(c int32, table int) {
	d := &m.candidates[c]
	kept := d.firstOption
	for i := d.firstOption; i < d.endOption; i++ {
		if tables := m.problem.Places[m.options[i].place].Tables; tables == 0 || table <= tables {
			m.options[kept] = m.options[i]
			kept++
		}
	}
	d.endOption = kept
}
