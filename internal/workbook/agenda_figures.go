package workbook

import (
	"slices"
	"time"

	"github.com/escale-hq/escale/planner"
)

// travelOf is the minutes of all journeys of an agenda.
func travelOf(a Agenda) int {
	minutes := 0
	for _, day := range a.Days {
		for _, s := range day.Stops {
			minutes += s.Minutes
		}
	}
	return minutes
}

// breaksOf counts the breaks of an agenda, as planner.Evaluate does for all
// agendas together.
func breaksOf(o *Outcome, a Agenda) int {
	breaks := 0
	for _, day := range a.Days {
		var before *Stop
		journey := 0
		for i, s := range day.Stops {
			if s.Kind == TravelStop {
				journey = s.Minutes
				continue
			}
			if before != nil && o.idles(a.Participant, *before, s, journey) {
				breaks++
			}
			before, journey = &day.Stops[i], 0
		}
	}
	return breaks
}

// idles says whether the time between two stops is a break: whether, in a
// block that both touch, a slot lies between them in which the participant is
// available, and which the journey leaves time for.
func (o *Outcome) idles(participant int, before, after Stop, journey int) bool {
	spare := after.Start.Sub(before.End) - time.Duration(journey)*time.Minute
	blocks := o.Book.blocks()
	for _, s := range o.Book.Slots {
		between := !s.Start.Before(before.End) && !s.End.After(after.Start)
		if !between || s.End.Sub(s.Start) > spare || !o.Book.available(participant, s) {
			continue
		}
		block := blocks[s.Block]
		if block.overlaps(before.Start, before.End) && block.overlaps(after.Start, after.End) {
			return true
		}
	}
	return false
}

// blocks gives the extent of each numbered block.
func (b *Book) blocks() map[int]Span {
	blocks := map[int]Span{}
	for _, s := range b.Slots {
		block, known := blocks[s.Block]
		if !known || s.Start.Before(block.Start) {
			block.Start = s.Start
		}
		if s.End.After(block.End) {
			block.End = s.End
		}
		blocks[s.Block] = block
	}
	return blocks
}

func (s Span) overlaps(start, end time.Time) bool { return s.Start.Before(end) && start.Before(s.End) }

// available says whether a participant could attend in the slot, sessions and
// meetings aside.
func (b *Book) available(participant int, s Slot) bool {
	p := b.Participants[participant]
	if slices.ContainsFunc(p.Unavailable, func(busy Span) bool { return busy.overlaps(s.Start, s.End) }) {
		return false
	}
	return len(p.Legs) == 0 || slices.Contains(p.Legs, s.Leg)
}

// wishedBy counts the wishes of each participant, refusals aside.
func wishedBy(p *planner.Problem) []int {
	wished := make([]int, len(p.Participants))
	for _, w := range p.Wishes {
		if w.Kind != planner.Never {
			wished[w.From]++
		}
	}
	return wished
}
