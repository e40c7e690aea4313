package workbook

import "github.com/escale-hq/escale/planner"

// ChangeText says what became of a meeting of the plan before: kept, moved
// from where to where, lost or new, and why.
func ChangeText(b *Book, c planner.Change) string {
	s := speakerOf(b)
	key := "words.change." + changeCodes[c.Kind]
	args := []string{"", "", "", s.changeReason(c)}
	if c.Before != nil {
		args[0], args[1] = s.attendees(c.Before.Attendees), s.spot(*c.Before)
	}
	if c.After != nil {
		args[0], args[2] = s.attendees(c.After.Attendees), s.spot(*c.After)
	}
	return s.pick(args, key+".because", key)
}

// changeReason is why a meeting could not stay, or nothing when it did.
func (s speaker) changeReason(c planner.Change) string {
	switch {
	case c.Kind == planner.Kept || c.Kind == planner.New:
		return ""
	case c.Freed:
		return s.w.T("words.because.freed")
	default:
		return s.w.T("words.because." + ruleCodes[c.Reason])
	}
}

// CauseText says one demand of a set that cannot all be met.
func CauseText(b *Book, c planner.Cause) string {
	s := speakerOf(b)
	key := "words.cause." + causeCodes[c.Kind]
	requests := make([]string, len(c.Requests))
	for i, r := range c.Requests {
		requests[i] = s.request(r)
	}
	args := []string{s.w.List(requests), s.participants(c.Participants), s.slots(c.Slots)}
	return s.pick(args, key+".precise", key, key+".participants", "words.cause.unnamed")
}

// request is a meeting of the workbook's list: who, and when if it is said.
func (s speaker) request(r planner.RequestID) string {
	if r < 0 || int(r) >= len(s.b.Meetings) {
		return unknown(int(r))
	}
	m := s.b.Meetings[r]
	who := s.attendees(m.Attendees)
	if m.Start == planner.None {
		return who
	}
	return s.w.T("words.meeting", who, s.moment(planner.SlotID(m.Start), 1))
}

var causeCodes = [...]string{
	planner.CauseLocked:     "locked",
	planner.CauseNoSlot:     "no_slot",
	planner.CauseTooMany:    "too_many",
	planner.CauseTables:     "tables",
	planner.CausePrecedence: "precedence",
	planner.CauseSearch:     "search",
}
