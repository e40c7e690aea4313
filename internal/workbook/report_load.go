package workbook

import (
	"maps"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/planner"
)

// reportLoad is, for a leg, how many tables are taken in each slot.
type reportLoad struct {
	// Caption names the leg where there are several.
	Caption string
	Columns []string
	Rows    []reportLoadRow
}

// reportLoadRow is a day.
type reportLoadRow struct {
	Day   string
	Cells []reportCell
}

// reportCell is a slot: taken of open. Class is how the cell looks.
type reportCell struct {
	Class, Text string
}

// loads makes a table for each leg that has tables to count: those of venues,
// not of those who receive at their own.
func (r *reporter) loads() []reportLoad {
	taken := r.taken()
	var loads []reportLoad
	for leg := range max(len(r.book.Legs), 1) {
		columns := r.columns(leg)
		if !r.hasTables(leg) || len(columns) == 0 {
			continue
		}
		load := reportLoad{Rows: r.loadRows(leg, columns, taken)}
		if len(r.book.Legs) > 1 {
			load.Caption = r.book.Legs[leg].Name
		}
		for _, minute := range columns {
			load.Columns = append(load.Columns, r.clock(minute))
		}
		loads = append(loads, load)
	}
	return loads
}

// commonPlaces says which places have tables for anyone: numbered, not reserved,
// and not the premises of the one participant that receives there.
func commonPlaces(b *Book) []bool {
	receive := make([]int, len(b.Places))
	for _, p := range b.Participants {
		for _, place := range p.Places {
			receive[place]++
		}
	}
	common := make([]bool, len(b.Places))
	for i, p := range b.Places {
		common[i] = p.Tables > 0 && !p.Reserved && receive[i] != 1
	}
	return common
}

func (r *reporter) hasTables(leg int) bool {
	for i, p := range r.book.Places {
		if r.common[i] && r.serves(r.book.Venues[p.Venue].Legs, leg) {
			return true
		}
	}
	return false
}

// serves says whether something that belongs to legs belongs to this one.
func (r *reporter) serves(legs []int, leg int) bool {
	return len(legs) == 0 || slices.Contains(legs, leg)
}

// taken counts, for each slot, the meetings at common tables.
func (r *reporter) taken() []int {
	taken := make([]int, len(r.book.Slots))
	for _, m := range r.plan.Meetings {
		if !r.common[m.Place] {
			continue
		}
		for s := range max(m.Slots, 1) {
			taken[int(m.Start)+s]++
		}
	}
	return taken
}

// open counts the common tables of a slot's leg that are not closed.
func (r *reporter) open(s Slot) int {
	open := 0
	for i, p := range r.book.Places {
		v := r.book.Venues[p.Venue]
		if r.common[i] && r.serves(v.Legs, s.Leg) && !covers(v.Closed, s) && !covers(p.Closed, s) {
			open += p.Tables
		}
	}
	return open
}

// covers says whether some span takes away a part of the slot.
func covers(spans []Span, s Slot) bool {
	return slices.ContainsFunc(spans, func(span Span) bool { return span.overlaps(s.Start, s.End) })
}

// columns are the minutes of the day at which slots of a leg start.
func (r *reporter) columns(leg int) []int {
	minutes := map[int]bool{}
	for _, s := range r.book.Slots {
		if s.Leg == leg {
			minutes[r.minuteOfSlot(s)] = true
		}
	}
	return slices.Sorted(maps.Keys(minutes))
}

func (r *reporter) minuteOfSlot(s Slot) int {
	start := r.local(s.Start, s.Leg)
	return start.Hour()*60 + start.Minute()
}

func (r *reporter) loadRows(leg int, columns, taken []int) []reportLoadRow {
	var rows []reportLoadRow
	day := planner.None
	for i, s := range r.book.Slots {
		if s.Leg != leg {
			continue
		}
		if s.Day != day {
			day = s.Day
			rows = append(rows, reportLoadRow{
				Day:   r.w.DateShort(r.local(s.Start, leg)),
				Cells: slices.Repeat([]reportCell{{Class: "absent"}}, len(columns)),
			})
		}
		column, _ := slices.BinarySearch(columns, r.minuteOfSlot(s))
		rows[len(rows)-1].Cells[column] = r.loadCell(taken[i], r.open(s))
	}
	return rows
}

func (r *reporter) loadCell(taken, open int) reportCell {
	if open == 0 {
		return reportCell{Class: "closed", Text: r.t("load.closed")}
	}
	classes := [...]string{"heat-0", "heat-1", "heat-2", "heat-3", "heat-4"}
	return reportCell{Class: classes[chart.HeatLevel(taken, open)], Text: r.t("load.cell", taken, open)}
}

// clock writes a minute of the day.
func (r *reporter) clock(minute int) string {
	return r.w.Clock(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minute) * time.Minute))
}
