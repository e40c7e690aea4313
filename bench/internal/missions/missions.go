// Package missions makes the seeded, over-subscribed missions that the
// benchmarks plan. Nobody in them has a name: they are numbers only.
package missions

import (
	"fmt"
	"math/rand"

	"github.com/escale-hq/escale/planner"
)

// Sizes and Regimes are the names that [Generate] knows.
var (
	Sizes   = []string{"s", "m", "l", "xl"}
	Regimes = []string{"tables", "people", "halfday", "city"}
)

// size says how large a mission is.
type size struct {
	delegates, counterparts, slots int
	// wishes and tables, where tables are scarce and where people are.
	wishes, tables             int
	peopleWishes, peopleTables int
}

func sizeOf(name string) (size, error) {
	switch name {
	case "s":
		return size{40, 80, 20, 600, 25, 1_200, 40}, nil
	case "m":
		return size{150, 300, 20, 4_000, 110, 5_000, 140}, nil
	case "l":
		return size{1_000, 1_500, 30, 30_000, 600, 45_000, 990}, nil
	case "xl":
		return size{4_000, 6_000, 40, 120_000, 1_800, 200_000, 3_900}, nil
	default:
		return size{}, fmt.Errorf("size %q: give s, m, l or xl", name)
	}
}

// mission is one being made.
type mission struct {
	random  *rand.Rand
	size    size
	problem *planner.Problem
}

// Generate makes a mission of the named size and regime:
//
//   - tables: tables are scarce, everybody is unavailable in a tenth of the slots;
//   - people: participants are scarce, unavailable in 35 % of the slots;
//   - halfday: each participant is there for half of each day;
//   - city: all that a real mission has, see [mission.city].
func Generate(sizeName, regime string, seed int64) (*planner.Problem, error) {
	z, err := sizeOf(sizeName)
	if err != nil {
		return nil, err
	}
	m := &mission{
		random: rand.New(rand.NewSource(seed)), size: z,
		problem: &planner.Problem{BreakSpread: planner.None},
	}
	switch regime {
	case "tables":
		m.plain(0.10, z.tables, z.wishes)
	case "people":
		m.plain(0.35, z.peopleTables, z.peopleWishes)
	case "halfday":
		m.halfDays()
	case "city":
		m.city()
	default:
		return nil, fmt.Errorf("regime %q: give tables, people, halfday or city", regime)
	}
	return m.problem, nil
}

const slotMinutes = 30

// plain makes one long day in one hall, in whose slots everybody is unavailable
// with the given probability, independently.
func (m *mission) plain(unavailable float64, tables, wishes int) {
	m.grid(1, 0)
	m.participants(func(p *planner.Participant) { m.missSlots(p, unavailable) })
	m.hall(tables)
	m.wishes(wishes)
}

// halfDays makes two days of which each participant comes for the mornings or
// the afternoons, drawn for each day.
func (m *mission) halfDays() {
	m.grid(4, 0)
	m.participants(func(p *planner.Participant) {
		for day := range 2 {
			m.missBlock(p, 2*day+m.random.Intn(2))
		}
	})
	m.hall(m.size.peopleTables)
	m.wishes(m.size.peopleWishes)
}

// grid makes the slots, cut into blocks of like length: a block is half a day,
// from 9:00 on or after lunch, unless there is only one. Between two slots of a
// block there is a pause.
func (m *mission) grid(blocks int, pause planner.Minute) {
	const day, morning, lunch = 24 * 60, 9 * 60, 90
	var next planner.Minute
	last := -1
	for s := range m.size.slots {
		block := s * blocks / m.size.slots
		switch {
		case block == last:
		case block%2 == 0:
			next = planner.Minute(block/2*day + morning)
		default:
			next += lunch
		}
		last = block
		span := planner.Span{Start: next, End: next + slotMinutes}
		m.problem.Slots = append(m.problem.Slots, planner.Slot{Span: span, Day: block / 2, Block: block})
		next = span.End + pause
	}
}

// participants makes the two sides, each participant finished by the caller.
func (m *mission) participants(finish func(*planner.Participant)) {
	for i := range m.size.delegates + m.size.counterparts {
		p := planner.Participant{Side: planner.Delegate}
		if i >= m.size.delegates {
			p.Side = planner.Counterpart
		}
		finish(&p)
		m.problem.Participants = append(m.problem.Participants, p)
	}
}

// missSlots makes the participant unavailable in each slot with a probability.
func (m *mission) missSlots(p *planner.Participant, probability float64) {
	for _, s := range m.problem.Slots {
		if m.random.Float64() < probability {
			p.Busy = append(p.Busy, s.Span)
		}
	}
}

// missBlock makes the participant unavailable in a whole block.
func (m *mission) missBlock(p *planner.Participant, block int) {
	for _, s := range m.problem.Slots {
		if s.Block == block {
			p.Busy = append(p.Busy, s.Span)
		}
	}
}

// hall is one venue with so many tables.
func (m *mission) hall(tables int) {
	m.problem.Venues = []planner.Venue{{}}
	m.problem.Places = []planner.Place{{Tables: tables}}
}

// wishes draws so many couples, all different: a delegate uniformly, a
// counterpart by Zipf's law over a random order, so that a few are wanted by
// many. Three in ten of the wishes are returned; those are not counted.
func (m *mission) wishes(count int) {
	n := m.size.counterparts
	order := m.random.Perm(n)
	zipf := rand.NewZipf(m.random, 1.2, float64(n)/8, uint64(n-1))
	seen := make(map[[2]int]bool, count)
	for len(seen) < count {
		from := m.random.Intn(m.size.delegates)
		to := m.size.delegates + order[zipf.Uint64()]
		if seen[[2]int{from, to}] {
			continue
		}
		seen[[2]int{from, to}] = true
		m.wish(from, to)
		if m.random.Float64() < 0.3 {
			m.wish(to, from)
		}
	}
}

// wish is worth 5 with probability 0.2, else 1 to 4.
func (m *mission) wish(from, to int) {
	m.problem.Wishes = append(m.problem.Wishes, Wish(m.random, from, to))
}

// Wish draws what a wish between two participants is worth: 5 with probability
// 0.2, else 1 to 4 alike.
func Wish(random *rand.Rand, from, to int) planner.Wish {
	w := planner.Wish{From: planner.ParticipantID(from), To: planner.ParticipantID(to), Kind: planner.Nice}
	if random.Float64() < 0.2 {
		w.Kind, w.Weight = planner.Must, planner.MustWeight
	} else {
		w.Weight = 1 + random.Intn(4)
	}
	return w
}
