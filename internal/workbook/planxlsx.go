package workbook

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/planner"
)

// WritePlanXLSX writes plan.xlsx: the meetings, a grid of seats and slots, the
// wishes that are not met, how each participant fares, the quality of the plan,
// and, as there may be many, a sheet a venue. The first sheet can be edited by
// hand and read back by [ReadPlanXLSX].
func WritePlanXLSX(w io.Writer, o *Outcome) error {
	p := planPrinter{o: o, b: o.Book, w: wordsFor(o.Book.Language), s: speakerOf(o.Book), agendas: Agendas(o)}
	sheets := slices.Concat(
		[]sheet.Sheet{p.meetings(), p.grid(), p.unmet(), p.served(), p.quality()},
		p.changes(),
		p.venues(),
	)
	return sheet.Write(w, sheets)
}

// planPrinter lays a plan out in sheets.
type planPrinter struct {
	o       *Outcome
	b       *Book
	w       *i18n.Words
	s       speaker
	agendas []Agenda
}

// page is a sheet with what every one says: the mission, the version, and that
// companies are fictional where they are.
func (p planPrinter) page(name string, lines ...string) sheet.Sheet {
	version := p.w.T("output.version", p.o.Version, p.w.Stamp(p.o.Made.In(p.b.Zone)))
	foot := p.b.Name + " · " + version
	if p.b.Fictional {
		fiction := p.w.T("output.fictional")
		lines = append(lines, fiction)
		foot += " · " + fiction
	}
	return sheet.Sheet{
		Name:  p.w.T(name),
		Title: p.b.Name,
		Lines: append([]string{p.w.T("output.sheet_line", p.w.T(name), version)}, lines...),
		Foot:  foot,
	}
}

func (p planPrinter) column(key string, width float64, style sheet.Style) sheet.Column {
	return sheet.Column{Name: p.w.T(key), Width: width, Style: style}
}

// byTime lists the positions of the meetings in the order in which they are
// held.
func (p planPrinter) byTime() []int {
	meetings := p.o.Result.Plan.Meetings
	order := make([]int, len(meetings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := meetings[i], meetings[j]
		return cmp.Or(
			p.b.MeetingSpan(a).Start.Compare(p.b.MeetingSpan(b).Start),
			cmp.Compare(a.Place, b.Place),
			cmp.Compare(a.Table, b.Table),
		)
	})
	return order
}

func (p planPrinter) meetings() sheet.Sheet {
	s := p.page("output.meetings", VerdictText(p.o), p.w.T("output.meetings.edit"))
	s.Landscape, s.Frozen = true, 3
	s.Columns = []sheet.Column{
		p.column("output.column.date", 12, sheet.Date),
		p.column("output.column.start", 8, sheet.Clock),
		p.column("output.column.end", 8, sheet.Clock),
		p.column("output.column.participants", 16, sheet.Plain),
		p.column("output.column.who", 58, sheet.Strong),
		p.column("output.column.venue", 26, sheet.Plain),
		p.column("output.column.interpreter", 12, sheet.Plain),
		p.column("output.column.locked", 10, sheet.Plain),
		p.column("output.column.table", 10, sheet.Integer),
		p.column("output.column.value", 8, sheet.Integer),
	}
	several := len(p.b.Legs) > 1
	if several {
		s.Columns = append(s.Columns, p.column("output.column.leg", 14, sheet.Plain))
	}
	d := newDiary(p.o)
	for _, i := range p.byTime() {
		m := p.o.Result.Plan.Meetings[i]
		row := p.meetingRow(d, m)
		if several {
			row = append(row, sheet.Value{What: p.b.Legs[p.b.Slots[m.Start].Leg].Name})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func (p planPrinter) meetingRow(d *diary, m planner.Meeting) []sheet.Value {
	span := p.b.MeetingSpan(m)
	value, _ := d.value(m)
	locked := ""
	if m.Locked {
		locked = p.w.T("output.yes")
	}
	return sheet.Values(span.Start, span.Start, span.End, p.seats(m), p.s.attendees(m.Attendees),
		p.venueKey(p.b.Places[m.Place].Venue), p.b.InterpreterLabel(m), locked, tableCell(p.b.TableLabel(m)), value)
}

// seats names those who meet by identifiers, with the seat where there is more
// than one: "F01/2 + M07".
func (p planPrinter) seats(m planner.Meeting) string {
	names := make([]string, len(m.Attendees))
	for i, a := range m.Attendees {
		names[i] = seatKey(p.b, a)
	}
	return strings.Join(names, " + ")
}

func seatKey(b *Book, a planner.Attendee) string {
	participant := b.Participants[a.Participant]
	if participant.Seats < 2 {
		return participant.ID
	}
	return participant.ID + "/" + strconv.Itoa(a.Seat)
}

// venueKey is the name of a venue or, where two share it, the identifier.
func (p planPrinter) venueKey(venue int) string {
	name := p.b.Venues[venue].Name
	for i, v := range p.b.Venues {
		if name == "" || i != venue && folded(v.Name) == folded(name) {
			return p.b.Venues[venue].ID
		}
	}
	return name
}

// venues gives a sheet to each venue that holds a meeting: what its host prints
// and puts on the door.
func (p planPrinter) venues() []sheet.Sheet {
	held := map[int][]int{}
	for _, i := range p.byTime() {
		venue := p.b.Places[p.o.Result.Plan.Meetings[i].Place].Venue
		held[venue] = append(held[venue], i)
	}
	var sheets []sheet.Sheet
	for venue := range p.b.Venues {
		if len(held[venue]) > 0 {
			sheets = append(sheets, p.venue(venue, held[venue]))
		}
	}
	return sheets
}

func (p planPrinter) venue(venue int, held []int) sheet.Sheet {
	s := p.page("output.venue", p.b.Venues[venue].Address)
	s.Name, s.Title = p.venueKey(venue), p.venueKey(venue)
	s.Lines = slices.DeleteFunc(s.Lines, func(line string) bool { return line == "" })
	s.Frozen = 2
	s.Columns = []sheet.Column{
		p.column("output.column.date", 12, sheet.Date),
		p.column("output.column.start", 8, sheet.Clock),
		p.column("output.column.end", 8, sheet.Clock),
		p.column("output.column.who", 58, sheet.Strong),
		p.column("output.column.interpreter", 12, sheet.Plain),
		p.column("output.column.table", 10, sheet.Integer),
	}
	for _, i := range held {
		m := p.o.Result.Plan.Meetings[i]
		span := p.b.MeetingSpan(m)
		s.Rows = append(s.Rows, sheet.Values(span.Start, span.Start, span.End, p.s.attendees(m.Attendees),
			p.b.InterpreterLabel(m), tableCell(p.b.TableLabel(m))))
	}
	return s
}

func (p planPrinter) unmet() sheet.Sheet {
	s := p.page("output.unmet", p.w.N("output.unmet.count", len(p.o.Unmet)))
	s.Landscape, s.Frozen = true, 2
	s.Columns = []sheet.Column{
		p.column("output.column.from", 26, sheet.Strong),
		p.column("output.column.to", 26, sheet.Strong),
		p.column("output.column.wish", 14, sheet.Plain),
		p.column("output.column.reason", 36, sheet.Wrapped),
		p.column("output.column.detail", 44, sheet.Wrapped),
		p.column("output.column.would_meet", 44, sheet.Wrapped),
		p.column("output.column.cost", 22, sheet.Wrapped),
		p.column("output.column.points", 8, sheet.Integer),
	}
	for _, u := range p.unmetByWisher() {
		wish := p.o.Problem.Wishes[u.Wish]
		cost := ""
		if u.Change != nil {
			cost = RemedyCost(p.o, u.Change)
		}
		s.Rows = append(s.Rows, sheet.Values(p.s.participant(wish.From), p.s.participant(wish.To),
			WishText(p.b.Language, wish.Kind), ReasonText(p.o, u), ReasonDetail(p.o, u),
			WouldMeetText(p.o, u), cost, wish.Points()))
	}
	return s
}

// unmetByWisher puts the wishes of each participant together, dearest first.
func (p planPrinter) unmetByWisher() []planner.Unmet {
	wishes := p.o.Problem.Wishes
	return slices.SortedStableFunc(slices.Values(p.o.Unmet), func(a, b planner.Unmet) int {
		x, y := wishes[a.Wish], wishes[b.Wish]
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(y.Points(), x.Points()))
	})
}

// tableCell is a number where the table is one, so that the column sorts.
func tableCell(label string) any {
	if n, err := strconv.Atoi(label); err == nil {
		return n
	}
	return label
}

func (p planPrinter) changes() []sheet.Sheet {
	if p.o.Previous == nil {
		return nil
	}
	s := p.page("output.changes", p.w.T("output.changes.since", p.o.Previous.Version))
	s.Columns = []sheet.Column{
		p.column("output.column.change", 12, sheet.Strong),
		p.column("output.column.sentence", 110, sheet.Wrapped),
	}
	for _, c := range p.o.Result.Changes {
		s.Rows = append(s.Rows, sheet.Values(p.w.T("output.change."+changeCodes[c.Kind]), ChangeText(p.b, c)))
	}
	for _, m := range p.o.Untold {
		s.Rows = append(s.Rows, sheet.Values(p.w.T("output.change.lost"), untoldText(p.b, m)))
	}
	return []sheet.Sheet{s}
}

// slotHead is the clock time at which a slot starts.
func (p planPrinter) slotHead(s int) string {
	return p.w.Clock(p.b.slotSpan(planner.SlotID(s), 1).Start)
}

// dayHead names the day of a slot, and its city where there are several.
func (p planPrinter) dayHead(s int) string {
	slot := p.b.Slots[s]
	day := p.w.Date(slot.Start.In(p.b.LegZone(slot.Leg)))
	if name := p.b.legName(slot.Leg); name != "" {
		return day + " – " + name
	}
	return day
}
