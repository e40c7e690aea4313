package planner

import (
	"math"
	"slices"
)

// pursuit is how the search goes after one tier.
type pursuit struct {
	// unit is what one of the tier's figure weighs while the tier is sought.
	// Only its relation to the temperatures matters.
	unit int64
	// reach is the most that one move is likely to gain on the tier. A tier that
	// is settled weighs so much that no such gain on the next makes up for one
	// unit of it.
	reach int64
	// first and last are the temperatures, in units of energy, between which the
	// search cools.
	first, last float64
	// share is the part of the steps that the tier gets.
	share float64
}

// pursuitOf tells how a tier is gone after; the figures come of trials on
// missions of all sizes.
func pursuitOf(tier Tier) pursuit {
	switch tier {
	case Shortfall:
		return pursuit{unit: 1000, reach: 1 << 3, first: 500, last: 62, share: 0.1}
	case Value:
		return pursuit{unit: 1000, reach: 1 << 6, first: 300, last: 80, share: 1}
	case WorstServed:
		return pursuit{unit: 1, reach: 1 << 20, first: 1 << 18, last: 1 << 4, share: 0.6}
	case Breaks:
		return pursuit{unit: 1000, reach: 1 << 4, first: 800, last: 100, share: 0.4}
	case Travel:
		return pursuit{unit: 40, reach: 1 << 8, first: 800, last: 40, share: 0.2}
	case Lost:
		return pursuit{unit: 1000, reach: 1 << 3, first: 500, last: 62, share: 0.2}
	default:
		return pursuit{unit: 1000, reach: 1 << 4, first: 500, last: 62, share: 0.2}
	}
}

// weightsAt are the weights with which order[i] is sought: the tiers before it
// must not get worse, those after it do not count yet. Floor is the least value
// that may be left once value has been sought.
func weightsAt(order []Tier, i int, floor int64) weights {
	w := weights{floor: math.MinInt64}
	sought := pursuitOf(order[i])
	w.seek(order[i], sought.unit)
	weight := sought.unit * sought.reach
	for j := i - 1; j >= 0; j-- {
		if order[j] == Value {
			w.below, w.floor = weight, floor
		} else {
			w.seek(order[j], weight)
		}
		weight *= pursuitOf(order[j]).reach
	}
	w.required = weight
	return w
}

// seek gives a tier its weight.
func (w *weights) seek(tier Tier, weight int64) {
	switch tier {
	case Shortfall:
		w.shortfall = weight
	case Value:
		w.value = weight
	case WorstServed:
		w.served = weight
	case Breaks:
		w.breaks = weight
	case Travel:
		w.travel = weight
	case Lost:
		w.lost = weight
	default:
		w.away = weight
	}
}

// applies says whether there is anything to seek in a tier.
func (m *model) applies(tier Tier, previous bool) bool {
	switch tier {
	case Shortfall:
		return slices.ContainsFunc(m.problem.Participants, func(p Participant) bool { return p.Min > 0 })
	case Travel:
		return m.time.travel != nil
	case Lost, Moved:
		return previous
	default:
		return true
	}
}
