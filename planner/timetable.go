package planner

import (
	"cmp"
	"math"
	"slices"
)

// timetable answers what may follow what on one seat's agenda.
type timetable struct {
	start, end []Minute
	gap        int
	// travel is the shortest way between venues, nil when there is none at all.
	travel [][]int
	// longest is the longest journey.
	longest int
	// near lists, for a slot, the other slots so close in time that meetings
	// in both may exclude each other. It is empty for all slots on a plain
	// grid, where a meeting excludes what shares its slots and nothing else.
	near [][]SlotID
	// overlap lists, for a slot, the slots of other legs that share time with it.
	overlap [][]SlotID
	// plain says that near is empty everywhere.
	plain bool
	// ofDay lists the slots of each day in order of start.
	ofDay [][]SlotID
	// blocks are the stretches in which idle time counts.
	blocks []Span
	// sessions of each participant, in order of start, and those of them that
	// fall on each day: [participant*days+day]. A session far from all days is on
	// none.
	sessions [][]engagement
	onDay    [][]engagement
}

// engagement is a stretch of a seat's time, at a venue or None.
type engagement struct {
	Span
	venue VenueID
	// meeting says that it is a meeting, after which the gap is kept.
	meeting bool
}

// newTimetable reads slots, journeys and sessions.
func newTimetable(p *Problem) timetable {
	t := timetable{gap: p.Gap, travel: shortestWays(p.Travel)}
	for _, s := range p.Slots {
		t.start = append(t.start, s.Start)
		t.end = append(t.end, s.End)
		for len(t.ofDay) <= s.Day {
			t.ofDay = append(t.ofDay, nil)
		}
		for len(t.blocks) <= s.Block {
			t.blocks = append(t.blocks, Span{math.MaxInt64, math.MinInt64})
		}
		b := &t.blocks[s.Block]
		b.Start, b.End = min(b.Start, s.Start), max(b.End, s.End)
	}
	t.sortDays(p)
	t.findNear(p)
	t.listSessions(p)
	t.splitSessions()
	return t
}

// sortDays lists the slots of each day: those of several legs, as time goes.
func (t *timetable) sortDays(p *Problem) {
	for s := range p.Slots {
		d := p.Slots[s].Day
		t.ofDay[d] = append(t.ofDay[d], SlotID(s))
	}
	for _, day := range t.ofDay {
		slices.SortStableFunc(day, t.byStart)
	}
}

// byStart compares slots by when they start.
func (t *timetable) byStart(a, b SlotID) int { return cmp.Compare(t.start[a], t.start[b]) }

// findNear lists the slots within the longest journey or gap of each other.
func (t *timetable) findNear(p *Problem) {
	for _, row := range t.travel {
		t.longest = max(t.longest, slices.Max(row))
	}
	reach := max(t.gap, t.longest)
	t.near = make([][]SlotID, len(p.Slots))
	t.overlap = make([][]SlotID, len(p.Slots))
	t.plain = true
	inOrder := make([]SlotID, len(p.Slots))
	for s := range inOrder {
		inOrder[s] = SlotID(s)
	}
	slices.SortStableFunc(inOrder, t.byStart)
	for i, a := range inOrder {
		for _, b := range inOrder[i+1:] {
			if t.start[b] >= t.end[a]+Minute(reach) {
				break
			}
			t.near[a] = append(t.near[a], b)
			t.near[b] = append(t.near[b], a)
			t.plain = false
			if t.start[b] < t.end[a] {
				t.overlap[a] = append(t.overlap[a], b)
				t.overlap[b] = append(t.overlap[b], a)
			}
		}
	}
}

// listSessions lists the sessions of each participant, in order of start.
func (t *timetable) listSessions(p *Problem) {
	t.sessions = make([][]engagement, len(p.Participants))
	for _, s := range p.Sessions {
		for _, q := range s.Participants {
			t.sessions[q] = append(t.sessions[q], engagement{Span: s.Span, venue: s.Venue})
		}
	}
	for _, list := range t.sessions {
		slices.SortStableFunc(list, func(a, b engagement) int { return cmp.Compare(a.Start, b.Start) })
	}
}

// splitSessions gives each session its day.
func (t *timetable) splitSessions() {
	t.onDay = make([][]engagement, len(t.sessions)*len(t.ofDay))
	for p, list := range t.sessions {
		for _, e := range list {
			if d := t.dayOf(e.Span); d != None {
				cell := p*len(t.ofDay) + d
				t.onDay[cell] = append(t.onDay[cell], e)
			}
		}
	}
}

// dayOf is the day of the grid whose slots lie nearest to the span, or None
// when all are twelve hours away or more.
func (t *timetable) dayOf(s Span) int {
	const far = 12 * 60
	day, least := None, Minute(far)
	for d, slots := range t.ofDay {
		for _, i := range slots {
			if away := max(t.start[i]-s.End, s.Start-t.end[i]); away < least {
				day, least = d, away
			}
		}
	}
	return day
}

// sessionsOf lists a participant's sessions of a day.
func (t *timetable) sessionsOf(p int32, day int) []engagement {
	return t.onDay[int(p)*len(t.ofDay)+day]
}

// minutes is the journey from one venue to the other.
func (t *timetable) minutes(from, to VenueID) int {
	if t.travel == nil || from == None || to == None {
		return 0
	}
	return t.travel[from][to]
}

// compatible says whether one seat can hold both engagements.
func (t *timetable) compatible(a, b engagement) bool {
	if b.Start < a.Start {
		a, b = b, a
	}
	wait := t.minutes(a.venue, b.venue)
	if a.meeting {
		wait = max(wait, t.gap)
	}
	return b.Start >= a.End+Minute(wait)
}

// shortestWays closes the journeys under passing through a third venue, by the
// algorithm of Floyd and Warshall; nil when nothing takes any time.
func shortestWays(travel [][]int) [][]int {
	if !anyPositive(travel) {
		return nil
	}
	ways := make([][]int, len(travel))
	for i, row := range travel {
		ways[i] = slices.Clone(row)
		ways[i][i] = 0
	}
	for k := range ways {
		for i := range ways {
			for j := range ways {
				ways[i][j] = min(ways[i][j], ways[i][k]+ways[k][j])
			}
		}
	}
	return ways
}

// anyPositive says whether some figure is above 0.
func anyPositive(rows [][]int) bool {
	return slices.ContainsFunc(rows, func(row []int) bool {
		return slices.ContainsFunc(row, func(n int) bool { return n > 0 })
	})
}
