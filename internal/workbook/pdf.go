package workbook

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// The sizes of type on paper, in points.
const (
	paperFine    = 8.5
	paperSmall   = 9
	paperText    = 10
	paperDense   = 10.5
	paperName    = 13
	paperTitle   = 26
	paperTight   = 1.22
	paperLoose   = 1.45
	titleLeading = 1.15
	paperHeadY   = 18.0
	paperRuleY   = 25.0
	paperTitleY  = 32.0
	paperFootY   = 273.8
	// paperEnd is where the content of a page ends, above the foot.
	paperEnd = 269.0
)

// paper is one printed document of a plan.
type paper struct {
	*doc.Document
	outcome *Outcome
	book    *Book
	words   *i18n.Words
	// right is what the head says beside the mission's name.
	right string
	// changes are those since the plan before, by [meetingKey].
	changes map[string]planner.Change
}

// newPaper begins a document; the title is a key of the catalogue.
func newPaper(whole *Outcome, title string) (*paper, error) {
	o := *whole
	o.Book = printable(whole.Book)
	w := wordsFor(o.Book.Language)
	pages, err := doc.New(doc.Info{
		Title:    w.T(title, o.Book.Name),
		Language: w.Lang(),
		Made:     o.Made,
	})
	if err != nil {
		return nil, err
	}
	p := &paper{Document: pages, outcome: &o, book: o.Book, words: w, changes: changesByMeeting(&o)}
	p.right = p.datesAndLegs()
	return p, nil
}

// datesAndLegs says when and where the mission is.
func (p *paper) datesAndLegs() string {
	var names []string
	for _, leg := range p.book.Legs {
		if leg.Name != "" {
			names = append(names, leg.Name)
		}
	}
	place := p.words.List(names)
	if len(p.book.Slots) == 0 {
		return place
	}
	first, last := p.book.Slots[0].Start, p.book.Slots[0].End
	for _, s := range p.book.Slots {
		first, last = earlierOf(first, s.Start), laterOf(last, s.End)
	}
	for _, s := range p.book.Sessions {
		first, last = earlierOf(first, s.Start), laterOf(last, s.End)
	}
	dates := p.words.Dates(first.In(p.book.LegZone(0)), last.In(p.book.LegZone(len(p.book.Legs)-1)))
	if place == "" {
		return dates
	}
	return place + ", " + dates
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// paperPart is a number of pages that belong together: they are counted apart, so
// that the reader of one agenda knows that it is whole.
type paperPart struct {
	first, pages int
}

// finish draws the heads and feet of all parts, and writes the doc.
func (p *paper) finish(w io.Writer, parts []paperPart) error {
	for _, part := range parts {
		for i := range part.pages {
			page := p.Pages()[part.first+i]
			p.head(page)
			p.foot(page, i+1, part.pages)
		}
	}
	return p.Write(w)
}

func (p *paper) head(page *doc.Page) {
	drawMark(page, doc.Margin, paperHeadY)
	name := p.fit(100, 1, paperSmall, p.book.Name, doc.Style{
		Face: doc.Serif, Size: paperName, Color: doc.Ink, Leading: paperTight,
	})
	const nameX = doc.Margin + 8.2
	page.Text(nameX, paperRuleY-1.8-name.Height, doc.Left, name)
	if p.right != "" {
		right := p.fit(62, 1, paperFine, p.right, mutedText(paperSmall))
		page.Text(doc.Width-doc.Margin, paperRuleY-2-right.Height, doc.Right, right)
	}
	page.Line(doc.Margin, paperRuleY, doc.Width-doc.Margin, paperRuleY, 0.35, doc.Sea)
}

// foot says which version this is, that it is invented if it is, and where in
// its part the page stands.
func (p *paper) foot(page *doc.Page, number, of int) {
	const left, right = doc.Margin, doc.Width - doc.Margin
	page.Line(left, paperFootY, right, paperFootY, 0.25, doc.Hair)
	style := mutedText(paperFine)
	const textY = paperFootY + 1.2
	at := p.outcome.Made.In(p.book.Zone)
	stamp := p.words.Stamp(at) + " (" + p.words.Offset(at) + ")"
	made := p.Layout(0, p.set(p.words.T("paper.version", p.outcome.Version, stamp), style)...)
	page.Text(left, textY, doc.Left, made)
	count := p.Layout(0, p.set(p.words.T("paper.page", number, of), style)...)
	page.Text(right, textY, doc.Right, count)
	if p.book.Fictional {
		middle := (left + made.Width + right - count.Width) / 2
		fictional := p.Layout(0, p.set(p.words.T("words.fictional"), style)...)
		page.Text(middle, textY, doc.Center, fictional)
	}
	if note := p.missingNote(); note != "" {
		page.Text(left, paperFootY-4.4, doc.Left, p.fit(doc.Measure, 1, paperFine, note, style))
	}
}

// missingNote says which characters could not be printed, by their numbers
// since they cannot be shown.
func (p *paper) missingNote() string {
	missing := p.Missing()
	if len(missing) == 0 {
		return ""
	}
	const shown = 8
	var codes []string
	for i, r := range missing {
		if i == shown {
			codes = append(codes, "…")
			break
		}
		codes = append(codes, fmt.Sprintf("U+%04X", r))
	}
	return p.words.N("paper.missing", len(missing), strings.Join(codes, " "))
}

// fit sets a text in a number of lines: smaller if need be, down to a least
// size, and then with its end cut off.
func (p *paper) fit(width float64, lines int, least float64, text string, style doc.Style) *doc.Block {
	for {
		block := p.Layout(width, p.set(text, style)...)
		if block.Lines() <= lines {
			return block
		}
		if style.Size > least {
			style.Size = max(style.Size*0.92, least)
			continue
		}
		runes := []rune(strings.TrimSuffix(text, "…"))
		text = strings.TrimRight(string(runes[:len(runes)*9/10]), " ·,-") + "…"
	}
}

// set makes spans of a text, with the ordinals of French raised: 1er.
func (p *paper) set(text string, style doc.Style) []doc.Span {
	at := -1
	if p.words.Lang() == "fr" {
		at = firstOrdinal(text)
	}
	if at < 0 {
		return []doc.Span{{Text: text, Style: style}}
	}
	raised := style
	raised.Raised, raised.Size, raised.Leading = 0.42, style.Size*0.68, 0.1
	return []doc.Span{
		{Text: text[:at], Style: style}, {Text: "er", Style: raised}, {Text: text[at+2:], Style: style},
	}
}

// firstOrdinal finds the letters of the first day of a month.
func firstOrdinal(text string) int {
	at := strings.Index(text, "1er")
	if at < 0 || (at > 0 && unicode.IsDigit(rune(text[at-1]))) {
		return -1
	}
	if after := text[at+3:]; after != "" && unicode.IsLetter(rune(after[0])) {
		return -1
	}
	return at + 1
}

func mutedText(size float64) doc.Style {
	return doc.Style{Size: size, Color: doc.Muted}
}

func inked(face doc.Face, size float64) doc.Style {
	return doc.Style{Face: face, Size: size, Color: doc.Ink}
}

// upperFirst begins a sentence.
func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// drawMark draws the sail of the house, 6 mm wide, its mast beside x.
func drawMark(page *doc.Page, x, y float64) {
	sea, terra := doc.Sea, doc.Terra
	page.Polygon(doc.Paint{Fill: &sea}, [2]float64{x + 2.1, y + 1.2}, [2]float64{x + 2.1, y + 3.9}, [2]float64{x + 0.5, y + 3.9})
	page.Polygon(doc.Paint{Fill: &terra}, [2]float64{x + 2.7, y + 0.2}, [2]float64{x + 4.7, y + 3.9}, [2]float64{x + 2.7, y + 3.9})
	page.Line(x, y+4.8, x+5.8, y+4.8, 0.5, sea)
	white := doc.White
	page.Circle(x+3.6, y+4.8, 0.65, doc.Paint{Fill: &white, Stroke: &terra, Width: 0.45})
}

// title draws the name that a page is about, between what is above and below
// it, and returns where the content may begin.
func (p *paper) title(page *doc.Page, above, name, below, language string) float64 {
	y := paperTitleY
	kicker := p.fit(doc.Measure, 1, paperFine, above, doc.Style{
		Face: doc.Semibold, Size: paperText, Color: doc.Terra,
	})
	page.Text(doc.Margin, y, doc.Left, kicker)
	y += kicker.Height
	style := inked(doc.Serif, paperTitle)
	style.Leading, style.Language = titleLeading, language
	title := p.fitTitle(name, style)
	page.Text(doc.Margin, y, doc.Left, title)
	y += title.Height + 0.6
	if below != "" {
		under := p.fit(doc.Measure, 1, paperFine, below, mutedText(paperText))
		page.Text(doc.Margin, y, doc.Left, under)
		y += under.Height
	}
	return y + belowTitle
}

// belowTitle is the space between a title and what it is the title of.
const belowTitle = 5

// titleBottom is where the content begins under a name with a line above it
// and one below.
func (p *paper) titleBottom(name string) float64 {
	style := inked(doc.Serif, paperTitle)
	style.Leading = titleLeading
	line := p.Layout(0, doc.Span{Text: "A", Style: mutedText(paperText)})
	return paperTitleY + p.fitTitle(name, style).Height + 0.6 + 2*line.Height + belowTitle
}

// fitTitle sets a name in one line as long as it stays a title, else in two.
func (p *paper) fitTitle(name string, style doc.Style) *doc.Block {
	const leastOfOne, mostOfTwo, leastOfTwo = 17, 16, 11
	for style.Size = paperTitle; style.Size >= leastOfOne; style.Size *= 0.92 {
		if block := p.Layout(doc.Measure, p.set(name, style)...); block.Lines() == 1 {
			return block
		}
	}
	style.Size = mostOfTwo
	return p.fit(doc.Measure, 2, leastOfTwo, name, style)
}

// scriptOf is the language that decides how a participant's Chinese characters
// are drawn: the first of its languages that has some.
func (b *Book) scriptOf(participant int) string {
	for _, language := range b.Participants[participant].Languages {
		switch language {
		case "ja", "zh", "ko":
			return language
		}
	}
	return ""
}
