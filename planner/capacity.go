package planner

import "sort"

// Capacity is a mission in a few numbers, before anybody has wished for
// anything: everybody is free in every slot, speaks with everybody, and is
// ready to meet anyone of the other side, once. Its methods say what fits,
// exactly: they refuse only what no plan can hold, and a plan exists that holds
// what they allow. Figures are 1 or more where nothing is said of 0, and at
// most a million.
//
// With S slots in all, a meeting takes one slot of a table and of each of its
// two participants, so that a plan needs
//
//   - no more meetings than S times the tables;
//   - for each participant, no more meetings than S, than its maximum, and than
//     there are participants for it to meet.
//
// With two sides this is enough. Let delegate i meet the Each counterparts that
// follow the one at i times Each, counted in a circle: none twice, and the
// counterparts' numbers of meetings differ by 1 at most, so that all are within
// their limits when the sum is. These pairs are the edges of a bipartite graph
// whose degrees are at most S; such a graph has a proper edge colouring in S
// colours (König, Mathematische Annalen 77, 1916), and one whose colours are
// used equally often, give or take 1 (de Werra, INFOR 9, 1971; McDiarmid, IMA
// Journal of Applied Mathematics 10, 1972). The colours are the slots, and no
// slot holds more meetings than there are tables.
//
// In one pool of n participants an odd one is left out of each slot, so that a
// plan needs no more meetings than S times half of n, rounded down; and when n
// and Each are both odd, one participant must have one meeting more. This, too,
// is enough. For an even n, take Each rounds of a round robin: they are a
// colouring already. For an odd n, place the participants on a circle and let
// each meet the nearest on both sides; when Each is odd, take the next even
// number and drop every second pair of neighbours around the circle, which
// leaves one participant a meeting more. The last condition then asks for S
// above Each, and so many colours do: one more than the highest degree always
// (Vizing, Diskretnyi Analiz 3, 1964), and the highest degree itself when a
// single vertex has it (Fournier, Cahiers du CERO 15, 1973).
type Capacity struct {
	// Days of the mission, and the slots of each.
	Days, DaySlots int
	// Tables are how many meetings can be held at a time.
	Tables int
	// Delegates is the number of companies that travel, or, in one pool, of all
	// participants. Each of them is to have at least Each meetings.
	Delegates, Each int
	// Counterparts is how many there are to meet; 0 means as many as it takes.
	// CounterpartMax is the most meetings that one of them accepts; 0 means no
	// such limit. Neither matters in one pool.
	Counterparts, CounterpartMax int
	// OnePool says that all participants may meet each other.
	OnePool bool
}

// Limit is what keeps a mission from holding more.
type Limit int

// The limits of a mission.
const (
	// NoLimit: everything fits.
	NoLimit Limit = iota
	// PartnerLimit: there are not so many others to meet once each.
	PartnerLimit
	// SlotLimit: a participant has not so many slots.
	SlotLimit
	// CounterpartLimit: the counterparts accept no more in all.
	CounterpartLimit
	// TableLimit: the tables hold no more.
	TableLimit
)

// String is the limit's name.
func (l Limit) String() string {
	return [...]string{"none", "partners", "slots", "counterparts", "tables"}[l]
}

// Slots is their number over all days.
func (c Capacity) Slots() int { return c.Days * c.DaySlots }

// Room is how many meetings the tables hold.
func (c Capacity) Room() int { return c.Slots() * c.Tables }

// Meetings is how many are needed for each delegate to have its number.
func (c Capacity) Meetings() int {
	if c.OnePool {
		return (c.Delegates*c.Each + 1) / 2
	}
	return c.Delegates * c.Each
}

// Fits is NoLimit when a plan exists, else the first limit in the way: one that
// no table would lift comes before the tables.
func (c Capacity) Fits() Limit {
	meetings := c.Meetings()
	switch {
	case c.Each > c.partners():
		return PartnerLimit
	case c.Each > c.Slots(), c.OnePool && meetings > c.Slots()*(c.Delegates/2):
		return SlotLimit
	case !c.OnePool && c.Counterparts > 0 && meetings > c.Counterparts*c.accepted():
		return CounterpartLimit
	case meetings > c.Room():
		return TableLimit
	default:
		return NoLimit
	}
}

// partners is how many others a delegate can meet.
func (c Capacity) partners() int {
	switch {
	case c.OnePool:
		return c.Delegates - 1
	case c.Counterparts > 0:
		return c.Counterparts
	default:
		return c.Each
	}
}

// accepted is the most meetings of one counterpart.
func (c Capacity) accepted() int {
	if c.CounterpartMax > 0 {
		return min(c.CounterpartMax, c.Slots())
	}
	return c.Slots()
}

// MostDelegates is how many delegates can have Each meetings, and what keeps
// one more from it.
func (c Capacity) MostDelegates() (int, Limit) {
	if c.Each < 1 {
		return 0, NoLimit
	}
	most, fewest := c.Room()/c.Each, 1
	switch {
	case c.OnePool:
		most, fewest = 2*c.Room()/c.Each, c.Each+1
	case c.Counterparts > 0:
		most = min(most, c.Counterparts*c.accepted()/c.Each)
	}
	c.Delegates = max(most, fewest)
	if limit := c.Fits(); limit != NoLimit {
		return 0, limit
	}
	if c.OnePool {
		return most, TableLimit
	}
	c.Delegates++
	return most, c.Fits()
}

// MostEach is how many meetings each delegate can have, and what keeps all from
// one more.
func (c Capacity) MostEach() (int, Limit) {
	most := sort.Search(c.Slots(), func(n int) bool {
		c.Each = n + 1
		return c.Fits() != NoLimit
	})
	c.Each = most + 1
	return most, c.Fits()
}

// FewestTables is how many tables it takes, and what one table fewer would not
// hold; or 0, and what stands in the way, when no number is enough.
func (c Capacity) FewestTables() (int, Limit) {
	return c.fewest(func(c *Capacity) *int { return &c.Tables })
}

// FewestDays is how many days it takes, and what one day fewer would not hold;
// or 0, and what stands in the way, when no number is enough.
func (c Capacity) FewestDays() (int, Limit) {
	return c.fewest(func(c *Capacity) *int { return &c.Days })
}

// FewestCounterparts is how many there have to be, or 0 when no number is
// enough or, in one pool, when there are none.
func (c Capacity) FewestCounterparts() int {
	if c.OnePool {
		return 0
	}
	n, _ := c.fewest(func(c *Capacity) *int { return &c.Counterparts })
	return n
}

// fewest is the least figure with which all fits. As many as there are meetings
// leave none of them to share anything; more change nothing.
func (c Capacity) fewest(of func(*Capacity) *int) (int, Limit) {
	figure := of(&c)
	enough := max(1, c.Meetings())
	*figure = enough
	if limit := c.Fits(); limit != NoLimit {
		return 0, limit
	}
	least := 1 + sort.Search(enough-1, func(n int) bool {
		*figure = n + 1
		return c.Fits() == NoLimit
	})
	*figure = least - 1
	return least, c.Fits()
}
