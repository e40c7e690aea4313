package workbook

import (
	"cmp"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// reportWorth says what one more of a resource would be worth: by how much the
// bound on value would rise at most, read from the prices of the certificate.
type reportWorth struct {
	Top, More []reportPrice
	// Beyond counts those that are not even listed under More.
	Beyond int
}

// reportPrice is one resource. Share compares it with the dearest.
type reportPrice struct {
	Label, Points string
	Share         float64
}

// price is a resource before it is put in words on the page.
type price struct {
	kind   priceKind
	label  string
	points int
}

type priceKind int

const (
	priceTable priceKind = iota
	pricePool
	priceDay
	priceSeat
	priceMax
)

// The page opens on so many resources beside interpreters, so many of a kind,
// and lists so many more.
const (
	worthTop     = 8
	worthOfAKind = 3
	worthMore    = 40
)

func (r *reporter) worth() reportWorth {
	certificate := r.o.Result.Certificate
	if certificate == nil || certificate.Scale <= 0 {
		return reportWorth{}
	}
	ledger := newPriceReader(r, certificate)
	prices := slices.Concat(ledger.tables(), ledger.pools(), ledger.days(), ledger.seats(), ledger.maxima())
	slices.SortStableFunc(prices, func(a, b price) int { return cmp.Compare(b.points, a.points) })
	top, more := topPrices(prices)
	listed := more[:min(len(more), worthMore)]
	return reportWorth{Top: r.priced(top, top), More: r.priced(listed, prices), Beyond: len(more) - len(listed)}
}

// topPrices chooses what the page opens on. Interpreters are always there, be
// they worth nothing: their budget is voted too.
func topPrices(sorted []price) (top, more []price) {
	var kinds [5]int
	others := 0
	for _, p := range sorted {
		kinds[p.kind]++
		fits := kinds[p.kind] <= worthOfAKind
		switch {
		case fits && p.kind == pricePool:
			top = append(top, p)
		case fits && others < worthTop && p.points > 0:
			top = append(top, p)
			others++
		case p.points > 0:
			more = append(more, p)
		}
	}
	return top, more
}

// priced writes prices, as shares of the dearest of a list.
func (r *reporter) priced(list, among []price) []reportPrice {
	largest := 0
	for _, p := range among {
		largest = max(largest, p.points)
	}
	written := make([]reportPrice, len(list))
	for i, p := range list {
		written[i] = reportPrice{p.label, r.w.Signed(p.points), reportShare(p.points, largest)}
	}
	return written
}

// priceReader adds up the prices of a certificate. In the dual of the plan's
// selection, the bound is the sum of what all resources cost plus what pairs
// keep beyond their prices; so one more of a resource, at its price, raises it
// by that price at most.
type priceReader struct {
	*reporter
	c *planner.Certificate
	// sessions are the spans in which each participant is in one.
	sessions [][]Span
}

func newPriceReader(r *reporter, c *planner.Certificate) priceReader {
	l := priceReader{reporter: r, c: c, sessions: make([][]Span, len(r.book.Participants))}
	for _, s := range r.book.Sessions {
		for _, p := range s.Participants {
			l.sessions[p] = append(l.sessions[p], Span{s.Start, s.End})
		}
	}
	return l
}

// points rounds up, so that "at most" stays true.
func (l priceReader) points(units int) int { return (units + l.c.Scale - 1) / l.c.Scale }

// at is a price, or 0 outside the table: a certificate that leaves out what it
// does not price is no less valid.
func at(table [][]int, row, column int) int {
	if row >= len(table) || column >= len(table[row]) {
		return 0
	}
	return table[row][column]
}

// daySlots lists the slots of each day of the mission.
func (l priceReader) daySlots() [][]int {
	var days [][]int
	for s, slot := range l.book.Slots {
		for slot.Day >= len(days) {
			days = append(days, nil)
		}
		days[slot.Day] = append(days[slot.Day], s)
	}
	return days
}

// dayName names the day of a slot.
func (l priceReader) dayName(slot int) string {
	return speakerOf(l.book).day(planner.SlotID(slot))
}

// tables prices one more common table in each venue and day.
func (l priceReader) tables() []price {
	var prices []price
	for p, place := range l.book.Places {
		if !l.common[p] {
			continue
		}
		for _, slots := range l.daySlots() {
			if units := sumPrices(l.c.Place, p, l.openSlots(p, slots)); units > 0 {
				label := l.t("worth.table", l.book.Venues[place.Venue].Name, l.dayName(slots[0]))
				prices = append(prices, price{priceTable, label, l.points(units)})
			}
		}
	}
	return prices
}

// pools prices one more interpreter a day, or, where none is worth anything,
// one for the whole mission.
func (l priceReader) pools() []price {
	var prices []price
	for p := range l.book.Interpreters {
		before := len(prices)
		for _, slots := range l.daySlots() {
			if units := sumPrices(l.c.Pool, p, l.poolSlots(p, slots)); units > 0 {
				label := l.t("worth.pool_day", l.poolLabel(p), l.dayName(slots[0]))
				prices = append(prices, price{pricePool, label, l.points(units)})
			}
		}
		if len(prices) == before {
			prices = append(prices, price{pricePool, l.t("worth.pool", l.poolLabel(p)), 0})
		}
	}
	return prices
}

// poolLabel names interpreters, with their cities where there are several.
func (l priceReader) poolLabel(pool int) string {
	name := l.book.poolName(planner.PoolID(pool))
	if len(l.book.Legs) < 2 || len(l.book.Interpreters[pool].Legs) == 0 {
		return name
	}
	var cities []string
	for _, leg := range l.book.Interpreters[pool].Legs {
		cities = append(cities, l.book.Legs[leg].Name)
	}
	return name + " (" + l.w.List(cities) + ")"
}

// days prices a further day on which everyone and everything is as available
// as on one of the mission's: all that is priced on it, once more.
func (l priceReader) days() []price {
	var prices []price
	for day, slots := range l.daySlots() {
		units := 0
		for p, place := range l.book.Places {
			units += place.Tables * sumPrices(l.c.Place, p, l.openSlots(p, slots))
		}
		for p, pool := range l.book.Interpreters {
			units += pool.Count * sumPrices(l.c.Pool, p, l.poolSlots(p, slots))
		}
		for p, participant := range l.book.Participants {
			units += max(participant.Seats, 1)*sumPrices(l.c.Seat, p, l.freeSlots(p, slots)) + participant.MaxDay*at(l.c.Day, p, day)
		}
		if units > 0 {
			prices = append(prices, price{priceDay, l.t("worth.day", l.dayName(slots[0])), l.points(units)})
		}
	}
	return prices
}

// seats prices one more person of a participant, for the whole mission.
func (l priceReader) seats() []price {
	var prices []price
	for p, participant := range l.book.Participants {
		units := 0
		for _, slots := range l.daySlots() {
			units += sumPrices(l.c.Seat, p, l.freeSlots(p, slots))
		}
		if units > 0 {
			prices = append(prices, price{priceSeat, l.t("worth.seat", participant.Name), l.points(units)})
		}
	}
	return prices
}

// maxima prices one more meeting within the maximum of a participant.
func (l priceReader) maxima() []price {
	var prices []price
	for p, participant := range l.book.Participants {
		if p < len(l.c.Max) && l.c.Max[p] > 0 {
			prices = append(prices, price{priceMax, l.t("worth.maximum", participant.Name), l.points(l.c.Max[p])})
		}
	}
	return prices
}

// openSlots are those of a list in which a place is open: a price where it is
// closed is charged to nobody.
func (l priceReader) openSlots(place int, slots []int) []int {
	p := l.book.Places[place]
	v := l.book.Venues[p.Venue]
	return l.those(slots, func(s Slot) bool {
		return l.serves(v.Legs, s.Leg) && !covers(v.Closed, s) && !covers(p.Closed, s)
	})
}

// poolSlots are those in which interpreters work.
func (l priceReader) poolSlots(pool int, slots []int) []int {
	i := l.book.Interpreters[pool]
	return l.those(slots, func(s Slot) bool { return l.serves(i.Legs, s.Leg) && !covers(i.Unavailable, s) })
}

// freeSlots are those in which a participant is there and in no session.
func (l priceReader) freeSlots(participant int, slots []int) []int {
	return l.those(slots, func(s Slot) bool {
		return l.book.available(participant, s) && !covers(l.sessions[participant], s)
	})
}

func (l priceReader) those(slots []int, are func(Slot) bool) []int {
	var kept []int
	for _, s := range slots {
		if are(l.book.Slots[s]) {
			kept = append(kept, s)
		}
	}
	return kept
}

// sumPrices adds up the prices of a row over slots.
func sumPrices(table [][]int, row int, slots []int) int {
	sum := 0
	for _, s := range slots {
		sum += at(table, row, s)
	}
	return sum
}
