package planner

import (
	"cmp"
	"slices"
)

// export turns a holding into a plan: tables and interpreters get their
// numbers, and the meetings the order of their time and place.
//
// Tables of a place are alike and open together, so meetings that never exceed
// their number can always be numbered (the graph of overlapping intervals is
// perfect), unless locked meetings hold given tables; a meeting that then finds
// no table is left out, and counted if it is required.
func (m *model) export(h *holding, locks []lock, was *holding) (plan *Plan, missing int64) {
	plan = &Plan{}
	tables := newNumberings(m, len(m.placeOpen))
	interpreters := newNumberings(m, len(m.poolOpen))
	kept := m.keepTables(h, locks, was, tables)
	for _, c := range m.inOrder(h) {
		at := h.spots[c]
		n, ok := kept[c], true
		if limit := m.problem.Places[at.place].Tables; limit > 0 && n == 0 {
			n, ok = tables[at.place].number(at, limit)
		}
		meeting := m.meeting(c, at, h, n)
		if at.pool != None && ok {
			meeting.Interpreter, ok = interpreters[at.pool].number(at, m.problem.Pools[at.pool].Count)
		}
		if ok {
			plan.Meetings = append(plan.Meetings, meeting)
		} else if m.candidates[c].required {
			missing++
		}
	}
	return plan, missing
}

// keepTables takes the tables that locks keep, and then those that the previous
// plan gave to meetings that have not moved, where they are left; was is that
// plan, or nil.
func (m *model) keepTables(h *holding, locks []lock, was *holding, tables []numbering) map[int32]int {
	kept := make(map[int32]int)
	for _, l := range locks {
		if at := h.spots[l.candidate]; l.table > 0 && at.slots > 0 && m.problem.Places[at.place].Tables > 0 {
			tables[at.place].take(at, l.table)
			kept[l.candidate] = l.table
		}
	}
	if was == nil {
		return kept
	}
	for c, table := range was.tables {
		at, before := h.spots[c], was.spots[c]
		if at.slots == 0 || kept[int32(c)] > 0 || table < 1 || int(table) > m.problem.Places[at.place].Tables {
			continue
		}
		if at.start == before.start && at.place == before.place && tables[at.place].left(at, int(table)) {
			tables[at.place].take(at, int(table))
			kept[int32(c)] = int(table)
		}
	}
	return kept
}

// inOrder lists the held candidates by time, place and number.
func (m *model) inOrder(h *holding) []int32 {
	var held []int32
	for c := range m.candidates {
		if h.spots[c].slots > 0 {
			held = append(held, int32(c))
		}
	}
	slices.SortStableFunc(held, func(c, d int32) int {
		a, b := h.spots[c], h.spots[d]
		return cmp.Or(cmp.Compare(m.time.start[a.start], m.time.start[b.start]), cmp.Compare(a.place, b.place))
	})
	return held
}

// meeting writes out a candidate that is held at the spot, at the table.
func (m *model) meeting(c int32, at spot, h *holding, table int) Meeting {
	d := &m.candidates[c]
	meeting := Meeting{
		Start: at.start, Slots: int(at.slots), Place: at.place, Table: table,
		Pool: at.pool, Request: d.request, Locked: d.locked,
	}
	for i := d.first; i < d.end; i++ {
		x := m.members[i]
		meeting.Attendees = append(meeting.Attendees, Attendee{
			Participant: ParticipantID(x.participant),
			Seat:        int(h.seats[i]-m.firstSeat[x.participant]) + 1,
		})
	}
	return meeting
}

// numbering gives numbers from 1 to what is used slot by slot, overlapping slots
// of other legs included.
type numbering struct {
	overlap [][]SlotID
	// taken are the pairs of a number and a slot that are in use.
	taken map[[2]int]bool
	// lowest number that may still be left in a slot.
	lowest map[SlotID]int
}

// newNumberings are n numberings of which nothing is taken.
func newNumberings(m *model, n int) []numbering {
	list := make([]numbering, n)
	for i := range list {
		list[i] = numbering{m.time.overlap, make(map[[2]int]bool), make(map[SlotID]int)}
	}
	return list
}

// take uses the number in the slots of the spot.
func (n *numbering) take(at spot, number int) {
	for t := at.start; t < at.start+SlotID(at.slots); t++ {
		n.taken[[2]int{number, int(t)}] = true
		for _, u := range n.overlap[t] {
			n.taken[[2]int{number, int(u)}] = true
		}
	}
}

// number takes the lowest number up to limit that is left in all slots of the
// spot.
func (n *numbering) number(at spot, limit int) (int, bool) {
	from := max(1, n.lowest[at.start])
	for i := from; i <= limit; i++ {
		if n.left(at, i) {
			n.take(at, i)
			if i == from {
				n.lowest[at.start] = i + 1
			}
			return i, true
		}
	}
	return 0, false
}

// left says whether the number is left in all slots of the spot.
func (n *numbering) left(at spot, number int) bool {
	for t := at.start; t < at.start+SlotID(at.slots); t++ {
		if n.taken[[2]int{number, int(t)}] {
			return false
		}
	}
	return true
}
