package workbook

import (
	"fmt"
	"time"

	"github.com/escale-hq/escale/planner"
)

// PlanCertificate are the prices that prove the bound on value, by the names
// of the workbook and without the zeros. Whatever the prices are, the bound
// that planner.CheckBound derives from them holds, so they prove one of a
// changed workbook too.
type PlanCertificate struct {
	Scale     int         `json:"scale"`
	Shortfall int         `json:"shortfall"`
	Seats     []PlanPrice `json:"seats"`
	Places    []PlanPrice `json:"places"`
	Pools     []PlanPrice `json:"interpreters"`
	Maximums  []PlanPrice `json:"maximums"`
	Days      []PlanPrice `json:"days"`
	// Minimums is null when the bound holds for all plans, also those that
	// miss guaranteed meetings.
	Minimums []PlanPrice `json:"minimums"`
}

// PlanPrice is the price of one thing, in 1/Scale points: in each of some
// slots, on each of some days, or once.
type PlanPrice struct {
	Of string `json:"of"`
	// Leg is absent when the mission has one.
	Leg    string         `json:"leg,omitempty"`
	Prices map[string]int `json:"prices,omitempty"`
	Price  int            `json:"price,omitempty"`
}

// priceNames are what the rows and the columns of a certificate are called.
type priceNames struct {
	book *Book
	// participants, places and pools are unique names.
	participants, places, pools []string
	// days holds the date of each numbered day.
	days []string
}

func newPriceNames(b *Book) *priceNames {
	n := &priceNames{book: b}
	for _, p := range b.Participants {
		n.participants = append(n.participants, p.ID)
	}
	for _, p := range b.Places {
		n.places = append(n.places, b.Venues[p.Venue].ID+" "+p.Label)
	}
	for i := range b.Interpreters {
		n.pools = append(n.pools, b.poolName(planner.PoolID(i)))
	}
	for i, s := range b.Slots {
		for len(n.days) <= s.Day {
			n.days = append(n.days, "")
		}
		n.days[s.Day] = b.slotSpan(planner.SlotID(i), 1).Start.Format(time.DateOnly)
	}
	unique(n.places)
	unique(n.pools)
	unique(n.days)
	return n
}

// unique numbers the names that were seen before, such as two pools of the
// same languages.
func unique(names []string) {
	seen := map[string]int{}
	for i, name := range names {
		seen[name]++
		if seen[name] > 1 {
			names[i] = fmt.Sprintf("%s (%d)", name, seen[name])
		}
	}
}

func planCertificate(b *Book, c *planner.Certificate) *PlanCertificate {
	if c == nil {
		return nil
	}
	n := newPriceNames(b)
	file := &PlanCertificate{
		Scale:     c.Scale,
		Shortfall: c.Shortfall,
		Seats:     n.bySlot(n.participants, c.Seat),
		Places:    n.bySlot(n.places, c.Place),
		Pools:     n.bySlot(n.pools, c.Pool),
		Maximums:  n.once(c.Max),
		Days:      n.byDay(c.Day),
	}
	if c.Min != nil {
		file.Minimums = n.once(c.Min)
	}
	return file
}

// bySlot gives a line to each row and leg that has a price.
func (n *priceNames) bySlot(names []string, rows [][]int) []PlanPrice {
	lines := []PlanPrice{}
	for i, row := range rows {
		for leg := range max(len(n.book.Legs), 1) {
			prices := map[string]int{}
			for s, price := range row {
				if price != 0 && n.book.Slots[s].Leg == leg {
					prices[n.slot(s)] = price
				}
			}
			if len(prices) > 0 {
				lines = append(lines, PlanPrice{Of: names[i], Leg: n.book.legName(leg), Prices: prices})
			}
		}
	}
	return lines
}

func (n *priceNames) slot(s int) string {
	return n.book.slotSpan(planner.SlotID(s), 1).Start.Format(time.RFC3339)
}

func (n *priceNames) byDay(rows [][]int) []PlanPrice {
	lines := []PlanPrice{}
	for i, row := range rows {
		prices := map[string]int{}
		for day, price := range row {
			if price != 0 {
				prices[n.days[day]] = price
			}
		}
		if len(prices) > 0 {
			lines = append(lines, PlanPrice{Of: n.participants[i], Prices: prices})
		}
	}
	return lines
}

func (n *priceNames) once(prices []int) []PlanPrice {
	lines := []PlanPrice{}
	for i, price := range prices {
		if price != 0 {
			lines = append(lines, PlanPrice{Of: n.participants[i], Price: price})
		}
	}
	return lines
}

// Certificate gives the prices the shape that planner.CheckBound takes, for
// this workbook. A price of something that the workbook no longer has is left
// out: the bound then holds still, and is only less tight.
func (c *PlanCertificate) Certificate(b *Book) *planner.Certificate {
	n := newPriceNames(b)
	cert := &planner.Certificate{
		Scale:     c.Scale,
		Shortfall: c.Shortfall,
		Seat:      n.rowsBySlot(n.participants, c.Seats),
		Place:     n.rowsBySlot(n.places, c.Places),
		Pool:      n.rowsBySlot(n.pools, c.Pools),
		Max:       n.row(c.Maximums),
		Day:       make([][]int, len(n.participants)),
	}
	for i := range cert.Day {
		cert.Day[i] = make([]int, len(n.days))
	}
	people, days := positions(n.participants), positions(n.days)
	for _, line := range c.Days {
		for date, price := range line.Prices {
			setPrice(cert.Day, people, line.Of, days, date, price)
		}
	}
	if c.Minimums != nil {
		cert.Min = n.row(c.Minimums)
	}
	return cert
}

func (n *priceNames) rowsBySlot(names []string, lines []PlanPrice) [][]int {
	rows := make([][]int, len(names))
	for i := range rows {
		rows[i] = make([]int, len(n.book.Slots))
	}
	slots := map[string]int{}
	for s, slot := range n.book.Slots {
		slots[n.book.legName(slot.Leg)+" "+n.slot(s)] = s
	}
	things := positions(names)
	for _, line := range lines {
		for start, price := range line.Prices {
			setPrice(rows, things, line.Of, slots, line.Leg+" "+start, price)
		}
	}
	return rows
}

func (n *priceNames) row(lines []PlanPrice) []int {
	row := make([]int, len(n.participants))
	people := positions(n.participants)
	for _, line := range lines {
		if i, ok := people[line.Of]; ok {
			row[i] = line.Price
		}
	}
	return row
}

func setPrice(rows [][]int, things map[string]int, thing string, columns map[string]int, column string, price int) {
	i, known := things[thing]
	j, there := columns[column]
	if known && there {
		rows[i][j] = price
	}
}

func positions(names []string) map[string]int {
	at := make(map[string]int, len(names))
	for i, name := range names {
		at[name] = i
	}
	return at
}
