package planner

// malformed says whether the meeting at the position names anything that does
// not exist, or gathers people in a way that no meeting can.
func (h *hearing) malformed(i int) bool {
	m := h.meeting(i)
	return !h.slotsExist(m) || !h.attendeesExist(m) || !h.roomExists(m) || !h.interpreterExists(m) || !h.gathers(m)
}

// slotsExist wants one slot or more, all of them on the grid.
func (h *hearing) slotsExist(m *Meeting) bool {
	slots := len(h.problem.Slots)
	return m.Start >= 0 && int(m.Start) < slots && m.Slots >= 1 && m.Slots <= slots-int(m.Start)
}

// attendeesExist wants two or more different participants, each with a seat it has.
func (h *hearing) attendeesExist(m *Meeting) bool {
	seen := make(map[ParticipantID]bool, len(m.Attendees))
	for _, a := range m.Attendees {
		if a.Participant < 0 || int(a.Participant) >= len(h.problem.Participants) || seen[a.Participant] {
			return false
		}
		seen[a.Participant] = true
		if a.Seat < 1 || a.Seat > h.seats(a.Participant) {
			return false
		}
	}
	return len(m.Attendees) >= 2
}

// seats is how many the participant has.
func (j *judge) seats(who ParticipantID) int { return max(1, j.problem.Participants[who].Seats) }

// roomExists wants a table from 1 on where they are numbered, and 0 elsewhere.
func (h *hearing) roomExists(m *Meeting) bool {
	if m.Place < 0 || int(m.Place) >= len(h.problem.Places) {
		return false
	}
	tables := h.problem.Places[m.Place].Tables
	return m.Table >= min(1, tables) && m.Table <= tables
}

// interpreterExists wants an interpreter from 1 on where a pool is named, and 0
// elsewhere.
func (h *hearing) interpreterExists(m *Meeting) bool {
	if m.Pool == None {
		return m.Interpreter == 0
	}
	if m.Pool < 0 || int(m.Pool) >= len(h.problem.Pools) {
		return false
	}
	return m.Interpreter >= 1 && m.Interpreter <= h.problem.Pools[m.Pool].Count
}

// gathers wants the participants of the request that the meeting holds, or two
// when it holds none.
func (h *hearing) gathers(m *Meeting) bool {
	if m.Request == None {
		return len(m.Attendees) == 2
	}
	if m.Request < 0 || int(m.Request) >= len(h.problem.Requests) {
		return false
	}
	asked := h.problem.Requests[m.Request].Attendees
	for _, a := range asked {
		if m.seat(a.Participant) == 0 {
			return false
		}
	}
	return len(asked) == len(m.Attendees)
}
