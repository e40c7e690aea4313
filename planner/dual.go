package planner

import (
	"context"
	"math/rand/v2"
	"slices"
)

// dual lowers an upper bound on the weight of any selection of candidates, by
// moving the prices of what they use up: capacity times price, summed, plus for
// each candidate what its weight exceeds the cost of its cheapest way by. The
// bound holds at any prices, and its least over all prices is that of the linear
// relaxation with a variable for each way.
type dual struct {
	*ledger
	// weight of each candidate, and price of each thing in the ledger.
	weight, price []int32
	// active are the candidates that can be held and weigh something.
	active []int32
	// atPlace and withPool list the active candidates that may use each.
	atPlace, withPool [][]int32
	random            *rand.Rand
	// buf holds the ways of the candidate in hand, so that a sweep allocates
	// nothing.
	buf []way
	// up and down count, for each thing, the candidates whose excess would fall
	// if its price rose by 1, and rise if it fell by 1.
	up, down []int32
	// mark counts the cheapest ways of a candidate that use each thing, to tell
	// some from all of them; touched lists the things of which up and down are
	// not 0.
	mark, touched []int32
	// costs of a plain candidate's ways, by slot.
	costs []int32
}

// newDual starts at prices of 0.
func newDual(l *ledger, weight []int32, active []int32, seed uint64) *dual {
	n := len(l.capacity)
	d := &dual{
		ledger: l, costs: make([]int32, l.slots), weight: weight, active: active, price: make([]int32, n),
		random: rand.New(rand.NewPCG(seed, 0x5eed)),
		up:     make([]int32, n), down: make([]int32, n), mark: make([]int32, n),
		atPlace: make([][]int32, len(l.placeOpen)), withPool: make([][]int32, len(l.poolOpen)),
	}
	d.listShared()
	return d
}

// listShared fills atPlace, for the places with a limit, and withPool.
func (d *dual) listShared() {
	for _, c := range d.active {
		for i := range d.optionsOf(c) {
			place := d.optionsOf(c)[i].place
			if d.problem.Places[place].Tables > 0 {
				d.atPlace[place] = append(d.atPlace[place], c)
			}
		}
		for _, pool := range d.candidates[c].pools {
			d.withPool[pool] = append(d.withPool[pool], c)
		}
	}
}

// excess is what the candidate's weight exceeds the cost of its cheapest way
// by, at least 0.
func (d *dual) excess(c int32) int64 {
	if d.plain {
		x := d.plainWaysOf(c)
		return int64(max(0, d.weight[c]-d.plainCosts(&x)))
	}
	d.buf = d.ways(c, d.price, d.buf[:0])
	if len(d.buf) == 0 {
		return 0
	}
	return int64(max(0, d.weight[c]-cheapestOf(d.buf).cost))
}

// bound is the value of the dual at the present prices.
func (d *dual) bound() int64 {
	total := int64(0)
	for r, price := range d.price {
		if price > 0 {
			total += int64(price) * int64(d.capacity[r])
		}
	}
	for _, c := range d.active {
		total += d.excess(c)
	}
	return total
}

// lower runs sweeps of coordinate descent over the participants and over what
// they share, until the bound is 0, nothing has been gained for some sweeps, or
// the context ends. It returns the least bound met and leaves its prices.
func (d *dual) lower(ctx context.Context, sweeps int) int64 {
	best := d.bound()
	kept := slices.Clone(d.price)
	idle := 0
	for range sweeps {
		if ctx.Err() != nil || best == 0 || idle > patience {
			break
		}
		d.sweep()
		idle++
		if b := d.bound(); b < best {
			best, idle = b, 0
			copy(kept, d.price)
		}
	}
	copy(d.price, kept)
	return best
}

// patience is how many sweeps in a row may gain nothing. Many do: the bound has
// wide plateaus, which the descent wanders over.
const patience = 60

// sweep moves each price once, or leaves it.
func (d *dual) sweep() {
	for _, p := range d.random.Perm(len(d.of)) {
		d.moveParticipant(p)
	}
	d.moveShared()
}

// moveParticipant moves one price of the participant by 1, or those of all its
// seats at once, whichever lowers the bound most; moves that leave it as it is
// are taken half of the time.
func (d *dual) moveParticipant(p int) {
	first := p * d.slots
	group := d.countThing(d.of[p], first, anyWay)
	if d.plain {
		d.up[d.most+p], d.down[d.most+p] = group.falls, group.rises
	}
	one := d.newMove()
	for t := range d.slots {
		one.consider(d, first+t)
	}
	one.consider(d, d.most+p)
	for day := range d.days {
		one.consider(d, d.mostDay+p*d.days+day)
	}
	d.clearThing(first)
	d.up[d.most+p], d.down[d.most+p] = 0, 0
	if all := d.groupMove(first, group); all.gain > one.gain {
		d.applyGroup(first, all)
		return
	}
	one.apply(d)
}

// anyWay tells that all ways of a participant's candidates use its seats.
func anyWay(*way) bool { return true }

// move is a change of one price by 1.
type move struct {
	resource int
	by       int32
	// gain is by how much the bound falls.
	gain int64
	ties int
}

// newMove is no change, and worse than one that leaves the bound as it is.
func (d *dual) newMove() move { return move{resource: None, gain: -1} }

// consider offers both changes of a price that has a capacity to pay for.
func (m *move) consider(d *dual, r int) {
	if d.capacity[r] == unlimited || d.capacity[r] == 0 {
		return
	}
	m.offer(d, r, 1, int64(d.up[r]-d.capacity[r]))
	if d.price[r] > 0 {
		m.offer(d, r, -1, int64(d.capacity[r]-d.down[r]))
	}
}

// offer keeps the change if it gains more, or as much and the die says so.
func (m *move) offer(d *dual, r int, by int32, gain int64) {
	switch {
	case gain < 0 || gain < m.gain:
		return
	case gain > m.gain:
		m.ties = 0
	}
	m.ties++
	if m.ties == 1 || d.random.IntN(m.ties) == 0 {
		m.resource, m.by, m.gain = r, by, gain
	}
}

// apply makes the change, one that gains nothing half of the time.
func (m *move) apply(d *dual) {
	if m.resource == None || (m.gain == 0 && d.random.IntN(2) == 0) {
		return
	}
	d.price[m.resource] += m.by
}

// countCandidate marks what the cheapest ways use: what all of them use makes
// the cost rise when its price does; what some use makes it fall.
func (d *dual) countCandidate(c int32) {
	least, n := cheapestOf(d.buf).cost, int32(0)
	if d.weight[c] < least {
		return
	}
	from := len(d.touched)
	for i := range d.buf {
		if d.buf[i].cost != least {
			continue
		}
		n++
		d.each(c, &d.buf[i], func(r int) {
			if d.mark[r] == 0 {
				d.touched = append(d.touched, int32(r))
			}
			d.mark[r]++
		})
	}
	for _, r := range d.touched[from:] {
		d.down[r]++
		if d.mark[r] == n && d.weight[c] > least {
			d.up[r]++
		}
		d.mark[r] = 0
	}
}

// clear empties up and down.
func (d *dual) clear() {
	for _, r := range d.touched {
		d.up[r], d.down[r] = 0, 0
	}
	d.touched = d.touched[:0]
}

// moveShared moves the prices of each place and pool: slot by slot while that
// gains, then all slots at once.
func (d *dual) moveShared() {
	for i, list := range d.atPlace {
		d.moveThing(list, d.place+i*d.slots, func(k *way) bool { return int(k.place) == i })
	}
	for i, list := range d.withPool {
		d.moveThing(list, d.pool+i*d.slots, func(k *way) bool { return int(k.pool) == i })
	}
}

// slotMoves is how many single prices of a place or pool move in a sweep.
const slotMoves = 3

// moveThing moves the prices of the thing whose slots are numbered from first,
// which the listed candidates may use in the ways that uses tells.
func (d *dual) moveThing(list []int32, first int, uses func(*way) bool) {
	for range slotMoves {
		group := d.countThing(list, first, uses)
		one := d.newMove()
		for t := range d.slots {
			one.consider(d, first+t)
		}
		d.clearThing(first)
		if all := d.groupMove(first, group); all.gain > one.gain {
			d.applyGroup(first, all)
			one.gain = all.gain
		} else {
			one.apply(d)
		}
		if one.gain <= 0 {
			return
		}
	}
}

// grouped is by how much, in all, candidates have less if every slot of a thing
// costs 1 more, and more if it costs 1 less.
type grouped struct{ falls, rises int32 }

// countThing fills up and down for the thing whose slots are numbered from
// first, which the listed candidates may use in the ways that uses tells, and
// says what a change of all its slots would do.
func (d *dual) countThing(list []int32, first int, uses func(*way) bool) grouped {
	if d.plain {
		return d.countPlain(list, first)
	}
	var g grouped
	for _, c := range list {
		if d.weight[c] <= 0 {
			continue
		}
		d.buf = d.ways(c, d.price, d.buf[:0])
		if len(d.buf) == 0 {
			continue
		}
		d.countCandidate(c)
		now := d.groupExcess(c, 0, uses)
		g.falls += now - d.groupExcess(c, 1, uses)
		g.rises += d.groupExcess(c, -1, uses) - now
	}
	return g
}

func (d *dual) clearThing(first int) {
	if d.plain {
		d.clearPlain(first)
		return
	}
	d.clear()
}

// groupMove judges a change by 1 of the prices of all slots from first on, at
// once: a way that uses them then changes by as many slots as it takes.
func (d *dual) groupMove(first int, g grouped) move {
	capacity, priced := int64(0), true
	for t := range d.slots {
		if n := d.capacity[first+t]; n > 0 {
			capacity += int64(n)
			priced = priced && d.price[first+t] > 0
		}
	}
	up := move{by: 1, gain: int64(g.falls) - capacity}
	if down := (move{by: -1, gain: capacity - int64(g.rises)}); priced && down.gain > up.gain {
		return down
	}
	return up
}

// groupExcess is the candidate's excess, over the ways in d.buf, when each slot
// of those that use the group costs so much more.
func (d *dual) groupExcess(c, by int32, uses func(*way) bool) int32 {
	most := int32(0)
	for i := range d.buf {
		cost := d.buf[i].cost
		if uses(&d.buf[i]) {
			cost += by * int32(d.buf[i].slots)
		}
		most = max(most, d.weight[c]-cost)
	}
	return most
}

// applyGroup takes a change that gains, and one time in four one that leaves the
// bound as it is.
func (d *dual) applyGroup(first int, m move) {
	if m.gain < 0 || (m.gain == 0 && d.random.IntN(4) != 0) {
		return
	}
	for t := range d.slots {
		if d.capacity[first+t] > 0 {
			d.price[first+t] += m.by
		}
	}
}
