package planner

import (
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// capacityPairs lists who may meet whom: delegates come first, counterparts
// after them.
func capacityPairs(c Capacity) [][2]int {
	var pairs [][2]int
	for a := range c.Delegates {
		for b := a + 1; c.OnePool && b < c.Delegates; b++ {
			pairs = append(pairs, [2]int{a, b})
		}
		for b := range c.Counterparts {
			if !c.OnePool {
				pairs = append(pairs, [2]int{a, c.Delegates + b})
			}
		}
	}
	return pairs
}

// capacityBrute says, by trying every plan slot by slot, whether all delegates
// can have their meetings.
func capacityBrute(c Capacity) bool {
	pairs := capacityPairs(c)
	if len(pairs) > 64 {
		panic("too many pairs to try")
	}
	refuted := map[uint64]bool{}
	var search func(slot int, held uint64) bool
	// fill adds pairs from a position on to a slot whose busy participants are
	// given.
	var fill func(slot, from, tables int, busy, held uint64) bool
	fill = func(slot, from, tables int, busy, held uint64) bool {
		if search(slot+1, held) {
			return true
		}
		for i := from; tables > 0 && i < len(pairs); i++ {
			both := uint64(1)<<pairs[i][0] | uint64(1)<<pairs[i][1]
			if held&(1<<i) == 0 && busy&both == 0 && fill(slot, i+1, tables-1, busy|both, held|1<<i) {
				return true
			}
		}
		return false
	}
	search = func(slot int, held uint64) bool {
		key := held*16 + uint64(slot)
		if refuted[key] {
			return false
		}
		fits := slot == c.Slots() && capacityServed(c, pairs, held) ||
			slot < c.Slots() && fill(slot, 0, c.Tables, 0, held)
		refuted[key] = !fits
		return fits
	}
	return search(0, 0)
}

// capacityServed says whether the pairs held give each delegate its meetings and
// no counterpart too many.
func capacityServed(c Capacity, pairs [][2]int, held uint64) bool {
	count := make([]int, c.Delegates+c.Counterparts)
	for ; held != 0; held &= held - 1 {
		pair := pairs[bits.TrailingZeros64(held)]
		count[pair[0]]++
		count[pair[1]]++
	}
	served := slices.Min(count[:c.Delegates]) >= c.Each
	return served && (c.OnePool || c.CounterpartMax == 0 || slices.Max(count[c.Delegates:]) <= c.CounterpartMax)
}

// TestCapacityFitsWhatAPlanHolds compares each answer on small missions with a
// trial of every plan.
func TestCapacityFitsWhatAPlanHolds(t *testing.T) {
	tried := map[bool]int{}
	for days := 1; days <= 4; days++ {
		for tables := 1; tables <= 2; tables++ {
			for delegates := 1; delegates <= 4; delegates++ {
				for each := 1; each <= 4; each++ {
					for _, c := range capacitySmall(Capacity{Days: days, DaySlots: 1, Tables: tables, Delegates: delegates, Each: each}) {
						fits := c.Fits() == NoLimit
						if want := capacityBrute(c); fits != want {
							t.Fatalf("%+v: fits is %t by the formula, %t by trial", c, fits, want)
						}
						tried[fits]++
					}
				}
			}
		}
	}
	if tried[true] < 100 || tried[false] < 100 {
		t.Errorf("too few missions of a kind were tried: %v", tried)
	}
}

// capacitySmall lists the mission with several kinds of counterparts, and in one
// pool with one participant more.
func capacitySmall(c Capacity) []Capacity {
	var list []Capacity
	for counterparts := 1; counterparts <= 3; counterparts++ {
		for most := 0; most <= 2; most++ {
			with := c
			with.Counterparts, with.CounterpartMax = counterparts, most
			list = append(list, with)
		}
	}
	c.Delegates, c.OnePool = c.Delegates+1, true
	return append(list, c)
}

// drawCapacity draws a mission of any size that a plan can be made for by hand.
func drawCapacity(t *rapid.T) Capacity {
	return Capacity{
		Days: rapid.IntRange(1, 4).Draw(t, "days"), DaySlots: rapid.IntRange(1, 6).Draw(t, "slots a day"),
		Tables: rapid.IntRange(1, 12).Draw(t, "tables"), Delegates: rapid.IntRange(1, 30).Draw(t, "delegates"),
		Each: rapid.IntRange(1, 12).Draw(t, "each"), Counterparts: rapid.IntRange(0, 30).Draw(t, "counterparts"),
		CounterpartMax: rapid.IntRange(0, 12).Draw(t, "counterpart maximum"), OnePool: rapid.Bool().Draw(t, "one pool"),
	}
}

// TestCapacityAnswersAreTheLast: every answer fits, and one step further none
// does, for the reason given.
func TestCapacityAnswersAreTheLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCapacity(t)
		judge := func(name string, answer int, limit Limit, step int, set func(*Capacity, int)) {
			at, beyond := c, c
			set(&at, answer)
			set(&beyond, answer+step)
			if answer > 0 && at.Fits() != NoLimit {
				t.Errorf("%s: %d do not fit: %d", name, answer, at.Fits())
			}
			if (answer > 0 || step > 0) && beyond.Fits() == NoLimit {
				t.Errorf("%s: %d fit too", name, answer+step)
			}
			if limit == NoLimit {
				t.Errorf("%s: nothing is said to limit %d", name, answer)
			}
		}
		most, limit := c.MostDelegates()
		judge("delegates", most, limit, 1, func(c *Capacity, n int) { c.Delegates = n })
		most, limit = c.MostEach()
		judge("each", most, limit, 1, func(c *Capacity, n int) { c.Each = n })
		least, limit := c.FewestTables()
		judge("tables", least, limit, -1, func(c *Capacity, n int) { c.Tables = n })
		least, limit = c.FewestDays()
		judge("days", least, limit, -1, func(c *Capacity, n int) { c.Days = n })
	})
}

// TestCapacityNamesWhatLimits: by hand, what keeps one more delegate out.
func TestCapacityNamesWhatLimits(t *testing.T) {
	for name, c := range map[string]struct {
		Capacity
		most  int
		limit Limit
	}{
		"tables":                {Capacity{Days: 3, DaySlots: 12, Tables: 25, Each: 5}, 180, TableLimit},
		"counterparts":          {Capacity{Days: 3, DaySlots: 12, Tables: 25, Each: 5, Counterparts: 20, CounterpartMax: 6}, 24, CounterpartLimit},
		"too few counterparts":  {Capacity{Days: 3, DaySlots: 12, Tables: 25, Each: 5, Counterparts: 4}, 0, PartnerLimit},
		"too few slots":         {Capacity{Days: 1, DaySlots: 4, Tables: 25, Each: 5}, 0, SlotLimit},
		"one pool":              {Capacity{Days: 1, DaySlots: 8, Tables: 5, Each: 6, OnePool: true}, 13, TableLimit},
		"a pool without tables": {Capacity{Days: 1, DaySlots: 5, Tables: 1, Each: 5, OnePool: true}, 0, TableLimit},
	} {
		t.Run(name, func(t *testing.T) {
			if most, limit := c.MostDelegates(); most != c.most || limit != c.limit {
				t.Errorf("%d delegates, limited by %s; want %d by %s", most, limit, c.most, c.limit)
			}
		})
	}
}

// TestCapacityIsReached makes the plan that the reasoning promises whenever all
// fits: Check accepts it, and everybody has its meetings.
func TestCapacityIsReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCapacity(t)
		c.OnePool = false
		if c.Counterparts == 0 {
			c.Counterparts = c.FewestCounterparts()
		}
		if c.Fits() != NoLimit {
			return
		}
		p, plan := capacityProblem(c), capacityPlan(c)
		if found := Check(p, plan); len(found) > 0 {
			t.Fatalf("%+v: %+v", c, found)
		}
		if s := Evaluate(p, plan, nil); s.Shortfall != 0 || s.Value != c.Meetings()*NiceWeight {
			t.Errorf("%+v: shortfall %d, value %d", c, s.Shortfall, s.Value)
		}
	})
}

// capacityProblem is the mission as a problem: everybody free, every pair wished
// for, each delegate owed its meetings.
func capacityProblem(c Capacity) *Problem {
	p := &Problem{Venues: []Venue{{}}, Places: []Place{{Tables: c.Tables}}, BreakSpread: None}
	for s := range c.Slots() {
		p.Slots = append(p.Slots, slotAt(0, s/c.DaySlots, s%c.DaySlots))
	}
	for range c.Delegates {
		p.Participants = append(p.Participants, Participant{Side: Delegate, Min: c.Each})
	}
	for range c.Counterparts {
		p.Participants = append(p.Participants, Participant{Side: Counterpart, Max: c.CounterpartMax})
	}
	for _, pair := range capacityPairs(c) {
		p.Wishes = append(p.Wishes, Wish{From: ParticipantID(pair[0]), To: ParticipantID(pair[1]), Kind: Nice})
	}
	return p
}

// capacityPlan holds the pairs of the circle, coloured with the slots.
func capacityPlan(c Capacity) *Plan {
	b := capacityColouring{slots: c.Slots(), at: make([][]int, c.Delegates+c.Counterparts)}
	for v := range b.at {
		b.at[v] = slices.Repeat([]int{None}, b.slots)
	}
	for i := range c.Delegates {
		for k := range c.Each {
			b.add(i, c.Delegates+(i*c.Each+k)%c.Counterparts)
		}
	}
	for b.level() {
	}
	plan := &Plan{}
	for s, pairs := range b.classes() {
		for table, pair := range pairs {
			plan.Meetings = append(plan.Meetings, Meeting{
				Attendees: []Attendee{{ParticipantID(pair[0]), 1}, {ParticipantID(pair[1]), 1}},
				Start:     SlotID(s), Slots: 1, Table: table + 1, Pool: None, Request: None,
			})
		}
	}
	return plan
}

// capacityColouring is a bipartite graph coloured with slots: whom each vertex
// meets in each slot, or None.
type capacityColouring struct {
	slots int
	at    [][]int
}

// add colours one edge more: with a slot that is idle at both ends, made so by
// swapping two slots along a path from v. The path cannot end at u, since the
// graph is bipartite.
func (b *capacityColouring) add(u, v int) {
	mine, other := slices.Index(b.at[u], None), slices.Index(b.at[v], None)
	b.swap(v, mine, other)
	b.at[u][mine], b.at[v][mine] = v, u
}

// swap exchanges two slots along the path that leaves the vertex in the first.
func (b *capacityColouring) swap(v, first, second int) {
	path := []int{v}
	for at := first; v != None && first != second; at = first + second - at {
		if v = b.at[v][at]; v != None {
			path = append(path, v)
		}
	}
	for _, v := range path {
		b.at[v][first], b.at[v][second] = b.at[v][second], b.at[v][first]
	}
}

// classes lists the pairs of each slot.
func (b *capacityColouring) classes() [][][2]int {
	classes := make([][][2]int, b.slots)
	for u := range b.at {
		for s, v := range b.at[u] {
			if v > u {
				classes[s] = append(classes[s], [2]int{u, v})
			}
		}
	}
	return classes
}

// level moves a meeting from the fullest slot to the emptiest, along a path that
// begins and ends with the fullest. It says whether that was of use.
func (b *capacityColouring) level() bool {
	classes := b.classes()
	full, empty := 0, 0
	for s := range classes {
		if len(classes[s]) > len(classes[full]) {
			full = s
		}
		if len(classes[s]) < len(classes[empty]) {
			empty = s
		}
	}
	if len(classes[full]) <= len(classes[empty])+1 {
		return false
	}
	for v := range b.at {
		if b.at[v][full] != None && b.at[v][empty] == None && b.endsIn(v, full, empty) {
			b.swap(v, full, empty)
			return true
		}
	}
	return false
}

// endsIn says whether the path that leaves the vertex in the first slot ends
// with a meeting in it.
func (b *capacityColouring) endsIn(v, first, second int) bool {
	at := first
	for b.at[v][at] != None {
		v = b.at[v][at]
		at = first + second - at
	}
	return at == second
}

// TestSolveFillsTheCapacity has the planner itself hold what one mission of the
// budget can, and no more.
func TestSolveFillsTheCapacity(t *testing.T) {
	c := Capacity{Days: 1, DaySlots: 6, Tables: 4, Each: 3, Counterparts: 9, CounterpartMax: 4}
	c.Delegates, _ = c.MostDelegates()
	if c.Delegates != 8 {
		t.Fatalf("%d delegates, want 8: 24 meetings at 4 tables", c.Delegates)
	}
	for extra, want := range []int{0, 3} {
		with := c
		with.Delegates += extra
		r, err := Solve(t.Context(), capacityProblem(with), DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		if r.Score.Shortfall != want {
			t.Errorf("%d delegates: shortfall %d, want %d", with.Delegates, r.Score.Shortfall, want)
		}
	}
}
