package planner

import (
	"cmp"
	"context"
	"slices"
)

// Repair plans a changed problem so that as little as possible changes from a
// previous plan: by [RepairOrder], after the guaranteed minimums come fewest
// meetings lost, then fewest moved. Meetings that are locked in the previous
// plan stay as they are; if one no longer can, there is no plan and the causes
// say why. The result lists what became of each meeting, and its causes may name
// a locked meeting that the problem no longer knows. A malformed meeting of the
// previous plan that is not locked is lost. The order is that of the options:
// start from [DefaultRepairOptions]. An error is what [Problem.Validate] says.
func Repair(ctx context.Context, p *Problem, previous *Plan, o Options) (*Result, error) {
	return solve(ctx, p, previous, o)
}

// recall reads the previous plan, and keeps its locked meetings where they are. It
// returns a cause for a locked meeting that the problem has no room for at all.
func (r *run) recall() []Cause {
	if r.previous == nil {
		return nil
	}
	was, candidates := r.recollect(r.previous)
	r.was = was
	for i, c := range candidates {
		m := &r.previous.Meetings[i]
		switch {
		case !m.Locked:
		case c == None:
			return []Cause{causeOfMeeting(m)}
		case !r.candidates[c].locked:
			d := &r.candidates[c]
			r.lockAt(c, r.was.spots[c], r.was.seats[d.first:d.end])
			r.keepTable(c, m.Table)
			r.locks = append(r.locks, lock{candidate: c, table: m.Table})
		}
	}
	return nil
}

// causeOfMeeting names the participants and the start of a meeting that the
// problem no longer knows.
func causeOfMeeting(m *Meeting) Cause {
	cause := Cause{Kind: CauseLocked, Slots: []SlotID{m.Start}}
	for _, a := range m.Attendees {
		cause.Participants = append(cause.Participants, a.Participant)
	}
	return cause
}

// restore holds, of a previous plan, all that can still be where it was: where
// two exclude each other, the one that is required, then the worthier stays.
// What finds nothing but another free spot takes that.
func (s *search) restore(was *holding) {
	if was == nil {
		return
	}
	var held, broken []int32
	for c := range s.candidates {
		if was.spots[c].slots > 0 && !s.held(int32(c)) {
			held = append(held, int32(c))
		}
	}
	s.worthiestFirst(held)
	for _, c := range held {
		if !s.putBack(c, was) {
			broken = append(broken, c)
		}
	}
	for _, c := range broken {
		s.settle(c)
	}
	s.keep()
}

// worthiestFirst orders candidates: required ones, then by value.
func (s *search) worthiestFirst(list []int32) {
	slices.SortStableFunc(list, func(a, b int32) int {
		return cmp.Or(s.compareRequired(a, b), cmp.Compare(s.candidates[b].value, s.candidates[a].value))
	})
}

// compareRequired is -1 when only the first of two candidates is required, 1
// when only the second is.
func (m *model) compareRequired(a, b int32) int {
	switch x, y := m.candidates[a].required, m.candidates[b].required; {
	case x == y:
		return 0
	case x:
		return -1
	default:
		return 1
	}
}

// putBack holds the candidate where the previous plan had it, if it may start
// there and nothing is in its way.
func (s *state) putBack(c int32, was *holding) bool {
	p := &s.trying
	if !s.mayBeAt(c, was.spots[c]) || !s.proposeAsIn(was, c, p) || !s.fits(p) {
		return false
	}
	s.put(c, p.at, p.seats)
	return true
}

// proposeAsIn proposes the candidate where the plan has it, with the same seats;
// false when one of them may attend no more.
func (s *state) proposeAsIn(h *holding, c int32, p *proposal) bool {
	at, d := h.spots[c], &s.candidates[c]
	s.propose(p, c, at.start, at.place)
	p.seats = append(p.seats[:0], h.seats[d.first:d.end]...)
	return s.allowedSeats(p)
}

// allowedSeats says whether the proposal's seats are among those that may
// attend.
func (s *state) allowedSeats(p *proposal) bool {
	for i, x := range s.membersOf(p.candidate) {
		if p.seats[i] < x.seat || p.seats[i] >= x.endSeat {
			return false
		}
	}
	return true
}

// goHome brings a candidate back to where the previous plan had it; what is in
// its way there has to find another spot.
func (s *state) goHome(c int32) bool {
	at := s.was.spots[c]
	if at.slots == 0 || !s.mayBeAt(c, at) {
		return false
	}
	if s.held(c) {
		s.del(c)
	}
	if !s.proposeAsIn(s.was, c, &s.chosen) || !s.examineSeats(&s.chosen, unaffordable-1) {
		return false
	}
	s.displace(c)
	return true
}

// mayBeAt says whether the candidate may start there.
func (s *state) mayBeAt(c int32, at spot) bool {
	for i := range s.optionsOf(c) {
		if o := &s.optionsOf(c)[i]; o.place == at.place {
			return o.starts.has(at.start)
		}
	}
	return false
}
