package planner

// seatOf reports a participant that does not exist, or a named seat that it
// does not have; a seat of 0 is any.
func (v *validator) seatOf(what string, i int, p ParticipantID, seat int) {
	if !v.within(what, i, "participant", int(p), len(v.problem.Participants)) {
		return
	}
	if seats := max(1, v.problem.Participants[p].Seats); seat < 0 || seat > seats {
		v.addf("%s %d: names seat %d of participant %d, who has %d: give 0 for any, or a seat from 1", what, i, seat, p, seats)
	}
}

// venueList reports venues that do not exist.
func (v *validator) venueList(what string, i int, venues []VenueID) {
	for _, venue := range venues {
		v.within(what, i, "venue", int(venue), len(v.problem.Venues))
	}
}

func (v *validator) wishes() {
	for i, w := range v.problem.Wishes {
		if w.From == w.To {
			v.addf("wish %d: participant %d wishes to meet itself: name two participants", i, w.From)
		}
		if w.Kind < Must || w.Kind > Never {
			v.addf("wish %d: kind is %d: give Must, Nice or Never", i, w.Kind)
		}
		v.seatOf("wish", i, w.From, w.FromSeat)
		v.seatOf("wish", i, w.To, w.ToSeat)
		v.number("wish", i, "weight", w.Weight)
		v.number("wish", i, "minutes", w.Minutes)
		v.venueList("wish", i, w.Venues)
	}
}

func (v *validator) requests() {
	for i, r := range v.problem.Requests {
		if len(r.Attendees) < 2 {
			v.addf("request %d: has %d attendees: name two or more", i, len(r.Attendees))
		}
		seen := make(map[ParticipantID]bool)
		for _, a := range r.Attendees {
			v.seatOf("request", i, a.Participant, a.Seat)
			if seen[a.Participant] {
				v.addf("request %d: names participant %d twice: name it once", i, a.Participant)
			}
			seen[a.Participant] = true
		}
		for _, s := range r.Starts {
			v.within("request", i, "start", int(s), len(v.problem.Slots))
		}
		v.number("request", i, "value", r.Value)
		v.number("request", i, "minutes", r.Minutes)
		v.venueList("request", i, r.Venues)
	}
}

// locks reports locked requests that leave open when they are held, that keep
// a place or a table that is none, or that a refusal forbids.
func (v *validator) locks() {
	refused := make(map[couple]WishID)
	for i, w := range v.problem.Wishes {
		if w.Kind == Never {
			refused[coupleOf(w.From, w.To)] = WishID(i)
		}
	}
	for i, r := range v.problem.Requests {
		if !r.Locked {
			continue
		}
		if len(r.Starts) != 1 {
			v.addf("request %d: is locked and has %d starts: give exactly one", i, len(r.Starts))
		}
		v.lockedTable(i, r)
		for _, c := range couplesOf(r.Attendees) {
			if w, ok := refused[c]; ok {
				v.addf("request %d: is locked, but wish %d keeps participants %d and %d apart: unlock it or drop the wish", i, w, c[0], c[1])
			}
		}
	}
}

// lockedTable reports a place or a table to keep that is none.
func (v *validator) lockedTable(i int, r Request) {
	switch {
	case r.Place == None:
		if r.Table > 0 {
			v.addf("request %d: keeps table %d of no place: give the place too", i, r.Table)
		}
	case v.within("request", i, "place", int(r.Place), len(v.problem.Places)):
		if tables := v.problem.Places[r.Place].Tables; r.Table > tables {
			v.addf("request %d: keeps table %d of place %d, which has %d: give one that exists, or None", i, r.Table, r.Place, tables)
		}
	}
}

func (v *validator) sessions() {
	for i, s := range v.problem.Sessions {
		if s.End <= s.Start {
			v.addf("session %d runs from %d to %d: let it end after it starts", i, s.Start, s.End)
		}
		if s.Venue != None {
			v.within("session", i, "venue", int(s.Venue), len(v.problem.Venues))
		}
		seen := make(map[ParticipantID]bool)
		for _, p := range s.Participants {
			v.within("session", i, "participant", int(p), len(v.problem.Participants))
			if seen[p] {
				v.addf("session %d: names participant %d twice: name it once", i, p)
			}
			seen[p] = true
		}
	}
}

func (v *validator) precedences() {
	for i, x := range v.problem.Precedences {
		v.within("precedence", i, "before", int(x.Before), len(v.problem.Requests))
		v.within("precedence", i, "after", int(x.After), len(v.problem.Requests))
		if x.Before == x.After {
			v.addf("precedence %d: puts request %d before itself: name two requests", i, x.Before)
		}
	}
}
