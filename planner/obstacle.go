package planner

import "slices"

// obstacles are what keeps a candidate from being held at a place from a start.
type obstacles uint16

// The obstacles, the more easily removed ones first.
const (
	atMax obstacles = 1 << iota
	atMaxDay
	noTable
	noInterpreter
	tooFar
	taken
	wrongOrder
	interpreterAway
	unavailable
	closed
	inSession
	sessionTooFar
	wrongLeg
)

// site is a start for a candidate at one of the places where it might be held,
// possible or not, and what keeps it from being held there.
type site struct {
	place PlaceID
	start SlotID
	slots int
	mask  obstacles
	// who is the participant of the last obstacle that concerns one, and others
	// says that an obstacle concerns another too. Absent lists those who are
	// unavailable.
	who    int32
	others bool
	absent []int32
}

// sitesOf lists the sites of a candidate in the state, on the legs of the
// places; a start at which its minutes do not fit is no site.
func (s *state) sitesOf(c int32) []site {
	var sites []site
	for _, place := range s.candidates[c].places {
		venue := &s.problem.Venues[s.problem.Places[place].Venue]
		for t := range s.problem.Slots {
			n := s.length(c, SlotID(t))
			if n == 0 || !onLeg(venue.Legs, s.problem.Slots[t].Leg) || !s.mayStart(c, SlotID(t)) {
				continue
			}
			x := site{place: place, start: SlotID(t), slots: n, who: None}
			s.lookAt(c, &x)
			sites = append(sites, x)
		}
	}
	return sites
}

// mayStart says whether the request that the candidate holds, if any, allows the
// start.
func (m *model) mayStart(c int32, t SlotID) bool {
	id := m.candidates[c].request
	return id == None || len(m.problem.Requests[id].Starts) == 0 || slices.Contains(m.problem.Requests[id].Starts, t)
}

// lookAt fills in the obstacles of the site.
func (s *state) lookAt(c int32, x *site) {
	e := s.engagementAt(x.spot())
	for _, m := range s.membersOf(c) {
		s.lookAtMember(m, x, e)
	}
	if !s.openThrough(x.place, e.Span) || !allOpen(s.placeOpen[x.place], x.start, x.slots) {
		x.mask |= closed
	}
	p := proposal{candidate: c, at: x.spot()}
	if s.full(&p) {
		x.mask |= noTable
	}
	x.mask |= s.interpreterObstacle(&p)
	s.blockOrder(&p)
	if len(p.blockers) > 0 {
		x.mask |= wrongOrder
	}
}

// spot is the site as a spot, without interpreters.
func (x *site) spot() spot {
	return spot{start: x.start, place: x.place, pool: None, slots: uint8(x.slots)}
}

// hinder notes an obstacle of a participant.
func (x *site) hinder(by obstacles, who int32) {
	x.others = x.others || (x.who != None && x.who != who)
	x.who = who
	x.mask |= by
}

// lookAtMember notes what keeps one member from the site.
func (s *state) lookAtMember(m member, x *site, e engagement) {
	p := m.participant
	who := &s.problem.Participants[p]
	day := s.problem.Slots[x.start].Day
	if !onLeg(who.Legs, s.problem.Slots[x.start].Leg) {
		x.hinder(wrongLeg, p)
		return
	}
	if overlapsAny(e.Span, who.Busy) {
		x.hinder(unavailable, p)
		x.absent = append(x.absent, p)
	}
	for _, session := range s.time.sessions[p] {
		if session.Overlaps(e.Span) {
			x.hinder(inSession, p)
		} else if !s.time.compatible(session, e) {
			x.hinder(sessionTooFar, p)
		}
	}
	if who.Max > 0 && int(s.meetings[p]) >= who.Max {
		x.hinder(atMax, p)
	}
	if who.MaxDay > 0 && int(s.daily[int(p)*s.days+day]) >= who.MaxDay {
		x.hinder(atMaxDay, p)
	}
	if by := s.seatObstacle(m, x, e); by != 0 {
		x.hinder(by, p)
	}
}

// seatObstacle is the least obstacle on the agendas of the member's seats: none
// if one of them is free to come.
func (s *state) seatObstacle(m member, x *site, e engagement) obstacles {
	least := taken
	for seat := m.seat; seat < m.endSeat; seat++ {
		row := s.row(seat)
		switch {
		case s.busyAt(row, x):
		case s.farAt(row, x, e):
			least = tooFar
		default:
			return 0
		}
	}
	return least
}

// busyAt says whether the seat is in a meeting in one of the site's slots.
func (s *state) busyAt(row []int32, x *site) bool {
	for t := x.start; t < x.start+SlotID(x.slots); t++ {
		if row[t] != free {
			return true
		}
	}
	return false
}

// farAt says whether a meeting near the site leaves the seat too little time.
func (s *state) farAt(row []int32, x *site, e engagement) bool {
	for t := x.start; t < x.start+SlotID(x.slots); t++ {
		for _, u := range s.time.near[t] {
			if c := row[u]; c != free && !s.time.compatible(e, s.engagementOf(c)) {
				return true
			}
		}
	}
	return false
}

// full says whether no table is left at the proposal's spot.
func (s *state) full(p *proposal) bool {
	tables := s.problem.Places[p.at.place].Tables
	for t := p.at.start; t < p.at.start+SlotID(p.at.slots); t++ {
		if tables > 0 && int(s.placeUsed[int(p.at.place)*s.slots+int(t)]) >= tables {
			return true
		}
	}
	return false
}

// interpreterObstacle says whether interpreters are needed at the proposal's spot
// and all engaged, or not even there.
func (s *state) interpreterObstacle(p *proposal) obstacles {
	pools := s.candidates[p.candidate].pools
	if pools == nil || s.choosePool(p) {
		return 0
	}
	if s.anyPoolOpen(pools, p.at.start, int(p.at.slots)) {
		return noInterpreter
	}
	return interpreterAway
}
