package planner

import "cmp"

// Score is what a plan is worth on every tier, computed from the plan alone.
type Score struct {
	// Each is the figure of its [Tier]: Value in points, Travel in minutes, the
	// others are counts.
	Shortfall, Value, Breaks, Travel, Lost, Moved int
	// Served has an entry per participant that wished for something it could
	// get, worst served first.
	Served []Served
}

// Served says how well a participant is served: Met points of its own wishes,
// out of the Best that it could get if it were alone, the others always free.
type Served struct {
	Participant ParticipantID
	Met, Best   int
}

// Evaluate computes what a plan of a valid problem is worth on every tier. The
// previous plan, which may be nil, is what Lost and Moved compare with. A
// malformed meeting is worth nothing.
//
// Shortfall is the sum over participants of the meetings missing to its
// minimum, over all its seats. Value is the sum of the points of the wishes met
// and of the requests held; a wish is met when the meeting that carries it is
// held and the seats attend that it names. What a break, a journey, the best
// alone and a move are is said at the functions that count them.
func Evaluate(p *Problem, plan, previous *Plan) Score {
	j := newJudge(p)
	return j.evaluate(plan, previous, j.bestAlone())
}

// evaluate is [Evaluate] with what no plan changes computed before.
func (j *judge) evaluate(plan, previous *Plan, best []int) Score {
	h := newHearing(j, plan)
	var s Score
	for who := range j.problem.Participants {
		s.Shortfall += max(0, j.problem.Participants[who].Min-len(h.meetingsOf(ParticipantID(who))))
	}
	met := make([]int, len(j.problem.Participants))
	for _, w := range h.met() {
		wish := j.problem.Wishes[w]
		met[wish.From] += wish.Points()
		s.Value += wish.Points()
	}
	s.Value += h.requestValue()
	for _, n := range h.breaksOf() {
		s.Breaks += n
	}
	s.Travel = h.travelled()
	s.Served = rankServed(met, best)
	s.Lost, s.Moved = lostAndMoved(previous, plan)
	return s
}

// met lists the wishes that the plan meets, each once.
func (h *hearing) met() []WishID {
	seen := make(map[WishID]bool)
	var list []WishID
	for _, i := range h.sound {
		m := h.meeting(i)
		a := h.askedBy(m)
		if a == nil {
			continue
		}
		for _, w := range a.wishes {
			if !seen[w] && meets(h.problem.Wishes[w], m.Attendees) {
				seen[w] = true
				list = append(list, w)
			}
		}
	}
	return list
}

// requestValue is the worth of the requests held, each counted once, without
// that of the wishes they carry.
func (h *hearing) requestValue() int {
	held := make(map[RequestID]bool)
	value := 0
	for _, i := range h.sound {
		if r := h.meeting(i).Request; r != None && !held[r] {
			held[r] = true
			value += h.problem.Requests[r].Value
		}
	}
	return value
}

// Compare is 1 when s is better than the other score of the same problem, -1
// when it is worse, and 0 when they are equal, by the first tier of the order
// on which they differ. Tiers that the order leaves out do not count.
func (s Score) Compare(other Score, order []Tier) int {
	for _, tier := range order {
		if c := s.compareOn(tier, other); c != 0 {
			return c
		}
	}
	return 0
}

// compareOn compares on one tier.
func (s Score) compareOn(tier Tier, other Score) int {
	switch tier {
	case Shortfall:
		return cmp.Compare(other.Shortfall, s.Shortfall)
	case Value:
		return cmp.Compare(s.Value, other.Value)
	case WorstServed:
		return compareServed(s.Served, other.Served)
	case Breaks:
		return cmp.Compare(other.Breaks, s.Breaks)
	case Travel:
		return cmp.Compare(other.Travel, s.Travel)
	case Lost:
		return cmp.Compare(other.Lost, s.Lost)
	default:
		return cmp.Compare(other.Moved, s.Moved)
	}
}
