package planner

import (
	"context"
	"math"
)

// schedule is how a search cools: from the first temperature to the last,
// geometrically, in so many steps. Temperatures are in units of energy.
type schedule struct {
	first, last float64
	steps       int64
}

// search is one annealed search over a state (Kirkpatrick, Gelatt and Vecchi,
// Science 220, 1983).
type search struct {
	*state
	// active are the candidates that the moves draw from.
	active []int32
	// guide is nil where there are no bounds.
	guide *guide
	// best is the best plan met, and bestEnergy its energy.
	best       holding
	bestEnergy int64
	// copied is the step at which best was copied.
	copied int64
	// goal is an energy that cannot be improved on: the search stops there.
	goal int64
	// fair makes the search draw half of its candidates from those who are
	// served badly.
	fair bool
	// steps done so far, over all phases.
	steps int64
}

// holding is a plan as the search knows it: where each candidate is held, by
// which seats.
type holding struct {
	spots []spot
	seats []int32
	// tables that the candidates had in a plan read back, 0 for none; nil for
	// one that has no tables yet.
	tables []int32
}

// count is how many candidates are held.
func (h *holding) count() int {
	n := 0
	for _, at := range h.spots {
		if at.slots > 0 {
			n++
		}
	}
	return n
}

// pollEvery is how many steps go by between two looks at the context.
const pollEvery = 256

// anneal runs the schedule, or less if the context ends or the goal is reached,
// and leaves the state at the best plan met.
func (s *search) anneal(ctx context.Context, cooling schedule) {
	s.begin()
	factor := math.Pow(cooling.last/cooling.first, float64(pollEvery)/float64(max(cooling.steps, 1)))
	temperature := cooling.first
	for done := int64(0); done < cooling.steps && len(s.active) > 0; done++ {
		if done%pollEvery == 0 {
			if ctx.Err() != nil || s.bestEnergy <= s.goal {
				break
			}
			temperature *= factor
		}
		s.step(temperature)
		s.steps++
	}
	s.finish()
}

// step tries one move and keeps it if it gains, or with the probability that
// its loss has at the temperature.
func (s *search) step(temperature float64) {
	before := s.cost.energy()
	if !s.move(s.draw()) {
		s.undo()
		return
	}
	worse := s.cost.energy() - before
	if worse > 0 && s.random.Float64() >= math.Exp(-float64(worse)/temperature) {
		s.undo()
		return
	}
	s.keep()
	if worse < 0 {
		s.remember(false)
	}
}

// draw picks the candidate to move.
func (s *search) draw() int32 {
	if s.fair && s.random.IntN(2) == 0 {
		if c := s.needed(); c != None {
			return c
		}
	}
	return s.active[s.random.IntN(len(s.active))]
}

// rivals is how many participants are compared to find one served badly.
const rivals = 6

// needed draws a candidate that is not held from the worst served of a few
// participants drawn at random; None if it has none.
func (s *search) needed() int32 {
	worst, most := int32(0), int64(-1)
	for range rivals {
		p := int32(s.random.IntN(len(s.of)))
		if penalty := servedPenalty(s.cost.met[p], s.alone[p]); penalty > most {
			worst, most = p, penalty
		}
	}
	if most <= 0 {
		return None
	}
	c := s.of[worst][s.random.IntN(len(s.of[worst]))]
	if s.held(c) || !s.candidates[c].possible() {
		return None
	}
	return c
}

// move changes something about the candidate; false when it could not.
func (s *search) move(c int32) bool {
	if s.was != nil && s.isAway(c) && s.random.IntN(2) == 0 {
		return s.goHome(c)
	}
	if !s.held(c) {
		return s.insert(c)
	}
	switch s.random.IntN(16) {
	case 0, 1:
		return s.relocate(c)
	case 2, 3:
		return s.push(c)
	case 4:
		s.del(c)
		return true
	default:
		return s.swapChain(c)
	}
}

// isAway says whether the previous plan held the candidate, elsewhere than this
// one does.
func (s *state) isAway(c int32) bool {
	return s.was.spots[c].slots > 0 && (!s.held(c) || !s.stays(c))
}

// begin takes the present plan as the best met.
func (s *search) begin() {
	s.keep()
	s.bestEnergy = math.MaxInt64
	s.remember(true)
}

// remember copies the plan if it is the best met. Copying costs as much as many
// steps on a large problem, so a copy is made only after a number of steps in
// proportion, unless it must be made.
func (s *search) remember(must bool) {
	e := s.cost.energy()
	if e >= s.bestEnergy || (!must && e > s.goal && s.steps-s.copied < int64(len(s.candidates))/16) {
		return
	}
	s.bestEnergy, s.copied = e, s.steps
	s.best.spots = append(s.best.spots[:0], s.spots...)
	s.best.seats = append(s.best.seats[:0], s.seats...)
}

// finish leaves the state at the best plan met.
func (s *search) finish() {
	s.remember(true)
	s.load(&s.best)
}

// holds says whether the state is at the plan.
func (s *state) holds(h *holding) bool {
	for c, at := range h.spots {
		if at.slots != s.spots[c].slots || at.slots > 0 && (at != s.spots[c] || s.seatsDiffer(int32(c), h)) {
			return false
		}
	}
	return true
}

// load replaces the plan by another.
func (s *state) load(h *holding) {
	for c := range s.candidates {
		if s.held(int32(c)) && (s.spots[c] != h.spots[c] || s.seatsDiffer(int32(c), h)) {
			s.remove(int32(c))
		}
	}
	for c := range s.candidates {
		if h.spots[c].slots > 0 && !s.held(int32(c)) {
			d := &s.candidates[c]
			s.place(int32(c), h.spots[c], h.seats[d.first:d.end])
		}
	}
	s.keep()
}

// seatsDiffer says whether other seats attend the candidate than in the holding.
func (s *state) seatsDiffer(c int32, h *holding) bool {
	for i := s.candidates[c].first; i < s.candidates[c].end; i++ {
		if s.seats[i] != h.seats[i] {
			return true
		}
	}
	return false
}
