package planner

import "slices"

// judgeTiers says what is known of each tier of the order.
func (r *run) judgeTiers(s Score) []TierQuality {
	var list []TierQuality
	for _, tier := range r.options.Order {
		q := TierQuality{Tier: tier, Figure: s.figure(tier)}
		if bound, ok := r.tierBound(tier, s); ok {
			q.Bound, q.Status = bound, Gap
			figure := q.Figure
			if tier == Value {
				figure = int(r.bestValue)
			}
			if figure == bound {
				q.Status = Certified
			}
		}
		list = append(list, q)
	}
	return list
}

// tierBound bounds the tier over every plan at least as good on the tiers above,
// the slack on value included; false where nothing is known.
func (r *run) tierBound(tier Tier, s Score) (int, bool) {
	if r.prices == nil {
		return 0, false
	}
	floor := r.floorAbove(tier)
	switch tier {
	case Shortfall:
		return r.shortfallBound(), true
	case Value:
		return r.bound, true
	case WorstServed:
		if len(s.Served) == 0 {
			return 1000, true
		}
		return r.servedBound(s, floor), true
	case Breaks:
		return r.leastBreaks(s, floor)
	case Lost:
		lost, _ := r.leastLost()
		return lost, true
	case Moved:
		if !r.isAbove(Lost, Moved) {
			return 0, s.Moved == 0
		}
		_, away := r.leastLost()
		return max(0, away-s.Lost), true
	default:
		// No journey is less than none.
		return 0, s.Travel == 0
	}
}

// floorAbove is the least value of the plans over which the tier is bounded: any,
// unless value is a tier above.
func (r *run) floorAbove(tier Tier) int64 {
	if !r.isAbove(Value, tier) {
		return 0
	}
	return r.bestValue - r.slack(r.bestValue)
}

// isAbove says whether one tier is sought, and before the other.
func (r *run) isAbove(upper, lower Tier) bool {
	at := slices.Index(r.options.Order, upper)
	return at >= 0 && at < slices.Index(r.options.Order, lower)
}

// shortfallBound counts, for each participant alone, the guaranteed meetings
// that its slots cannot take or that nobody wants.
func (r *run) shortfallBound() int {
	total := 0
	for p := range r.of {
		least := r.problem.Participants[p].Min
		if least == 0 {
			continue
		}
		match := newMatching(r.seatCount(int32(p)) * r.slots)
		held := 0
		for _, c := range r.of[p] {
			if held < least && match.add(r.cells(c, int32(p))) {
				held++
			}
		}
		total += least - held
	}
	return total
}

// breakRounds is how long the bound on breaks is worked on: less on a large
// problem, where a round takes long.
func (r *run) breakRounds() int { return max(4, min(150, 1_500_000/(1+len(r.active)))) }

// leastBreaks bounds the breaks of plans worth at least floor; false where
// nothing is known.
func (r *run) leastBreaks(s Score, floor int64) (int, bool) {
	if s.Breaks == 0 {
		return 0, true
	}
	b := newBreaksBound(r.model, r.active, floor)
	if b == nil {
		return 0, false
	}
	return b.raise(r.guide.price, r.breakRounds(), s.Breaks), true
}

// leastLost counts the meetings of the previous plan that can be held no more,
// and those that cannot be held where they were.
func (r *run) leastLost() (lost, away int) {
	if r.was == nil {
		return 0, 0
	}
	for c := range r.candidates {
		at := r.was.spots[c]
		if at.slots == 0 {
			continue
		}
		stays := false
		for i := range r.optionsOf(int32(c)) {
			o := &r.optionsOf(int32(c))[i]
			stays = stays || (o.place == at.place && o.starts.has(at.start))
		}
		if !r.candidates[c].possible() {
			lost++
		}
		if !stays {
			away++
		}
	}
	return lost, away
}
