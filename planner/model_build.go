package planner

import "slices"

// newModel makes a valid problem ready to search.
func newModel(p *Problem) *model {
	m := &model{problem: p, slots: len(p.Slots), words: words(len(p.Slots)), time: newTimetable(p)}
	for _, s := range p.Slots {
		m.days = max(m.days, s.Day+1)
	}
	m.numberSeats()
	m.findAvailable()
	m.openPlaces()
	m.addRequests()
	m.addPairs()
	m.listCandidates()
	m.addPrecedences()
	m.findAlone()
	return m
}

// numberSeats numbers the seats of all participants, one participant's after
// another's.
func (m *model) numberSeats() {
	for p := range m.problem.Participants {
		m.firstSeat = append(m.firstSeat, int32(len(m.owner)))
		for range max(1, m.problem.Participants[p].Seats) {
			m.owner = append(m.owner, int32(p))
		}
	}
	m.firstSeat = append(m.firstSeat, int32(len(m.owner)))
}

// newSet is an empty set of slots.
func (m *model) newSet() slotSet { return make(slotSet, m.words) }

// slotsWhere returns the slots for which ok holds.
func (m *model) slotsWhere(ok func(s Slot) bool) slotSet {
	set := m.newSet()
	for i, s := range m.problem.Slots {
		if ok(s) {
			set.add(SlotID(i))
		}
	}
	return set
}

// overlapsAny says whether the span overlaps one of the others.
func overlapsAny(s Span, spans []Span) bool { return slices.ContainsFunc(spans, s.Overlaps) }

// onLeg says whether the legs, none meaning all, hold the leg.
func onLeg(legs []int, leg int) bool { return len(legs) == 0 || slices.Contains(legs, leg) }

// findAvailable finds the slots in which each participant is there and in no
// session.
func (m *model) findAvailable() {
	for p := range m.problem.Participants {
		who := &m.problem.Participants[p]
		sessions := m.time.sessions[p]
		m.available = append(m.available, m.slotsWhere(func(s Slot) bool {
			return onLeg(who.Legs, s.Leg) && !overlapsAny(s.Span, who.Busy) &&
				!slices.ContainsFunc(sessions, func(e engagement) bool { return e.Overlaps(s.Span) })
		}))
	}
}

// openPlaces finds the slots in which places and pools can be used; a pool of
// nobody never can.
func (m *model) openPlaces() {
	for i, place := range m.problem.Places {
		v := m.problem.Venues[place.Venue]
		if !place.Reserved {
			m.unreserved = append(m.unreserved, PlaceID(i))
		}
		m.placeOpen = append(m.placeOpen, m.slotsWhere(func(s Slot) bool {
			return onLeg(v.Legs, s.Leg) && !overlapsAny(s.Span, v.Closed) && !overlapsAny(s.Span, place.Closed)
		}))
	}
	for _, pool := range m.problem.Pools {
		m.poolOpen = append(m.poolOpen, m.slotsWhere(func(s Slot) bool {
			return pool.Count > 0 && onLeg(pool.Legs, s.Leg) && !overlapsAny(s.Span, pool.Busy)
		}))
	}
}

// draft is a candidate being put together.
type draft struct {
	members  []member
	value    int
	minutes  int
	venues   []VenueID
	anyVenue bool
	request  RequestID
	never    bool
	// starts that are allowed; nil means all.
	starts []SlotID
	place  PlaceID
}

// member is the participant's part in the draft, or nil.
func (d *draft) member(p ParticipantID) *member {
	for i := range d.members {
		if d.members[i].participant == int32(p) {
			return &d.members[i]
		}
	}
	return nil
}

// join adds a wish between two of the draft's members.
func (m *model) join(d *draft, w Wish) {
	if w.Kind == Never {
		d.never = true
		return
	}
	from, to := d.member(w.From), d.member(w.To)
	m.nameSeat(from, w.FromSeat)
	m.nameSeat(to, w.ToSeat)
	d.minutes = max(d.minutes, w.Minutes)
	d.restrict(w.Venues)
	if m.comes(from, w.FromSeat) && m.comes(to, w.ToSeat) {
		d.value += w.Points()
		from.points += int32(w.Points())
	}
}

// nameSeat keeps one seat of the member, unless one is kept already: the first
// wish that names a person holds.
func (m *model) nameSeat(x *member, seat int) {
	if seat > 0 && x.seat == m.firstSeat[x.participant] && x.endSeat == m.firstSeat[x.participant+1] {
		x.seat += int32(seat - 1)
		x.endSeat = x.seat + 1
	}
}

// comes says whether a seat that a wish names can be the one that attends; a
// wish that names another than the first did is not met by the meeting.
func (m *model) comes(x *member, seat int) bool {
	named := m.firstSeat[x.participant] + int32(seat) - 1
	return seat == 0 || named >= x.seat && named < x.endSeat
}

// restrict keeps the venues that are in the list too; an empty list keeps all.
func (d *draft) restrict(venues []VenueID) {
	switch {
	case len(venues) == 0:
	case d.anyVenue:
		d.venues, d.anyVenue = venues, false
	default:
		d.venues = intersect(d.venues, venues)
	}
}

// newMember lets all seats of the participant attend.
func (m *model) newMember(p ParticipantID) member {
	return member{participant: int32(p), seat: m.firstSeat[p], endSeat: m.firstSeat[p+1]}
}

// pair is two participants, the lower number first.
type pair [2]ParticipantID

// pairOf is the two as a pair.
func pairOf(a, b ParticipantID) pair { return pair{min(a, b), max(a, b)} }

// addRequests makes a candidate of each request, with the wishes that it
// carries: those among its participants that no earlier request carries.
func (m *model) addRequests() {
	m.wishCandidate = make([]int32, len(m.problem.Wishes))
	wishes := make(map[pair][]WishID)
	for i, w := range m.problem.Wishes {
		m.wishCandidate[i] = None
		if len(m.problem.Requests) > 0 {
			wishes[pairOf(w.From, w.To)] = append(wishes[pairOf(w.From, w.To)], WishID(i))
		}
	}
	for i := range m.problem.Requests {
		m.addRequest(RequestID(i), wishes)
	}
}

// addRequest makes a candidate of one request, and takes the wishes that it
// carries.
func (m *model) addRequest(id RequestID, wishes map[pair][]WishID) {
	r := &m.problem.Requests[id]
	d := draft{value: r.Value, minutes: r.Minutes, request: id, anyVenue: true, starts: r.Starts, place: None}
	if r.Locked {
		d.place = r.Place
	}
	for _, a := range r.Attendees {
		x := m.newMember(a.Participant)
		m.nameSeat(&x, a.Seat)
		d.members = append(d.members, x)
	}
	d.restrict(r.Venues)
	for _, w := range m.among(r.Attendees, wishes) {
		if m.problem.Wishes[w].Kind == Never || m.wishCandidate[w] == None {
			m.join(&d, m.problem.Wishes[w])
			m.wishCandidate[w] = int32(len(m.candidates))
		}
	}
	m.add(&d, r.Required || r.Locked, r.Locked)
}

// among lists the wishes between any two of the attendees, in their order: the
// first that names a person holds.
func (m *model) among(attendees []Attendee, wishes map[pair][]WishID) []WishID {
	var list []WishID
	for i, a := range attendees {
		for _, b := range attendees[i+1:] {
			list = append(list, wishes[pairOf(a.Participant, b.Participant)]...)
		}
	}
	slices.Sort(list)
	return list
}

// addPairs makes a candidate of each pair that wishes for a meeting and is in
// no request together.
func (m *model) addPairs() {
	drafts := make(map[pair]int)
	var list []draft
	for i, w := range m.problem.Wishes {
		if m.wishCandidate[i] != None {
			continue
		}
		key := pairOf(w.From, w.To)
		at, ok := drafts[key]
		if !ok {
			at = len(list)
			drafts[key] = at
			list = append(list, draft{
				members: []member{m.newMember(w.From), m.newMember(w.To)},
				request: None, anyVenue: true, place: None,
			})
		}
		m.join(&list[at], w)
		m.wishCandidate[i] = int32(len(m.candidates) + at)
	}
	for i := range list {
		m.add(&list[i], false, false)
	}
}

// add makes a candidate of the draft. One that a refusal forbids is kept
// without any option, so that its wishes still point to something.
func (m *model) add(d *draft, required, locked bool) {
	c := candidate{
		value: int32(d.value), request: d.request, required: required, locked: locked,
		first: int32(len(m.members)), firstOption: int32(len(m.options)),
		minutes: m.lengths.row(m.problem, d.minutes),
	}
	m.members = append(m.members, d.members...)
	c.end = int32(len(m.members))
	c.refused, c.places = d.never, m.placesFor(d)
	pools, possible := m.interpreters(d.members)
	c.pools, c.mute = pools, !possible
	if possible && !d.never {
		m.addOptions(d, &c)
	}
	c.endOption = int32(len(m.options))
	m.candidates = append(m.candidates, c)
}

// addOptions lists the places of the draft that leave it some start.
func (m *model) addOptions(d *draft, c *candidate) {
	common := slices.Clone(m.available[d.members[0].participant])
	for _, x := range d.members[1:] {
		for w := range common {
			common[w] &= m.available[x.participant][w]
		}
	}
	for _, place := range c.places {
		if starts := m.startsAt(d, c, place, common); !starts.empty() {
			m.options = append(m.options, option{place, starts})
		}
	}
}

// placesFor lists where the members may meet: at a counterpart's own places,
// else at any member's own, else at all that are not reserved.
func (m *model) placesFor(d *draft) []PlaceID {
	places := m.receiving(d, func(p *Participant) bool { return p.Side == Counterpart })
	if places == nil {
		places = m.receiving(d, func(*Participant) bool { return true })
	}
	if places == nil {
		places = m.unreserved
	}
	if d.place == None && d.anyVenue {
		return places
	}
	var kept []PlaceID
	for _, id := range places {
		if (d.place == None || d.place == id) && (d.anyVenue || slices.Contains(d.venues, m.problem.Places[id].Venue)) {
			kept = append(kept, id)
		}
	}
	return kept
}

// receiving lists the own places of the members that are as asked.
func (m *model) receiving(d *draft, as func(*Participant) bool) []PlaceID {
	var places []PlaceID
	for _, x := range d.members {
		who := &m.problem.Participants[x.participant]
		if !as(who) {
			continue
		}
		for _, id := range who.Places {
			if !slices.Contains(places, id) {
				places = append(places, id)
			}
		}
	}
	return places
}

// startsAt returns the starts at which the candidate can be held at the place,
// whatever else the plan holds.
func (m *model) startsAt(d *draft, c *candidate, place PlaceID, common slotSet) slotSet {
	starts := m.newSet()
	venue := m.problem.Places[place].Venue
	try := func(s SlotID) {
		n := int(m.lengths.of(c.minutes, s))
		if n == 0 {
			return
		}
		for t := s; t < s+SlotID(n); t++ {
			if !common.has(t) || !m.placeOpen[place].has(t) {
				return
			}
		}
		e := engagement{Span{m.time.start[s], m.time.end[s+SlotID(n)-1]}, venue, true}
		if !m.clearOfSessions(d.members, e) || !m.openThrough(place, e.Span) {
			return
		}
		if c.pools == nil || m.anyPoolOpen(c.pools, s, n) {
			starts.add(s)
		}
	}
	if len(d.starts) > 0 {
		for _, s := range d.starts {
			try(s)
		}
		return starts
	}
	for s := common.next(0); s != None; s = common.next(s + 1) {
		try(s)
	}
	return starts
}

// clearOfSessions says whether all members can come from their sessions to the
// engagement and go on to them, and are free in between its slots too.
func (m *model) clearOfSessions(members []member, e engagement) bool {
	for _, x := range members {
		for _, session := range m.time.sessions[x.participant] {
			if !m.time.compatible(session, e) {
				return false
			}
		}
		if overlapsAny(e.Span, m.problem.Participants[x.participant].Busy) {
			return false
		}
	}
	return true
}

// openThrough says whether the place is open in the whole span, the gaps between
// its slots included.
func (m *model) openThrough(place PlaceID, s Span) bool {
	p := &m.problem.Places[place]
	return !overlapsAny(s, p.Closed) && !overlapsAny(s, m.problem.Venues[p.Venue].Closed)
}

// anyPoolOpen says whether some pool works in all n slots from s on.
func (m *model) anyPoolOpen(pools []PoolID, s SlotID, n int) bool {
	return slices.ContainsFunc(pools, func(pool PoolID) bool { return allOpen(m.poolOpen[pool], s, n) })
}

// allOpen says whether all n slots from s on are in the set.
func allOpen(open slotSet, s SlotID, n int) bool {
	for t := s; t < s+SlotID(n); t++ {
		if !open.has(t) {
			return false
		}
	}
	return true
}
