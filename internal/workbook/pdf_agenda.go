package workbook

import (
	"io"
	"strings"
	"time"

	doc "github.com/escale-hq/escale/internal/document"
	"github.com/escale-hq/escale/planner"
)

// WriteAgendasPDF writes the agenda of every seat, each from a new page on.
func WriteAgendasPDF(w io.Writer, o *Outcome) error {
	p, err := newPaper(o, "paper.agendas")
	if err != nil {
		return err
	}
	agendas := Agendas(p.outcome)
	var parts []paperPart
	for i, a := range agendas {
		first := len(p.Pages())
		p.agenda(a, i+1, len(agendas))
		parts = append(parts, paperPart{first, len(p.Pages()) - first})
	}
	if len(agendas) == 0 {
		p.AddPage()
		parts = append(parts, paperPart{0, 1})
	}
	return p.finish(w, parts)
}

// agenda draws the pages of one seat.
func (p *paper) agenda(a Agenda, number, of int) {
	name := p.book.Participants[a.Participant].Name
	losses := p.lossesOf(a)
	room := paperEnd - p.titleBottom(name) - losses.Height
	look := roomyLook
	days := p.agendaRows(a, look)
	if !fitsDayByDay(days, look, room) {
		look = denseLook
		days = p.agendaRows(a, look)
	}
	pages := paginate(days, look, room)
	for i, rows := range pages {
		page := p.AddPage()
		if i == 0 {
			p.Bookmark(p.bookmarkOf(a))
		}
		y := p.title(page, p.whenOf(a, rows), name,
			p.seatOf(a, number, of), p.book.scriptOf(a.Participant))
		if i == 0 {
			page.Text(doc.Margin, y, doc.Left, losses)
			y += losses.Height
		}
		if len(rows) == 0 {
			p.emptyAgenda(page, y)
			continue
		}
		p.drawAgendaPage(page, y, rows, look)
	}
}

// bookmarkOf names a seat in the outline.
func (p *paper) bookmarkOf(a Agenda) string {
	name := p.book.Participants[a.Participant].Name
	switch {
	case a.Person != "":
		return name + " · " + a.Person
	case a.Of > 1:
		return name + " · " + p.words.T("paper.seat", a.Seat, a.Of)
	default:
		return name
	}
}

// whenOf is the day that a page shows, or its days, and whose clock it keeps.
func (p *paper) whenOf(a Agenda, rows []agendaRow) string {
	if len(rows) == 0 {
		return upperFirst(p.right)
	}
	first, last := rows[0], rows[len(rows)-1]
	if first.day == last.day {
		when := upperFirst(p.words.DayMonth(first.date))
		if first.stop.Start != p.firstStop(a.Days[first.day]).Start {
			when += " " + p.words.T("paper.continued")
		}
		return when + " · " + p.clockOn(a, first.day)
	}
	when := p.words.Dates(first.date, last.date)
	if first.leg == last.leg {
		when += " · " + p.clockOf(first.leg)
	}
	return when
}

// firstStop is what a day begins with, journeys aside.
func (p *paper) firstStop(day AgendaDay) Stop {
	for _, s := range day.Stops {
		if s.Kind != TravelStop {
			return s
		}
	}
	return Stop{}
}

// clockOn is [paper.clockOf] on a day, with the offset where it is no longer
// that of the day before: after a journey, or a night in which clocks change.
func (p *paper) clockOn(a Agenda, day int) string {
	clock := p.clockOf(a.Days[day].Leg)
	if day == 0 {
		return clock
	}
	now := p.words.Offset(p.firstStop(a.Days[day]).Start)
	before := p.words.Offset(p.firstStop(a.Days[day-1]).Start)
	if now == before {
		return clock
	}
	return p.words.T("paper.clockChanged", clock, now, before)
}

// clockOver is what stands beside the name of a day: nothing where all days
// keep the time that the page names above.
func (p *paper) clockOver(a Agenda, day int) string {
	clock := p.clockOn(a, day)
	if len(p.book.Legs) < 2 && clock == p.clockOf(a.Days[day].Leg) {
		return ""
	}
	return clock
}

// clockOf says whose time is meant: that of the leg's city, or else the local
// one, by the city that its zone is named after.
func (p *paper) clockOf(leg int) string {
	if leg < len(p.book.Legs) && p.book.Legs[leg].Name != "" {
		return p.words.T("paper.clock", p.ofCity(p.book.Legs[leg].Name))
	}
	zone := p.book.LegZone(leg).String()
	city := strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
	return p.words.T("paper.clockOfZone", p.ofCity(city))
}

// ofCity puts the preposition before the name of a city, which French joins to
// a vowel or to the city's article: d’Athènes, du Caire.
func (p *paper) ofCity(name string) string {
	if p.words.Lang() != "fr" {
		return name
	}
	if rest, ok := strings.CutPrefix(name, "Le "); ok {
		return "du " + rest
	}
	if strings.HasPrefix(name, "Les ") {
		return "des " + name[len("Les "):]
	}
	if strings.ContainsRune("AEIOUYÀÂÉÈÊËÎÏÔÛŒ", []rune(name + " ")[0]) {
		return "d’" + name
	}
	return "de " + name
}

func (p *paper) seatOf(a Agenda, number, of int) string {
	parts := []string{}
	if a.Of > 1 {
		parts = append(parts, p.words.T("paper.seat", a.Seat, a.Of))
	}
	if a.Person != "" {
		parts = append(parts, a.Person)
	} else if contact := p.book.Participants[a.Participant].Contact; contact != "" && a.Seat == 1 {
		parts = append(parts, contact)
	}
	return strings.Join(append(parts, p.words.T("paper.agendaOf", number, of)), " · ")
}

// emptyAgenda says that there is nothing, and what to do about it.
func (p *paper) emptyAgenda(page *doc.Page, y float64) {
	head := p.Layout(doc.Measure, p.set(p.words.T("paper.none"), inked(doc.Bold, paperName))...)
	page.Text(doc.Margin, y, doc.Left, head)
	why := p.Layout(120, p.set(p.words.T("paper.none.why"), inked(doc.Regular, paperText))...)
	page.Text(doc.Margin, y+head.Height+1, doc.Left, why)
}

// agendaLook is how much room the rows of an agenda take.
type agendaLook struct {
	name, second, note doc.Style
	// between is the least space between two rows, and air what it may grow by;
	// least and most are the space to write in above the dotted line.
	between, air, least, most float64
	dayHead                   float64
	// oneLine puts the person beside the name.
	oneLine bool
}

// roomyLook is the look of an ordinary day, denseLook that of a day with more rows
// than a page could hold otherwise.
var (
	roomyLook = &agendaLook{
		name:   doc.Style{Face: doc.Bold, Size: paperName, Color: doc.Ink, Leading: paperTight},
		second: doc.Style{Size: paperText, Color: doc.Ink, Leading: 1.6}, note: inked(doc.Regular, paperSmall),
		between: 3, air: 3, least: 3, most: 10, dayHead: 14,
	}
	denseLook = &agendaLook{
		name:    doc.Style{Face: doc.Bold, Size: paperDense, Color: doc.Ink, Leading: paperTight},
		second:  doc.Style{Size: paperSmall, Color: doc.Muted, Leading: paperTight},
		note:    doc.Style{Size: paperFine, Color: doc.Ink, Leading: paperTight},
		between: 1.8, air: 2, least: 2.6, most: 9, dayHead: 11, oneLine: true,
	}
)

// agendaRow is a meeting or a session with the journey that leads to it: what
// is never torn apart.
type agendaRow struct {
	day, leg int
	date     time.Time
	stop     Stop
	journey  *Stop
	// clock is whose time the day keeps, where the head of the page cannot say.
	clock string

	from, until, name, more, side, way *doc.Block
}

// journeyHeight is that of the line of a journey.
const journeyHeight = 7.2

// height is that of the row without the space to write in.
func (r agendaRow) height() float64 {
	h := max(r.name.Height+r.more.Height, r.side.Height, r.from.Height+r.until.Height)
	if r.journey != nil {
		h += journeyHeight
	}
	return h
}

// The columns of an agenda.
const (
	agendaTimeX  = 32.6
	agendaLineX  = 37.1
	agendaTextX  = 41.8
	agendaSideX  = 139.6
	agendaTextTo = agendaSideX - 5
)

func (p *paper) agendaRows(a Agenda, look *agendaLook) [][]agendaRow {
	days := make([][]agendaRow, len(a.Days))
	for i, day := range a.Days {
		var journey *Stop
		for _, s := range day.Stops {
			if s.Kind == TravelStop {
				journey = &s
				continue
			}
			row := agendaRow{day: i, leg: day.Leg, date: day.Date, stop: s, journey: journey, clock: p.clockOver(a, i)}
			p.layRow(&row, a, look)
			days[i] = append(days[i], row)
			journey = nil
		}
	}
	return days
}

func (p *paper) layRow(r *agendaRow, a Agenda, look *agendaLook) {
	const textWidth, sideWidth = agendaTextTo - agendaTextX, doc.Width - doc.Margin - agendaSideX
	until := mutedText(paperSmall)
	until.Leading = paperTight
	r.from = p.Layout(0, p.set(p.words.Clock(r.stop.Start), look.name)...)
	r.until = p.Layout(0, p.set(p.words.Clock(r.stop.End), until)...)
	r.side = p.Layout(sideWidth, p.sideOf(r.stop, a, look)...)
	name, more := p.whatOf(r.stop, a, look)
	r.name = p.Layout(textWidth, name...)
	r.more = &doc.Block{}
	if len(more) > 0 {
		r.more = p.Layout(textWidth, more...)
	}
	if r.journey != nil {
		r.way = p.fit(doc.Width-doc.Margin-agendaTextX, 1, paperFine, p.wayOf(*r.journey), mutedText(paperSmall))
	}
}

func (p *paper) wayOf(journey Stop) string {
	if journey.Venue == planner.None {
		return p.words.T("paper.journey", p.words.Minutes(journey.Minutes))
	}
	return p.words.T("paper.journeyTo", p.words.Minutes(journey.Minutes), doc.Isolate(p.book.Venues[journey.Venue].Name))
}
