package planner

import "math"

// period is a slot that one seat of a participant may be engaged in, or a
// session that it is engaged in, within one block.
type period struct {
	Span
	slot  SlotID // None for a session
	fixed bool
}

// idleness finds, for a participant and a block, the engagements that cost least
// when each slot has a price, free of sign, and each break costs one unit.
type idleness struct {
	participant int32
	items       []period
	// waits[j*len(items)+i] says that idling from item j to item i is a break.
	waits []bool
}

// newIdleness prepares a participant's block; nil when it can do nothing there.
func newIdleness(m *model, p int32, block int) *idleness {
	items := m.periods(p, block)
	if len(items) == 0 {
		return nil
	}
	d := &idleness{participant: p, items: items, waits: make([]bool, len(items)*len(items))}
	for j := range items {
		for i := j + 1; i < len(items); i++ {
			d.waits[j*len(items)+i] = m.mustWait(items, j, i)
		}
	}
	return d
}

// periods lists the slots of the block that are open to p and its sessions
// there, in order of time.
func (m *model) periods(p int32, block int) []period {
	var items []period
	sessions := m.time.sessions[p]
	extent := m.time.blocks[block]
	addSessions := func(before Minute) {
		for len(sessions) > 0 && sessions[0].Start < before {
			if sessions[0].Overlaps(extent) {
				items = append(items, period{sessions[0].Span, None, true})
			}
			sessions = sessions[1:]
		}
	}
	for t, s := range m.problem.Slots {
		if s.Block == block && m.available[p].has(SlotID(t)) {
			addSessions(s.Start)
			items = append(items, period{s.Span, SlotID(t), false})
		}
	}
	addSessions(extent.End)
	return items
}

// mustWait says whether idling from item j to item i is a break even when the
// longest journey falls into it.
func (m *model) mustWait(items []period, j, i int) bool {
	spare := items[i].Start - items[j].End - Minute(m.time.longest)
	for _, x := range items[j+1 : i] {
		if !x.fixed && x.Minutes() <= int(spare) && x.Start >= items[j].End && x.End <= items[i].Start {
			return true
		}
	}
	return false
}

// least returns what the cheapest engagements cost: breaks at one unit each less
// the prices of the slots engaged; it calls engage for each such slot. It is a
// shortest path whose stops are the engagements, and which may pass over slots
// but not over sessions.
func (d *idleness) least(price []int32, unit int64, engage func(SlotID)) int64 {
	n := len(d.items)
	cost := make([]int64, n)
	from := make([]int, n)
	for i := range d.items {
		cost[i], from[i] = d.reach(cost, i, unit)
		if !d.items[i].fixed {
			cost[i] -= int64(price[d.items[i].slot])
		}
	}
	best, last := d.finish(cost)
	for i := last; i != None; i = from[i] {
		if !d.items[i].fixed {
			engage(d.items[i].slot)
		}
	}
	return best
}

// reach is the cheapest way to item i, without its own price, and the item
// before it, None if it is the first.
func (d *idleness) reach(cost []int64, i int, unit int64) (int64, int) {
	best, from := int64(math.MaxInt64), None
	for j := i - 1; j >= 0; j-- {
		c := cost[j]
		if d.waits[j*len(d.items)+i] {
			c += unit
		}
		if c < best {
			best, from = c, j
		}
		if d.items[j].fixed {
			return best, from
		}
	}
	if best < 0 {
		return best, from
	}
	return 0, None
}

// finish is the cheapest way to the end of the block, and the last item on it.
func (d *idleness) finish(cost []int64) (int64, int) {
	best, last := int64(math.MaxInt64), None
	for i := len(cost) - 1; i >= 0; i-- {
		if cost[i] < best {
			best, last = cost[i], i
		}
		if d.items[i].fixed {
			return best, last
		}
	}
	if best < 0 {
		return best, last
	}
	return 0, None
}
