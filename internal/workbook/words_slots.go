package workbook

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/planner"
)

// A sentence names few slots; of more it gives the number.
const (
	slotsOfDay = 4
	daysNamed  = 3
)

// slots says when several slots are: Tue 7, 10:00 and 10:30 · Wed 8, 9:00.
// Slots that follow each other are said as one span.
func (s speaker) slots(list []planner.SlotID) string {
	known := slices.DeleteFunc(slices.Clone(list), func(slot planner.SlotID) bool {
		return slot < 0 || int(slot) >= len(s.b.Slots)
	})
	slices.Sort(known)
	days := s.byDay(slices.Compact(known))
	var parts []string
	for _, day := range days[:min(len(days), daysNamed)] {
		parts = append(parts, s.slotsOn(day))
	}
	if more := len(days) - daysNamed; more > 0 {
		parts = append(parts, s.w.N("words.days_more", more))
	}
	return strings.Join(parts, " · ")
}

// byDay parts sorted slots into days; a day belongs to one leg.
func (s speaker) byDay(list []planner.SlotID) [][]planner.SlotID {
	var days [][]planner.SlotID
	for i, slot := range list {
		if i == 0 || s.b.Slots[slot].Day != s.b.Slots[list[i-1]].Day || s.b.Slots[slot].Leg != s.b.Slots[list[i-1]].Leg {
			days = append(days, nil)
		}
		days[len(days)-1] = append(days[len(days)-1], slot)
	}
	return days
}

func (s speaker) slotsOn(day []planner.SlotID) string {
	runs := s.runs(day)
	if len(runs) > slotsOfDay {
		return s.w.N("words.slots_on", len(day), s.day(day[0]))
	}
	times := make([]string, len(runs))
	for i, run := range runs {
		times[i] = s.run(run)
	}
	return s.w.T("words.moment", s.day(day[0]), s.w.List(times))
}

// runs parts the slots of a day into stretches that follow each other.
func (s speaker) runs(day []planner.SlotID) [][]planner.SlotID {
	var runs [][]planner.SlotID
	for i, slot := range day {
		if i == 0 || slot != day[i-1]+1 || s.b.Slots[slot].Block != s.b.Slots[slot-1].Block {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], slot)
	}
	return runs
}

func (s speaker) run(run []planner.SlotID) string {
	span := s.b.slotSpan(run[0], len(run))
	if len(run) == 1 {
		return s.w.Clock(span.Start)
	}
	return s.w.Span(span.Start, span.End)
}
