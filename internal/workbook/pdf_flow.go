package workbook

import (
	doc "github.com/escale-hq/escale/internal/document"
)

// fitsDayByDay says whether each day fits a page of its own.
func fitsDayByDay(days [][]agendaRow, look *agendaLook, room float64) bool {
	for _, rows := range days {
		if look.heightOf(rows) > room {
			return false
		}
	}
	return true
}

// heightOf is that of rows with the least space to write in, with a head over
// each day.
func (l *agendaLook) heightOf(rows []agendaRow) float64 {
	height, day := 0.0, -1
	for _, r := range rows {
		if r.day != day {
			height, day = height+l.dayHead, r.day
		}
		height += r.height() + l.least + l.between
	}
	return height
}

// paginate puts the days on pages. A day goes to a new page rather than be
// torn, unless a page is not enough for it. A seat without any row still gets
// a page.
func paginate(days [][]agendaRow, look *agendaLook, room float64) [][]agendaRow {
	pages := [][]agendaRow{nil}
	last := func() *[]agendaRow { return &pages[len(pages)-1] }
	fits := func(rows []agendaRow) bool {
		return look.heightOf(append(append([]agendaRow(nil), *last()...), rows...)) <= room
	}
	for _, rows := range days {
		if len(*last()) > 0 && !fits(rows) {
			pages = append(pages, nil)
		}
		for _, r := range rows {
			if len(*last()) > 0 && !fits([]agendaRow{r}) {
				pages = append(pages, nil)
			}
			*last() = append(*last(), r)
		}
	}
	return pages
}

// drawAgendaPage draws rows from y on. The room that is left is shared among
// the rows, most of it to write in.
func (p *paper) drawAgendaPage(page *doc.Page, y float64, rows []agendaRow, look *agendaLook) {
	spare := (paperEnd - y - look.heightOf(rows)) / float64(len(rows))
	notes := min(look.most, look.least+max(0.7*spare, 0))
	between := look.between + min(look.air, max(0.3*spare, 0))
	days := rows[len(rows)-1].day != rows[0].day
	stops := make([]float64, len(rows))
	tops := make([]float64, len(rows))
	for i, r := range rows {
		if days && (i == 0 || rows[i-1].day != r.day) {
			p.dayHead(page, y, r, look, i == 0)
			y += look.dayHead
		}
		tops[i] = y
		if r.journey != nil {
			y += journeyHeight
		}
		stops[i] = y + r.name.FirstBaseline() - 1.55
		y += r.height() + notes + between
		if r.journey != nil {
			y -= journeyHeight
		}
	}
	for i, r := range rows {
		if i > 0 && rows[i-1].day == r.day {
			p.thread(page, stops[i-1], stops[i], r.journey != nil)
		}
	}
	for i, r := range rows {
		p.drawRow(page, tops[i], stops[i], r, notes)
	}
}

// dayHead names a day, and whose clock it keeps.
func (p *paper) dayHead(page *doc.Page, y float64, r agendaRow, look *agendaLook, first bool) {
	if !first {
		page.Line(doc.Margin, y+0.8, doc.Width-doc.Margin, y+0.8, 0.25, doc.Hair)
	}
	style := doc.Style{Face: doc.Serif, Size: paperName, Color: doc.Ink, Leading: paperTight}
	head := p.set(upperFirst(p.words.DayMonth(r.date)), style)
	head = append(head, p.set("   "+r.clock, mutedText(paperSmall))...)
	block := p.Layout(doc.Measure, head...)
	page.Text(doc.Margin, y+look.dayHead-block.Height-3.4, doc.Left, block)
}

// thread ties two stops: dotted where one travels from one to the other.
func (p *paper) thread(page *doc.Page, from, to float64, travel bool) {
	const clear = 1.6
	if travel {
		page.Dots(agendaLineX, from+clear, agendaLineX, to-clear, 0.5, doc.Muted)
		return
	}
	page.Line(agendaLineX, from+clear, agendaLineX, to-clear, 0.55, doc.Thread)
}

func (p *paper) drawRow(page *doc.Page, y, stop float64, r agendaRow, notes float64) {
	if r.journey != nil {
		p.drawJourney(page, y, r)
		y += journeyHeight
	}
	base := y + r.name.FirstBaseline()
	page.Text(agendaTimeX, base-r.from.FirstBaseline(), doc.Right, r.from)
	page.Text(agendaTimeX, y+r.from.Height, doc.Right, r.until)
	page.Text(agendaTextX, y, doc.Left, r.name)
	page.Text(agendaTextX, y+r.name.Height, doc.Left, r.more)
	page.Text(agendaSideX, base-r.side.FirstBaseline(), doc.Left, r.side)
	p.drawStop(page, stop, r.stop.Kind)
	height := r.height()
	if r.journey != nil {
		height -= journeyHeight
	}
	page.Dots(agendaTextX, y+height+notes, doc.Width-doc.Margin, y+height+notes, 0.22, doc.Muted)
}

func (p *paper) drawJourney(page *doc.Page, y float64, r agendaRow) {
	leave := p.Layout(0, p.set(p.words.Clock(r.journey.Start), mutedText(paperSmall))...)
	page.Text(agendaTimeX, y, doc.Right, leave)
	page.Text(agendaTextX, y, doc.Left, r.way)
	muted, white := doc.Muted, doc.White
	dot := y + leave.FirstBaseline() - 1.1
	page.Circle(agendaLineX, dot, 1.5, doc.Paint{Fill: &white})
	page.Circle(agendaLineX, dot, 0.8, doc.Paint{Fill: &muted})
}

// drawStop marks a meeting by a ring and a session by a square: on paper all
// is still ahead.
func (p *paper) drawStop(page *doc.Page, y float64, kind StopKind) {
	sea, white := doc.Sea, doc.White
	if kind == SessionStop {
		page.Box(agendaLineX-1.6, y-1.6, 3.2, 3.2, 0.4, doc.Paint{Fill: &sea})
		return
	}
	page.Circle(agendaLineX, y, 1.45, doc.Paint{Fill: &white, Stroke: &sea, Width: 0.6})
}
