package workbook

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// WriteLettersPDF writes a letter to every participant that wished for
// something: which of its wishes are met, why each other one is not, and where
// it stands among all.
func WriteLettersPDF(w io.Writer, o *Outcome) error {
	p, err := newPaper(o, "paper.letters")
	if err != nil {
		return err
	}
	var parts []paperPart
	for _, l := range lettersOf(p.outcome) {
		first := len(p.Pages())
		p.letter(l)
		parts = append(parts, paperPart{first, len(p.Pages()) - first})
	}
	if len(parts) == 0 {
		p.AddPage()
		parts = append(parts, paperPart{0, 1})
	}
	return p.finish(w, parts)
}

// letter is what becomes of the wishes of one participant.
type letter struct {
	participant int
	met         []metWish
	unmet       []planner.Unmet
	// points and asked are those of the wishes met, and of all.
	points, asked int
	// others is how many meetings it has that it did not wish for.
	others int
}

// metWish is a wish with the meeting that meets it.
type metWish struct {
	wish    planner.WishID
	meeting int
}

// lettersOf sorts the wishes by those who made them.
func lettersOf(o *Outcome) []letter {
	meetings := meetingsOfWishes(o)
	reasons := map[planner.WishID]planner.Unmet{}
	for _, u := range o.Unmet {
		reasons[u.Wish] = u
	}
	letters := make([]letter, len(o.Book.Participants))
	for i, wish := range o.Problem.Wishes {
		if wish.Kind == planner.Never {
			continue
		}
		l, id := &letters[wish.From], planner.WishID(i)
		l.asked += wish.Points()
		if meeting, ok := meetings[id]; ok {
			l.points += wish.Points()
			l.met = append(l.met, metWish{id, meeting})
			continue
		}
		u, explained := reasons[id]
		if !explained {
			u = planner.Unmet{Wish: id, Reason: planner.ReasonPossible}
		}
		l.unmet = append(l.unmet, u)
	}
	return addressed(o, letters)
}

// addressed keeps the letters of those who wished, in a useful order: what is
// met by time, what is not by points.
func addressed(o *Outcome, letters []letter) []letter {
	attended := meetingsOfParticipants(o)
	var kept []letter
	for i, l := range letters {
		if len(l.met)+len(l.unmet) == 0 {
			continue
		}
		l.participant = i
		wished := map[int]bool{}
		for _, m := range l.met {
			wished[m.meeting] = true
		}
		l.others = attended[i] - len(wished)
		slices.SortStableFunc(l.met, func(a, b metWish) int {
			plan := o.Result.Plan.Meetings
			return cmp.Compare(plan[a.meeting].Start, plan[b.meeting].Start)
		})
		slices.SortStableFunc(l.unmet, func(a, b planner.Unmet) int {
			wishes := o.Problem.Wishes
			return cmp.Compare(wishes[b.Wish].Points(), wishes[a.Wish].Points())
		})
		kept = append(kept, l)
	}
	return kept
}

func meetingsOfWishes(o *Outcome) map[planner.WishID]int {
	d := newDiary(o)
	meetings := map[planner.WishID]int{}
	for i, m := range o.Result.Plan.Meetings {
		for _, id := range d.wishesMet(m) {
			meetings[id] = i
		}
	}
	return meetings
}

func meetingsOfParticipants(o *Outcome) []int {
	counts := make([]int, len(o.Book.Participants))
	for _, m := range o.Result.Plan.Meetings {
		for _, a := range m.Attendees {
			counts[a.Participant]++
		}
	}
	return counts
}

// letterSheet is where on its pages a letter has come to.
type letterSheet struct {
	*paper
	page *doc.Page
	y    float64
	// name is repeated on the pages that follow the first.
	name doc.Span
}

// need goes to a new page, and says so, unless so much room is left on this one.
func (s *letterSheet) need(height float64) bool {
	if s.y+height <= paperEnd {
		return false
	}
	s.page = s.AddPage()
	head := s.Layout(doc.Measure, s.name, doc.Span{Text: " " + s.words.T("paper.continued"), Style: mutedText(paperText)})
	s.page.Text(doc.Margin, paperTitleY-2, doc.Left, head)
	s.y = paperTitleY - 2 + head.Height + 4
	return true
}

// text writes a paragraph, which stays whole.
func (s *letterSheet) text(width float64, style doc.Style, text string) {
	block := s.Layout(width, s.set(text, style)...)
	s.need(block.Height)
	s.page.Text(doc.Margin, s.y, doc.Left, block)
	s.y += block.Height
}

// section begins a part of the letter, with room for what comes first in it.
func (s *letterSheet) section(title string, first float64) {
	style := doc.Style{Face: doc.Serif, Size: paperName, Color: doc.Ink, Leading: paperTight}
	block := s.Layout(doc.Measure, s.set(title, style)...)
	const above, below = 5, 3
	if !s.need(above + block.Height + below + first) {
		s.y += above
	}
	s.page.Text(doc.Margin, s.y, doc.Left, block)
	s.y += block.Height + 1.6
	s.page.Line(doc.Margin, s.y, doc.Width-doc.Margin, s.y, 0.35, doc.Sea)
	s.y += 1.4
}

// letterProse keeps lines under seventy characters.
const letterProse = 122

func (p *paper) letter(l letter) {
	who := p.book.Participants[l.participant]
	language := p.book.scriptOf(l.participant)
	s := &letterSheet{paper: p, page: p.AddPage()}
	s.name = doc.Span{Text: who.Name, Style: doc.Style{
		Face: doc.Bold, Size: paperText, Color: doc.Ink, Language: language,
	}}
	p.Bookmark(who.Name)
	address := slices.DeleteFunc([]string{who.Contact, who.Email}, func(part string) bool { return part == "" })
	for i := range address {
		address[i] = doc.Isolate(address[i])
	}
	s.y = p.title(s.page, p.words.T("paper.letter", p.words.DateOnly(p.outcome.Made.In(p.book.Zone))), who.Name, strings.Join(address, " · "), language)
	prose := doc.Style{Size: paperText, Color: doc.Ink, Leading: paperLoose}
	s.text(letterProse, prose, p.words.T("paper.letter.dear"))
	s.y += 2
	s.text(letterProse, prose, p.summaryOf(l))
	if len(l.met) > 0 {
		s.metSection(l.met)
	}
	if len(l.unmet) > 0 {
		s.unmetSection(l.unmet)
	}
	s.standing(l)
	fine := doc.Style{Size: paperSmall, Color: doc.Muted}
	s.y += 3
	s.text(doc.Measure, fine, p.words.T("paper.letter.fair", strconv.FormatUint(p.outcome.Seed, 10)))
}

// summaryOf is the letter in figures.
func (p *paper) summaryOf(l letter) string {
	w := p.words
	wishes := len(l.met) + len(l.unmet)
	points := w.N("words.points", l.points)
	var met, about string
	switch {
	case len(l.unmet) == 0:
		met, about = w.N("paper.letter.all", wishes, points), "paper.letter.about.all"
	case len(l.met) == 0:
		met, about = w.T("paper.letter.nothing"), "paper.letter.about.none"
	default:
		met, about = w.N("paper.letter.some", len(l.met), points, l.asked), "paper.letter.about"
	}
	sentences := []string{
		w.N("paper.letter.wished", wishes, doc.Isolate(p.book.Name)), met, w.T(about), w.T("paper.letter.same"),
	}
	if l.others > 0 {
		sentences = append(sentences, w.N("paper.letter.others", l.others))
	}
	return strings.Join(sentences, " ")
}
