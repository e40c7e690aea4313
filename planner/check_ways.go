package planner

import "slices"

// starts lists the slots in which the meeting could start, whatever other
// meetings the plan holds: where its slots follow each other, its participants
// are free, one of its places is open and in reach of their sessions and, if one
// is needed, an interpreter works. A meeting that a refusal forbids has none.
func (j *judge) starts(a *asked) []SlotID {
	w := j.waysOf(a)
	if w == nil {
		return nil
	}
	var list []SlotID
	for _, s := range w.starts {
		if n, ok := j.fits(w, s); ok && len(j.openPlaces(w, s, n)) > 0 && (!w.interpreted || len(j.openPools(w, s, n)) > 0) {
			list = append(list, s)
		}
	}
	return list
}

// ways is what a meeting could use, whatever the time.
type ways struct {
	*asked
	starts []SlotID
	places []PlaceID
	// interpreted says that the meeting needs one of the pools.
	interpreted bool
	pools       []PoolID
}

// waysOf is nil when a refusal forbids the meeting.
func (j *judge) waysOf(a *asked) *ways {
	if j.forbidden(a.attendees) {
		return nil
	}
	w := &ways{asked: a, places: j.places(a, a.attendees), interpreted: j.needsInterpreter(a.attendees)}
	if w.interpreted {
		w.pools = j.pools(a.attendees)
	}
	if a.request != None {
		r := &j.problem.Requests[a.request]
		w.starts = r.Starts
		if kept := r.keptPlace(); kept != None {
			w.places = slices.DeleteFunc(w.places, func(id PlaceID) bool { return id != kept })
		}
	}
	if len(w.starts) == 0 {
		w.starts = j.everySlot
	}
	return w
}

// fits is how many slots the meeting takes from the start, if its participants
// are free for that long.
func (j *judge) fits(w *ways, start SlotID) (slots int, ok bool) {
	slots, ok = j.lasting(start, w.minutes)
	for _, x := range w.attendees {
		ok = ok && j.available(x.Participant, start, slots)
	}
	return slots, ok
}

// openPlaces lists those of the meeting's places that are open in the slots and
// in reach of the sessions of all its participants.
func (j *judge) openPlaces(w *ways, start SlotID, slots int) []PlaceID {
	var list []PlaceID
	span := j.span(start, slots)
	for _, id := range w.places {
		if j.placeOpen(id, j.problem.Slots[start].Leg, span) && j.inReach(w.attendees, span, j.problem.Places[id].Venue) {
			list = append(list, id)
		}
	}
	return list
}

// inReach says whether the attendees can come from their sessions to a meeting
// at the venue, and go on to them.
func (j *judge) inReach(attendees []Attendee, s Span, venue VenueID) bool {
	meeting := stay{Span: s, venue: venue, meeting: 0, session: None}
	for _, x := range attendees {
		for _, i := range j.sessions[x.Participant] {
			before, after := j.stayAt(i), meeting
			if after.Start < before.Start {
				before, after = after, before
			}
			if int(after.Start-before.End) < j.wait(before, after) {
				return false
			}
		}
	}
	return true
}

// openPools lists those of the meeting's pools that work in the slots.
func (j *judge) openPools(w *ways, start SlotID, slots int) []PoolID {
	var list []PoolID
	for _, id := range w.pools {
		if j.poolOpen(id, j.problem.Slots[start].Leg, j.span(start, slots)) {
			list = append(list, id)
		}
	}
	return list
}
