package planner

import "slices"

// asked is a meeting that may be held: a request, or two participants whose
// wishes no request carries.
//
// A wish between two attendees of a request is carried by the first such
// request; all other positive wishes of a couple, in either direction, are
// carried by one meeting of the two. Minutes are the longest of those of the
// request and its wishes; venues are those that all who name some agree on;
// the seat of a participant is the one that the request names, else the one
// that the first of the wishes in order names, else any.
type asked struct {
	request   RequestID
	attendees []Attendee
	wishes    []WishID
	minutes   int
	// venues matter when narrowed is set; none are then left when those who
	// name some do not agree.
	venues   []VenueID
	narrowed bool
}

// couple is two participants, the lower position first.
type couple [2]ParticipantID

// coupleOf is the two as a couple.
func coupleOf(a, b ParticipantID) couple { return couple{min(a, b), max(a, b)} }

// couplesOf lists all couples among the attendees.
func couplesOf(attendees []Attendee) []couple {
	var list []couple
	for i, a := range attendees {
		for _, b := range attendees[:i] {
			list = append(list, coupleOf(a.Participant, b.Participant))
		}
	}
	return list
}

// seatAmong is the seat with which the participant is among the attendees.
func seatAmong(attendees []Attendee, who ParticipantID) int {
	for _, a := range attendees {
		if a.Participant == who {
			return a.Seat
		}
	}
	return 0
}

// gatherAsked lists the meetings that were asked for, with the wishes that each
// carries, and the refusals.
func (j *judge) gatherAsked() {
	p := j.problem
	j.refused = make(map[couple]bool)
	j.ofCouple = make(map[couple]int, len(p.Wishes))
	j.asked = make([]asked, 0, len(p.Requests)+len(p.Wishes))
	first := make(map[couple]int)
	for i, r := range p.Requests {
		a := asked{request: RequestID(i), attendees: slices.Clone(r.Attendees), minutes: r.Minutes}
		a.narrow(r.Venues)
		j.asked = append(j.asked, a)
		for _, c := range couplesOf(r.Attendees) {
			if _, ok := first[c]; !ok {
				first[c] = i
			}
		}
	}
	for i, w := range p.Wishes {
		c := coupleOf(w.From, w.To)
		if w.Kind == Never {
			j.refused[c] = true
			continue
		}
		at, ok := first[c]
		if !ok {
			at = j.meetingOfTwo(w)
		}
		j.asked[at].carry(WishID(i), w)
	}
}

// meetingOfTwo is the position of the meeting that carries the wish when no
// request does.
func (j *judge) meetingOfTwo(w Wish) int {
	c := coupleOf(w.From, w.To)
	at, ok := j.ofCouple[c]
	if !ok {
		at = len(j.asked)
		j.ofCouple[c] = at
		j.asked = append(j.asked, asked{request: None, attendees: []Attendee{{Participant: c[0]}, {Participant: c[1]}}})
	}
	return at
}

// carry adds a wish to the meeting.
func (a *asked) carry(id WishID, w Wish) {
	a.wishes = append(a.wishes, id)
	a.minutes = max(a.minutes, w.Minutes)
	a.narrow(w.Venues)
	for i := range a.attendees {
		x := &a.attendees[i]
		switch {
		case x.Seat > 0:
		case x.Participant == w.From:
			x.Seat = w.FromSeat
		case x.Participant == w.To:
			x.Seat = w.ToSeat
		}
	}
}

// narrow keeps the venues that are named here too; naming none keeps all.
func (a *asked) narrow(venues []VenueID) {
	switch {
	case len(venues) == 0:
	case !a.narrowed:
		a.venues, a.narrowed = slices.Clone(venues), true
	default:
		a.venues = slices.DeleteFunc(a.venues, func(v VenueID) bool { return !slices.Contains(venues, v) })
	}
}

// askedBy is the meeting that was asked for and that this one holds; nil for a
// meeting of two that nobody asked for.
func (j *judge) askedBy(m *Meeting) *asked {
	if m.Request != None {
		return &j.asked[m.Request]
	}
	if at, ok := j.ofCouple[coupleOf(m.Attendees[0].Participant, m.Attendees[1].Participant)]; ok {
		return &j.asked[at]
	}
	return nil
}

// meets says whether the wish is met among these attendees, as far as it names
// seats. A seat of 0 is any.
func meets(w Wish, attendees []Attendee) bool {
	from, to := seatAmong(attendees, w.From), seatAmong(attendees, w.To)
	return (w.FromSeat == 0 || from == w.FromSeat) && (w.ToSeat == 0 || to == w.ToSeat)
}

// forbidden says whether a refusal keeps two of the attendees apart.
func (j *judge) forbidden(attendees []Attendee) bool {
	return slices.ContainsFunc(couplesOf(attendees), func(c couple) bool { return j.refused[c] })
}

// places lists where the attendees may meet, whatever the time: at the places
// of the counterparts among them who receive, else at those of any attendee
// who receives, else at every place that is not reserved; within the venues
// that the meeting is narrowed to. a may be nil.
func (j *judge) places(a *asked, attendees []Attendee) []PlaceID {
	var theirs, anyones, open []PlaceID
	for _, x := range attendees {
		who := j.problem.Participants[x.Participant]
		anyones = append(anyones, who.Places...)
		if who.Side == Counterpart {
			theirs = append(theirs, who.Places...)
		}
	}
	list := theirs
	if len(list) == 0 {
		list = anyones
	}
	if len(list) == 0 {
		for id, place := range j.problem.Places {
			if !place.Reserved {
				open = append(open, PlaceID(id))
			}
		}
		list = open
	}
	if a != nil && a.narrowed {
		list = slices.DeleteFunc(list, func(id PlaceID) bool {
			return !slices.Contains(a.venues, j.problem.Places[id].Venue)
		})
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// needsInterpreter says whether no language is common to all attendees that
// name languages.
func (j *judge) needsInterpreter(attendees []Attendee) bool {
	var common []string
	named := false
	for _, x := range attendees {
		spoken := j.problem.Participants[x.Participant].Languages
		switch {
		case len(spoken) == 0:
		case !named:
			common, named = slices.Clone(spoken), true
		default:
			common = slices.DeleteFunc(common, func(l string) bool { return !slices.Contains(spoken, l) })
		}
	}
	return named && len(common) == 0
}

// helps says whether each attendee that names languages speaks one of the
// pool's two.
func (j *judge) helps(id PoolID, attendees []Attendee) bool {
	pool := j.problem.Pools[id]
	for _, x := range attendees {
		spoken := j.problem.Participants[x.Participant].Languages
		if len(spoken) > 0 && !slices.Contains(spoken, pool.Languages[0]) && !slices.Contains(spoken, pool.Languages[1]) {
			return false
		}
	}
	return true
}

// pools lists those that could interpret for the attendees, whatever the time.
func (j *judge) pools(attendees []Attendee) []PoolID {
	var list []PoolID
	for id, pool := range j.problem.Pools {
		if pool.Count > 0 && j.helps(PoolID(id), attendees) {
			list = append(list, PoolID(id))
		}
	}
	return list
}
