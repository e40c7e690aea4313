package program

import (
	"slices"

	"github.com/escale-hq/escale/planner"
)

// addColumns adds every way in which the couple can meet, as far as everything
// but other meetings goes.
func (b *build) addColumns(couple int) {
	d := &b.drafts[couple]
	pools, possible := b.pools(d)
	if !possible {
		return
	}
	for start := range b.problem.Slots {
		slots, ok := b.lasting(start, d.minutes)
		if !ok {
			continue
		}
		first, last := b.problem.Slots[start], b.problem.Slots[start+slots-1]
		span := planner.Span{Start: first.Start, End: last.End}
		if !b.free(d.who[0], span) || !b.free(d.who[1], span) {
			continue
		}
		for _, place := range b.places(d) {
			venue := b.problem.Places[place].Venue
			if !b.open(place, span) || !b.reaches(d.who[0], span, venue) || !b.reaches(d.who[1], span, venue) {
				continue
			}
			c := Column{couple: couple, span: span, day: first.Day}
			c.Meeting = planner.Meeting{
				Start: planner.SlotID(start), Slots: slots, Place: place,
				Pool: planner.None, Request: planner.None,
			}
			b.addSeats(c, d, pools)
		}
	}
}

// addSeats adds the column once for each seat of both, and each pool.
func (b *build) addSeats(c Column, d *draft, pools []planner.PoolID) {
	for s := range b.seats(d.who[0]) {
		for t := range b.seats(d.who[1]) {
			for _, pool := range pools {
				c.Meeting.Attendees = []planner.Attendee{{Participant: d.who[0], Seat: s + 1}, {Participant: d.who[1], Seat: t + 1}}
				c.Meeting.Pool = pool
				b.Columns = append(b.Columns, c)
			}
		}
	}
}

func (b *build) seats(who planner.ParticipantID) int {
	return max(1, b.problem.Participants[who].Seats)
}

// lasting is how many consecutive slots of the start's day cover the minutes.
func (b *build) lasting(start, minutes int) (slots int, ok bool) {
	list := b.problem.Slots
	for end := start; ; end++ {
		if int(list[end].End-list[start].Start) >= minutes {
			return end - start + 1, true
		}
		next := end + 1
		if next == len(list) || list[next].Leg != list[start].Leg || list[next].Day != list[start].Day ||
			list[next].Start-list[end].End > planner.Minute(b.problem.Gap) {
			return 0, false
		}
	}
}

// free says whether the participant has nothing else in the span.
func (b *build) free(who planner.ParticipantID, span planner.Span) bool {
	return !slices.ContainsFunc(b.problem.Participants[who].Busy, span.Overlaps)
}

// open says whether the place is open for the whole span.
func (b *build) open(id planner.PlaceID, span planner.Span) bool {
	place := &b.problem.Places[id]
	return !slices.ContainsFunc(place.Closed, span.Overlaps) &&
		!slices.ContainsFunc(b.problem.Venues[place.Venue].Closed, span.Overlaps)
}

// reaches says whether the participant's sessions leave it the time to come to
// the venue and to go on.
func (b *build) reaches(who planner.ParticipantID, span planner.Span, venue planner.VenueID) bool {
	for _, s := range b.problem.Sessions {
		if !slices.Contains(s.Participants, who) {
			continue
		}
		before := s.Start >= span.End+planner.Minute(max(b.problem.Gap, b.travel(venue, s.Venue)))
		after := span.Start >= s.End+planner.Minute(b.travel(s.Venue, venue))
		if !before && !after {
			return false
		}
	}
	return true
}

// travel is the shortest journey between two venues.
func (b *build) travel(from, to planner.VenueID) int {
	if b.ways == nil || from == planner.None || to == planner.None {
		return 0
	}
	return b.ways[from][to]
}

// places are those of a counterpart that receives, else of either, else all that
// are not reserved.
func (b *build) places(d *draft) []planner.PlaceID {
	var open []planner.PlaceID
	for _, side := range []planner.Side{planner.Counterpart, planner.Delegate, planner.OnePool} {
		for _, who := range d.who {
			p := &b.problem.Participants[who]
			if p.Side == side && len(p.Places) > 0 {
				return p.Places
			}
		}
	}
	for id, place := range b.problem.Places {
		if !place.Reserved {
			open = append(open, planner.PlaceID(id))
		}
	}
	return open
}

// pools lists who could interpret: None alone when a language is common.
func (b *build) pools(d *draft) (list []planner.PoolID, possible bool) {
	mine, theirs := b.problem.Participants[d.who[0]].Languages, b.problem.Participants[d.who[1]].Languages
	common := func(l string) bool { return slices.Contains(theirs, l) }
	if len(mine) == 0 || len(theirs) == 0 || slices.ContainsFunc(mine, common) {
		return []planner.PoolID{planner.None}, true
	}
	for id, pool := range b.problem.Pools {
		speaks := func(spoken []string) bool {
			return slices.Contains(spoken, pool.Languages[0]) || slices.Contains(spoken, pool.Languages[1])
		}
		if speaks(mine) && speaks(theirs) {
			list = append(list, planner.PoolID(id))
		}
	}
	return list, len(list) > 0
}

// shorten fills in the ways: it closes the journeys under passing through a third venue.
func (b *build) shorten() {
	if b.problem.Travel == nil {
		return
	}
	for _, row := range b.problem.Travel {
		b.ways = append(b.ways, slices.Clone(row))
	}
	for k := range b.ways {
		for i := range b.ways {
			for j := range b.ways {
				b.ways[i][j] = min(b.ways[i][j], b.ways[i][k]+b.ways[k][j])
			}
		}
	}
}
