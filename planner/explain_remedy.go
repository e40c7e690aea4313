package planner

import "slices"

// lasting are the obstacles that no change of those looked for removes.
const lasting = wrongLeg | closed | inSession | sessionTooFar

// remedyFor is the change that removes the obstacles; false when no single one
// does.
func remedyFor(mask obstacles) (RemedyKind, bool) {
	switch mask {
	case noTable:
		return OneMoreTable, true
	case unavailable:
		return FreeSlot, true
	case noInterpreter, interpreterAway:
		return OneMoreInterpreter, true
	case atMax:
		return RaiseMax, true
	case atMaxDay:
		return RaiseMaxDay, true
	default:
		return 0, false
	}
}

// remedy looks for the single change that meets the wish while all other
// meetings stay: a site with one obstacle that a change removes. Of several, the
// one that adds the fewest breaks, then the least travel, then the one named
// first among the kinds.
func (e *explainer) remedy(u *Unmet, c int32, sites []site) {
	if e.candidates[c].refused || e.candidates[c].mute {
		u.Searched = true
		return
	}
	for i := range sites {
		x := &sites[i]
		kind, ok := remedyFor(x.mask)
		if !ok || x.others {
			continue
		}
		r := e.judgeRemedy(kind, c, x)
		if u.Change == nil || r.lessThan(u.Change) {
			u.Change = r
		}
	}
	u.Searched = u.Change != nil || hopeless(sites)
}

// hopeless says whether no single change of those looked for could ever do.
func hopeless(sites []site) bool {
	return !slices.ContainsFunc(sites, func(x site) bool { return x.mask&lasting == 0 })
}

// judgeRemedy computes what the change brings and costs, by holding the
// candidate at the site for a moment.
func (e *explainer) judgeRemedy(kind RemedyKind, c int32, x *site) *Remedy {
	e.place(c, x.spot(), e.seatsFor(c, x))
	r := e.remedyOf(c, trial{kind, x.who, x})
	e.remove(c)
	e.closeAgendas(c)
	return r
}

// remedyOf describes a change that was made for the candidate, as long as the
// state is what it makes of the plan.
func (e *explainer) remedyOf(c int32, t trial) *Remedy {
	r := &Remedy{
		Kind: t.kind, Participant: ParticipantID(t.who), Slot: t.site.start, Slots: t.site.slots,
		Place: t.site.place, Pool: None, By: 1, Gain: int(e.cost.value - e.figures.value),
		Breaks: int(e.cost.breaks - e.figures.breaks), Travel: int(e.cost.travel - e.figures.travel),
	}
	if t.kind == OneMoreInterpreter {
		r.Pool = e.candidates[c].pools[0]
	}
	return r
}

// closeAgendas takes slots in which the members are unavailable off their idle
// ones again, after a candidate was held there.
func (e *explainer) closeAgendas(c int32) {
	for _, x := range e.membersOf(c) {
		for seat := e.firstSeat[x.participant]; seat < e.firstSeat[x.participant+1]; seat++ {
			for w := range e.idle[seat] {
				e.idle[seat][w] &= e.available[x.participant][w]
			}
		}
	}
}

// seatsFor picks, for each member, a seat that is free to come.
func (e *explainer) seatsFor(c int32, x *site) []int32 {
	var seats []int32
	at := e.engagementAt(x.spot())
	for _, m := range e.membersOf(c) {
		chosen := m.seat
		for seat := m.seat; seat < m.endSeat; seat++ {
			if e.seatObstacle(member{m.participant, seat, seat + 1, 0}, x, at) == 0 {
				chosen = seat
				break
			}
		}
		seats = append(seats, chosen)
	}
	return seats
}

// lessThan says whether the change costs less than another.
func (r *Remedy) lessThan(s *Remedy) bool {
	switch {
	case r.Breaks != s.Breaks:
		return r.Breaks < s.Breaks
	case r.Travel != s.Travel:
		return r.Travel < s.Travel
	default:
		return r.Kind < s.Kind
	}
}
