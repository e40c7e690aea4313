package planner

// causes looks for a small set of required meetings that cannot all be held;
// empty when none was found, which proves nothing.
func (r *run) causes(s *search) []Cause {
	for c := range r.candidates {
		d := &r.candidates[c]
		if d.required && !d.possible() {
			cause := r.causeOf([]int32{int32(c)})
			cause.Kind = CauseNoSlot
			if d.locked {
				cause.Kind = CauseLocked
			}
			return []Cause{cause}
		}
	}
	for p := range r.of {
		if cause, ok := r.tooMany(int32(p)); ok {
			return []Cause{cause}
		}
	}
	for c := range r.candidates {
		if d := &r.candidates[c]; d.locked && !s.held(int32(c)) {
			return s.lockedCauses(int32(c))
		}
	}
	return nil
}

// lockedCauses names a locked meeting that is not held, and those that are in
// its way where it should be.
func (s *search) lockedCauses(c int32) []Cause {
	o := &s.optionsOf(c)[0]
	s.propose(&s.trying, c, o.starts.next(0), o.place)
	s.examine(&s.trying, unaffordable*64)
	var causes []Cause
	for _, x := range append([]int32{c}, s.trying.blockers...) {
		causes = append(causes, s.causeOfLock(x))
	}
	return causes
}

// causeOfLock says that a locked meeting, or what is in its way, must be held.
func (m *model) causeOfLock(c int32) Cause {
	cause := m.causeOf([]int32{c})
	cause.Kind = CauseLocked
	return cause
}

// causeOf names the requests and the participants of candidates.
func (m *model) causeOf(candidates []int32) Cause {
	var cause Cause
	seen := make(map[int32]bool)
	for _, c := range candidates {
		if id := m.candidates[c].request; id != None {
			cause.Requests = append(cause.Requests, id)
		}
		for _, x := range m.membersOf(c) {
			if !seen[x.participant] {
				seen[x.participant] = true
				cause.Participants = append(cause.Participants, ParticipantID(x.participant))
			}
		}
	}
	return cause
}

// tooMany says whether the participant's required meetings, alone, cannot be
// matched to its slots. By Hall's theorem the meetings reached by alternating
// paths from the one that fits no more are then a set with too few slots.
func (r *run) tooMany(p int32) (Cause, bool) {
	match := newMatching(r.seatCount(p) * r.slots)
	var kept []int32
	for _, c := range r.of[p] {
		if !r.candidates[c].required {
			continue
		}
		if match.add(r.cells(c, p)) {
			kept = append(kept, c)
			continue
		}
		conflict := []int32{c}
		for _, i := range match.reached() {
			conflict = append(conflict, kept[i])
		}
		return r.tooManyOf(p, conflict), true
	}
	if limit := r.problem.Participants[p].Max; limit > 0 && len(kept) > limit {
		return r.tooManyOf(p, kept), true
	}
	return Cause{}, false
}

// tooManyOf says that the participant has no room for all of these candidates.
func (r *run) tooManyOf(p int32, candidates []int32) Cause {
	cause := r.causeOf(candidates)
	cause.Kind, cause.Participants = CauseTooMany, []ParticipantID{ParticipantID(p)}
	return cause
}
