package planner

import (
	"cmp"
	"math"
	"slices"
)

// insert holds a candidate that is not held, at the spot that loses least:
// what is in its way goes, finds another spot if it can, and those who are left
// idle take up something else. It says whether it could; whether it was worth
// it is for the caller to judge, and to undo.
func (s *state) insert(c int32) bool {
	if !s.chooseSpot(c) {
		return false
	}
	s.displace(c)
	return true
}

// displace holds the candidate at the spot in s.chosen, and finds something else
// for whom that disturbs.
func (s *state) displace(c int32) {
	s.displaced = append(s.displaced[:0], s.chosen.blockers...)
	for _, b := range s.displaced {
		s.del(b)
	}
	s.put(c, s.chosen.at, s.chosen.seats)
	s.settleAll(s.displaced)
}

// settleAll finds another spot for each of the candidates, the worthiest first,
// and then something else for the participants of those that found none.
func (s *state) settleAll(list []int32) {
	slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(s.candidates[b].value, s.candidates[a].value) })
	for _, c := range list {
		s.settle(c)
	}
	for _, c := range list {
		if s.held(c) {
			continue
		}
		for _, x := range s.membersOf(c) {
			s.occupy(x.participant)
		}
	}
}

// chooseSpot leaves in s.chosen the spot for c that loses least, ties broken at
// random; false when every spot asks for what may not go.
func (s *state) chooseSpot(c int32) bool {
	if s.settleable(c) {
		return true
	}
	least, ties := unaffordable-1, 0
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		for t := o.starts.next(0); t != None; t = o.starts.next(t + 1) {
			s.propose(&s.trying, c, t, o.place)
			if !s.examine(&s.trying, least) {
				continue
			}
			if s.trying.loss < least {
				least, ties = s.trying.loss, 0
			}
			ties++
			if s.random.IntN(ties) == 0 {
				s.trying, s.chosen = s.chosen, s.trying
			}
		}
	}
	return ties > 0
}

// propose sets the proposal's candidate and spot.
func (s *state) propose(p *proposal, c int32, t SlotID, place PlaceID) {
	p.candidate = c
	p.at = spot{start: t, place: place, pool: None, slots: s.lengths.of(s.candidates[c].minutes, t)}
}

// settle holds the candidate at some spot where nothing is in its way, if there
// is one.
func (s *state) settle(c int32) bool {
	if !s.settleable(c) {
		return false
	}
	s.put(c, s.chosen.at, s.chosen.seats)
	return true
}

// settleable leaves in s.chosen a spot for c where nothing is in its way,
// looked for from a random place on; false when there is none.
func (s *state) settleable(c int32) bool {
	options := s.optionsOf(c)
	if len(options) == 0 || !s.withinMax(c) {
		return false
	}
	first := s.random.IntN(len(options))
	for i := range options {
		if s.settleableAt(c, &options[(first+i)%len(options)]) {
			return true
		}
	}
	return false
}

// settleableAt is settleable for one option, from a random start on and around.
func (s *state) settleableAt(c int32, o *option) bool {
	members := s.membersOf(c)
	first := s.random.IntN(s.words << 6)
	for i := range s.words + 1 {
		w := (first>>6 + i) % s.words
		common := s.commonWord(members, o, w)
		if i == 0 {
			common &= ^uint64(0) << (first & 63)
		}
		for ; common != 0; common &= common - 1 {
			t := firstSlot(w, common)
			if s.chooseClear(c, t, o.place) {
				return true
			}
		}
	}
	return false
}

// chooseClear leaves the spot in s.chosen if nothing is in the way there.
func (s *state) chooseClear(c int32, t SlotID, place PlaceID) bool {
	s.propose(&s.settling, c, t, place)
	if !s.examine(&s.settling, 0) || len(s.settling.blockers) > 0 {
		return false
	}
	s.settling, s.chosen = s.chosen, s.settling
	return true
}

// occupyLooks bounds how many of a participant's candidates are looked at, and
// occupyTries how many are tried, to give it something else to do.
const (
	occupyLooks = 30
	occupyTries = 3
)

// occupy holds the worthiest of the participant's candidates that fit as things
// stand, among those looked at.
func (s *state) occupy(who int32) {
	list := s.of[who]
	if len(list) == 0 {
		return
	}
	first := s.random.IntN(len(list))
	below := int32(math.MaxInt32)
	for range occupyTries {
		c := s.worthiestIdle(list, first, below)
		if c == None || s.settle(c) {
			return
		}
		below = s.candidates[c].value
	}
}

// worthiestIdle is the worthiest candidate of the list, of a value below the
// given one, that is not held and seems to fit; None if there is none.
func (s *state) worthiestIdle(list []int32, first int, below int32) int32 {
	best, most := int32(None), int32(0)
	for i := range min(occupyLooks, len(list)) {
		c := list[(first+i)%len(list)]
		value := s.candidates[c].value
		if value > most && value < below && !s.held(c) && s.movable(c) {
			best, most = c, value
		}
	}
	return best
}

// withinMax says whether every participant of a candidate that is not held can
// take one more meeting.
func (s *state) withinMax(c int32) bool {
	for _, x := range s.membersOf(c) {
		if limit := s.problem.Participants[x.participant].Max; limit > 0 && int(s.meetings[x.participant]) >= limit {
			return false
		}
	}
	return true
}
