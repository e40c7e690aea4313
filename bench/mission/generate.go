package main

import (
	"fmt"
	"math/rand"

	"github.com/escale-hq/escale/planner"
)

// size says how large an instance is.
type size struct {
	delegates, counterparts, slots int
	// wishes and tables, where tables are scarce and where people are.
	wishes, tables             int
	peopleWishes, peopleTables int
}

var sizes = map[string]size{
	"s":  {40, 80, 20, 600, 25, 1_200, 40},
	"m":  {150, 300, 20, 4_000, 110, 5_000, 140},
	"l":  {1_000, 1_500, 30, 30_000, 600, 45_000, 990},
	"xl": {4_000, 6_000, 40, 120_000, 1_800, 200_000, 3_900},
}

// instance is a mission being made.
type instance struct {
	random  *rand.Rand
	size    size
	problem *planner.Problem
}

// generate makes a seeded, over-subscribed mission of the named size.
func generate(name, regime string, seed int64) (*planner.Problem, error) {
	z, ok := sizes[name]
	if !ok {
		return nil, fmt.Errorf("size %q: it must be s, m, l or xl", name)
	}
	g := &instance{random: rand.New(rand.NewSource(seed)), size: z, problem: &planner.Problem{BreakSpread: -1}}
	switch regime {
	case "tables":
		g.grid(1)
		g.people(0.10)
		g.hub(z.tables)
		g.wishes(z.wishes)
	case "people":
		g.grid(1)
		g.people(0.35)
		g.hub(z.peopleTables)
		g.wishes(z.peopleWishes)
	case "halfday":
		g.grid(4)
		g.halfDays()
		g.hub(z.peopleTables)
		g.wishes(z.peopleWishes)
	default:
		return nil, fmt.Errorf("regime %q: it must be tables, people, halfday or city", regime)
	}
	return g.problem, nil
}

const slotMinutes = 30

// grid makes the slots, cut into blocks that are half-days, two a day.
func (g *instance) grid(blocks int) {
	for s := range g.size.slots {
		block := s * blocks / g.size.slots
		start := planner.Minute(s*slotMinutes + block*120)
		g.problem.Slots = append(g.problem.Slots, planner.Slot{
			Span: planner.Span{Start: start, End: start + slotMinutes}, Day: block / 2, Block: block,
		})
	}
}

// people makes the participants, each unavailable in a slot with the given
// probability.
func (g *instance) people(unavailable float64) {
	for i := range g.size.delegates + g.size.counterparts {
		p := planner.Participant{Side: g.side(i)}
		for _, s := range g.problem.Slots {
			if g.random.Float64() < unavailable {
				p.Busy = append(p.Busy, s.Span)
			}
		}
		g.problem.Participants = append(g.problem.Participants, p)
	}
}

func (g *instance) side(i int) planner.Side {
	if i < g.size.delegates {
		return planner.Delegate
	}
	return planner.Counterpart
}

// halfDays makes participants that come for half of each day only: the morning
// or the afternoon, drawn once for each participant and day.
func (g *instance) halfDays() {
	for i := range g.size.delegates + g.size.counterparts {
		p := planner.Participant{Side: g.side(i)}
		absent := map[int]bool{}
		for day := range 2 {
			absent[2*day+g.random.Intn(2)] = true
		}
		for _, s := range g.problem.Slots {
			if absent[s.Block] {
				p.Busy = append(p.Busy, s.Span)
			}
		}
		g.problem.Participants = append(g.problem.Participants, p)
	}
}

func (g *instance) hub(tables int) {
	g.problem.Venues = []planner.Venue{{}}
	g.problem.Places = []planner.Place{{Tables: tables}}
}

// wishes draws distinct pairs: a delegate uniformly, a counterpart by Zipf's
// law over a random order, so that a few are wanted by many.
func (g *instance) wishes(count int) {
	n := g.size.counterparts
	order := g.random.Perm(n)
	zipf := rand.NewZipf(g.random, 1.2, float64(n/8), uint64(n-1))
	seen := map[[2]int]bool{}
	for len(seen) < count {
		from := g.random.Intn(g.size.delegates)
		to := g.size.delegates + order[zipf.Uint64()]
		if seen[[2]int{from, to}] {
			continue
		}
		seen[[2]int{from, to}] = true
		g.wish(from, to)
		if g.random.Float64() < 0.3 {
			g.wish(to, from)
		}
	}
}

func (g *instance) wish(from, to int) {
	w := planner.Wish{From: planner.ParticipantID(from), To: planner.ParticipantID(to), Kind: planner.Nice}
	if g.random.Float64() < 0.2 {
		w.Kind, w.Weight = planner.Must, planner.MustWeight
	} else {
		w.Weight = 1 + g.random.Intn(4)
	}
	g.problem.Wishes = append(g.problem.Wishes, w)
}
