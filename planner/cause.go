package planner

// incomplete says whether the plan lacks a required meeting or spreads breaks
// too much: it is then no plan.
func (r *run) incomplete(plan *Plan) bool {
	held := make([]bool, len(r.problem.Requests))
	for i := range plan.Meetings {
		if id := plan.Meetings[i].Request; id != None {
			held[id] = true
		}
	}
	for i := range r.problem.Requests {
		if q := &r.problem.Requests[i]; (q.Required || q.Locked) && !held[i] {
			return true
		}
	}
	s := r.bestSearch()
	return s.cost.w.spread > 0 && s.cost.excessSpread() > 0
}

// causes looks for a small set of required meetings that cannot all be held;
// empty when none was found, which proves nothing.
func (r *run) causes() []Cause {
	for c := range r.candidates {
		d := &r.candidates[c]
		if d.required && d.firstOption == d.endOption {
			cause := r.causeOf([]int32{int32(c)})
			cause.Kind = CauseNoSlot
			return []Cause{cause}
		}
	}
	for p := range r.of {
		if cause, ok := r.tooMany(int32(p)); ok {
			return []Cause{cause}
		}
	}
	return nil
}

func (r *run) causeOf(candidates []int32) Cause {
	var cause Cause
	seen := make(map[int32]bool)
	for _, c := range candidates {
		if id := r.candidates[c].request; id != None {
			cause.Requests = append(cause.Requests, id)
		}
		for _, x := range r.membersOf(c) {
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
	match := newMatching(int(r.firstSeat[p+1]-r.firstSeat[p]) * r.slots)
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
		cause := r.causeOf(conflict)
		cause.Kind, cause.Participants = CauseTooMany, []ParticipantID{ParticipantID(p)}
		return cause, true
	}
	if limit := r.problem.Participants[p].Max; limit > 0 && len(kept) > limit {
		cause := r.causeOf(kept)
		cause.Kind, cause.Participants = CauseTooMany, []ParticipantID{ParticipantID(p)}
		return cause, true
	}
	return Cause{}, false
}
