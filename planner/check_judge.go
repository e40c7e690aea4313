package planner

import (
	"math"
	"slices"
)

// judge is what [Check], [Evaluate] and [CheckBound] derive from a problem,
// straight from the definitions and as plainly as they are written. The search
// derives its own view and shares nothing with this one, so that a mistake in
// either shows as a difference between the two.
type judge struct {
	problem *Problem
	// way is the shortest way from a venue to another; nil without travel.
	way [][]int
	// sessions of each participant, as positions in the problem.
	sessions [][]int
	// free says whether a participant could attend a meeting in a slot.
	free [][]bool
	// blocks and days are the stretches from the start of their first slot to
	// the end of their last one.
	blocks, days []Span
	// asked are the meetings that may be held: one a request, in the order of
	// requests, then one a pair that wishes to meet outside of any request.
	asked []asked
	// ofCouple is the position in asked of the meeting of two that no request
	// carries.
	ofCouple map[couple]int
	// refused are the couples that one side's Never keeps apart.
	refused map[couple]bool
	// everySlot lists all slots.
	everySlot []SlotID
}

// newJudge derives what no plan changes.
func newJudge(p *Problem) *judge {
	j := &judge{problem: p, way: shortestWayBetween(p.Travel)}
	j.sessions = make([][]int, len(p.Participants))
	for i, s := range p.Sessions {
		for _, who := range s.Participants {
			j.sessions[who] = append(j.sessions[who], i)
		}
	}
	for i, s := range p.Slots {
		j.everySlot = append(j.everySlot, SlotID(i))
		j.blocks = stretch(j.blocks, s.Block, s.Span)
		j.days = stretch(j.days, s.Day, s.Span)
	}
	j.free = make([][]bool, len(p.Participants))
	for who := range p.Participants {
		j.free[who] = make([]bool, len(p.Slots))
		for s, slot := range p.Slots {
			j.free[who][s] = j.attends(ParticipantID(who), slot.Leg) && !j.engaged(ParticipantID(who), slot.Span)
		}
	}
	j.gatherAsked()
	return j
}

// shortestWayBetween lets a journey pass through other venues where that is
// quicker (Floyd and Warshall). Staying at a venue takes no time.
func shortestWayBetween(travel [][]int) [][]int {
	way := make([][]int, len(travel))
	for from, row := range travel {
		way[from] = slices.Clone(row)
		way[from][from] = 0
	}
	for via := range way {
		for from := range way {
			for to := range way {
				way[from][to] = min(way[from][to], way[from][via]+way[via][to])
			}
		}
	}
	return way
}

// stretch makes entry i of the list reach over the span too. An entry without
// any span is the empty one that overlaps nothing.
func stretch(list []Span, i int, s Span) []Span {
	for len(list) <= i {
		list = append(list, Span{Start: math.MaxInt64, End: math.MinInt64})
	}
	list[i] = Span{Start: min(list[i].Start, s.Start), End: max(list[i].End, s.End)}
	return list
}

// journey is the minutes from one venue to another; a venue of None is
// anywhere.
func (j *judge) journey(from, to VenueID) int {
	if from == None || to == None || len(j.way) == 0 {
		return 0
	}
	return j.way[from][to]
}

// legAllowed says whether a leg is in the list, which allows all when empty.
func legAllowed(legs []int, leg int) bool { return len(legs) == 0 || slices.Contains(legs, leg) }

// attends says whether the participant takes part in the leg.
func (j *judge) attends(who ParticipantID, leg int) bool {
	return legAllowed(j.problem.Participants[who].Legs, leg)
}

// touches says whether any span of the list overlaps the span.
func touches(list []Span, s Span) bool { return slices.ContainsFunc(list, s.Overlaps) }

// engaged says whether the participant is busy, or in a session, at any
// instant of the span.
func (j *judge) engaged(who ParticipantID, s Span) bool {
	return touches(j.problem.Participants[who].Busy, s) || j.sessionDuring(who, s) != None
}

// sessionDuring is the first session of the participant that overlaps the
// span, or None.
func (j *judge) sessionDuring(who ParticipantID, s Span) int {
	for _, i := range j.sessions[who] {
		if j.problem.Sessions[i].Overlaps(s) {
			return i
		}
	}
	return None
}

// lasting is how many slots a meeting of so many minutes takes from the start
// on: the fewest consecutive ones from whose first start to whose last end
// there are as many minutes. ok is false when they run out before.
func (j *judge) lasting(start SlotID, minutes int) (slots int, ok bool) {
	first := j.problem.Slots[start]
	for n := 1; ; n++ {
		last := int(start) + n - 1
		if n > 1 && (last == len(j.problem.Slots) || !j.follows(SlotID(last))) {
			return 0, false
		}
		if int(j.problem.Slots[last].End-first.Start) >= minutes {
			return n, true
		}
	}
}

// follows says whether a meeting may go on from the slot before into this one:
// same leg, same day, and no more than the gap between the two.
func (j *judge) follows(s SlotID) bool {
	a, b := j.problem.Slots[s-1], j.problem.Slots[s]
	return a.Leg == b.Leg && a.Day == b.Day && b.Start-a.End <= Minute(j.problem.Gap)
}

// span is the time from the start of the first of so many slots to the end of
// the last one.
func (j *judge) span(start SlotID, slots int) Span {
	first, last := j.problem.Slots[start], j.problem.Slots[int(start)+slots-1]
	return Span{Start: first.Start, End: max(first.End, last.End)}
}

// available says whether the participant is free from the first of so many
// slots to the end of the last one, what is between slots included.
func (j *judge) available(who ParticipantID, start SlotID, slots int) bool {
	for s := int(start); s < int(start)+slots; s++ {
		if !j.free[who][s] {
			return false
		}
	}
	return slots == 1 || !j.engaged(who, j.span(start, slots))
}

// placeOpen says whether a meeting can be held at the place in the leg over
// the span.
func (j *judge) placeOpen(id PlaceID, leg int, s Span) bool {
	place := j.problem.Places[id]
	venue := j.problem.Venues[place.Venue]
	return legAllowed(venue.Legs, leg) && !touches(venue.Closed, s) && !touches(place.Closed, s)
}

// poolOpen says whether the pool's interpreters work in the leg over the span.
func (j *judge) poolOpen(id PoolID, leg int, s Span) bool {
	pool := j.problem.Pools[id]
	return legAllowed(pool.Legs, leg) && !touches(pool.Busy, s)
}
