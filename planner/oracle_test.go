package planner

import "slices"

// The oracle says what a valid plan is, and what it is worth, in another way
// than the checker: minute by minute and over all pairs, with no table, index
// or order. It is slow, and only good for tiny problems.
type oracle struct {
	p    *Problem
	plan *Plan
}

func (o oracle) forAll(n int, ok func(i int) bool) bool {
	for i := range n {
		if !ok(i) {
			return false
		}
	}
	return true
}

// valid says whether the plan keeps to every rule.
func (o oracle) valid() bool {
	n := len(o.plan.Meetings)
	return o.forAll(n, func(i int) bool { return o.formed(o.plan.Meetings[i]) }) &&
		o.forAll(n, func(i int) bool { return o.holds(o.plan.Meetings[i]) }) &&
		o.forAll(n, func(i int) bool {
			return o.forAll(i, func(k int) bool { return o.together(o.plan.Meetings[i], o.plan.Meetings[k]) })
		}) &&
		o.forAll(len(o.p.Participants), func(i int) bool { return o.withinMaxima(ParticipantID(i)) }) &&
		o.forAll(len(o.p.Requests), func(i int) bool { return o.requestKept(RequestID(i)) }) &&
		o.ordered() && o.even()
}

// formed says whether the meeting makes sense at all.
func (o oracle) formed(m Meeting) bool {
	p := o.p
	if m.Start < 0 || int(m.Start) >= len(p.Slots) || m.Slots < 1 || m.Slots > len(p.Slots)-int(m.Start) {
		return false
	}
	var who []ParticipantID
	for _, a := range m.Attendees {
		if int(a.Participant) >= len(p.Participants) || a.Participant < 0 || slices.Contains(who, a.Participant) {
			return false
		}
		seats := p.Participants[a.Participant].Seats
		if a.Seat <= 0 || a.Seat != 1 && a.Seat > seats {
			return false
		}
		who = append(who, a.Participant)
	}
	if m.Place < 0 || int(m.Place) >= len(p.Places) || m.Table < 0 || m.Table > p.Places[m.Place].Tables || (m.Table == 0) != (p.Places[m.Place].Tables == 0) {
		return false
	}
	if m.Pool != None && (m.Pool < 0 || int(m.Pool) >= len(p.Pools) || m.Interpreter < 1 || m.Interpreter > p.Pools[m.Pool].Count) || m.Pool == None && m.Interpreter != 0 {
		return false
	}
	if m.Request == None {
		return len(who) == 2
	}
	if m.Request < 0 || int(m.Request) >= len(p.Requests) {
		return false
	}
	asked := o.attendeesOf(m.Request)
	slices.Sort(who)
	slices.Sort(asked)
	return slices.Equal(who, asked)
}

func (o oracle) attendeesOf(r RequestID) []ParticipantID {
	var list []ParticipantID
	for _, a := range o.p.Requests[r].Attendees {
		list = append(list, a.Participant)
	}
	return list
}

// carries says whether the meeting is the one that the wish counts for.
func (o oracle) carries(m Meeting, w Wish) bool {
	if w.Kind == Never || m.seat(w.From) == 0 || m.seat(w.To) == 0 {
		return false
	}
	for r := range o.p.Requests {
		who := o.attendeesOf(RequestID(r))
		if slices.Contains(who, w.From) && slices.Contains(who, w.To) {
			return m.Request == RequestID(r)
		}
	}
	return m.Request == None
}

// carried lists the wishes that the meeting carries.
func (o oracle) carried(m Meeting) []Wish {
	return slices.DeleteFunc(slices.Clone(o.p.Wishes), func(w Wish) bool { return !o.carries(m, w) })
}

func (o oracle) from(m Meeting) Minute { return o.p.Slots[m.Start].Start }

func (o oracle) to(m Meeting) Minute { return o.p.Slots[int(m.Start)+m.Slots-1].End }

// holds says whether the meeting keeps to the rules when it is alone.
func (o oracle) holds(m Meeting) bool {
	leg := o.p.Slots[m.Start].Leg
	place := o.p.Places[m.Place]
	venue := o.p.Venues[place.Venue]
	inLeg := func(legs []int) bool { return legs == nil || slices.Contains(legs, leg) }
	if !o.onGrid(m) || !inLeg(venue.Legs) || !o.mayBeAt(m) || !o.understood(m) || !o.asNamed(m) || o.refused(m) {
		return false
	}
	for _, a := range m.Attendees {
		if !inLeg(o.p.Participants[a.Participant].Legs) {
			return false
		}
	}
	if m.Pool != None && !inLeg(o.p.Pools[m.Pool].Legs) {
		return false
	}
	for now := o.from(m); now < o.to(m); now++ {
		if within(venue.Closed, now) || within(place.Closed, now) || m.Pool != None && within(o.p.Pools[m.Pool].Busy, now) {
			return false
		}
		for _, a := range m.Attendees {
			if within(o.p.Participants[a.Participant].Busy, now) {
				return false
			}
		}
	}
	return o.forAll(len(o.p.Sessions), func(i int) bool { return o.reaches(m, o.p.Sessions[i]) })
}

// within says whether the instant lies in a span of the list.
func within(list []Span, now Minute) bool {
	return slices.ContainsFunc(list, func(s Span) bool { return s.Start <= now && now < s.End })
}

// onGrid says whether the meeting's slots go together, last as long as asked,
// and would not without the last of them.
func (o oracle) onGrid(m Meeting) bool {
	minutes := 1
	if m.Request != None {
		minutes = max(minutes, o.p.Requests[m.Request].Minutes)
	}
	for _, w := range o.carried(m) {
		minutes = max(minutes, w.Minutes)
	}
	for n := 1; n < m.Slots; n++ {
		a, b := o.p.Slots[int(m.Start)+n-1], o.p.Slots[int(m.Start)+n]
		if int(a.End-o.from(m)) >= minutes || a.Leg != b.Leg || a.Day != b.Day || int(b.Start-a.End) > o.p.Gap {
			return false
		}
	}
	return int(o.to(m)-o.from(m)) >= minutes
}

// mayBeAt says whether the participants may meet at the place, whatever the
// time.
func (o oracle) mayBeAt(m Meeting) bool {
	receives := func(counterpart bool) (someone, here bool) {
		for _, a := range m.Attendees {
			who := o.p.Participants[a.Participant]
			if len(who.Places) > 0 && (who.Side == Counterpart || !counterpart) {
				someone, here = true, here || slices.Contains(who.Places, m.Place)
			}
		}
		return someone, here
	}
	someone, here := receives(true)
	if !someone {
		someone, here = receives(false)
	}
	if !someone && o.p.Places[m.Place].Reserved || someone && !here {
		return false
	}
	named := func(venues []VenueID) bool {
		return len(venues) == 0 || slices.Contains(venues, o.p.Places[m.Place].Venue)
	}
	for _, w := range o.carried(m) {
		if !named(w.Venues) {
			return false
		}
	}
	return m.Request == None || named(o.p.Requests[m.Request].Venues)
}

// understood says whether there is an interpreter if and only if no language is
// spoken by all, and everybody speaks one of the interpreter's.
func (o oracle) understood(m Meeting) bool {
	all := func(languages ...string) bool {
		for _, a := range m.Attendees {
			spoken := o.p.Participants[a.Participant].Languages
			if len(spoken) > 0 && !slices.ContainsFunc(languages, func(l string) bool { return slices.Contains(spoken, l) }) {
				return false
			}
		}
		return true
	}
	common := all("fr") || all("en") || all("es")
	if m.Pool == None {
		return common
	}
	pool := o.p.Pools[m.Pool]
	return !common && all(pool.Languages[0], pool.Languages[1])
}

// asNamed says whether those come who are named first.
func (o oracle) asNamed(m Meeting) bool {
	for _, a := range m.Attendees {
		var named []int
		if m.Request != None {
			for _, x := range o.p.Requests[m.Request].Attendees {
				if x.Participant == a.Participant {
					named = append(named, x.Seat)
				}
			}
		}
		for _, w := range o.carried(m) {
			if w.From == a.Participant {
				named = append(named, w.FromSeat)
			} else if w.To == a.Participant {
				named = append(named, w.ToSeat)
			}
		}
		named = slices.DeleteFunc(named, func(seat int) bool { return seat == 0 })
		if len(named) > 0 && named[0] != a.Seat {
			return false
		}
	}
	return true
}

func (o oracle) refused(m Meeting) bool {
	return slices.ContainsFunc(o.p.Wishes, func(w Wish) bool {
		return w.Kind == Never && m.seat(w.From) > 0 && m.seat(w.To) > 0
	})
}

// journey tries every way that passes no venue twice.
func (o oracle) journey(from, to VenueID, seen ...VenueID) int {
	if from == to || from == None || to == None || o.p.Travel == nil {
		return 0
	}
	least := o.p.Travel[from][to]
	for via := range o.p.Venues {
		if v := VenueID(via); v != to && v != from && !slices.Contains(seen, v) {
			least = min(least, o.p.Travel[from][v]+o.journey(v, to, append(seen, from)...))
		}
	}
	return least
}

// reaches says whether the participants of the session who are in the meeting
// can be at both, one way round or the other.
func (o oracle) reaches(m Meeting, s Session) bool {
	comes := slices.ContainsFunc(s.Participants, func(p ParticipantID) bool { return m.seat(p) > 0 })
	venue := o.p.Places[m.Place].Venue
	return !comes ||
		s.Start >= o.to(m)+Minute(max(o.p.Gap, o.journey(venue, s.Venue))) ||
		o.from(m) >= s.End+Minute(o.journey(s.Venue, venue))
}

// together says whether both meetings can be in one plan.
func (o oracle) together(a, b Meeting) bool {
	apart := o.to(a) <= o.from(b) || o.to(b) <= o.from(a)
	if a.Place == b.Place && a.Table == b.Table && a.Table > 0 && !apart {
		return false
	}
	if a.Pool != None && a.Pool == b.Pool && a.Interpreter == b.Interpreter && !apart {
		return false
	}
	if len(a.Attendees) == len(b.Attendees) && o.sameParticipants(a, b) && (a.Request == b.Request || len(a.Attendees) == 2 && (a.Request == None || b.Request == None)) {
		return false
	}
	venueA, venueB := o.p.Places[a.Place].Venue, o.p.Places[b.Place].Venue
	shared := slices.ContainsFunc(a.Attendees, func(x Attendee) bool { return b.seat(x.Participant) == x.Seat })
	return !shared ||
		o.from(b) >= o.to(a)+Minute(max(o.p.Gap, o.journey(venueA, venueB))) ||
		o.from(a) >= o.to(b)+Minute(max(o.p.Gap, o.journey(venueB, venueA)))
}

func (o oracle) sameParticipants(a, b Meeting) bool {
	return !slices.ContainsFunc(a.Attendees, func(x Attendee) bool { return b.seat(x.Participant) == 0 })
}

func (o oracle) withinMaxima(who ParticipantID) bool {
	count := func(in func(Slot) bool) int {
		n := 0
		for _, m := range o.plan.Meetings {
			if m.seat(who) > 0 && in(o.p.Slots[m.Start]) {
				n++
			}
		}
		return n
	}
	limit := o.p.Participants[who]
	return (limit.Max == 0 || count(func(Slot) bool { return true }) <= limit.Max) &&
		o.forAll(2, func(day int) bool {
			return limit.MaxDay == 0 || count(func(s Slot) bool { return s.Day == day }) <= limit.MaxDay
		})
}

// requestKept says whether the request is held if it must be and, if it is, as
// it must be.
func (o oracle) requestKept(id RequestID) bool {
	r := o.p.Requests[id]
	held := false
	for _, m := range o.plan.Meetings {
		if m.Request != id {
			continue
		}
		held = true
		if len(r.Starts) > 0 && !slices.Contains(r.Starts, m.Start) {
			return false
		}
		if r.Locked && (r.Place != None && r.Place != m.Place || r.Table != None && r.Table != m.Table) {
			return false
		}
	}
	return held || !r.Required && !r.Locked
}

func (o oracle) ordered() bool {
	for _, x := range o.p.Precedences {
		for _, a := range o.plan.Meetings {
			for _, b := range o.plan.Meetings {
				if a.Request == x.Before && b.Request == x.After && o.to(a) > o.from(b) {
					return false
				}
			}
		}
	}
	return true
}

func (o oracle) even() bool {
	return o.p.BreakSpread < 0 || o.forAll(len(o.p.Participants), func(i int) bool {
		return o.forAll(len(o.p.Participants), func(k int) bool {
			return o.breaks(ParticipantID(i))-o.breaks(ParticipantID(k)) <= o.p.BreakSpread
		})
	})
}
