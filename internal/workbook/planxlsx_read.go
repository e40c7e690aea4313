package workbook

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/sheet"
)

// meetingColumns are the columns of the sheet of meetings that are read back,
// by key; the first four are needed.
var meetingColumns = [...]string{
	"output.column.date", "output.column.start", "output.column.participants", "output.column.venue",
	"output.column.end", "output.column.table", "output.column.interpreter", "output.column.locked", "output.column.leg",
}

const neededColumns = 4

// ReadPlanXLSX reads the meetings of a plan.xlsx, perhaps edited by hand, in
// either language. Times are those of the clocks at the place. All rows that
// cannot be read are reported together, as [Unreadable].
func ReadPlanXLSX(path string, b *Book) ([]PlanMeeting, error) {
	tables, err := sheet.Open(path)
	if err != nil {
		return nil, unopened(path, b.Language, err)
	}
	for _, table := range tables {
		if head, columns, ok := meetingHead(table); ok {
			r := planReader{book: b, fit: newFitting(b), table: table, columns: columns}
			return r.meetings(table.Rows[head+1:])
		}
	}
	text := wordsFor(b.Language).T("output.error.no_meetings")
	return nil, &Unreadable{Language: b.Language, Remarks: []Remark{{Sheet: path, Text: text}}}
}

// meetingHead finds the row that names the columns, under whatever sentences
// stand above it.
func meetingHead(table sheet.Table) (row int, columns map[string]int, ok bool) {
	for i, row := range table.Rows {
		columns := map[string]int{}
		for c, cell := range row.Cells {
			if key := columnKey(cell.Text); key != "" {
				columns[key] = c
			}
		}
		missing := func(key string) bool { _, there := columns[key]; return !there }
		if !slices.ContainsFunc(meetingColumns[:neededColumns], missing) {
			return i, columns, true
		}
	}
	return 0, nil, false
}

// columnKey is the key of a heading in any language.
func columnKey(heading string) string {
	for _, lang := range catalogue().Languages() {
		for _, key := range meetingColumns {
			if fold(wordsFor(lang).T(key)) == fold(heading) {
				return key
			}
		}
	}
	return ""
}

// planReader reads the rows of a sheet of meetings.
type planReader struct {
	book    *Book
	fit     *fitting
	table   sheet.Table
	columns map[string]int
}

func (r planReader) meetings(rows []sheet.Row) ([]PlanMeeting, error) {
	var meetings []PlanMeeting
	var problems []Remark
	for _, row := range rows {
		if r.cell(row, "output.column.participants").Kind == sheet.Blank {
			continue
		}
		m, problem := r.meeting(row)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		meetings = append(meetings, m)
	}
	if len(problems) > 0 {
		return nil, &Unreadable{Language: r.book.Language, Remarks: problems}
	}
	return meetings, nil
}

func (r planReader) cell(row sheet.Row, key string) sheet.Cell {
	column, there := r.columns[key]
	if !there {
		return sheet.Cell{}
	}
	return row.Cell(column)
}

// refuse says why a cell cannot be read.
func (r planReader) refuse(row sheet.Row, key, why string) *Remark {
	column := r.columns[key]
	return &Remark{
		Sheet: r.table.Name, Row: row.Number, Column: sheet.Letter(column), Found: row.Cell(column).Text,
		Text: wordsFor(r.book.Language).T(why),
	}
}

func (r planReader) meeting(row sheet.Row) (PlanMeeting, *Remark) {
	m := PlanMeeting{
		Leg:         r.cell(row, "output.column.leg").Text,
		Venue:       r.cell(row, "output.column.venue").Text,
		Table:       orNull(r.cell(row, "output.column.table").Text),
		Interpreter: orNull(r.cell(row, "output.column.interpreter").Text),
		Locked:      affirms(r.cell(row, "output.column.locked").Text),
	}
	var ok bool
	if m.Participants, ok = readSeats(r.cell(row, "output.column.participants").Text); !ok {
		return m, r.refuse(row, "output.column.participants", "output.error.participants")
	}
	date, ok := r.cell(row, "output.column.date").Stamp()
	if !ok || !date.HasDate() {
		return m, r.refuse(row, "output.column.date", "read.error.date")
	}
	start, ok := r.cell(row, "output.column.start").Stamp()
	if !ok || !start.HasTime() {
		return m, r.refuse(row, "output.column.start", "read.error.time")
	}
	zone := r.zone(m, date, start.Minute)
	m.Start = onClock(date.Date, start.Minute, zone)
	m.End = m.Start
	if end, ok := r.cell(row, "output.column.end").Stamp(); ok && end.HasTime() {
		m.End = onClock(date.Date, end.Minute, zone)
	}
	return m, nil
}

// affirms reads a mark such as yes, oui, x or 1.
func affirms(mark string) bool {
	switch folded(mark) {
	case "", "no", "non", "0", "false", "faux":
		return false
	default:
		return true
	}
}

// readSeats reads "F01/2 + M07": a seat that is not said is the first.
func readSeats(text string) ([]PlanSeat, bool) {
	var seats []PlanSeat
	for part := range strings.SplitSeq(text, "+") {
		id, number, said := strings.Cut(part, "/")
		seat := 1
		if said {
			var err error
			if seat, err = strconv.Atoi(strings.TrimSpace(number)); err != nil {
				return nil, false
			}
		}
		if id = strings.TrimSpace(id); id == "" {
			return nil, false
		}
		seats = append(seats, PlanSeat{id, seat})
	}
	return seats, len(seats) > 1
}

func onClock(date time.Time, minute int, zone *time.Location) time.Time {
	year, month, day := date.Date()
	return time.Date(year, month, day, 0, minute, 0, 0, zone)
}

// zone is that of the leg that the row names, else of the first leg that has a
// slot at this time of its own clocks, else the mission's.
func (r planReader) zone(m PlanMeeting, date sheet.Stamp, minute int) *time.Location {
	for i, leg := range r.book.Legs {
		if m.Leg != "" && folded(m.Leg) == folded(leg.Name) {
			return r.book.LegZone(i)
		}
	}
	venue, known := r.fit.venues[folded(m.Venue)]
	for i := range r.book.Legs {
		if known && !r.book.venueIn(venue, i) {
			continue
		}
		zone := r.book.LegZone(i)
		for _, s := range r.fit.starts[onClock(date.Date, minute, zone).Unix()] {
			if r.book.Slots[s].Leg == i {
				return zone
			}
		}
	}
	return r.book.Zone
}
