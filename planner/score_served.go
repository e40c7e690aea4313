package planner

import (
	"cmp"
	"slices"
)

// rankServed lists the participants that could get something, worst served
// first: by the fraction of their best that they got, then by position.
func rankServed(met, best []int) []Served {
	var list []Served
	for who := range best {
		if best[who] > 0 {
			list = append(list, Served{Participant: ParticipantID(who), Met: met[who], Best: best[who]})
		}
	}
	slices.SortStableFunc(list, compareFraction)
	return list
}

// compareFraction compares Met/Best without dividing.
func compareFraction(a, b Served) int { return cmp.Compare(a.Met*b.Best, b.Met*a.Best) }

// compareServed is the leximin: the first of the worst served who differ
// decides.
func compareServed(a, b []Served) int { return slices.CompareFunc(a, b, compareFraction) }

// want is a meeting that a participant wants: what it is worth to it alone, and
// which of its seats may attend at which starts.
type want struct {
	*asked
	points int
	seat   int
	starts []SlotID
}

// bestAlone is, for each participant, the most points of its own wishes that it
// could get if the others, the places and the interpreters were there for it
// alone whenever they are there at all: the best choice of meetings, no more
// than its maximum, with each a seat and a start of its own. Between meetings,
// journeys and gaps do not count, nor does the maximum of a day, and a meeting
// of several slots takes its first one only, so that no plan gives more.
func (j *judge) bestAlone() []int {
	wants := make([][]want, len(j.problem.Participants))
	for i := range j.asked {
		a := &j.asked[i]
		for _, x := range a.attendees {
			if points := j.ownPoints(a, x.Participant); points > 0 {
				wants[x.Participant] = append(wants[x.Participant], want{asked: a, points: points, seat: x.Seat})
			}
		}
	}
	best := make([]int, len(wants))
	for who := range wants {
		best[who] = j.mostOf(ParticipantID(who), wants[who])
	}
	return best
}

// ownPoints sums the participant's own wishes that the meeting meets.
func (j *judge) ownPoints(a *asked, who ParticipantID) int {
	points := 0
	for _, w := range a.wishes {
		if wish := j.problem.Wishes[w]; wish.From == who && meets(wish, a.attendees) {
			points += wish.Points()
		}
	}
	return points
}

// mostOf takes the meetings from the worthiest down, each that still leaves all
// those taken a seat and a start of their own. Sets that do so are the
// independent sets of a matroid, where this gives the most.
func (j *judge) mostOf(who ParticipantID, wants []want) int {
	slices.SortStableFunc(wants, func(a, b want) int { return cmp.Compare(b.points, a.points) })
	s := seating{wants: wants, seats: j.seats(who), holder: make(map[seatSlot]int), visited: make(map[seatSlot]bool)}
	limit := j.room(who)
	total := 0
	for i := range wants {
		if limit == 0 {
			break
		}
		wants[i].starts = j.starts(wants[i].asked)
		clear(s.visited)
		if s.place(i) {
			total += wants[i].points
			limit--
		}
	}
	return total
}

// room is the most meetings that the participant's maximum, its seats and the
// slots in which it is free leave room for.
func (j *judge) room(who ParticipantID) int {
	cells := 0
	for _, free := range j.free[who] {
		if free {
			cells += j.seats(who)
		}
	}
	if most := j.problem.Participants[who].Max; most > 0 {
		return min(cells, most)
	}
	return cells
}

// seatSlot is one seat in one slot.
type seatSlot struct {
	seat int
	slot SlotID
}

// seating gives each meeting that is taken a cell of its own.
type seating struct {
	wants  []want
	seats  int
	holder map[seatSlot]int
	// visited are the cells that the search for a way has seen.
	visited map[seatSlot]bool
}

// place gives the meeting a cell, moving others on where it must: an augmenting
// path that visits each cell once.
func (s *seating) place(i int) bool {
	w := s.wants[i]
	for seat := 1; seat <= s.seats; seat++ {
		if w.seat != 0 && w.seat != seat {
			continue
		}
		for _, start := range w.starts {
			c := seatSlot{seat, start}
			if s.visited[c] {
				continue
			}
			s.visited[c] = true
			if k, held := s.holder[c]; !held || s.place(k) {
				s.holder[c] = i
				return true
			}
		}
	}
	return false
}
