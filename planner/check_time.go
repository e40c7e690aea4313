package planner

// grid judges whether a meeting takes slots that follow each other, and as
// many as it must.
func (h *hearing) grid() {
	for _, i := range h.sound {
		m := h.meeting(i)
		minutes := 0
		if a := h.askedBy(m); a != nil {
			minutes = a.minutes
		}
		want, ok := h.lasting(m.Start, minutes)
		if !ok || want != m.Slots {
			v := h.report(RuleGrid, i)
			v.Slots = h.slotsOf(i)
			v.Request = m.Request
			v.Have, v.Want = h.time(i).Minutes(), minutes
		}
	}
}

// legs judges whether all that a meeting takes is there in its leg.
func (h *hearing) legs() {
	for _, i := range h.sound {
		m, leg := h.meeting(i), h.leg(i)
		for _, a := range m.Attendees {
			if !h.attends(a.Participant, leg) {
				v := h.report(RuleLeg, i)
				v.Participants, v.Seat, v.Slots = []ParticipantID{a.Participant}, a.Seat, h.slotsOf(i)
			}
		}
		if !legAllowed(h.problem.Venues[h.problem.Places[m.Place].Venue].Legs, leg) {
			v := h.report(RuleLeg, i)
			v.Place, v.Slots = m.Place, h.slotsOf(i)
		}
		if m.Pool != None && !legAllowed(h.problem.Pools[m.Pool].Legs, leg) {
			v := h.report(RuleLeg, i)
			v.Pool, v.Slots = m.Pool, h.slotsOf(i)
		}
	}
}

// busy judges whether everybody is free for the whole of a meeting. Session
// says what keeps a participant, when it is one.
func (h *hearing) busy() {
	for _, i := range h.sound {
		for _, a := range h.meeting(i).Attendees {
			if !h.engaged(a.Participant, h.time(i)) {
				continue
			}
			v := h.report(RuleBusy, i)
			v.Participants, v.Seat, v.Slots = []ParticipantID{a.Participant}, a.Seat, h.slotsOf(i)
			v.Session = h.sessionDuring(a.Participant, h.time(i))
		}
	}
}
