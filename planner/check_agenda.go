package planner

import (
	"cmp"
	"slices"
)

// stay is one entry of a seat's agenda: a meeting or a session.
type stay struct {
	Span
	venue VenueID
	// meeting and session are positions in the plan and the problem; one of
	// them is None.
	meeting, session int
	// day is that of the meeting's slots, or the first whose slots the session
	// overlaps; None when it overlaps those of no day.
	day int
}

// agenda lists what a seat is engaged in, by time.
func (h *hearing) agenda(a Attendee) []stay {
	var list []stay
	for _, i := range h.ofSeat[a] {
		m := h.meeting(i)
		list = append(list, stay{
			Span: h.time(i), venue: h.problem.Places[m.Place].Venue,
			meeting: i, session: None, day: h.problem.Slots[m.Start].Day,
		})
	}
	for _, i := range h.sessions[a.Participant] {
		list = append(list, h.stayAt(i))
	}
	slices.SortStableFunc(list, func(x, y stay) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	return list
}

// stayAt is the session at the position, as an entry of an agenda.
func (j *judge) stayAt(session int) stay {
	s := j.problem.Sessions[session]
	return stay{Span: s.Span, venue: s.Venue, meeting: None, session: session, day: j.dayOf(s.Span)}
}

// dayOf is the first day whose slots the span overlaps, or None.
func (j *judge) dayOf(s Span) int {
	return slices.IndexFunc(j.days, func(day Span) bool { return day.Overlaps(s) })
}

// everySeat calls do with every seat of every participant and its agenda.
func (h *hearing) everySeat(do func(a Attendee, agenda []stay)) {
	for who := range h.problem.Participants {
		for seat := 1; seat <= h.seats(ParticipantID(who)); seat++ {
			a := Attendee{Participant: ParticipantID(who), Seat: seat}
			do(a, h.agenda(a))
		}
	}
}

// wait is how long after the end of one entry another may start.
func (j *judge) wait(before, after stay) int {
	minutes := j.journey(before.venue, after.venue)
	if before.meeting != None {
		minutes = max(minutes, j.problem.Gap)
	}
	return minutes
}

// longestWait is the most that [judge.wait] can be.
func (h *hearing) longestWait() int {
	longest := h.problem.Gap
	for _, row := range h.way {
		longest = max(longest, slices.Max(row))
	}
	return longest
}

// agendas judges whether every seat can be in all the meetings it has, and
// reach each. Two sessions are the programme's business, not the plan's, and a
// meeting during a session is for [hearing.busy].
func (h *hearing) agendas() {
	longest := Minute(h.longestWait())
	h.everySeat(func(a Attendee, agenda []stay) {
		for i, x := range agenda {
			for _, y := range agenda[i+1:] {
				if y.Start-x.End >= longest {
					break
				}
				h.judgeTwo(a, x, y)
			}
		}
	})
}

// judgeTwo judges two entries of a seat's agenda, of which x starts first.
func (h *hearing) judgeTwo(a Attendee, x, y stay) {
	var meetings []int
	for _, s := range []stay{x, y} {
		if s.meeting != None {
			meetings = append(meetings, s.meeting)
		}
	}
	rule, have, want := RuleTravel, int(y.Start-x.End), h.wait(x, y)
	if have < 0 {
		rule = RuleSeatTwice
	}
	if have >= want || len(meetings) == 0 || rule == RuleSeatTwice && len(meetings) == 1 {
		return
	}
	v := h.report(rule, meetings...)
	v.Participants, v.Seat = []ParticipantID{a.Participant}, a.Seat
	v.Slots = h.startsOf(meetings)
	v.Session = max(x.session, y.session)
	v.Have, v.Want = have, want
}
