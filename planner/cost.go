package planner

// weights turn the tiers into one figure, the energy, that a move raises or
// lowers. They differ by phase; the exact comparison of plans is by Score.
type weights struct {
	// required is for a required meeting not held, shortfall for a guaranteed
	// one missing, value for a point.
	required, shortfall, value int64
	// below is for each point of value under floor.
	below int64
	floor int64
	// served, breaks and travel may be 0: they are then not even computed.
	served, breaks, travel int64
	// spread is for each break by which two participants differ too much.
	spread int64
	// lost is for a meeting of the previous plan that is not held, away for one
	// that is not held where it was, lost ones included.
	lost, away int64
}

// costs follows the figures of a state as it changes.
type costs struct {
	w weights

	// missing counts required candidates not held, served sums the penalties of
	// [servedPenalty], and the others are the figures of the tiers.
	missing, value, shortfall, served, breaks, travel, lost, away int64
	// dayBreaks and dayTravel are those of each [seat*days+day].
	dayBreaks, dayTravel []int32
	// met are the points that each participant has of its own wishes.
	met []int32
	// ownBreaks of each participant, and how many participants have each number
	// of them: followed only where their spread is limited.
	ownBreaks, withBreaks []int32
	// allowed is the limit on the spread of breaks.
	allowed int
	// agenda is the day in hand, kept so that counting allocates nothing.
	agenda []engagement
}

// init follows a state that holds nothing yet.
func (k *costs) init(s *state) {
	k.met = make([]int32, len(s.of))
	k.dayBreaks = make([]int32, len(s.owner)*s.days)
	k.dayTravel = make([]int32, len(s.owner)*s.days)
	for c := range s.candidates {
		if s.candidates[c].required {
			k.missing++
		}
	}
	for p := range s.problem.Participants {
		k.shortfall += int64(s.problem.Participants[p].Min)
		k.served += servedPenalty(0, s.alone[p])
	}
}

// reweigh changes the weights, and computes what was not followed before.
func (k *costs) reweigh(s *state, w weights) {
	if s.problem.BreakSpread >= 0 {
		w.spread, k.allowed = w.required, int(s.problem.BreakSpread)
	}
	k.w = w
	k.breaks, k.travel = 0, 0
	clear(k.dayBreaks)
	clear(k.dayTravel)
	k.ownBreaks = make([]int32, len(s.of))
	k.withBreaks = []int32{int32(len(s.of))}
	for seat := range s.owner {
		for day := range s.days {
			k.refresh(s, int32(seat), day)
		}
	}
}

// energy is what the search lowers.
func (k *costs) energy() int64 {
	e := k.w.required*k.missing + k.w.shortfall*k.shortfall - k.w.value*k.value +
		k.w.served*k.served + k.w.breaks*k.breaks + k.w.travel*k.travel +
		k.w.lost*k.lost + k.w.away*k.away
	if k.w.spread > 0 {
		e += k.w.spread * k.excessSpread()
	}
	if k.value < k.w.floor {
		e += k.w.below * (k.w.floor - k.value)
	}
	return e
}

// held follows a candidate that was just placed (by 1) or removed (by -1).
func (k *costs) held(s *state, c int32, by int32) {
	d := &s.candidates[c]
	k.value += int64(by * d.value)
	if d.required {
		k.missing -= int64(by)
	}
	day := s.problem.Slots[s.spots[c].start].Day
	for _, x := range s.membersOf(c) {
		k.attends(s, x, day, by)
	}
	if k.w.breaks != 0 || k.w.travel != 0 || k.w.spread != 0 {
		for _, seat := range s.seatsOf(c) {
			k.refresh(s, seat, day)
		}
	}
	if s.was != nil {
		k.follow(s, c, int64(by))
	}
}

// attends follows a member whose candidate is placed (by 1) or removed (by -1).
func (k *costs) attends(s *state, x member, day int, by int32) {
	p := x.participant
	least := int32(s.problem.Participants[p].Min)
	k.shortfall -= int64(max(0, least-s.meetings[p]))
	s.meetings[p] += by
	s.daily[int(p)*s.days+day] += by
	k.shortfall += int64(max(0, least-s.meetings[p]))
	if x.points > 0 && s.alone[p] > 0 {
		k.served -= servedPenalty(k.met[p], s.alone[p])
		k.met[p] += by * x.points
		k.served += servedPenalty(k.met[p], s.alone[p])
	}
}

// compareWith follows, in a state that holds nothing yet, how far it is from the
// previous plan.
func (k *costs) compareWith(was *holding) {
	for _, at := range was.spots {
		if at.slots > 0 {
			k.lost++
			k.away++
		}
	}
}

// follow counts the meetings of the previous plan that are lost, and those that
// are not where they were.
func (k *costs) follow(s *state, c int32, by int64) {
	if s.was.spots[c].slots == 0 {
		return
	}
	k.lost -= by
	if s.stays(c) {
		k.away -= by
	}
}

// stays says whether a held candidate is where the previous plan had it.
func (s *state) stays(c int32) bool {
	was, now := s.was.spots[c], s.spots[c]
	return was.start == now.start && was.place == now.place && !s.seatsDiffer(c, s.was)
}

// servedPenalty falls as met rises to best, steeply where little is met, so
// that the sum over participants is lowered above all by serving the worst
// served. It runs from 2^20 at nothing down to 0.
func servedPenalty(met, best int32) int64 {
	if best <= 0 || met >= best {
		return 0
	}
	x := int64(best-met) << 8 / int64(best)
	return (x * x >> 6) * (x * x >> 6)
}

// refresh recomputes breaks and travel of one seat's day.
func (k *costs) refresh(s *state, seat int32, day int) {
	cell := int(seat)*s.days + day
	breaks, travel := k.countDay(s, seat, day)
	k.breaks += int64(breaks - k.dayBreaks[cell])
	k.travel += int64(travel - k.dayTravel[cell])
	if k.w.spread != 0 {
		k.countBreaks(s.owner[seat], breaks-k.dayBreaks[cell])
	}
	k.dayBreaks[cell], k.dayTravel[cell] = breaks, travel
}

// countBreaks follows how many participants have how many breaks.
func (k *costs) countBreaks(p, more int32) {
	k.withBreaks[k.ownBreaks[p]]--
	k.ownBreaks[p] += more
	for int(k.ownBreaks[p]) >= len(k.withBreaks) {
		k.withBreaks = append(k.withBreaks, 0)
	}
	k.withBreaks[k.ownBreaks[p]]++
}

// excessSpread is by how much the most and the fewest breaks that a participant
// has differ more than is allowed.
func (k *costs) excessSpread() int64 {
	low, high := 0, len(k.withBreaks)-1
	for k.withBreaks[low] == 0 {
		low++
	}
	for k.withBreaks[high] == 0 {
		high--
	}
	return int64(max(0, high-low-k.allowed))
}

// countDay counts the breaks and the minutes of travel of one seat's day.
func (k *costs) countDay(s *state, seat int32, day int) (breaks, travel int32) {
	k.list(s, seat, day)
	p := s.owner[seat]
	for i := 1; i < len(k.agenda); i++ {
		a, b := k.agenda[i-1], k.agenda[i]
		minutes := s.time.minutes(a.venue, b.venue)
		travel += int32(minutes)
		if b.Start > a.End && s.waits(p, day, a, b, minutes) {
			breaks++
		}
	}
	return breaks, travel
}

// list puts the seat's engagements of the day in order into k.agenda.
func (k *costs) list(s *state, seat int32, day int) {
	k.agenda = k.agenda[:0]
	row := s.row(seat)
	sessions := s.time.sessionsOf(s.owner[seat], day)
	last := int32(free)
	for _, t := range s.time.ofDay[day] {
		c := row[t]
		if c == free || c == last {
			continue
		}
		last = c
		for len(sessions) > 0 && sessions[0].Start < s.time.start[t] {
			k.agenda = append(k.agenda, sessions[0])
			sessions = sessions[1:]
		}
		k.agenda = append(k.agenda, s.engagementOf(c))
	}
	k.agenda = append(k.agenda, sessions...)
}

// waits says whether the time between two engagements of participant p on a
// day is a break: in a block that both touch, a slot lies between them that
// fits beside the journey and in which p is available.
func (m *model) waits(p int32, day int, a, b engagement, journey int) bool {
	spare := b.Start - a.End - Minute(journey)
	for _, t := range m.time.ofDay[day] {
		if m.time.start[t] < a.End {
			continue
		}
		if m.time.end[t] > b.Start {
			if m.time.start[t] >= b.Start {
				return false
			}
			continue
		}
		block := m.time.blocks[m.problem.Slots[t].Block]
		if m.time.end[t]-m.time.start[t] <= spare && m.available[p].has(t) && a.Overlaps(block) && b.Overlaps(block) {
			return true
		}
	}
	return false
}
