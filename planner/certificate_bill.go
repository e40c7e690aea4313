package planner

import (
	"math"
	"slices"
)

// bill sums what a certificate charges, in 1/Scale points.
type bill struct {
	*judge
	prices *Certificate
	total  int
	// excessive says that the sum left what can be counted.
	excessive bool
}

// add charges so many times a price.
func (b *bill) add(price, times int) {
	if price == 0 || times == 0 {
		return
	}
	if price > (math.MaxInt-max(0, b.total))/times {
		b.excessive = true
		return
	}
	b.total += price * times
}

// seats charges the seats of all participants in the slots in which they are free.
func (b *bill) seats() {
	for who, prices := range b.prices.Seat {
		for s, price := range prices {
			if b.free[who][s] {
				b.add(price, b.judge.seats(ParticipantID(who)))
			}
		}
	}
}

// rooms charges the tables of all places in the slots in which they are open.
func (b *bill) rooms() {
	for id, prices := range b.prices.Place {
		for s, price := range prices {
			if slot := b.problem.Slots[s]; b.placeOpen(PlaceID(id), slot.Leg, slot.Span) {
				b.add(price, b.problem.Places[id].Tables)
			}
		}
	}
}

// interpreters charges those of all pools in the slots in which they work.
func (b *bill) interpreters() {
	for id, prices := range b.prices.Pool {
		for s, price := range prices {
			if slot := b.problem.Slots[s]; b.poolOpen(PoolID(id), slot.Leg, slot.Span) {
				b.add(price, b.problem.Pools[id].Count)
			}
		}
	}
}

// maxima charges what participants accept at most, in all and a day.
func (b *bill) maxima() {
	for who := range b.problem.Participants {
		b.add(b.prices.Max[who], b.problem.Participants[who].Max)
		for _, price := range b.prices.Day[who] {
			b.add(price, b.problem.Participants[who].MaxDay)
		}
	}
}

// minima counts what is owed to the minimums before it charges what may be
// missed of them, so that the sum stays small.
func (b *bill) minima() {
	if len(b.prices.Min) == 0 {
		return
	}
	for who, price := range b.prices.Min {
		owed := b.problem.Participants[who].Min
		if owed > 0 && price > (math.MaxInt/2+min(0, b.total))/owed {
			b.excessive = true
			return
		}
		b.total -= price * owed
	}
	b.add(slices.Max(b.prices.Min), b.prices.Shortfall)
}

// meetings charges what every meeting that was asked for exceeds its cost by.
func (b *bill) meetings() {
	for i := range b.asked {
		b.add(b.excess(&b.asked[i]), 1)
	}
}

// excess is what the meeting's worth exceeds its least cost by, or 0: when it
// is not worth its cost, or cannot be held at all.
func (b *bill) excess(a *asked) int {
	w := b.waysOf(a)
	if w == nil {
		return 0
	}
	least, possible := math.MaxInt, false
	for _, s := range w.starts {
		if cost, ok := b.cost(w, s); ok {
			least, possible = min(least, cost), true
		}
	}
	if !possible {
		return 0
	}
	return max(0, b.worth(a)-least)
}

// worth is what holding the meeting brings at most.
func (b *bill) worth(a *asked) int {
	points := 0
	if a.request != None {
		points = b.problem.Requests[a.request].Value
	}
	for _, w := range a.wishes {
		if wish := b.problem.Wishes[w]; meets(wish, a.attendees) {
			points += wish.Points()
		}
	}
	if points > math.MaxInt/2/b.prices.Scale {
		b.excessive = true
		return 0
	}
	worth := points * b.prices.Scale
	if b.prices.Min != nil {
		for _, x := range a.attendees {
			worth += b.prices.Min[x.Participant]
		}
	}
	return worth
}

// cost is the least that the meeting takes when it starts in the slot; ok is
// false when it cannot.
func (b *bill) cost(w *ways, start SlotID) (cost int, ok bool) {
	slots, ok := b.fits(w, start)
	if !ok {
		return 0, false
	}
	day := b.problem.Slots[start].Day
	for _, x := range w.attendees {
		cost += b.prices.Max[x.Participant] + b.prices.Day[x.Participant][day]
		cost += sumOf(b.prices.Seat[x.Participant], start, slots)
	}
	place, ok := cheapest(b.openPlaces(w, start, slots), b.prices.Place, start, slots)
	if !ok || !w.interpreted {
		return cost + place, ok
	}
	pool, ok := cheapest(b.openPools(w, start, slots), b.prices.Pool, start, slots)
	return cost + place + pool, ok
}

// cheapest is the lowest price of any one of the list over the slots; ok is
// false when the list is empty.
func cheapest[ID PlaceID | PoolID](list []ID, prices [][]int, start SlotID, slots int) (least int, ok bool) {
	least = math.MaxInt
	for _, id := range list {
		least = min(least, sumOf(prices[id], start, slots))
	}
	if len(list) == 0 {
		return 0, false
	}
	return least, true
}

// sumOf is what so many slots from the start on cost.
func sumOf(prices []int, start SlotID, slots int) int {
	sum := 0
	for _, price := range prices[start : int(start)+slots] {
		sum += price
	}
	return sum
}
