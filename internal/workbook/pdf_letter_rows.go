package workbook

import (
	"strings"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// The columns of the tables of a letter.
const (
	letterNameX  = 62.0
	letterSideX  = 140.0
	letterRight  = doc.Width - doc.Margin
	letterRowPad = 1.4
)

// letterRow is a line of a table: blocks that begin together, above a hairline.
type letterRow []letterCell

type letterCell struct {
	x     float64
	block *doc.Block
}

func (r letterRow) height() float64 {
	height := 0.0
	for _, c := range r {
		height = max(height, c.block.Height)
	}
	return height + 2*letterRowPad
}

// draw puts the row on the page; its first lines share a baseline.
func (s *letterSheet) draw(r letterRow) {
	s.need(r.height())
	base := 0.0
	for _, c := range r {
		base = max(base, c.block.FirstBaseline())
	}
	for _, c := range r {
		s.page.Text(c.x, s.y+letterRowPad+base-c.block.FirstBaseline(), doc.Left, c.block)
	}
	s.y += r.height()
	s.page.Line(doc.Margin, s.y, letterRight, s.y, 0.2, doc.Hair)
}

// metSection says when, with whom and where.
func (s *letterSheet) metSection(met []metWish) {
	rows := make([]letterRow, len(met))
	for i, m := range met {
		rows[i] = s.metRow(m)
	}
	s.section(s.words.N("paper.met", len(met)), rows[0].height())
	for _, r := range rows {
		s.draw(r)
	}
}

func (s *letterSheet) metRow(m metWish) letterRow {
	meeting := s.outcome.Result.Plan.Meetings[m.meeting]
	wish := s.book.Wishes[m.wish]
	span := s.book.MeetingSpan(meeting)
	when := s.set(upperFirst(s.words.DayMonth(span.Start)), inked(doc.Semibold, paperText))
	when = append(when, s.set("\n"+s.words.Span(span.Start, span.End)+s.legOf(meeting), inked(doc.Regular, paperSmall))...)
	where := s.book.Venues[s.book.Places[meeting.Place].Venue].Name
	if table := s.book.TableLabel(meeting); table != "" {
		where += ", " + s.tableName(table)
	}
	side := s.set(where, inked(doc.Regular, paperSmall))
	if who := s.whoGoes(meeting, wish.From); who != "" {
		side = append(side, s.set("\n"+who, mutedText(paperFine))...)
	}
	return letterRow{
		{doc.Margin, s.Layout(letterNameX-doc.Margin-3, when...)},
		{letterNameX, s.Layout(letterSideX-letterNameX-4, s.nameSpans(wish.To, m.wish)...)},
		{letterSideX, s.Layout(letterRight-letterSideX, side...)},
	}
}

// whoGoes is the person or the seat of a participant that has several.
func (s *letterSheet) whoGoes(m planner.Meeting, participant int) string {
	seats := s.book.Participants[participant].Seats
	for _, a := range m.Attendees {
		if int(a.Participant) != participant || seats < 2 {
			continue
		}
		if person := s.book.PersonName(a); person != "" {
			return person
		}
		return s.words.T("paper.seat", a.Seat, seats)
	}
	return ""
}

// legOf names the city, in a mission of several.
func (s *letterSheet) legOf(m planner.Meeting) string {
	leg := s.book.Slots[m.Start].Leg
	if len(s.book.Legs) < 2 || s.book.Legs[leg].Name == "" {
		return ""
	}
	return " · " + s.book.Legs[leg].Name
}

// nameSpans are a participant and how much it was wished for.
func (s *letterSheet) nameSpans(participant int, wish planner.WishID) []doc.Span {
	style := inked(doc.Bold, paperText)
	style.Language = s.book.scriptOf(participant)
	spans := s.set(s.book.Participants[participant].Name, style)
	return append(spans, s.set("\n"+s.strengthOf(wish), mutedText(paperFine))...)
}

// unmetSection gives each reason, and what would meet the wish.
func (s *letterSheet) unmetSection(unmet []planner.Unmet) {
	rows := make([]letterRow, len(unmet))
	for i, u := range unmet {
		rows[i] = s.unmetRow(u)
	}
	s.section(s.words.N("paper.unmet", len(unmet)), rows[0].height())
	for _, r := range rows {
		s.draw(r)
	}
}

func (s *letterSheet) unmetRow(u planner.Unmet) letterRow {
	const reasonX = 84.0
	wish := s.book.Wishes[u.Wish]
	name := s.nameSpans(wish.To, u.Wish)
	reason := s.set(s.isolated(ReasonText(s.outcome, u)), inked(doc.Semibold, paperSmall))
	if detail := ReasonDetail(s.outcome, u); detail != "" {
		reason = append(reason, s.set("\n"+s.isolated(detail), mutedText(paperFine))...)
	}
	if u.Change != nil || u.Reason != planner.ReasonPossible {
		change := doc.Style{Size: paperSmall, Color: doc.Sea}
		reason = append(reason, s.set("\n"+s.wouldMeet(u), change)...)
	}
	return letterRow{
		{doc.Margin, s.Layout(reasonX-doc.Margin-4, name...)},
		{reasonX, s.Layout(letterRight-reasonX, reason...)},
	}
}

// wouldMeet is the single change that would meet a wish, with its cost.
func (s *letterSheet) wouldMeet(u planner.Unmet) string {
	text := s.isolated(WouldMeetText(s.outcome, u))
	if u.Change != nil {
		if cost := RemedyCost(s.outcome, u.Change); cost != "" {
			text = s.words.T("paper.wouldMeet.cost", text, cost)
		}
	}
	return s.words.T("paper.wouldMeet", text)
}

// isolated marks the names in a sentence that are written from right to left:
// sentences are made for any document, and only paper needs the marks.
func (p *paper) isolated(sentence string) string {
	for _, participant := range p.book.Participants {
		if doc.IsRightToLeft(participant.Name) {
			sentence = strings.ReplaceAll(sentence, participant.Name, doc.Isolate(participant.Name))
		}
	}
	return sentence
}
