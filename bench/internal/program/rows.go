package program

import (
	"cmp"
	"maps"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// group is the key under which columns exclude each other, or share a limit.
type group struct {
	kind, a, b, c int
}

// The kinds of groups.
const (
	ofCouple = iota
	ofSeat   // participant, seat, slot
	ofPlace  // place, slot
	ofPool   // pool, slot
	ofMax    // participant
	ofDay    // participant, day
)

// addRows adds the limits: each couple once, each seat in one meeting at a time
// and no faster than it travels, tables, interpreters and maxima.
func (b *build) addRows() {
	groups := make(map[group][]int)
	for i := range b.Columns {
		b.enlist(groups, i)
	}
	for _, g := range sortedKeys(groups) {
		if most := b.limit(g); len(groups[g]) > most {
			b.Rows = append(b.Rows, Row{Columns: groups[g], Missing: planner.None, Most: most})
		}
	}
	b.addJourneys()
}

func sortedKeys(groups map[group][]int) []group {
	return slices.SortedFunc(maps.Keys(groups), func(x, y group) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.c, y.c))
	})
}

// enlist puts the column into all its groups that have a limit.
func (b *build) enlist(groups map[group][]int, i int) {
	c := &b.Columns[i]
	add := func(g group) { groups[g] = append(groups[g], i) }
	add(group{kind: ofCouple, a: c.couple})
	for _, x := range c.Meeting.Attendees {
		who := int(x.Participant)
		if b.problem.Participants[who].Max > 0 {
			add(group{kind: ofMax, a: who})
		}
		if b.problem.Participants[who].MaxDay > 0 {
			add(group{kind: ofDay, a: who, b: c.day})
		}
	}
	for t := int(c.Meeting.Start); t < int(c.Meeting.Start)+c.Meeting.Slots; t++ {
		for _, x := range c.Meeting.Attendees {
			add(group{ofSeat, int(x.Participant), x.Seat, t})
		}
		if b.problem.Places[c.Meeting.Place].Tables > 0 {
			add(group{kind: ofPlace, a: int(c.Meeting.Place), b: t})
		}
		if c.Meeting.Pool != planner.None {
			add(group{kind: ofPool, a: int(c.Meeting.Pool), b: t})
		}
	}
}

// limit is how many columns of the group can be taken.
func (b *build) limit(g group) int {
	switch g.kind {
	case ofPlace:
		return b.problem.Places[g.a].Tables
	case ofPool:
		return b.problem.Pools[g.a].Count
	case ofMax:
		return b.problem.Participants[g.a].Max
	case ofDay:
		return b.problem.Participants[g.a].MaxDay
	default:
		return 1
	}
}

// stop is where a seat's meeting ends, or begins.
type stop struct {
	who, seat int
	at        planner.Minute
	venue     planner.VenueID
}

// addJourneys adds, for each seat and each venue and time at which a meeting of
// it may end, a row for each later time at which one may begin elsewhere too
// early: of all these meetings, which exclude each other, one is held at most.
func (b *build) addJourneys() {
	ends, begins := map[stop][]int{}, map[stop][]int{}
	later := map[stop]bool{}
	for i := range b.Columns {
		c := &b.Columns[i]
		for _, x := range c.Meeting.Attendees {
			s := stop{int(x.Participant), x.Seat, c.span.End, b.problem.Places[c.Meeting.Place].Venue}
			ends[s] = append(ends[s], i)
			s.at = c.span.Start
			begins[s] = append(begins[s], i)
			later[stop{who: s.who, seat: s.seat, at: s.at}] = true
		}
	}
	for _, end := range sortedStops(ends) {
		for _, slot := range b.problem.Slots {
			begin := stop{who: end.who, seat: end.seat, at: slot.Start}
			if slot.Start >= end.at && later[begin] {
				b.addJourney(end, begin, ends[end], begins)
			}
		}
	}
}

func (b *build) addJourney(end, begin stop, ending []int, begins map[stop][]int) {
	columns := slices.Clone(ending)
	for v := range b.problem.Venues {
		begin.venue = planner.VenueID(v)
		if begin.at < end.at+planner.Minute(max(b.problem.Gap, b.travel(end.venue, begin.venue))) {
			columns = append(columns, begins[begin]...)
		}
	}
	if len(columns) > len(ending) {
		b.Rows = append(b.Rows, Row{Columns: columns, Missing: planner.None, Most: 1})
	}
}

func sortedStops(stops map[stop][]int) []stop {
	return slices.SortedFunc(maps.Keys(stops), func(x, y stop) int {
		return cmp.Or(cmp.Compare(x.who, y.who), cmp.Compare(x.seat, y.seat), cmp.Compare(x.at, y.at), cmp.Compare(x.venue, y.venue))
	})
}

// addMinimums counts what is missing to each guaranteed minimum, each meeting at
// the given loss.
func (b *build) addMinimums(loss int) {
	columns := make(map[planner.ParticipantID][]int)
	for i := range b.Columns {
		for _, x := range b.Columns[i].Meeting.Attendees {
			columns[x.Participant] = append(columns[x.Participant], i)
		}
	}
	for who := range b.problem.Participants {
		least := b.problem.Participants[who].Min
		if least == 0 {
			continue
		}
		id := planner.ParticipantID(who)
		b.Rows = append(b.Rows, Row{Columns: columns[id], Missing: len(b.Missing), Least: least})
		b.Missing = append(b.Missing, Missing{Participant: id, Most: least, Loss: loss})
	}
}
