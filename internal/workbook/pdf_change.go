package workbook

import (
	"fmt"
	"slices"
	"strings"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// printedLosses is how many cancelled meetings an agenda names.
const printedLosses = 4

// changesByMeeting finds what became of each meeting that the plan holds,
// where the plan replaces another.
func changesByMeeting(o *Outcome) map[string]planner.Change {
	byMeeting := map[string]planner.Change{}
	for _, c := range o.Result.Changes {
		if c.After != nil {
			byMeeting[meetingKey(*c.After)] = c
		}
	}
	return byMeeting
}

// meetingKey tells the meetings of a plan apart: nobody attends two at a time.
func meetingKey(m planner.Meeting) string { return fmt.Sprint(m.Start, m.Attendees) }

// seatOfAgenda is the seat whose agenda it is.
func seatOfAgenda(a Agenda) planner.Attendee {
	return planner.Attendee{Participant: planner.ParticipantID(a.Participant), Seat: a.Seat}
}

// changedSpans says that a meeting is new to a seat, or where it was before, to
// those who hold an older agenda in their hand.
func (p *paper) changedSpans(s Stop, a Agenda, look *agendaLook, below bool) []doc.Span {
	change, known := p.changes[meetingKey(p.outcome.Result.Plan.Meetings[s.Meeting])]
	if !known || change.Kind == planner.Kept {
		return nil
	}
	text := p.whatChanged(change, a)
	if below {
		text = "\n" + text
	}
	style := look.note
	style.Face, style.Color = doc.Semibold, doc.Terra
	return p.set(text, style)
}

func (p *paper) whatChanged(c planner.Change, a Agenda) string {
	if c.Before == nil || !slices.Contains(c.Before.Attendees, seatOfAgenda(a)) {
		return p.words.T("paper.new")
	}
	speaker := speakerOf(p.book)
	if before := speaker.spot(*c.Before); before != speaker.spot(*c.After) {
		return p.words.T("paper.moved", before)
	}
	return p.words.T("paper.otherPerson")
}

// lossesOf lists the meetings that a seat had in the plan before and no longer
// has, each on its line.
func (p *paper) lossesOf(a Agenda) *doc.Block {
	var lines []string
	for _, c := range p.outcome.Result.Changes {
		if line := p.lossOf(c, seatOfAgenda(a)); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return &doc.Block{}
	}
	if more := len(lines) - printedLosses; more > 0 {
		lines = append(lines[:printedLosses], p.words.N("paper.lost.more", more))
	}
	style := doc.Style{Face: doc.Semibold, Size: paperSmall, Color: doc.Terra}
	return p.Layout(doc.Measure, p.set(strings.Join(lines, "\n")+"\n", style)...)
}

// lossOf says what a change takes from a seat: the meeting is cancelled, or
// another seat of the participant goes.
func (p *paper) lossOf(c planner.Change, self planner.Attendee) string {
	if c.Before == nil || !slices.Contains(c.Before.Attendees, self) {
		return ""
	}
	speaker := speakerOf(p.book)
	who := doc.Isolate(speaker.attendees(others(c.Before.Attendees, self.Participant)))
	when := speaker.moment(c.Before.Start, c.Before.Slots)
	if c.After == nil {
		return p.words.T("paper.lost", who, when)
	}
	for _, a := range c.After.Attendees {
		if a.Participant == self.Participant && a.Seat != self.Seat {
			return p.words.T("paper.reseated", who, when, doc.Isolate(speaker.seat(a)))
		}
	}
	return ""
}
