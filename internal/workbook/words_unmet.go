package workbook

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/planner"
)

// ReasonText says in a few words why a wish is not met. It names nobody but
// the two whom the wish concerns, so that it can be sent to them.
func ReasonText(o *Outcome, u planner.Unmet) string {
	s := speakerOf(o.Book)
	key := "words.reason." + reasonCodes[u.Reason]
	return s.pick(s.unmetArgs(o, u), key+".precise", key)
}

// ReasonDetail gives the times, places and figures behind [ReasonText], or
// nothing where there are none. It names no third party either.
func ReasonDetail(o *Outcome, u planner.Unmet) string {
	s := speakerOf(o.Book)
	key := "words.detail." + reasonCodes[u.Reason]
	return s.pick(s.unmetArgs(o, u), key+".precise", key)
}

// unmetArgs are the arguments of every text of a reason: 0 and 1 the two of
// the wish, 2 the slots, 3 the one of the two whom the reason concerns, 4 the
// places with their tables, 5 the interpreters, 6 a maximum, 7 how many
// meetings displaced it, 8 what they are worth and 9 what this one would be.
func (s speaker) unmetArgs(o *Outcome, u planner.Unmet) []string {
	wish := o.Problem.Wishes[u.Wish]
	args := []string{
		s.participant(wish.From), s.participant(wish.To), s.slots(u.Slots), "", s.tables(o, u.Places), s.pools(u.Pools),
		"", "", "", s.w.N("words.points", worth(o.Problem, []planner.Attendee{{Participant: wish.From}, {Participant: wish.To}})),
	}
	about := concerned(wish, u.Participants)
	if u.Reason == planner.ReasonNoCommonSlot {
		// The one who is there least tells most.
		var there []planner.SlotID
		about, there = scarcer(o.Problem, wish)
		args[2] = s.slots(there)
	}
	if about != planner.None {
		args[3], args[6] = s.participant(about), s.maximum(o.Problem, about, u.Reason)
	}
	if len(u.Against) > 0 {
		total := 0
		for _, i := range u.Against {
			total += meetingWorth(o.Problem, o.Result.Plan.Meetings[i])
		}
		args[7], args[8] = s.w.N("words.meetings", len(u.Against)), s.w.N("words.points", total)
	}
	return args
}

// concerned is the first of the list that is one of the two of the wish.
func concerned(wish planner.Wish, list []planner.ParticipantID) planner.ParticipantID {
	for _, p := range list {
		if p == wish.From || p == wish.To {
			return p
		}
	}
	return planner.None
}

// scarcer is the one of the two of a wish who can attend in fewer slots, and
// which.
func scarcer(problem *planner.Problem, wish planner.Wish) (planner.ParticipantID, []planner.SlotID) {
	from, to := attendable(problem, wish.From), attendable(problem, wish.To)
	if len(from) < len(to) {
		return wish.From, from
	}
	return wish.To, to
}

// attendable lists the slots in which a participant could attend a meeting if
// it had no other.
func attendable(problem *planner.Problem, p planner.ParticipantID) []planner.SlotID {
	busy := slices.Clone(problem.Participants[p].Busy)
	for _, session := range problem.Sessions {
		if slices.Contains(session.Participants, p) {
			busy = append(busy, session.Span)
		}
	}
	legs := problem.Participants[p].Legs
	var list []planner.SlotID
	for i, slot := range problem.Slots {
		away := slices.ContainsFunc(busy, slot.Overlaps)
		if !away && (len(legs) == 0 || slices.Contains(legs, slot.Leg)) {
			list = append(list, planner.SlotID(i))
		}
	}
	return list
}

func (s speaker) maximum(problem *planner.Problem, p planner.ParticipantID, reason planner.Reason) string {
	limit := problem.Participants[p].Max
	if reason == planner.ReasonMaxDay {
		limit = problem.Participants[p].MaxDay
	}
	if limit == 0 {
		return ""
	}
	return s.w.N("words.meetings", limit)
}

// tables names places with how many tables each has.
func (s speaker) tables(o *Outcome, list []planner.PlaceID) string {
	var names []string
	for _, p := range list {
		name := s.place(p)
		if n := o.Problem.Places[p].Tables; n > 0 && !o.Problem.Places[p].Reserved {
			name = s.w.N("words.place_tables", n, name)
		}
		names = append(names, name)
	}
	return s.w.List(names)
}

func (s speaker) pools(list []planner.PoolID) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = s.pool(p)
	}
	return s.w.ListOr(names)
}

// RemedyText says what a single change consists of.
func RemedyText(o *Outcome, r *planner.Remedy) string {
	s := speakerOf(o.Book)
	who := s.participant(r.Participant)
	key := "words.remedy." + remedyCodes[r.Kind]
	switch r.Kind {
	case planner.OneMoreTable:
		return s.w.T(key, s.place(r.Place), s.moment(r.Slot, r.Slots))
	case planner.FreeSlot:
		return s.w.T(key, who, s.moment(r.Slot, r.Slots))
	case planner.OneMoreInterpreter:
		return s.w.T(key, s.pool(r.Pool), s.moment(r.Slot, r.Slots))
	case planner.RaiseMaxDay:
		limit := o.Problem.Participants[r.Participant].MaxDay
		return s.w.T(key, who, limit, limit+r.By)
	default:
		limit := o.Problem.Participants[r.Participant].Max
		return s.w.T(key, who, limit, limit+r.By)
	}
}

// RemedyCost says what a change adds to the agendas of others, or nothing.
func RemedyCost(o *Outcome, r *planner.Remedy) string {
	s := speakerOf(o.Book)
	var parts []string
	if r.Breaks > 0 {
		parts = append(parts, s.w.N("words.remedy_breaks", r.Breaks))
	}
	if r.Travel > 0 {
		parts = append(parts, s.w.T("words.remedy_travel", s.w.Minutes(r.Travel)))
	}
	return strings.Join(parts, " · ")
}

// WouldMeetText says which single change would meet a wish, that there is
// none, or that none was searched.
func WouldMeetText(o *Outcome, u planner.Unmet) string {
	w := wordsFor(o.Book.Language)
	switch {
	case u.Change != nil:
		return RemedyText(o, u.Change)
	case u.Searched:
		return w.T("words.remedy.none")
	default:
		return w.T("words.remedy.not_searched")
	}
}

// meetingWorth is the value of a meeting: what its participants wish of each
// other, and what was added to the request that it holds.
func meetingWorth(problem *planner.Problem, m planner.Meeting) int {
	value := worth(problem, m.Attendees)
	if m.Request != planner.None {
		value += problem.Requests[m.Request].Value
	}
	return value
}

// worth adds up the wishes among those who attend; a seat of 0 is any.
func worth(problem *planner.Problem, attendees []planner.Attendee) int {
	points := 0
	for _, wish := range problem.Wishes {
		if attends(attendees, wish.From, wish.FromSeat) && attends(attendees, wish.To, wish.ToSeat) {
			points += wish.Points()
		}
	}
	return points
}

func attends(attendees []planner.Attendee, p planner.ParticipantID, seat int) bool {
	return slices.ContainsFunc(attendees, func(a planner.Attendee) bool {
		return a.Participant == p && (seat == 0 || a.Seat == 0 || a.Seat == seat)
	})
}
