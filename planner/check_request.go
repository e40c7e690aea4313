package planner

import "slices"

// never judges whether nobody meets who is refused.
func (h *hearing) never() {
	for _, i := range h.sound {
		for _, c := range couplesOf(h.meeting(i).Attendees) {
			if h.refused[c] {
				v := h.report(RuleNever, i)
				v.Participants = c[:]
				v.Request = h.meeting(i).Request
			}
		}
	}
}

// twice judges whether a request is held once, and whether two participants
// meet more than once only by different requests.
func (h *hearing) twice() {
	ofRequest := make(map[RequestID]int)
	ofCouple := make(map[couple][]int)
	for _, i := range h.sound {
		m := h.meeting(i)
		if k, held := ofRequest[m.Request]; held {
			h.report(RuleTwice, k, i).Request = m.Request
			continue
		}
		if m.Request != None {
			ofRequest[m.Request] = i
		}
		if len(m.Attendees) > 2 {
			continue
		}
		c := coupleOf(m.Attendees[0].Participant, m.Attendees[1].Participant)
		for _, k := range ofCouple[c] {
			if m.Request == None || h.meeting(k).Request == None {
				h.report(RuleTwice, k, i).Participants = c[:]
			}
		}
		ofCouple[c] = append(ofCouple[c], i)
	}
}

// persons judges whether those come who are named.
func (h *hearing) persons() {
	for _, i := range h.sound {
		m := h.meeting(i)
		a := h.askedBy(m)
		if a == nil {
			continue
		}
		for _, x := range a.attendees {
			if have := m.seat(x.Participant); x.Seat > 0 && have != x.Seat {
				v := h.report(RulePerson, i)
				v.Participants, v.Seat = []ParticipantID{x.Participant}, x.Seat
				v.Request = m.Request
				v.Have, v.Want = have, x.Seat
			}
		}
	}
}

// requests judges whether required requests are held, locked ones where and
// when they must be, and all others at one of their starts.
func (h *hearing) requests() {
	held := make([][]int, len(h.problem.Requests))
	for _, i := range h.sound {
		if r := h.meeting(i).Request; r != None {
			held[r] = append(held[r], i)
		}
	}
	for id, r := range h.problem.Requests {
		if (r.Required || r.Locked) && len(held[id]) == 0 {
			v := h.report(RuleRequired)
			v.Request = RequestID(id)
			for _, a := range r.Attendees {
				v.Participants = append(v.Participants, a.Participant)
			}
		}
		for _, i := range held[id] {
			if !r.allows(h.meeting(i)) {
				v := h.report(RuleLocked, i)
				v.Request, v.Place, v.Slots = RequestID(id), r.keptPlace(), slices.Clone(r.Starts)
			}
		}
	}
}

// keptPlace is the place that a locked request keeps, or None.
func (r *Request) keptPlace() PlaceID {
	if r.Locked {
		return r.Place
	}
	return None
}

// allows says whether the meeting starts when the request says and, if it is
// locked, is held at the place and table that it keeps.
func (r *Request) allows(m *Meeting) bool {
	if len(r.Starts) > 0 && !slices.Contains(r.Starts, m.Start) {
		return false
	}
	if !r.Locked {
		return true
	}
	return (r.Place == None || m.Place == r.Place) && (r.Table <= 0 || m.Table == r.Table)
}

// precedences judges whether what must end before a request starts does.
func (h *hearing) precedences() {
	held := make(map[RequestID][]int)
	for _, i := range h.sound {
		held[h.meeting(i).Request] = append(held[h.meeting(i).Request], i)
	}
	for _, x := range h.problem.Precedences {
		for _, i := range held[x.Before] {
			for _, k := range held[x.After] {
				if h.time(i).End > h.time(k).Start {
					v := h.report(RulePrecedence, i, k)
					v.Request, v.Slots = x.After, h.startsOf(v.Meetings)
				}
			}
		}
	}
}
