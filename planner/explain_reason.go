package planner

import (
	"context"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// explainer looks at one plan. It has a problem of its own, so that it can see
// what a change of it would do.
type explainer struct {
	*search
	plan *Plan
	// meeting is the position in the plan of each candidate that is held.
	meeting map[int32]int
	sites   map[int32][]site
	// present is the plan, and its figures are what a change may not worsen.
	present holding
	figures costs
	served  []Served
	// left is how many steps may still be spent on searching for changes.
	left int64
}

// newExplainer reads the plan into a state of its own.
func newExplainer(p *Problem, plan *Plan, o Options) *explainer {
	q := *p
	q.Participants = slices.Clone(p.Participants)
	m := newModel(&q)
	held, candidates := m.recollect(plan)
	for i, c := range candidates {
		if c != None && plan.Meetings[i].Locked && !m.candidates[c].locked {
			d := &m.candidates[c]
			m.lockAt(c, held.spots[c], held.seats[d.first:d.end])
		}
	}
	s := newState(m, weights{breaks: 1}, rand.New(rand.NewPCG(o.Seed, 0)))
	e := &explainer{
		search: &search{state: s, active: m.activeCandidates()},
		plan:   plan, meeting: make(map[int32]int), sites: make(map[int32][]site),
	}
	e.left = searchSteps * int64(len(m.candidates))
	for i, c := range candidates {
		if c != None && !s.held(c) {
			d := &s.candidates[c]
			s.place(c, held.spots[c], held.seats[d.first:d.end])
			e.meeting[c] = i
		}
	}
	e.begin()
	e.present = holding{spots: slices.Clone(s.spots), seats: slices.Clone(s.seats)}
	e.served = e.ranking()
	w := weightsAt([]Tier{Shortfall, Value, WorstServed}, 2, s.cost.value)
	w.breaks = 1
	s.cost.reweigh(s, w)
	e.figures = s.cost
	return e
}

// explain says why wishes are not met, and then searches for changes.
func (e *explainer) explain(ctx context.Context) []Unmet {
	list := e.reasons()
	for i := range list {
		if u := &list[i]; u.Change == nil && !u.Searched {
			e.searchChange(ctx, u, e.wishCandidate[u.Wish])
		}
	}
	return list
}

// reasons lists the unmet wishes with their reasons, and with the changes that
// leave all other meetings where they are.
func (e *explainer) reasons() []Unmet {
	var list []Unmet
	for w := range e.problem.Wishes {
		wish := &e.problem.Wishes[w]
		c := e.wishCandidate[w]
		if wish.Kind == Never || e.meets(c, wish) {
			continue
		}
		u := Unmet{Wish: WishID(w)}
		if e.held(c) || !e.couldMeet(c, wish) {
			u.Reason, u.Searched = ReasonPerson, true
		} else {
			if _, ok := e.sites[c]; !ok {
				e.sites[c] = e.sitesOf(c)
			}
			e.reason(&u, c, e.sites[c])
			e.remedy(&u, c, e.sites[c])
		}
		list = append(list, u)
	}
	return list
}

// meets says whether the candidate is held, with the seats that the wish names.
func (e *explainer) meets(c int32, wish *Wish) bool {
	if !e.held(c) {
		return false
	}
	return e.attendsAs(c, wish.From, wish.FromSeat) && e.attendsAs(c, wish.To, wish.ToSeat)
}

// couldMeet says whether the persons that the wish names are those that would
// attend: another wish for the same meeting may have named others first.
func (e *explainer) couldMeet(c int32, wish *Wish) bool {
	members := e.membersOf(c)
	from, to := &members[e.memberOf(c, int32(wish.From))], &members[e.memberOf(c, int32(wish.To))]
	return e.comes(from, wish.FromSeat) && e.comes(to, wish.ToSeat)
}

// attendsAs says whether the participant attends the candidate, which it is a
// member of and which is held, with the seat; a seat of 0 is any.
func (e *explainer) attendsAs(c int32, p ParticipantID, seat int) bool {
	return seat == 0 || e.seatsOf(c)[e.memberOf(c, int32(p))] == e.firstSeat[p]+int32(seat)-1
}

// reason fills in why the candidate is not held.
func (e *explainer) reason(u *Unmet, c int32, sites []site) {
	if e.candidates[c].refused {
		u.Reason, u.Participants = ReasonNever, e.refusing(c)
		return
	}
	if e.candidates[c].mute {
		u.Reason = ReasonNoInterpreter
		return
	}
	// What no plan gets over is told first: a later obstacle is only spoken of
	// where the earlier ones are not in the way.
	for _, final := range []struct {
		by     obstacles
		reason Reason
	}{
		{wrongLeg, ReasonLeg},
		{unavailable | inSession, ReasonNoCommonSlot},
		{closed, ReasonNoPlace},
		{interpreterAway, ReasonNoInterpreter},
		{sessionTooFar, ReasonTravel},
	} {
		left := without(sites, final.by)
		if len(left) == 0 {
			u.Reason = final.reason
			e.describe(u, c, sites, final.by)
			return
		}
		sites = left
	}
	e.passing(u, c, sites)
}

// without lists the sites that none of the obstacles is in the way of.
func without(sites []site, by obstacles) []site {
	var left []site
	for _, x := range sites {
		if x.mask&by == 0 {
			left = append(left, x)
		}
	}
	return left
}

// passing explains by what this plan holds: by the site with the fewest
// obstacles, the most easily removed one first.
func (e *explainer) passing(u *Unmet, c int32, sites []site) {
	best := sites[0].mask
	for _, x := range sites[1:] {
		if n, m := bits.OnesCount16(uint16(x.mask)), bits.OnesCount16(uint16(best)); n < m || (n == m && x.mask < best) {
			best = x.mask
		}
	}
	by := best & -best
	u.Reason = passingReason(by)
	if by == taken {
		e.busy(u, c, sites)
		return
	}
	e.describe(u, c, sites, by)
}

// passingReason is the reason of an obstacle that is only this plan's.
func passingReason(by obstacles) Reason {
	switch by {
	case 0:
		return ReasonPossible
	case atMax:
		return ReasonMax
	case atMaxDay:
		return ReasonMaxDay
	case noTable:
		return ReasonNoTable
	case noInterpreter:
		return ReasonNoInterpreter
	case tooFar:
		return ReasonTravel
	case taken:
		return ReasonFull
	default:
		return ReasonDisplaced
	}
}

// describe fills in the slots, participants, places and pools of an obstacle.
func (e *explainer) describe(u *Unmet, c int32, sites []site, by obstacles) {
	slots, places := make(map[SlotID]bool), make(map[PlaceID]bool)
	people := make(map[ParticipantID]bool)
	for _, x := range sites {
		if x.mask&by == 0 && by != 0 {
			continue
		}
		slots[x.start], places[x.place] = true, true
		if x.who != None && by&(atMax|atMaxDay|unavailable|inSession|sessionTooFar|wrongLeg|tooFar) != 0 {
			people[ParticipantID(x.who)] = true
		}
	}
	u.Slots, u.Participants = slices.Sorted(maps.Keys(slots)), slices.Sorted(maps.Keys(people))
	if by&(noTable|closed) != 0 {
		u.Places = slices.Sorted(maps.Keys(places))
	}
	if by&(noInterpreter|interpreterAway) != 0 {
		u.Pools = e.candidates[c].pools
	}
}

// busy explains meetings in the way: a participant that is in one at every
// common slot is full; otherwise each is free at times, but never both, and
// what stands at the spot that would lose least displaces the wish.
func (e *explainer) busy(u *Unmet, c int32, sites []site) {
	slots := make(map[SlotID]bool)
	for _, x := range sites {
		slots[x.start] = true
	}
	u.Slots = slices.Sorted(maps.Keys(slots))
	for _, m := range e.membersOf(c) {
		if e.alwaysTaken(m, sites) {
			u.Participants = append(u.Participants, ParticipantID(m.participant))
		}
	}
	if len(u.Participants) > 0 {
		u.Reason = ReasonFull
	} else {
		u.Reason = ReasonDisplaced
	}
	if e.chooseSpot(c) {
		for _, b := range e.chosen.blockers {
			if i, ok := e.meeting[b]; ok {
				u.Against = append(u.Against, i)
			}
		}
	}
}

// alwaysTaken says whether, at every site, no seat of the member is free to come.
func (e *explainer) alwaysTaken(m member, sites []site) bool {
	for i := range sites {
		x := &sites[i]
		if e.seatObstacle(m, x, e.engagementAt(x.spot())) == 0 {
			return false
		}
	}
	return true
}

// refusing lists the participants that refuse another of the candidate.
func (e *explainer) refusing(c int32) []ParticipantID {
	people := make(map[ParticipantID]bool)
	for i := range e.problem.Wishes {
		w := &e.problem.Wishes[i]
		if w.Kind == Never && e.attends(c, int32(w.From)) && e.attends(c, int32(w.To)) {
			people[w.From] = true
		}
	}
	return slices.Sorted(maps.Keys(people))
}
