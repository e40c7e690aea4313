package planner

// breaksBound is a lower bound on the breaks of every plan worth at least floor.
// It is a Lagrangian dual: each slot of a participant has a price, free of sign,
// for which candidates pay and which the participant earns; what is shared has a
// price, as in [dual], and the value has a multiplier. A candidate is then held
// in its cheapest way, if that pays, and a seat engages the slots that suit it
// best, breaks included, by [idleness]. Prices follow subgradients (Held, Wolfe
// and Crowder, Mathematical Programming 6, 1974); the bound is computed in whole
// numbers, and holds at any prices.
type breaksBound struct {
	*ledger
	active []int32
	floor  int64
	idle   []*idleness

	// price of everything in the ledger and the multiplier on value, followed
	// as real numbers and used as whole ones, in 1/boundScale.
	price      []float64
	multiplier float64
	whole      []int32
	// slope is how much more is asked for than there is, at the prices.
	slope []float64
	buf   []way
}

// boundScale is how many units of price a break is worth.
const boundScale = 1 << 10

// newBreaksBound returns nil when grids overlap, where breaks do not add up
// block by block.
func newBreaksBound(m *model, active []int32, floor int64) *breaksBound {
	for _, list := range m.time.overlap {
		if len(list) > 0 {
			return nil
		}
	}
	l := newLedger(m)
	b := &breaksBound{
		ledger: l, active: active, floor: floor,
		price: make([]float64, len(l.capacity)), whole: make([]int32, len(l.capacity)), slope: make([]float64, len(l.capacity)),
	}
	for p := range m.of {
		for block := range m.time.blocks {
			if d := newIdleness(m, int32(p), block); d != nil {
				b.idle = append(b.idle, d)
			}
		}
	}
	return b
}

// raise climbs from the prices that bound the value, at several multipliers, and
// returns the best bound met; most is what the plan at hand has.
func (b *breaksBound) raise(value []int32, rounds, most int) int {
	best := int64(0)
	for _, multiplier := range []float64{0.25, 1} {
		b.multiplier = multiplier * boundScale
		for r, price := range value {
			b.price[r] = b.multiplier * float64(price)
		}
		best = max(best, b.climb(rounds, int64(most)*boundScale))
	}
	return int(ceilDiv(best, boundScale))
}

// climb takes steps along subgradients, as long as the bound has left to rise to
// what the plan has (Polyak, 1969), shorter when nothing is gained for a while.
func (b *breaksBound) climb(rounds int, most int64) int64 {
	best, relaxation, idle := int64(0), 1.0, 0
	for range rounds {
		total, value := b.bound()
		idle++
		if total > best {
			best, idle = total, 0
		}
		if idle == 10 {
			relaxation, idle = relaxation/1.5, 0
		}
		b.step(relaxation*float64(max(boundScale/4, most-total)), float64(b.floor)-value)
	}
	return best
}

// bound computes the bound at the prices, and leaves in b.slope what is asked of
// everything beyond what there is. It also returns the value of what is held.
func (b *breaksBound) bound() (total int64, value float64) {
	for r, price := range b.price {
		b.whole[r] = int32(price)
	}
	clear(b.slope)
	multiplier := int64(b.multiplier)
	total = multiplier * b.floor
	for r := b.place; r < len(b.whole); r++ {
		if b.capacity[r] > 0 {
			total -= int64(b.whole[r]) * int64(b.capacity[r])
			b.slope[r] = -float64(b.capacity[r])
		}
	}
	for _, d := range b.idle {
		total += b.engage(d)
	}
	for _, c := range b.active {
		cost := b.cheapest(c) - multiplier*int64(b.candidates[c].value)
		if cost < 0 {
			total += cost
			value += float64(b.candidates[c].value)
		}
	}
	return total, value
}

// engage adds what the seats of a participant do in a block.
func (b *breaksBound) engage(d *idleness) int64 {
	p := int(d.participant)
	seats := b.seatCount(d.participant)
	first := p * b.slots
	return int64(seats) * d.least(b.whole[first:first+b.slots], boundScale, func(t SlotID) {
		b.slope[first+int(t)] -= float64(seats)
	})
}

// cheapest is the cost of the candidate's cheapest way; if that pays, what it
// uses is asked for.
func (b *breaksBound) cheapest(c int32) int64 {
	b.buf = b.ways(c, b.whole, b.buf[:0])
	best := cheapestOf(b.buf)
	if int64(best.cost) < int64(b.multiplier)*int64(b.candidates[c].value) {
		b.each(c, best, func(r int) { b.slope[r]++ })
	}
	return int64(best.cost)
}

// step moves the prices along the subgradient, so far that the bound would rise
// by the given amount if it were a plane. What has no limit keeps no price.
func (b *breaksBound) step(rise, missing float64) {
	unit := float64(1+b.floor) / float64(1+len(b.of))
	norm := 1 + missing/unit*missing/unit
	for r, g := range b.slope {
		if r < b.place || (b.capacity[r] > 0 && (g > 0 || b.price[r] > 0)) {
			norm += g * g
		}
	}
	length := rise / norm
	for r, g := range b.slope {
		switch {
		case r < b.place:
			b.price[r] += length * g
		case b.capacity[r] > 0:
			b.price[r] = max(0, b.price[r]+length*g)
		}
	}
	b.multiplier = max(0, b.multiplier+length*missing/unit/unit)
}

// ceilDiv divides and rounds up; a is not negative.
func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
