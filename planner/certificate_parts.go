package planner

// BoundParts says what a certificate's bound is made of, all in 1/Scale points:
// what limits most has the largest part, and what is enough has none.
type BoundParts struct {
	// Seats are the time of participants, Maxima their maximums, those of a day
	// included.
	Seats, Maxima int
	// Places are tables, Pools are interpreters.
	Places, Pools int
	// Minima is what guaranteed minimums add or, mostly, take off.
	Minima int
	// Meetings is what meetings are worth beyond all that they take: more of
	// them would have to be asked for.
	Meetings int
}

// PartsOfBound splits the bound that [CheckBound] derives. The parts sum to the
// bound times Scale, and to less than one point more. It refuses what CheckBound
// refuses.
func PartsOfBound(p *Problem, c *Certificate) (BoundParts, error) {
	if _, err := CheckBound(p, c); err != nil {
		return BoundParts{}, err
	}
	b := bill{judge: newJudge(p), prices: c}
	part := func(charge func()) int {
		before := b.total
		charge()
		return b.total - before
	}
	return BoundParts{
		Seats: part(b.seats), Maxima: part(b.maxima), Places: part(b.rooms), Pools: part(b.interpreters),
		Minima:   part(b.minima),
		Meetings: part(b.meetings),
	}, nil
}
