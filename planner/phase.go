package planner

import "math"

// Units of energy: what one more of each tier's figure weighs while that tier
// is sought. Only their relation to the tier's temperatures matters.
const (
	pointEnergy     = 1000
	shortfallEnergy = 1000
	servedEnergy    = 1
	breakEnergy     = 1000
	travelEnergy    = 40
	moveEnergy      = 1000
)

// reach is the most that one move is likely to gain on a tier. A tier that is
// settled weighs so much that no such gain on the next makes up for one unit.
var reach = map[Tier]int64{
	Shortfall: 1 << 3, Value: 1 << 6, WorstServed: 1 << 20, Breaks: 1 << 4, Travel: 1 << 8, Lost: 1 << 3, Moved: 1 << 4,
}

// temperatures are where each tier's search starts and ends.
var temperatures = map[Tier][2]float64{
	Shortfall:   {shortfallEnergy / 2, shortfallEnergy / 16},
	Value:       {0.3 * pointEnergy, 0.08 * pointEnergy},
	WorstServed: {1 << 18, 1 << 4},
	Breaks:      {0.8 * breakEnergy, 0.1 * breakEnergy},
	Travel:      {20 * travelEnergy, travelEnergy},
	Lost:        {moveEnergy / 2, moveEnergy / 16},
	Moved:       {moveEnergy / 2, moveEnergy / 16},
}

// share is the part of the steps that each tier's search gets.
var share = map[Tier]float64{
	Shortfall: 0.1, Value: 1, WorstServed: 0.6, Breaks: 0.4, Travel: 0.2, Lost: 0.2, Moved: 0.2,
}

// weightsAt are the weights with which order[i] is sought: the tiers before it
// must not get worse, those after it do not count yet. Floor is the least value
// that may be left once value has been sought.
func weightsAt(order []Tier, i int, floor int64) weights {
	w := weights{floor: math.MinInt64}
	weight := w.set(order[i], unit[order[i]], floor, true) * reach[order[i]]
	for j := i - 1; j >= 0; j-- {
		w.set(order[j], weight, floor, false)
		weight *= reach[order[j]]
	}
	w.required = weight
	return w
}

// unit is what one of each tier's figure weighs while the tier is sought.
var unit = map[Tier]int64{
	Shortfall: shortfallEnergy, Value: pointEnergy, WorstServed: servedEnergy, Breaks: breakEnergy,
	Travel: travelEnergy, Lost: moveEnergy, Moved: moveEnergy,
}

// set gives a tier its weight, and returns it. Value that is no longer sought
// only weighs under the floor.
func (w *weights) set(tier Tier, weight, floor int64, sought bool) int64 {
	switch tier {
	case Shortfall:
		w.shortfall = weight
	case Value:
		if sought {
			w.value = weight
		} else {
			w.below, w.floor = weight, floor
		}
	case WorstServed:
		w.served = weight
	case Breaks:
		w.breaks = weight
	case Travel:
		w.travel = weight
	case Lost:
		w.kept = weight
	case Moved:
		w.still = weight
	}
	return weight
}

// applies says whether there is anything to seek in a tier.
func (m *model) applies(tier Tier, previous bool) bool {
	switch tier {
	case Shortfall:
		for i := range m.problem.Participants {
			if m.problem.Participants[i].Min > 0 {
				return true
			}
		}
		return false
	case Travel:
		return m.time.travel != nil
	case Lost, Moved:
		return previous
	default:
		return true
	}
}
