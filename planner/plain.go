package planner

import "math/bits"

// A plain model is one where every candidate is of two participants, takes one
// slot, and can be held at one place, as at a fair of ten thousand: three prices
// make the cost of a way, and the bound is lowered several times faster by going
// through them in line.

// isPlain says whether the model is plain.
func (m *model) isPlain() bool {
	if !m.time.plain {
		return false
	}
	for p := range m.problem.Participants {
		if m.problem.Participants[p].MaxDay > 0 {
			return false
		}
	}
	for c := range m.candidates {
		d := &m.candidates[c]
		if d.end-d.first != 2 || d.endOption-d.firstOption > 1 || d.pools != nil {
			return false
		}
	}
	for _, row := range m.lengths.rows {
		for _, n := range row {
			if n > 1 {
				return false
			}
		}
	}
	return true
}

// plainWays is what a plain candidate's ways use: a slot of each of two
// participants and of a place, numbered in the ledger from these on, and a
// meeting of each of two participants.
type plainWays struct {
	a, b, place  int
	mostA, mostB int
	starts       slotSet
}

// plainWaysOf returns the ways of a candidate that can be held at all.
func (l *ledger) plainWaysOf(c int32) plainWays {
	d := &l.candidates[c]
	a, b := int(l.members[d.first].participant), int(l.members[d.first+1].participant)
	o := &l.options[d.firstOption]
	return plainWays{a * l.slots, b * l.slots, l.place + int(o.place)*l.slots, l.most + a, l.most + b, o.starts}
}

// countPlain fills up and down for the slots numbered from first on, which the
// listed candidates use, and returns how many of them would have less if all
// those slots cost 1 more, and more if they cost 1 less.
func (d *dual) countPlain(list []int32, first int) grouped {
	var g grouped
	for _, c := range list {
		weight := d.weight[c]
		if weight <= 0 {
			continue
		}
		x := d.plainWaysOf(c)
		least := d.plainCosts(&x)
		if weight < least {
			continue
		}
		g.rises++
		ties, last := 0, 0
		for w, word := range x.starts {
			for ; word != 0; word &= word - 1 {
				t := w<<6 + bits.TrailingZeros64(word)
				if d.costs[t] == least {
					ties, last = ties+1, t
					d.down[first+t]++
				}
			}
		}
		if weight > least {
			g.falls++
			if ties == 1 {
				d.up[first+last]++
			}
		}
	}
	return g
}

// plainCosts leaves in d.costs what each way costs, by its slot, and returns the
// least.
func (d *dual) plainCosts(x *plainWays) int32 {
	a, b, place := d.price[x.a:x.a+d.slots], d.price[x.b:x.b+d.slots], d.price[x.place:x.place+d.slots]
	base := d.price[x.mostA] + d.price[x.mostB]
	least := int32(1 << 30)
	for w, word := range x.starts {
		for ; word != 0; word &= word - 1 {
			t := w<<6 + bits.TrailingZeros64(word)
			cost := base + a[t] + b[t] + place[t]
			d.costs[t] = cost
			least = min(least, cost)
		}
	}
	return least
}

// clearPlain empties up and down for the slots numbered from first on.
func (d *dual) clearPlain(first int) {
	clear(d.up[first : first+d.slots])
	clear(d.down[first : first+d.slots])
}

// roundPlain is [smooth.round] for a plain model.
func (s *smooth) roundPlain() {
	for p := range s.of {
		first := p * s.slots
		for _, c := range s.of[p] {
			x := s.plainWaysOf(c)
			held := s.spreadPlain(c, &x, first)
			s.add(s.most+p, held)
		}
		s.settlePlain(first)
		s.settle()
	}
	for _, c := range s.active {
		x := s.plainWaysOf(c)
		s.spreadPlain(c, &x, x.place)
	}
	for i := range s.placeOpen {
		s.settlePlain(s.place + i*s.slots)
	}
}

// spreadPlain adds the parts of the candidate's ways to the loads numbered from
// first on, by their slots, and returns how much of it is held.
func (s *smooth) spreadPlain(c int32, x *plainWays, first int) float64 {
	a, b, place := s.factor[x.a:x.a+s.slots], s.factor[x.b:x.b+s.slots], s.factor[x.place:x.place+s.slots]
	base := s.value[c] * s.factor[x.mostA] * s.factor[x.mostB]
	total := 0.0
	for w, word := range x.starts {
		for ; word != 0; word &= word - 1 {
			t := w<<6 + bits.TrailingZeros64(word)
			part := base * a[t] * b[t] * place[t]
			s.parts[t] = part
			total += part
		}
	}
	share := 1 / (1 + total)
	for w, word := range x.starts {
		for ; word != 0; word &= word - 1 {
			t := w<<6 + bits.TrailingZeros64(word)
			s.load[first+t] += s.parts[t] * share
		}
	}
	return total * share
}

// settlePlain is [smooth.settle] for the slots numbered from first on.
func (s *smooth) settlePlain(first int) {
	for r := first; r < first+s.slots; r++ {
		if s.capacity[r] > 0 && s.load[r] > 0 {
			s.factor[r] = min(1, max(1e-300, s.factor[r]*float64(s.capacity[r])/s.load[r]))
		}
		s.load[r] = 0
	}
}
