package planner

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// zeroPrices is a certificate of the problem's shape that charges nothing.
func zeroPrices(p *Problem, scale int) *Certificate {
	table := func(rows, length int) [][]int {
		list := make([][]int, rows)
		for i := range list {
			list[i] = make([]int, length)
		}
		return list
	}
	days := 0
	for _, s := range p.Slots {
		days = max(days, s.Day+1)
	}
	return &Certificate{
		Scale: scale,
		Seat:  table(len(p.Participants), len(p.Slots)), Place: table(len(p.Places), len(p.Slots)),
		Pool: table(len(p.Pools), len(p.Slots)),
		Max:  make([]int, len(p.Participants)), Day: table(len(p.Participants), days),
	}
}

// drawPrices draws a certificate that charges only for what has a limit, and
// for about half of that.
func drawPrices(t *rapid.T, p *Problem) *Certificate {
	c := zeroPrices(p, rapid.IntRange(1, 4).Draw(t, "scale"))
	price := func() int { return max(0, rapid.IntRange(-4, 6).Draw(t, "price")) }
	fill := func(rows [][]int) {
		for _, row := range rows {
			for i := range row {
				row[i] = price()
			}
		}
	}
	fill(c.Seat)
	fill(c.Pool)
	for id, place := range p.Places {
		if place.Tables > 0 {
			fill(c.Place[id : id+1])
		}
	}
	for id, who := range p.Participants {
		if who.Max > 0 {
			c.Max[id] = price()
		}
		if who.MaxDay > 0 {
			fill(c.Day[id : id+1])
		}
	}
	if rapid.Bool().Draw(t, "with minimums") {
		for range p.Participants {
			c.Min = append(c.Min, price())
		}
		c.Shortfall = rapid.IntRange(0, 4).Draw(t, "shortfall")
	}
	return c
}

// TestBoundHoldsForAnyPrices compares the bound with every plan of tiny
// problems: whatever the prices, none is worth more.
func TestBoundHoldsForAnyPrices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		c := drawPrices(t, p)
		bound, err := CheckBound(p, c)
		if err != nil {
			t.Fatal(err)
		}
		j := newJudge(p)
		best := j.bestAlone()
		everyPlan(j, func(plan *Plan) {
			s := j.evaluate(plan, nil, best)
			if s.Value > bound && (c.Min == nil || s.Shortfall <= c.Shortfall) {
				t.Fatalf("the bound is %d, and this plan is worth %d with a shortfall of %d: %+v", bound, s.Value, s.Shortfall, plan)
			}
		})
	})
}

// auction is a problem of one table, where participant 0 has three wishes worth
// 5, 4 and 2 and two slots; it accepts two meetings, one a day.
func auction() *Problem {
	return &Problem{
		Slots:        []Slot{slotAt(0, 0, 0), slotAt(0, 1, 0)},
		Venues:       []Venue{{}},
		Places:       []Place{{Tables: 1}},
		Pools:        []Pool{{Languages: [2]string{"en", "fr"}, Count: 2}},
		Participants: []Participant{{Languages: []string{"fr"}, Max: 2, MaxDay: 1, Min: 1}, {}, {Languages: []string{"en"}}, {}},
		Wishes:       []Wish{{From: 0, To: 1, Weight: 5}, {From: 0, To: 2, Weight: 4}, {From: 3, To: 0, Weight: 2}},
		BreakSpread:  None,
	}
}

// boundCase bends the auction and its certificate, of no price and scale 2, and
// says what the bound then is.
type boundCase struct {
	bend func(p *Problem, c *Certificate)
	want int
}

func runBoundCases(t *testing.T, tests map[string]boundCase) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := auction()
			c := zeroPrices(p, 2)
			test.bend(p, c)
			got, err := CheckBound(p, c)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("bound %d, want %d", got, test.want)
			}
		})
	}
}

func TestBoundAddsPricesUp(t *testing.T) {
	runBoundCases(t, map[string]boundCase{
		"no price: all wishes": {func(*Problem, *Certificate) {}, 11},
		"a price on the seat":  {func(_ *Problem, c *Certificate) { c.Seat[0] = []int{8, 8} }, (2*8 + 2 + 0 + 0) / 2},
		"a seat that is busy costs none": {func(p *Problem, c *Certificate) {
			p.Participants[0].Busy = []Span{p.Slots[0].Span}
			c.Seat[0] = []int{8, 8}
		}, (8 + 2) / 2},
		"two seats cost twice": {func(p *Problem, c *Certificate) { p.Participants[0].Seats = 2; c.Seat[0] = []int{1, 1} }, (4 + 9 + 7 + 3) / 2},
		"the cheapest slot":    {func(_ *Problem, c *Certificate) { c.Seat[0] = []int{7, 8} }, (15 + 3 + 1 + 0) / 2},
		"a price on the table": {func(_ *Problem, c *Certificate) { c.Place[0] = []int{8, 8} }, 9},
		"a closed table costs none": {func(p *Problem, c *Certificate) {
			p.Places[0].Closed = []Span{p.Slots[1].Span}
			c.Place[0] = []int{8, 3}
		}, (8 + 2) / 2},
		"an interpreter for one": {func(_ *Problem, c *Certificate) { c.Pool[0] = []int{1, 1} }, (4 + 10 + 7 + 4) / 2},
		"the cheapest table": {func(p *Problem, c *Certificate) {
			p.Places = append(p.Places, Place{Tables: 1}, Place{Tables: 1})
			c.Place = [][]int{{4, 4}, {1, 1}, {2, 2}}
		}, (14 + 9 + 7 + 3) / 2},
		"the cheapest interpreter": {func(p *Problem, c *Certificate) {
			p.Pools = append(p.Pools, p.Pools[0], p.Pools[0])
			c.Pool = [][]int{{1, 1}, {0, 0}, {1, 1}}
		}, (8 + 10 + 8 + 4) / 2},
		"a price on the maximum": {func(_ *Problem, c *Certificate) { c.Max[0] = 8 }, 9},
		"a price on the day":     {func(_ *Problem, c *Certificate) { c.Day[0] = []int{8, 8} }, 9},
	})
}

func TestBoundCountsMeetings(t *testing.T) {
	runBoundCases(t, map[string]boundCase{
		"a meeting of two slots": {func(p *Problem, c *Certificate) {
			p.Slots[1] = slotAt(0, 0, 1)
			p.Wishes[0].Minutes = 60
			c.Day = [][]int{{0}, {0}, {0}, {0}}
			c.Seat[0], c.Place[0] = []int{1, 2}, []int{1, 1}
		}, (3 + 2 + 5 + 6 + 2) / 2},
		"a person whom another wish rules out": {func(p *Problem, _ *Certificate) {
			p.Participants[3].Seats = 2
			p.Wishes = append(p.Wishes, Wish{From: 3, To: 0, FromSeat: 1}, Wish{From: 0, To: 3, ToSeat: 2})
		}, 16},
		"a wish that is refused": {func(p *Problem, _ *Certificate) { p.Wishes = append(p.Wishes, Wish{From: 1, To: 0, Kind: Never}) }, 6},
		"a wish without a slot":  {func(p *Problem, _ *Certificate) { p.Participants[3].Busy = []Span{{0, math.MaxInt64}} }, 9},
		"a locked request": {func(p *Problem, c *Certificate) {
			c.Seat[3] = []int{4, 0}
			p.Requests = []Request{{Attendees: []Attendee{{0, 0}, {3, 0}}, Value: 1, Locked: true, Starts: []SlotID{0}, Place: None}}
		}, (4 + 10 + 8 + 2) / 2},
		"a minimum kept": {func(_ *Problem, c *Certificate) { c.Min = []int{4, 0, 0, 0} }, (22 + 12 - 4) / 2},
		"a minimum missed": {func(_ *Problem, c *Certificate) {
			c.Min = []int{4, 0, 0, 0}
			c.Shortfall = 2
		}, (22 + 12 - 4 + 8) / 2},
		"a minimum out of reach": {func(p *Problem, c *Certificate) {
			p.Participants[1].Min = 2
			c.Min = []int{0, 41, 0, 0}
		}, -10}, // (10 + 41) + 8 + 4 - 82 = -19
		"rounded down": {func(_ *Problem, c *Certificate) { c.Seat[0] = []int{9, 8} }, 9},
	})
}

// TestBoundReachesTheBest: with the right prices the bound is the value of the
// best plan, which is then proven.
func TestBoundReachesTheBest(t *testing.T) {
	p := auction()
	c := zeroPrices(p, 1)
	c.Max[0] = 4
	bound, err := CheckBound(p, c)
	if err != nil {
		t.Fatal(err)
	}
	if _, best := bruteForce(p, []Tier{Value}); best.Value != bound || bound != 9 {
		t.Errorf("bound %d, best value %d, want 9 for both", bound, best.Value)
	}
}

// TestCheckBoundRefusesFalsified spoils a certificate in one way at a time.
func TestCheckBoundRefusesFalsified(t *testing.T) {
	tests := map[string]struct {
		spoil func(p *Problem, c *Certificate)
		want  string
	}{
		"no scale":             {func(_ *Problem, c *Certificate) { c.Scale = 0 }, "scale is 0"},
		"negative scale":       {func(_ *Problem, c *Certificate) { c.Scale = -1 }, "scale is -1"},
		"negative seat":        {func(_ *Problem, c *Certificate) { c.Seat[2][1] = -1 }, "seat 2 price 1 is -1"},
		"negative table":       {func(_ *Problem, c *Certificate) { c.Place[0][1] = -1 }, "place 0 price 1 is -1"},
		"negative interpreter": {func(_ *Problem, c *Certificate) { c.Pool[0][0] = -1 }, "pool 0 price 0 is -1"},
		"negative maximum":     {func(_ *Problem, c *Certificate) { c.Max[0] = -1 }, "max price 0 is -1"},
		"negative day":         {func(_ *Problem, c *Certificate) { c.Day[0][1] = -1 }, "day 0 price 1 is -1"},
		"negative minimum":     {func(_ *Problem, c *Certificate) { c.Min = []int{0, 0, 0, -1} }, "min price 3 is -1"},
		"negative shortfall":   {func(_ *Problem, c *Certificate) { c.Shortfall = -1 }, "shortfall is -1"},
		"missing participant":  {func(_ *Problem, c *Certificate) { c.Seat = c.Seat[1:] }, "seat has 3 rows of prices: give 4"},
		"missing slot":         {func(_ *Problem, c *Certificate) { c.Seat[3] = c.Seat[3][1:] }, "seat 3 has 1 prices: give 2"},
		"missing place":        {func(_ *Problem, c *Certificate) { c.Place = nil }, "place has 0 rows of prices: give 1"},
		"missing pool":         {func(_ *Problem, c *Certificate) { c.Pool = nil }, "pool has 0 rows of prices: give 1"},
		"missing maxima":       {func(_ *Problem, c *Certificate) { c.Max = nil }, "max has 0 prices: give 4"},
		"missing day":          {func(_ *Problem, c *Certificate) { c.Day[0] = c.Day[0][1:] }, "day 0 has 1 prices: give 2"},
		"missing minimum":      {func(_ *Problem, c *Certificate) { c.Min = []int{1} }, "min has 1 prices: give 4"},
		"price of any number": {
			func(p *Problem, c *Certificate) { p.Places[0].Tables = 0; c.Place[0][0] = 1 },
			"place 0 takes any number of meetings",
		},
		"price of no maximum":     {func(_ *Problem, c *Certificate) { c.Max[1] = 1 }, "participant 1 has no maximum:"},
		"price of no day maximum": {func(_ *Problem, c *Certificate) { c.Day[1][0] = 1 }, "participant 1 has no maximum a day"},
		"price out of reach":      {func(_ *Problem, c *Certificate) { c.Seat[0][0] = math.MaxInt }, "seat 0 price 0 is"},
		"sum out of reach": {
			func(p *Problem, c *Certificate) { p.Participants[0].Seats = 1 << 40; c.Seat[0][0] = 1 << 36 },
			"the prices sum to more than can be counted",
		},
		"worth out of reach": {
			func(p *Problem, c *Certificate) { p.Wishes[0].Weight = 1 << 60; c.Scale = 16 },
			"the prices sum to more than can be counted",
		},
		"minimum out of reach": {
			func(p *Problem, c *Certificate) { p.Participants[1].Min = 1 << 40; c.Min = []int{0, 1 << 36, 0, 0} },
			"the prices sum to more than can be counted",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := auction()
			c := zeroPrices(p, 1)
			test.spoil(p, c)
			if _, err := CheckBound(p, c); err == nil || !strings.HasPrefix(err.Error(), "planner: certificate: "+test.want) {
				t.Errorf("got error %v, want one that begins with %q", err, test.want)
			}
		})
	}
}

func TestCheckBoundRefusesAnInvalidProblem(t *testing.T) {
	p := auction()
	c := zeroPrices(p, 1)
	p.Wishes[0].To = 9
	if _, err := CheckBound(p, c); err == nil {
		t.Error("no error")
	}
}
