package workbook

import (
	"strconv"

	"github.com/escale-hq/escale/planner"
)

// ViolationText says in the book's language which rule a plan breaks, with
// names and local times.
func ViolationText(b *Book, plan *planner.Plan, v planner.Violation) string {
	s := speakerOf(b)
	key := "words.rule." + ruleCodes[v.Rule]
	return s.pick(s.violationArgs(plan, v), key+".session", key+".pool", key+".place", key+".couple", key, "words.rule.other")
}

// violationArgs are the arguments of every text of a rule: 0 the meetings, 1
// the participants, 2 the slots, 3 the place, 4 what there is, 5 what is
// allowed or needed, 6 the interpreters, 7 the session, 8 the positions of the
// meetings in the plan, counted from 1.
func (s speaker) violationArgs(plan *planner.Plan, v planner.Violation) []string {
	meetings, positions := make([]string, 0, 2), make([]string, 0, 2)
	for _, i := range v.Meetings {
		positions = append(positions, strconv.Itoa(i+1))
		if v.Rule != planner.RuleMalformed {
			meetings = append(meetings, s.meeting(plan.Meetings[i]))
		}
	}
	if len(v.Participants) == 0 && v.Request != planner.None {
		v.Participants = s.asked(v.Request)
	}
	return []string{
		s.w.List(meetings), s.violators(v), s.slots(v.Slots), s.place(v.Place),
		s.violationFigure(v, v.Have), s.violationFigure(v, v.Want),
		s.pool(v.Pool), s.session(v.Session), s.w.List(positions),
	}
}

// violators names the participants; the first with the seat, where it matters.
func (s speaker) violators(v planner.Violation) string {
	if v.Seat > 0 && v.Rule != planner.RulePerson && len(v.Participants) == 1 {
		return s.attendee(planner.Attendee{Participant: v.Participants[0], Seat: v.Seat})
	}
	return s.participants(v.Participants)
}

// violationFigure says what a rule compares: minutes, persons or a number.
func (s speaker) violationFigure(v planner.Violation, figure int) string {
	switch {
	case v.Rule == planner.RuleGrid && figure == 0:
		return s.w.Minutes(s.b.MeetingMinutes) // no length is asked for: one slot is enough
	case v.Rule == planner.RuleGrid || v.Rule == planner.RuleTravel:
		return s.w.Minutes(max(figure, 0))
	case v.Rule == planner.RulePerson && len(v.Participants) > 0:
		return s.seat(planner.Attendee{Participant: v.Participants[0], Seat: figure})
	default:
		return s.w.Number(figure)
	}
}

// asked are the participants of a request.
func (s speaker) asked(r planner.RequestID) []planner.ParticipantID {
	if r < 0 || int(r) >= len(s.b.Meetings) {
		return nil
	}
	var list []planner.ParticipantID
	for _, a := range s.b.Meetings[r].Attendees {
		list = append(list, a.Participant)
	}
	return list
}

func (s speaker) session(i int) string {
	if i < 0 || i >= len(s.b.Sessions) {
		return ""
	}
	return s.b.Sessions[i].Name
}
