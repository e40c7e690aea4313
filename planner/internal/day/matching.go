package day

// matching places meetings in slots so that no slot holds more than its
// capacity and each meeting is in one of its open slots.
type matching struct {
	open     [][]bool // by meeting and slot
	capacity int
	holds    [][]int // by slot: the meetings placed there
	visited  []bool
}

// match returns a placement of all the meetings, or nil if there is none.
func match(meetings []int, open [][]bool, slots, capacity int) *matching {
	a := &matching{
		open:     open,
		capacity: capacity,
		holds:    make([][]int, slots),
		visited:  make([]bool, slots),
	}
	for _, m := range meetings {
		clear(a.visited)
		if !a.place(m) {
			return nil
		}
	}
	return a
}

// place finds a slot for a meeting, moving others along an augmenting path
// (Kuhn's method).
func (a *matching) place(m int) bool {
	for t, open := range a.open[m] {
		if !open || a.visited[t] {
			continue
		}
		a.visited[t] = true
		if a.hasRoom(t) {
			a.holds[t] = append(a.holds[t], m)
			return true
		}
		for i, other := range a.holds[t] {
			if a.place(other) {
				a.holds[t][i] = m
				return true
			}
		}
	}
	return false
}

func (a *matching) hasRoom(t int) bool { return len(a.holds[t]) < a.capacity }

// reachable returns, for each slot, the slots to which one meeting can be
// moved on from it, along a chain of moves.
func (a *matching) reachable() [][]bool {
	slots := len(a.holds)
	reach := make([][]bool, slots)
	for t := range reach {
		reach[t] = make([]bool, slots)
		reach[t][t] = true
		for _, m := range a.holds[t] {
			for u, open := range a.open[m] {
				reach[t][u] = reach[t][u] || open
			}
		}
	}
	for via := range reach {
		for t := range reach {
			if !reach[t][via] {
				continue
			}
			for u := range reach {
				reach[t][u] = reach[t][u] || reach[via][u]
			}
		}
	}
	return reach
}

// prune closes every slot that a meeting has in no placement of all the
// meetings, and reports whether it closed any (Régin, "A Filtering Algorithm
// for Constraints of Difference in CSPs", AAAI 1994). A meeting may go to slot
// t if t then passes a meeting on, by a chain of moves, to a slot with room or
// to the slot that the first meeting leaves.
func (a *matching) prune() bool {
	reach := a.reachable()
	makesRoom := make([]bool, len(reach))
	for t := range reach {
		for u := range reach {
			makesRoom[t] = makesRoom[t] || (reach[t][u] && a.hasRoom(u))
		}
	}
	closed := false
	for from, held := range a.holds {
		for _, m := range held {
			for t, open := range a.open[m] {
				if open && !makesRoom[t] && !reach[t][from] {
					a.open[m][t] = false
					closed = true
				}
			}
		}
	}
	return closed
}
