package planner

// recollect reads a plan into the terms of the search: where each candidate is
// held, and which candidate each meeting holds, None for a meeting that nobody
// asked for or that names what does not exist.
func (m *model) recollect(plan *Plan) (*holding, []int32) {
	h := &holding{
		spots: make([]spot, len(m.candidates)), seats: make([]int32, len(m.members)), tables: make([]int32, len(m.candidates)),
	}
	list := make([]int32, len(plan.Meetings))
	pairs := m.pairs()
	for i := range plan.Meetings {
		meeting := &plan.Meetings[i]
		list[i] = m.candidateOf(meeting, pairs)
		if list[i] != None && !m.note(h, list[i], meeting) {
			list[i] = None
		}
	}
	return h, list
}

// pairs finds the candidate of each pair that wish for each other.
func (m *model) pairs() map[pair]int32 {
	pairs := make(map[pair]int32, len(m.candidates))
	for c := range m.candidates {
		if x := m.membersOf(int32(c)); m.candidates[c].request == None {
			pairs[pairOf(ParticipantID(x[0].participant), ParticipantID(x[1].participant))] = int32(c)
		}
	}
	return pairs
}

// candidateOf finds the candidate that the meeting holds, or None.
func (m *model) candidateOf(meeting *Meeting, pairs map[pair]int32) int32 {
	if id := meeting.Request; id != None {
		if id >= 0 && int(id) < len(m.problem.Requests) && m.sameParticipants(int32(id), meeting) {
			return int32(id)
		}
		return None
	}
	if len(meeting.Attendees) != 2 {
		return None
	}
	if c, ok := pairs[pairOf(meeting.Attendees[0].Participant, meeting.Attendees[1].Participant)]; ok {
		return c
	}
	return None
}

// sameParticipants says whether the meeting gathers the candidate's members.
func (m *model) sameParticipants(c int32, meeting *Meeting) bool {
	members := m.membersOf(c)
	for _, x := range members {
		if meeting.seat(ParticipantID(x.participant)) == 0 {
			return false
		}
	}
	return len(members) == len(meeting.Attendees)
}

// note writes down where the meeting has the candidate; false when there is no
// such seat, slot, place or pool: the plan may have been made by hand.
func (m *model) note(h *holding, c int32, meeting *Meeting) bool {
	if meeting.Start < 0 || int(meeting.Start) >= m.slots || meeting.Place < 0 || int(meeting.Place) >= len(m.placeOpen) ||
		meeting.Pool < None || int(meeting.Pool) >= len(m.poolOpen) {
		return false
	}
	n := m.length(c, meeting.Start)
	d := &m.candidates[c]
	seats := h.seats[d.first:d.end]
	for i, x := range m.membersOf(c) {
		seat := meeting.seat(ParticipantID(x.participant))
		if seat < 1 || seat > m.seatCount(x.participant) {
			return false
		}
		seats[i] = m.firstSeat[x.participant] + int32(seat) - 1
	}
	h.tables[c] = int32(meeting.Table)
	h.spots[c] = spot{start: meeting.Start, place: meeting.Place, pool: meeting.Pool, slots: uint8(n)}
	return n > 0
}
