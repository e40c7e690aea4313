package planner

// listCandidates notes, for each participant, the candidates that it is in and
// that can be held at all.
func (m *model) listCandidates() {
	m.of = make([][]int32, len(m.problem.Participants))
	for c := range m.candidates {
		if !m.candidates[c].possible() {
			continue
		}
		for _, x := range m.membersOf(int32(c)) {
			m.of[x.participant] = append(m.of[x.participant], int32(c))
		}
	}
}

// addPrecedences notes on both candidates what they must respect. Requests are
// the first candidates, in their order.
func (m *model) addPrecedences() {
	if len(m.problem.Precedences) == 0 {
		return
	}
	m.after = make(map[int32][]order)
	for _, e := range m.problem.Precedences {
		a, b := int32(e.Before), int32(e.After)
		m.after[b] = append(m.after[b], order{a, true})
		m.after[a] = append(m.after[a], order{b, false})
	}
}

// findAlone computes the most points that each participant could get if it were
// alone: its possible meetings matched to the cells of its seats.
func (m *model) findAlone() {
	m.alone = make([]int32, len(m.of))
	for p := range m.of {
		m.alone[p] = m.bestAlone(int32(p))
	}
}

// bestAlone takes the candidates from the worthiest down, each kept if all kept
// so far can still be matched to different cells. This greedy is exact: sets of
// candidates that can be matched form a transversal matroid (Edmonds and
// Fulkerson, 1965), and cutting it at the maximum leaves a matroid.
func (m *model) bestAlone(p int32) int32 {
	list := m.mostPointsFirst(p)
	limit := m.problem.Participants[p].Max
	match := newMatching(m.seatCount(p) * m.slots)
	var total, held int32
	for _, c := range list {
		if limit > 0 && int(held) == limit {
			break
		}
		if match.add(m.cells(c, p)) {
			held++
			total += m.pointsFor(c, p)
		}
	}
	return total
}

// pointsFor is what the candidate gives the participant, of its own wishes.
func (m *model) pointsFor(c, p int32) int32 {
	if i := m.memberOf(c, p); i != None {
		return m.membersOf(c)[i].points
	}
	return 0
}

// mostPointsFirst lists the candidates in which p has points, most first.
func (m *model) mostPointsFirst(p int32) []int32 {
	byPoints := make(map[int32][]int32)
	var most int32
	for _, c := range m.of[p] {
		if v := m.pointsFor(c, p); v > 0 {
			byPoints[v] = append(byPoints[v], c)
			most = max(most, v)
		}
	}
	var list []int32
	for v := most; v > 0; v-- {
		list = append(list, byPoints[v]...)
	}
	return list
}

// cells lists where candidate c may lie on the agendas of p's seats, as
// seat*slots+start.
func (m *model) cells(c, p int32) []int32 {
	starts := m.newSet()
	for _, o := range m.optionsOf(c) {
		for w := range starts {
			starts[w] |= o.starts[w]
		}
	}
	var cells []int32
	x := m.membersOf(c)[m.memberOf(c, p)]
	for seat := x.seat; seat < x.endSeat; seat++ {
		base := (seat - m.firstSeat[p]) * int32(m.slots)
		for s := starts.next(0); s != None; s = starts.next(s + 1) {
			cells = append(cells, base+int32(s))
		}
	}
	return cells
}

// matching grows a bipartite matching one item at a time along augmenting paths.
type matching struct {
	// holder of each cell, or None.
	holder []int32
	items  [][]int32
	seen   []int32
	round  int32
}

// newMatching has so many cells, and no items yet.
func newMatching(cells int) *matching {
	m := &matching{holder: make([]int32, cells), seen: make([]int32, cells)}
	for i := range m.holder {
		m.holder[i] = None
	}
	return m
}

// add matches one more item, that may take any of the cells; it says whether it
// could, and changes nothing otherwise.
func (m *matching) add(cells []int32) bool {
	m.items = append(m.items, cells)
	m.round++
	if m.augment(int32(len(m.items) - 1)) {
		return true
	}
	m.items = m.items[:len(m.items)-1]
	return false
}

// augment finds a path from the item to a cell that nobody holds, and moves each
// item on it to its next cell.
func (m *matching) augment(item int32) bool {
	for _, cell := range m.items[item] {
		if m.holder[cell] == None {
			m.holder[cell] = item
			return true
		}
	}
	for _, cell := range m.items[item] {
		if m.seen[cell] == m.round {
			continue
		}
		m.seen[cell] = m.round
		if m.augment(m.holder[cell]) {
			m.holder[cell] = item
			return true
		}
	}
	return false
}

// reached lists the items met by the last search, which found no augmenting
// path: together with the item it was for, they want the same too few cells.
func (m *matching) reached() []int32 {
	var items []int32
	for cell, round := range m.seen {
		if round == m.round && m.holder[cell] != None {
			items = append(items, m.holder[cell])
		}
	}
	return items
}
