package planner

import "slices"

// chainLimit is how many meetings a chain may hold; longer ones are left alone.
const chainLimit = 24

// swapChain swaps two slots along a Kempe chain: the candidate moves from its
// slot to the other, what it meets there moves the opposite way, and so on
// until nothing is in the way. No meeting is gained or lost, but free time moves
// about. It says whether it could.
//
// Kempe chains come from the colouring of graphs (Kempe, 1879); that they open
// up timetables is known since Morgenstern and Shapiro (1989).
func (s *state) swapChain(c int32) bool {
	b := s.otherStart(c, s.spots[c].start)
	return b != None && s.swapSlots(c, b)
}

// swapSlots swaps the candidate's slot and the other along the chain that it is
// part of.
func (s *state) swapSlots(c int32, b SlotID) bool {
	a := s.spots[c].start
	if !s.collect(c, a, b) {
		return false
	}
	mark := len(s.trail)
	for _, x := range s.chain {
		s.del(x)
	}
	taken := s.trail[mark:]
	for i := range taken {
		if !s.putSwapped(&taken[i], a, b) {
			return false
		}
	}
	return true
}

// openingTries bounds how many swaps are tried to make room for a candidate.
const openingTries = 24

// settleBySwap makes room for a candidate where there is none: at a slot where
// one member is idle and the other is not, what the other does there is swapped
// with a slot where it is idle.
func (s *state) settleBySwap(c int32) bool {
	if !s.withinMax(c) {
		return false
	}
	tries := openingTries
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		for t := o.starts.next(0); t != None; t = o.starts.next(t + 1) {
			for _, x := range s.membersOf(c) {
				if tries > 0 && s.settleAfterSwap(c, x, t, o, &tries) {
					return true
				}
			}
		}
	}
	return false
}

// settleAfterSwap tries to free the member at slot t, which must be all that
// keeps the candidate from being held there.
func (s *state) settleAfterSwap(c int32, x member, t SlotID, o *option, tries *int) bool {
	busy := s.at[int(x.seat)*s.slots+int(t)]
	if busy == free || x.endSeat != x.seat+1 || !s.othersIdle(c, x.participant, t) {
		return false
	}
	for b := s.idle[x.seat].next(0); b != None && *tries > 0; b = s.idle[x.seat].next(b + 1) {
		*tries--
		if s.swapSlots(busy, b) && s.chooseClear(c, t, o.place) {
			s.put(c, s.chosen.at, s.chosen.seats)
			return true
		}
		s.undo()
	}
	return false
}

// othersIdle says whether some seat of each other member is idle in the slot.
func (s *state) othersIdle(c, but int32, t SlotID) bool {
	for _, x := range s.membersOf(c) {
		idle := x.participant == but
		for seat := x.seat; seat < x.endSeat; seat++ {
			idle = idle || s.idle[seat].has(t)
		}
		if !idle {
			return false
		}
	}
	return true
}

// otherStart picks another start that the candidate's place allows it.
func (s *state) otherStart(c int32, a SlotID) SlotID {
	if s.spots[c].slots != 1 {
		return None
	}
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		if o.place != s.spots[c].place {
			continue
		}
		n := o.starts.count()
		if n < 2 {
			return None
		}
		if b := o.starts.pick(s.random.IntN(n)); b != a {
			return b
		}
	}
	return None
}

// collect gathers in s.chain the candidates that have to swap with c; false
// when one of them may not.
func (s *state) collect(c int32, a, b SlotID) bool {
	s.chain = append(s.chain[:0], c)
	for i := 0; i < len(s.chain); i++ {
		x := s.chain[i]
		to := b
		if s.spots[x].start == b {
			to = a
		}
		if !s.swappable(x, to) {
			return false
		}
		for _, seat := range s.seatsOf(x) {
			y := s.at[int(seat)*s.slots+int(to)]
			if y == free || slices.Contains(s.chain, y) {
				continue
			}
			if len(s.chain) == chainLimit {
				return false
			}
			s.chain = append(s.chain, y)
		}
	}
	return true
}

// swappable says whether the candidate may start at the slot where it is held.
func (s *state) swappable(c int32, to SlotID) bool {
	if s.spots[c].slots != 1 {
		return false
	}
	for i := range s.optionsOf(c) {
		if o := &s.optionsOf(c)[i]; o.place == s.spots[c].place {
			return o.starts.has(to) && s.lengths.of(s.candidates[c].minutes, to) == 1
		}
	}
	return false
}

// putSwapped puts back a candidate that was taken out, in the other slot.
func (s *state) putSwapped(t *step, a, b SlotID) bool {
	to := b
	if t.was.start == b {
		to = a
	}
	p := &s.trying
	s.propose(p, t.candidate, to, t.was.place)
	p.seats = append(p.seats[:0], s.seatsOf(t.candidate)...)
	if !s.fits(p) {
		return false
	}
	s.put(t.candidate, p.at, p.seats)
	return true
}

// relocate moves a held candidate to some other spot where nothing is in its
// way: another start, place or seat.
func (s *state) relocate(c int32) bool {
	s.del(c)
	return s.settle(c)
}

// push moves a held candidate to a spot drawn at random; what is in its way
// there has to find another spot.
func (s *state) push(c int32) bool {
	options := s.optionsOf(c)
	o := &options[s.random.IntN(len(options))]
	t := o.starts.pick(s.random.IntN(o.starts.count()))
	s.del(c)
	s.propose(&s.chosen, c, t, o.place)
	if !s.examine(&s.chosen, unaffordable-1) {
		return false
	}
	s.displace(c)
	return true
}
