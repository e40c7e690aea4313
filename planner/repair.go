package planner

import (
	"context"
	"sort"
)

// Repair plans a changed problem so that as little as possible changes from a
// previous plan: by [RepairOrder], after the guaranteed minimums come fewest
// meetings lost, then fewest moved. Meetings that are locked in the previous
// plan stay as they are; if one no longer can, there is no plan and the causes
// say why. The result lists what became of each meeting.
func Repair(ctx context.Context, p *Problem, previous *Plan, o Options) (*Result, error) {
	return solve(ctx, p, previous, o)
}

// recall reads the previous plan into the terms of the search, and makes its
// locked meetings pins. It returns a cause for a locked meeting that the problem
// has no room for at all.
func (r *run) recall() []Cause {
	if r.previous == nil {
		return nil
	}
	r.was = &holding{spots: make([]spot, len(r.candidates)), seats: make([]int32, len(r.members))}
	pinned := make(map[int32]bool)
	for _, pin := range r.pins {
		pinned[pin.candidate] = true
	}
	pairs := r.pairs()
	for i := range r.previous.Meetings {
		m := &r.previous.Meetings[i]
		c := r.candidateOf(m, pairs)
		if c == None || !r.remember(c, m) {
			if m.Locked {
				return []Cause{causeOfMeeting(m)}
			}
			continue
		}
		if m.Locked && !pinned[c] {
			d := &r.candidates[c]
			r.narrow(c, r.was.spots[c], r.was.seats[d.first:d.end])
			r.keepTable(c, m.Table)
			r.pins = append(r.pins, pin{c, m.Table})
		}
	}
	return nil
}

func causeOfMeeting(m *Meeting) Cause {
	cause := Cause{Kind: CauseLocked, Slots: []SlotID{m.Start}}
	for _, a := range m.Attendees {
		cause.Participants = append(cause.Participants, a.Participant)
	}
	return cause
}

// pairs finds the candidate of each pair that wish for each other.
func (r *run) pairs() map[pair]int32 {
	pairs := make(map[pair]int32, len(r.candidates))
	for c := range r.candidates {
		if x := r.membersOf(int32(c)); r.candidates[c].request == None {
			pairs[pairOf(ParticipantID(x[0].participant), ParticipantID(x[1].participant))] = int32(c)
		}
	}
	return pairs
}

// candidateOf finds the candidate that the meeting holds, or None.
func (r *run) candidateOf(m *Meeting, pairs map[pair]int32) int32 {
	if m.Request != None {
		if int(m.Request) < len(r.problem.Requests) && r.sameParticipants(int32(m.Request), m) {
			return int32(m.Request)
		}
		return None
	}
	if len(m.Attendees) != 2 {
		return None
	}
	if c, ok := pairs[pairOf(m.Attendees[0].Participant, m.Attendees[1].Participant)]; ok {
		return c
	}
	return None
}

func (r *run) sameParticipants(c int32, m *Meeting) bool {
	members := r.membersOf(c)
	for _, x := range members {
		if m.seat(ParticipantID(x.participant)) == 0 {
			return false
		}
	}
	return len(members) == len(m.Attendees)
}

// remember notes where the previous plan had the candidate; false when there
// is no such place any more.
func (r *run) remember(c int32, m *Meeting) bool {
	if int(m.Start) >= r.slots || int(m.Place) >= len(r.placeOpen) {
		return false
	}
	d := &r.candidates[c]
	seats := r.was.seats[d.first:d.end]
	for i, x := range r.membersOf(c) {
		seats[i] = r.firstSeat[x.participant] + int32(m.seat(ParticipantID(x.participant))) - 1
		if seats[i] >= r.firstSeat[x.participant+1] {
			return false
		}
	}
	r.was.spots[c] = spot{start: m.Start, place: m.Place, pool: m.Pool, slots: uint8(max(1, r.length(c, m.Start)))}
	return true
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

func (s *search) worthiestFirst(list []int32) {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := &s.candidates[list[i]], &s.candidates[list[j]]
		if a.required != b.required {
			return a.required
		}
		return a.value > b.value
	})
}

// putBack holds the candidate where the previous plan had it, if it may start
// there and nothing is in its way.
func (s *state) putBack(c int32, was *holding) bool {
	at := was.spots[c]
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		if o.place != at.place || !o.starts.has(at.start) {
			continue
		}
		p := &s.trying
		s.propose(p, c, at.start, at.place)
		p.seats = append(p.seats[:0], was.seats[s.candidates[c].first:s.candidates[c].end]...)
		if !s.allowedSeats(p) || !s.fits(p) {
			return false
		}
		s.put(c, p.at, p.seats)
		return true
	}
	return false
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
