package planner

import "slices"

// proposal is a spot for a candidate with the seats that would attend, and
// what holding it there would take.
type proposal struct {
	candidate int32
	at        spot
	seats     []int32
	// blockers are the held candidates that would have to go, each once.
	blockers []int32
	// loss is what the blockers that have nowhere else to go are worth.
	loss int64
}

// unaffordable is the loss of what may not go.
const unaffordable = int64(1) << 40

// loses is what taking out a held candidate would lose: nothing if it is likely
// to find another spot.
func (s *state) loses(c int32) int64 {
	d := &s.candidates[c]
	switch {
	case s.movable(c):
		return 0
	case d.required:
		return unaffordable / 1024
	default:
		return int64(d.value)
	}
}

// movable says whether the candidate, held or not, has a start where all its
// members have an idle seat and a place has a vacant table. It does not ask
// about journeys and interpreters: a guess is enough where it is used.
func (s *state) movable(c int32) bool {
	members := s.membersOf(c)
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		for w := range o.starts {
			if s.commonWord(members, o, w) != 0 {
				return true
			}
		}
	}
	return false
}

// commonWord is word w of the starts of the option at which every member has an
// idle seat and the place has a vacant table, in the first slot at least.
func (s *state) commonWord(members []member, o *option, w int) uint64 {
	both := o.starts[w] & s.vacant[o.place][w]
	for i := range members {
		if both == 0 {
			return 0
		}
		x := &members[i]
		idle := s.idle[x.seat][w]
		for seat := x.seat + 1; seat < x.endSeat; seat++ {
			idle |= s.idle[seat][w]
		}
		both &= idle
	}
	return both
}

// examine fills in the proposal for candidate and spot: the seats that lose
// least, who is in the way and what that loses. It stops, and says false, as
// soon as the loss exceeds most.
func (s *state) examine(p *proposal, most int64) bool {
	p.seats, p.blockers, p.loss = p.seats[:0], p.blockers[:0], 0
	for _, x := range s.membersOf(p.candidate) {
		seat := s.leastLoss(p, x)
		p.seats = append(p.seats, seat)
		s.blockSeat(p, seat)
		if p.loss > most {
			return false
		}
	}
	return s.blockRest(p, most)
}

// examineSeats does so where the seats are given.
func (s *state) examineSeats(p *proposal, most int64) bool {
	p.blockers, p.loss = p.blockers[:0], 0
	for _, seat := range p.seats {
		s.blockSeat(p, seat)
	}
	return p.loss <= most && s.blockRest(p, most)
}

// fits says whether the candidate can be held at the spot by the seats that
// the proposal names, with nothing in the way.
func (s *state) fits(p *proposal) bool {
	return s.examineSeats(p, 0) && len(p.blockers) == 0
}

// blockRest adds what is in the way besides the seats' agendas.
func (s *state) blockRest(p *proposal, most int64) bool {
	for _, x := range s.membersOf(p.candidate) {
		s.blockLimits(p, x.participant)
	}
	s.blockPlace(p)
	s.blockOrder(p)
	return p.loss <= most && s.choosePool(p)
}

// block adds a blocker to the proposal, unless it is there already.
func (s *state) block(p *proposal, c int32) {
	if !slices.Contains(p.blockers, c) {
		p.blockers = append(p.blockers, c)
		p.loss += s.loses(c)
	}
}

// leastLoss picks the member's seat whose engagements in the way are worth
// least, the first idle one if there is any.
func (s *state) leastLoss(p *proposal, x member) int32 {
	if x.endSeat == x.seat+1 {
		return x.seat
	}
	best, least := x.seat, unaffordable*4
	first := s.random.IntN(int(x.endSeat - x.seat))
	for i := range x.endSeat - x.seat {
		seat := x.seat + (int32(first)+i)%(x.endSeat-x.seat)
		if loss := s.seatLoss(p, seat); loss < least {
			best, least = seat, loss
		}
		if least == 0 {
			break
		}
	}
	return best
}

// seatLoss is what the seat would give up for the proposal; a little for each
// engagement, so that an idle seat is preferred.
func (s *state) seatLoss(p *proposal, seat int32) int64 {
	saved, loss := len(p.blockers), p.loss
	s.blockSeat(p, seat)
	total := (p.loss-loss)*8 + int64(len(p.blockers)-saved)
	p.blockers, p.loss = p.blockers[:saved], loss
	return total
}

// blockSeat adds what is in the way on the seat's agenda: what shares a slot,
// and what leaves too little time to come or go.
func (s *state) blockSeat(p *proposal, seat int32) {
	row := s.row(seat)
	last := p.at.start + SlotID(p.at.slots) - 1
	for t := p.at.start; t <= last; t++ {
		if row[t] != free {
			s.block(p, row[t])
		}
	}
	if s.time.plain {
		return
	}
	e := s.engagementAt(p.at)
	s.blockNear(p, row, e, p.at.start)
	if last > p.at.start {
		s.blockNear(p, row, e, last)
	}
}

// blockNear adds the meetings in slots near t that leave too little time.
func (s *state) blockNear(p *proposal, row []int32, e engagement, t SlotID) {
	for _, u := range s.time.near[t] {
		if c := row[u]; c != free && !s.time.compatible(e, s.engagementOf(c)) {
			s.block(p, c)
		}
	}
}

// blockLimits adds the least worthy meeting of a participant that is at its
// maximum, unless one of its meetings is to go already.
func (s *state) blockLimits(p *proposal, who int32) {
	d := &s.problem.Participants[who]
	if d.Max > 0 && int(s.meetings[who]) >= d.Max {
		s.blockOne(p, who, None, int(s.meetings[who])-d.Max)
	}
	day := s.problem.Slots[p.at.start].Day
	if held := int(s.daily[int(who)*s.days+day]); d.MaxDay > 0 && held >= d.MaxDay {
		s.blockOne(p, who, day, held-d.MaxDay)
	}
}

// blockOne sees to it that more than excess of the participant's meetings, on
// the day unless it is None, are among the blockers.
func (s *state) blockOne(p *proposal, who int32, day, excess int) {
	for _, c := range p.blockers {
		if s.attends(c, who) && (day == None || s.problem.Slots[s.spots[c].start].Day == day) {
			excess--
		}
	}
	for ; excess >= 0; excess-- {
		worst := s.missedLeast(p, who, day)
		if worst == None {
			p.loss += unaffordable
			return
		}
		s.block(p, worst)
	}
}

// remembered is what missedLeast found at a version of the state.
type remembered struct {
	version int64
	meeting int32
}

// missedLeast is the participant's meeting, on the day unless it is None, whose
// loss is least and that is not to go already; None if none may go.
func (s *state) missedLeast(p *proposal, who int32, day int) int32 {
	known := &s.cheapest[who]
	if day == None && known.version == s.version+1 && !slices.Contains(p.blockers, known.meeting) {
		return known.meeting
	}
	worst, least := int32(None), unaffordable
	for seat := s.firstSeat[who]; seat < s.firstSeat[who+1]; seat++ {
		worst, least = s.leastWorthy(p, seat, day, worst, least)
	}
	if day == None && len(p.blockers) == 0 {
		*known = remembered{s.version + 1, worst}
	}
	return worst
}

// leastWorthy finds, on the seat's agenda, the meeting whose loss is least and
// that is not to go already.
func (s *state) leastWorthy(p *proposal, seat int32, day int, worst int32, least int64) (int32, int64) {
	last := int32(free)
	for t, c := range s.row(seat) {
		if c == free || c == last || (day != None && s.problem.Slots[t].Day != day) || slices.Contains(p.blockers, c) {
			continue
		}
		last = c
		// The meeting would have to go for good: moving it does not help.
		if d := &s.candidates[c]; !d.required && int64(d.value) < least {
			worst, least = c, int64(d.value)
		}
	}
	return worst, least
}

// attends says whether the participant is a member of the candidate.
func (s *state) attends(c, who int32) bool { return s.memberOf(c, who) != None }

// blockPlace adds a meeting of the place for each slot that is full there once
// the blockers are gone.
func (s *state) blockPlace(p *proposal) {
	tables := s.problem.Places[p.at.place].Tables
	if tables == 0 {
		return
	}
	for t := p.at.start; t < p.at.start+SlotID(p.at.slots); t++ {
		used := int(s.placeUsed[int(p.at.place)*s.slots+int(t)])
		for _, c := range p.blockers {
			if s.spots[c].place == p.at.place {
				used -= s.uses(s.spots[c], t)
			}
		}
		if used >= tables {
			s.blockTable(p, t)
		}
	}
}

// tableTries is how many meetings of a full place are looked at to find one to
// give way.
const tableTries = 8

// blockTable adds the least worthy of a few meetings that start in the slot.
func (s *state) blockTable(p *proposal, t SlotID) {
	list := s.inPlace[int(p.at.place)*s.slots+int(t)]
	worst, least := int32(None), unaffordable
	for range min(tableTries, len(list)) {
		c := list[s.random.IntN(len(list))]
		if !slices.Contains(p.blockers, c) {
			if loss := s.loses(c); loss < least {
				worst, least = c, loss
			}
		}
	}
	if worst == None {
		p.loss += unaffordable
		return
	}
	s.block(p, worst)
}

// blockOrder adds the candidates that would lie on the wrong side in time.
func (s *state) blockOrder(p *proposal) {
	if s.after == nil {
		return
	}
	e := s.engagementAt(p.at)
	for _, o := range s.after[p.candidate] {
		if !s.held(o.other) {
			continue
		}
		f := s.engagementOf(o.other)
		if (o.before && f.End > e.Start) || (!o.before && e.End > f.Start) {
			s.block(p, o.other)
		}
	}
}

// choosePool picks an interpreter's pool that is left once the blockers are
// gone, if one is needed.
func (s *state) choosePool(p *proposal) bool {
	p.at.pool = None
	pools := s.candidates[p.candidate].pools
	if pools == nil {
		return true
	}
	for _, pool := range pools {
		if allOpen(s.poolOpen[pool], p.at.start, int(p.at.slots)) && s.poolLeft(p, pool) {
			p.at.pool = pool
			return true
		}
	}
	return false
}

// poolLeft says whether the pool has an interpreter left in all slots of the
// proposal's spot once the blockers are gone.
func (s *state) poolLeft(p *proposal, pool PoolID) bool {
	for t := p.at.start; t < p.at.start+SlotID(p.at.slots); t++ {
		used := int(s.poolUsed[int(pool)*s.slots+int(t)])
		for _, c := range p.blockers {
			if s.spots[c].pool == pool {
				used -= s.uses(s.spots[c], t)
			}
		}
		if used >= s.problem.Pools[pool].Count {
			return false
		}
	}
	return true
}
