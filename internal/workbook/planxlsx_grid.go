package workbook

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/planner"
)

const (
	// gridColumns are those of a seat, before the slots.
	gridColumns = 3
	// gridHeight, in points, holds two lines: whom one meets, and where.
	gridHeight = 31
)

// grid has a row a seat and a column a slot: whom it meets and at which table,
// its sessions, and when it is not available.
func (p planPrinter) grid() sheet.Sheet {
	s := p.page("output.grid", p.w.T("output.grid.legend"))
	s.Landscape, s.Frozen = true, gridColumns
	s.Columns = []sheet.Column{
		p.column("output.column.id", 8, sheet.Plain),
		p.column("output.column.participant", 26, sheet.Strong),
		p.column("output.column.person", 18, sheet.Plain),
	}
	for i := range p.b.Slots {
		s.Columns = append(s.Columns, sheet.Column{Name: p.slotHead(i), Width: 21})
		p.span(&s, i)
	}
	s.PagesWide, s.RowHeight = len(s.Spans), gridHeight
	for _, a := range p.agendas {
		s.Rows = append(s.Rows, p.gridRow(a))
	}
	return s
}

// span puts the day of a slot above its column.
func (p planPrinter) span(s *sheet.Sheet, slot int) {
	column := gridColumns + slot
	if slot > 0 && p.b.Slots[slot].Day == p.b.Slots[slot-1].Day && p.b.Slots[slot].Leg == p.b.Slots[slot-1].Leg {
		s.Spans[len(s.Spans)-1].To = column
		return
	}
	s.Spans = append(s.Spans, sheet.Span{From: column, To: column, Name: p.dayHead(slot)})
}

func (p planPrinter) gridRow(a Agenda) []sheet.Value {
	participant := p.b.Participants[a.Participant]
	row := sheet.Values(seatKey(p.b, planner.Attendee{Participant: planner.ParticipantID(a.Participant), Seat: a.Seat}),
		participant.Name, a.Person)
	stops := p.stopsBySlot(a)
	for i, slot := range p.b.Slots {
		stop, engaged := stops[i]
		switch {
		case engaged && stop.Kind == MeetingStop:
			row = append(row, sheet.Value{What: p.gridMeeting(stop), Style: sheet.Current})
		case engaged:
			row = append(row, sheet.Value{What: p.b.Sessions[stop.Session].Name, Style: sheet.Session})
		case !p.b.available(a.Participant, slot):
			row = append(row, sheet.Value{What: "×", Style: sheet.Closed})
		default:
			row = append(row, sheet.Value{})
		}
	}
	return row
}

// stopsBySlot says what engages the seat in each slot; a meeting hides a
// session, which only a plan made by hand can hold at the same time.
func (p planPrinter) stopsBySlot(a Agenda) map[int]Stop {
	engaged := map[int]Stop{}
	for _, day := range a.Days {
		for _, stop := range day.Stops {
			if stop.Kind == SessionStop {
				p.engage(engaged, day.Leg, stop)
			}
		}
		for _, stop := range day.Stops {
			if stop.Kind == MeetingStop {
				p.engage(engaged, day.Leg, stop)
			}
		}
	}
	return engaged
}

func (p planPrinter) engage(engaged map[int]Stop, leg int, stop Stop) {
	for i, slot := range p.b.Slots {
		if slot.Leg == leg && slot.Start.Before(stop.End) && stop.Start.Before(slot.End) {
			engaged[i] = stop
		}
	}
}

// gridMeeting says whom one meets and where, in the width of a cell.
func (p planPrinter) gridMeeting(stop Stop) string {
	var names []string
	for _, a := range stop.With {
		names = append(names, p.b.Participants[a.Participant].Name)
	}
	return strings.Join(names, ", ") + "\n" + p.gridPlace(stop, names)
}

// gridPlace does not repeat the name of a host in whose premises one meets.
func (p planPrinter) gridPlace(stop Stop, names []string) string {
	venue := p.venueKey(stop.Venue)
	if slices.Contains(names, venue) {
		venue = p.w.T("output.grid.premises")
	}
	if stop.Table == "" {
		return venue
	}
	return p.w.T("output.grid.place", venue, stop.Table)
}
