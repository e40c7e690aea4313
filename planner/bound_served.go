package planner

import "math"

// servedBound is an upper bound, in thousandths, on the worst-served ratio of
// every plan worth at least floor. The worst ratio is at most any average, so it
// is bounded by the most that an average over some participants can be: their
// points are added to the value, at a multiplier on the value, and both are
// bounded by the prices that bound the value.
func (r *run) servedBound(s Score, floor int64) int {
	best := 1.0
	for n := 1; ; n *= 2 {
		n = min(n, len(s.Served))
		best = min(best, r.averageBound(s.Served[:n], floor))
		if n == len(s.Served) {
			break
		}
	}
	return int(math.Floor(1000*best + 1e-9))
}

// averageBound bounds the average ratio of the participants over every plan
// worth at least floor, trying multipliers from large to small.
func (r *run) averageBound(served []Served, floor int64) float64 {
	gain := make(map[int32]float64)
	for _, x := range served {
		share := 1 / (float64(len(served)) * float64(x.Best))
		for _, c := range r.of[x.Participant] {
			gain[c] += share * float64(r.pointsFor(c, int32(x.Participant)))
		}
	}
	best := 1.0
	for multiplier := 4.0; multiplier > 1e-5; multiplier /= 1.5 {
		total := multiplier * float64(int64(r.bound)-floor)
		for _, c := range r.active {
			if g, ok := gain[c]; ok {
				reduced := multiplier * float64(r.guide.reduced[c])
				total += max(0, g+reduced) - max(0, reduced)
			}
		}
		best = min(best, total)
	}
	return best
}
