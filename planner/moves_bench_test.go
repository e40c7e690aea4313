package planner

import (
	"math/rand/v2"
	"testing"
)

// benchProblem is a mission of 150 delegates and 300 counterparts, each
// unavailable in 35 % of twenty slots, with 5,000 wishes: what `bench/mission`
// calls size m, people scarce.
func benchProblem() *Problem {
	const delegates, counterparts, slots, wishes = 150, 300, 20, 5_000
	random := rand.New(rand.NewPCG(1, 1))
	p := &Problem{BreakSpread: None, Venues: []Venue{{}}, Places: []Place{{Tables: 140}}}
	for s := range slots {
		p.Slots = append(p.Slots, Slot{Span: Span{Minute(30 * s), Minute(30*s + 30)}})
	}
	for i := range delegates + counterparts {
		who := Participant{Side: Delegate}
		if i >= delegates {
			who.Side = Counterpart
		}
		for _, s := range p.Slots {
			if random.Float64() < 0.35 {
				who.Busy = append(who.Busy, s.Span)
			}
		}
		p.Participants = append(p.Participants, who)
	}
	zipf := rand.NewZipf(random, 1.2, counterparts/8.0, counterparts-1)
	seen := map[pair]bool{}
	for len(seen) < wishes {
		from, to := ParticipantID(random.IntN(delegates)), ParticipantID(delegates+int(zipf.Uint64()))
		if !seen[pair{from, to}] {
			seen[pair{from, to}] = true
			p.Wishes = append(p.Wishes, Wish{From: from, To: to, Kind: Nice, Weight: 1 + random.IntN(5)})
		}
	}
	return p
}

// benchSearch is a search on the problem that holds a first plan.
func benchSearch(p *Problem) *search {
	m := newModel(p)
	random := rand.New(rand.NewPCG(1, 2))
	s := &search{state: newState(m, weightsAt([]Tier{Value}, 0, 0), random)}
	s.active = m.activeCandidates()
	s.construct()
	s.keep()
	return s
}

// heldOnes lists the candidates that are held, or those that are not.
func (s *search) heldOnes(held bool) []int32 {
	var list []int32
	for _, c := range s.active {
		if s.held(c) == held {
			list = append(list, c)
		}
	}
	return list
}

// benchMove makes a move on one candidate after the other, and takes it back.
func benchMove(b *testing.B, held bool, move func(s *search, c int32) bool) {
	s := benchSearch(benchProblem())
	list := s.heldOnes(held)
	done := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if move(s, list[i%len(list)]) {
			done++
		}
		s.undo()
	}
	b.ReportMetric(float64(done)/float64(b.N), "done/op")
}

func BenchmarkInsert(b *testing.B) {
	benchMove(b, false, func(s *search, c int32) bool { return s.insert(c) })
}

func BenchmarkSwapChain(b *testing.B) {
	benchMove(b, true, func(s *search, c int32) bool { return s.swapChain(c) })
}

func BenchmarkRelocate(b *testing.B) {
	benchMove(b, true, func(s *search, c int32) bool { return s.relocate(c) })
}

func BenchmarkPush(b *testing.B) {
	benchMove(b, true, func(s *search, c int32) bool { return s.push(c) })
}

func BenchmarkDelPutUndo(b *testing.B) {
	benchMove(b, true, func(s *search, c int32) bool {
		at, seats := s.spots[c], s.seatsOf(c)
		s.del(c)
		s.put(c, at, seats)
		return true
	})
}

// BenchmarkStep is a whole step of the search, accepted or taken back, at the
// temperature that value ends with.
func BenchmarkStep(b *testing.B) {
	s := benchSearch(benchProblem())
	s.begin()
	b.ReportAllocs()
	for b.Loop() {
		s.step(pursuitOf(Value).last)
	}
}

func BenchmarkDualSweep(b *testing.B) {
	m := newModel(benchProblem())
	weight := make([]int32, len(m.candidates))
	for c := range weight {
		weight[c] = m.candidates[c].value
	}
	d := newDual(newLedger(m), weight, m.activeCandidates(), 1)
	for range 20 {
		d.sweep()
	}
	b.ReportAllocs()
	for b.Loop() {
		d.sweep()
	}
}

func BenchmarkNewModel(b *testing.B) {
	p := benchProblem()
	b.ReportAllocs()
	for b.Loop() {
		newModel(p)
	}
}

func BenchmarkNewState(b *testing.B) {
	m := newModel(benchProblem())
	b.ReportAllocs()
	for b.Loop() {
		newState(m, weightsAt([]Tier{Value}, 0, 0), rand.New(rand.NewPCG(1, 1)))
	}
}

// benchPlan is a problem and a plan of it.
func benchPlan(b *testing.B) (*Problem, *Plan) {
	b.Helper()
	p := benchProblem()
	o := DefaultOptions()
	o.Prove, o.Steps, o.Order = false, 50_000, []Tier{Value}
	result, err := Solve(b.Context(), p, o)
	if err != nil {
		b.Fatal(err)
	}
	return p, result.Plan
}

func BenchmarkValidate(b *testing.B) {
	p := benchProblem()
	for b.Loop() {
		if err := p.Validate(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	p, plan := benchPlan(b)
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(p, plan, nil)
	}
}

func BenchmarkCheck(b *testing.B) {
	p, plan := benchPlan(b)
	b.ReportAllocs()
	for b.Loop() {
		if len(Check(p, plan)) > 0 {
			b.Fatal("the plan breaks rules")
		}
	}
}

func BenchmarkChanges(b *testing.B) {
	p, plan := benchPlan(b)
	b.ReportAllocs()
	for b.Loop() {
		Changes(p, plan, plan)
	}
}

// BenchmarkRepair repairs the plan after one participant cancels.
func BenchmarkRepair(b *testing.B) {
	p, plan := benchPlan(b)
	who := plan.Meetings[0].Attendees[0].Participant
	p.Participants[who].Busy = []Span{{p.Slots[0].Start, p.Slots[len(p.Slots)-1].End}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Repair(b.Context(), p, plan, DefaultRepairOptions()); err != nil {
			b.Fatal(err)
		}
	}
}
