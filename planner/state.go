package planner

import (
	"math/rand/v2"
	"slices"
)

// free is what a cell of an agenda holds when no candidate is held there.
const free = -1

// spot is where a plan holds a candidate: its start, its option's place, the pool
// that interprets or None. The seats are kept apart, one a member.
type spot struct {
	start SlotID
	place PlaceID
	pool  PoolID
	// slots is how many it takes; 0 means that the candidate is not held.
	slots uint8
}

// state is a plan under construction: which candidates are held where, and all
// that a move needs to be judged quickly. put and del are the only ways to
// change it, and keep every rule as long as put is given a spot without
// blockers.
type state struct {
	*model
	// at is the candidate in each cell, [seat*slots+slot], or free.
	at []int32
	// idle slots of each seat: available and free.
	idle []slotSet
	// spots and seats say where each candidate is; seats follow model.members.
	spots []spot
	seats []int32
	// placeUsed and poolUsed count meetings: [place*slots+slot].
	placeUsed, poolUsed []int32
	// vacant slots of each place: open, with a table left.
	vacant []slotSet
	// inPlace lists the candidates that start at each [place*slots+start], and
	// listed is where each candidate stands in its list.
	inPlace [][]int32
	listed  []int32
	// meetings of each participant, and of each [participant*days+day].
	meetings []int32
	daily    []int32

	random *rand.Rand
	// version counts the changes; cheapest remembers, for a participant and as
	// long as nothing changes, the meeting that it would miss least.
	version  int64
	cheapest []remembered
	// trying, chosen and settling are the proposals in hand; they are kept so
	// that a move allocates nothing.
	trying, chosen, settling proposal
	chain, displaced         []int32
	// was is a previous plan; nil without one.
	was *holding

	cost costs
	// trail remembers the changes since the last keep, and trailSeats the seats
	// of the candidates that were taken out.
	trail      []step
	trailSeats []int32
}

// step is an entry of the trail: what undo has to bring back.
type step struct {
	candidate int32
	put       bool
	was       spot
}

// newState is an empty plan.
func newState(m *model, w weights, random *rand.Rand) *state {
	s := &state{
		model: m, random: random,
		at:    make([]int32, len(m.owner)*m.slots),
		idle:  make([]slotSet, len(m.owner)),
		spots: make([]spot, len(m.candidates)), seats: make([]int32, len(m.members)),
		placeUsed: make([]int32, len(m.placeOpen)*m.slots),
		poolUsed:  make([]int32, len(m.poolOpen)*m.slots),
		inPlace:   make([][]int32, len(m.placeOpen)*m.slots),
		listed:    make([]int32, len(m.candidates)),
		cheapest:  make([]remembered, len(m.of)),
		meetings:  make([]int32, len(m.of)), daily: make([]int32, len(m.of)*m.days),
	}
	for i := range s.at {
		s.at[i] = free
	}
	backing := make(slotSet, len(m.owner)*m.words)
	for seat, p := range m.owner {
		s.idle[seat] = backing[seat*m.words : (seat+1)*m.words]
		copy(s.idle[seat], m.available[p])
	}
	for _, open := range m.placeOpen {
		s.vacant = append(s.vacant, slices.Clone(open))
	}
	s.cost.init(s)
	s.cost.reweigh(s, w)
	return s
}

// held says whether the plan holds the candidate.
func (s *state) held(c int32) bool { return s.spots[c].slots > 0 }

// row is the seat's agenda: for each slot the candidate, or free.
func (s *state) row(seat int32) []int32 { return s.at[int(seat)*s.slots : (int(seat)+1)*s.slots] }

// seatsOf are the seats that attend a held candidate.
func (s *state) seatsOf(c int32) []int32 {
	return s.seats[s.candidates[c].first:s.candidates[c].end]
}

// put holds the candidate at the spot with the seats. Nothing there may block
// it.
func (s *state) put(c int32, at spot, seats []int32) {
	s.place(c, at, seats)
	s.trail = append(s.trail, step{candidate: c, put: true})
}

// del stops holding the candidate.
func (s *state) del(c int32) {
	s.trail = append(s.trail, step{candidate: c, was: s.spots[c]})
	s.trailSeats = append(s.trailSeats, s.seatsOf(c)...)
	s.remove(c)
}

// keep makes all changes since the last keep or undo final.
func (s *state) keep() { s.trail, s.trailSeats = s.trail[:0], s.trailSeats[:0] }

// undo takes back all changes since the last keep or undo.
func (s *state) undo() {
	for i := len(s.trail) - 1; i >= 0; i-- {
		t := &s.trail[i]
		if t.put {
			s.remove(t.candidate)
			continue
		}
		from := len(s.trailSeats) - len(s.seatsOf(t.candidate))
		s.place(t.candidate, t.was, s.trailSeats[from:])
		s.trailSeats = s.trailSeats[:from]
	}
	s.trail = s.trail[:0]
}

// place and remove are put and del without a trail.
func (s *state) place(c int32, at spot, seats []int32) {
	s.version++
	s.spots[c] = at
	copy(s.seatsOf(c), seats)
	for _, seat := range seats {
		for t := at.start; t < at.start+SlotID(at.slots); t++ {
			s.at[int(seat)*s.slots+int(t)] = c
			s.idle[seat].remove(t)
		}
	}
	s.use(at, 1)
	cell := int(at.place)*s.slots + int(at.start)
	s.listed[c] = int32(len(s.inPlace[cell]))
	s.inPlace[cell] = append(s.inPlace[cell], c)
	s.cost.held(s, c, 1)
}

func (s *state) remove(c int32) {
	s.version++
	at := s.spots[c]
	for _, seat := range s.seatsOf(c) {
		for t := at.start; t < at.start+SlotID(at.slots); t++ {
			s.at[int(seat)*s.slots+int(t)] = free
			s.idle[seat].add(t)
		}
	}
	s.use(at, -1)
	cell := int(at.place)*s.slots + int(at.start)
	list := s.inPlace[cell]
	last := list[len(list)-1]
	list[s.listed[c]], s.listed[last] = last, s.listed[c]
	s.inPlace[cell] = list[:len(list)-1]
	s.cost.held(s, c, -1)
	s.spots[c].slots = 0
}

// use counts the tables and interpreters of the spot, in its slots and in those
// of other legs that share time with them.
func (s *state) use(at spot, by int32) {
	for t := at.start; t < at.start+SlotID(at.slots); t++ {
		s.useIn(at, t, by)
		for _, u := range s.time.overlap[t] {
			s.useIn(at, u, by)
		}
	}
}

// useIn counts the spot's table and interpreter in one slot, by so many.
func (s *state) useIn(at spot, t SlotID, by int32) {
	cell := int(at.place)*s.slots + int(t)
	s.placeUsed[cell] += by
	if tables := int32(s.problem.Places[at.place].Tables); tables > 0 {
		if s.placeUsed[cell] < tables && s.placeOpen[at.place].has(t) {
			s.vacant[at.place].add(t)
		} else {
			s.vacant[at.place].remove(t)
		}
	}
	if at.pool != None {
		s.poolUsed[int(at.pool)*s.slots+int(t)] += by
	}
}

// uses is how often the spot counts in slot t.
func (s *state) uses(at spot, t SlotID) int {
	if at.slots == 0 {
		return 0
	}
	n := 0
	if t >= at.start && t < at.start+SlotID(at.slots) {
		n++
	}
	for _, u := range s.time.overlap[t] {
		if u >= at.start && u < at.start+SlotID(at.slots) {
			n++
		}
	}
	return n
}

// engagementOf is the candidate's stretch of time where it is held.
func (s *state) engagementOf(c int32) engagement { return s.engagementAt(s.spots[c]) }

// engagementAt is the stretch of time that a candidate takes at the spot.
func (s *state) engagementAt(at spot) engagement {
	last := at.start + SlotID(at.slots) - 1
	return engagement{Span{s.time.start[at.start], s.time.end[last]}, s.problem.Places[at.place].Venue, true}
}
