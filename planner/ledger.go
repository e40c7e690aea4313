package planner

// ledger numbers everything that meetings use up, each with its capacity, so
// that prices can be kept in one list: a seat of a participant in a slot, a
// table of a place in a slot, an interpreter of a pool in a slot, a meeting
// within a participant's maximum, or within its maximum of a day.
type ledger struct {
	*model
	// The first number of each kind; seats are numbered from 0.
	place, pool, most, mostDay int
	// capacity of each; unlimited ones never have a price.
	capacity []int32
	plain    bool
}

// unlimited is the capacity of what has no limit.
const unlimited = -1

// newLedger numbers what there is, with its capacity; 0 where it cannot be used.
func newLedger(m *model) *ledger {
	people, days := len(m.of), m.days
	l := &ledger{model: m, plain: m.isPlain()}
	l.place = people * m.slots
	l.pool = l.place + len(m.placeOpen)*m.slots
	l.most = l.pool + len(m.poolOpen)*m.slots
	l.mostDay = l.most + people
	l.capacity = make([]int32, l.mostDay+people*days)
	for p := range m.problem.Participants {
		l.addParticipant(p)
	}
	for i := range m.problem.Places {
		l.addOpen(l.place+i*m.slots, m.placeOpen[i], m.problem.Places[i].Tables)
	}
	for i := range m.problem.Pools {
		// A pool of none is never open, so that its 0 is not taken for no limit.
		l.addOpen(l.pool+i*m.slots, m.poolOpen[i], m.problem.Pools[i].Count)
	}
	return l
}

// addParticipant sets the capacity of its seats and of its maximums.
func (l *ledger) addParticipant(p int) {
	who := &l.problem.Participants[p]
	l.addOpen(p*l.slots, l.available[p], l.seatCount(int32(p)))
	l.capacity[l.most+p] = orUnlimited(who.Max)
	for d := range l.days {
		l.capacity[l.mostDay+p*l.days+d] = orUnlimited(who.MaxDay)
	}
}

// addOpen gives the things numbered from first, one a slot, their capacity where
// they are open; they have none elsewhere.
func (l *ledger) addOpen(first int, open slotSet, count int) {
	for t := range l.slots {
		if open.has(SlotID(t)) {
			l.capacity[first+t] = orUnlimited(count)
		}
	}
}

// orUnlimited takes a limit of 0 for none.
func orUnlimited(n int) int32 {
	if n == 0 {
		return unlimited
	}
	return int32(n)
}

// way is one way to hold a candidate, and what it costs at the prices. Seats of a
// participant are alike in a ledger, so that a way names none.
type way struct {
	start SlotID
	slots int
	place PlaceID
	pool  PoolID
	cost  int32
}

// ways appends to buf the ways to hold candidate c at the prices.
func (l *ledger) ways(c int32, price []int32, buf []way) []way {
	d := &l.candidates[c]
	members := l.membersOf(c)
	base := int32(0)
	for _, x := range members {
		base += price[l.most+int(x.participant)]
	}
	for i := range l.optionsOf(c) {
		o := &l.optionsOf(c)[i]
		for t := o.starts.next(0); t != None; t = o.starts.next(t + 1) {
			k := way{start: t, slots: l.length(c, t), place: o.place, pool: None}
			k.cost = base + l.costAt(members, &k, price)
			if d.pools == nil {
				buf = append(buf, k)
				continue
			}
			for _, pool := range d.pools {
				if allOpen(l.poolOpen[pool], t, k.slots) {
					buf = append(buf, l.interpreted(k, pool, price))
				}
			}
		}
	}
	return buf
}

// cheapestOf is the first of the cheapest ways; there must be one.
func cheapestOf(ways []way) *way {
	best := &ways[0]
	for i := range ways {
		if ways[i].cost < best.cost {
			best = &ways[i]
		}
	}
	return best
}

// costAt is what the seats, the day and the place of the way cost.
func (l *ledger) costAt(members []member, k *way, price []int32) int32 {
	cost := int32(0)
	day := l.problem.Slots[k.start].Day
	for _, x := range members {
		first := int(x.participant)*l.slots + int(k.start)
		for t := range k.slots {
			cost += price[first+t]
		}
		cost += price[l.mostDay+int(x.participant)*l.days+day]
	}
	first := l.place + int(k.place)*l.slots + int(k.start)
	for t := range k.slots {
		cost += price[first+t]
	}
	return cost
}

// interpreted is the way with an interpreter of the pool, and its cost.
func (l *ledger) interpreted(k way, pool PoolID, price []int32) way {
	k.pool = pool
	first := l.pool + int(pool)*l.slots + int(k.start)
	for t := range k.slots {
		k.cost += price[first+t]
	}
	return k
}

// each calls use with the number of everything that the way uses up.
func (l *ledger) each(c int32, k *way, use func(r int)) {
	day := l.problem.Slots[k.start].Day
	for _, x := range l.membersOf(c) {
		p := int(x.participant)
		use(l.most + p)
		use(l.mostDay + p*l.days + day)
		for t := range k.slots {
			use(p*l.slots + int(k.start) + t)
		}
	}
	for t := range k.slots {
		use(l.place + int(k.place)*l.slots + int(k.start) + t)
		if k.pool != None {
			use(l.pool + int(k.pool)*l.slots + int(k.start) + t)
		}
	}
}
