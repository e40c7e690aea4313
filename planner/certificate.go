package planner

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Certificate is a set of prices from which [CheckBound] derives an upper
// bound on the value of every plan. Whatever the prices are, the bound holds:
// a meeting is worth at most what its seats, its place and its interpreter
// cost, plus what is left when it is worth more than that; this is the
// Lagrangian dual of the selection of meetings (Fisher, Management Science
// 27(1), 1981). Good prices make it tight, and tell what one more table, seat
// or interpreter would be worth.
//
// Prices are whole, in 1/Scale points, and never negative.
type Certificate struct {
	// Scale is 1 or more.
	Scale int
	// Seat is the price of one seat of a participant in a slot:
	// [participant][slot].
	Seat [][]int
	// Place and Pool are those of one table and one interpreter:
	// [place][slot], [pool][slot].
	Place, Pool [][]int
	// Max is the price of one meeting within the participant's maximum, Day
	// within its maximum of a day: [participant], [participant][day].
	Max []int
	Day [][]int
	// Min is what one guaranteed meeting of the participant counts; nil when
	// the bound holds for all plans. Otherwise it holds for plans whose
	// shortfall is at most Shortfall.
	Min       []int
	Shortfall int
}

// CheckBound derives the bound that the certificate proves, in whole points,
// from the problem and the prices alone. It refuses a problem that is not valid
// and prices that are not those of the problem. A negative bound proves that no
// plan has so small a shortfall.
//
// The bound holds for every plan that [Check] finds nothing wrong with and whose
// meetings, where Min is given, were all asked for. All in 1/Scale points, it is
// the sum of
//
//   - for each participant and slot, the price of a seat times its seats if it
//     is free in the slot;
//   - for each place and slot, the price of a table times its tables if it is
//     open in the slot; where any number of meetings fits, the price must be 0;
//   - for each pool and slot, the price of an interpreter times its number if
//     they work in the slot;
//   - for each participant, its Max price times its maximum and, for each day,
//     its Day price times its maximum of a day; without a maximum the price
//     must be 0;
//   - with Min, the highest Min price times Shortfall, less for each participant
//     its Min price times its minimum;
//   - for each meeting that was asked for, what its worth exceeds its cost by, if
//     it does. Its worth is Scale times its value and, with Min, the Min prices
//     of its participants. Its cost is the least, over the starts and the open
//     places and pools that it can have, of the prices of what it takes: seats,
//     table and interpreter in each of its slots, and its place in the maxima.
//
// Proof, by weak duality. Take a plan. Each of its meetings costs at least the
// least cost, so that its worth is at most its cost where the plan has it, plus
// the excess of the last point; a meeting that nobody asked for has no worth and
// no negative cost. Each meeting is held once, so that the excesses sum to no
// more than the last point, which counts them for all. And the costs sum to no
// more than the first four points, for in a slot the plan takes no more seats
// than are free, no more tables than there are where it is open, no more
// interpreters than work, and it keeps to all maxima. This bounds the worth of
// the plan, which is Scale times its value or, with Min, more than that by the
// sum over participants of its Min price times its number of meetings. Now a
// participant's minimum less this number is at most what it misses, and Min
// prices times what is missed sum to at most the highest times the shortfall; so
// the fifth point is at least the opposite of that sum, and adding it leaves a
// bound on Scale times the value.
func CheckBound(p *Problem, c *Certificate) (int, error) {
	if err := p.Validate(); err != nil {
		return 0, err
	}
	j := newJudge(p)
	if err := c.suits(j); err != nil {
		return 0, err
	}
	b := bill{judge: j, prices: c}
	b.seats()
	b.rooms()
	b.interpreters()
	b.maxima()
	b.minima()
	b.meetings()
	if b.excessive {
		return 0, errors.New("planner: certificate: the prices sum to more than can be counted: lower them")
	}
	return floorOf(b.total, c.Scale), nil
}

// highestPrice keeps the cost of any one meeting far from overflowing.
const highestPrice = 1 << 36

// floorOf divides and rounds down, below zero too.
func floorOf(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// suits says what keeps the certificate from being one of the problem.
func (c *Certificate) suits(j *judge) error {
	p := j.problem
	if c.Scale < 1 || c.Scale > highestPrice {
		return fmt.Errorf("planner: certificate: scale is %d: give a whole number from 1 to %d", c.Scale, highestPrice)
	}
	if c.Shortfall < 0 || c.Shortfall > math.MaxInt32 {
		return fmt.Errorf("planner: certificate: shortfall is %d: give a whole number from 0 to %d", c.Shortfall, math.MaxInt32)
	}
	participants := len(p.Participants)
	err := errors.Join(
		faultInTable("seat", c.Seat, participants, len(p.Slots)),
		faultInTable("place", c.Place, len(p.Places), len(p.Slots)),
		faultInTable("pool", c.Pool, len(p.Pools), len(p.Slots)),
		faultInRow("max", c.Max, participants),
		faultInTable("day", c.Day, participants, len(j.days)),
	)
	if c.Min != nil {
		err = errors.Join(err, faultInRow("min", c.Min, participants))
	}
	if err != nil {
		return err
	}
	return c.pricesOfLimits(p)
}

// pricesOfLimits refuses a price on what has no limit.
func (c *Certificate) pricesOfLimits(p *Problem) error {
	for id, place := range p.Places {
		if place.Tables == 0 && anyPrice(c.Place[id]) {
			return fmt.Errorf("planner: certificate: place %d takes any number of meetings: let its prices be 0", id)
		}
	}
	for who := range p.Participants {
		if p.Participants[who].Max == 0 && c.Max[who] != 0 {
			return fmt.Errorf("planner: certificate: participant %d has no maximum: let its max price be 0", who)
		}
		if p.Participants[who].MaxDay == 0 && anyPrice(c.Day[who]) {
			return fmt.Errorf("planner: certificate: participant %d has no maximum a day: let its day prices be 0", who)
		}
	}
	return nil
}

// anyPrice says whether some price is not 0.
func anyPrice(prices []int) bool {
	return slices.ContainsFunc(prices, func(price int) bool { return price != 0 })
}

// faultInRow says what is wrong with a list of prices that must be so long.
func faultInRow(name string, prices []int, length int) error {
	if len(prices) != length {
		return fmt.Errorf("planner: certificate: %s has %d prices: give %d", name, len(prices), length)
	}
	for i, price := range prices {
		if price < 0 || price > highestPrice {
			return fmt.Errorf("planner: certificate: %s price %d is %d: give a whole number from 0 to %d", name, i, price, highestPrice)
		}
	}
	return nil
}

// faultInTable says what is wrong with rows of prices.
func faultInTable(name string, prices [][]int, rows, length int) error {
	if len(prices) != rows {
		return fmt.Errorf("planner: certificate: %s has %d rows of prices: give %d", name, len(prices), rows)
	}
	for i := range prices {
		if err := faultInRow(fmt.Sprintf("%s %d", name, i), prices[i], length); err != nil {
			return err
		}
	}
	return nil
}
