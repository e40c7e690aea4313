package planner

// maxima judges whether no participant has more meetings, in all or in a day,
// than it accepts.
func (h *hearing) maxima() {
	for who := range h.problem.Participants {
		limit := h.problem.Participants[who]
		id := ParticipantID(who)
		all := h.meetingsOf(id)
		if limit.Max > 0 && len(all) > limit.Max {
			h.tooMany(RuleMax, id, all, limit.Max)
		}
		if limit.MaxDay == 0 {
			continue
		}
		ofDay := make([][]int, len(h.days))
		for _, i := range all {
			day := h.problem.Slots[h.meeting(i).Start].Day
			ofDay[day] = append(ofDay[day], i)
		}
		for _, list := range ofDay {
			if len(list) > limit.MaxDay {
				h.tooMany(RuleMaxDay, id, list, limit.MaxDay)
			}
		}
	}
}

// tooMany reports that the meetings are more than the limit.
func (h *hearing) tooMany(rule Rule, who ParticipantID, meetings []int, limit int) {
	v := h.report(rule, meetings...)
	v.Participants = []ParticipantID{who}
	v.Slots = h.startsOf(meetings)
	v.Have, v.Want = len(meetings), limit
}

// meetingsOf lists the meetings of all the participant's seats.
func (h *hearing) meetingsOf(who ParticipantID) []int {
	var list []int
	for seat := 1; seat <= h.seats(who); seat++ {
		list = append(list, h.ofSeat[Attendee{Participant: who, Seat: seat}]...)
	}
	return list
}

// breakSpread judges whether the participants' numbers of breaks are as close
// to each other as they must be. It names one who has most and one who has
// least.
func (h *hearing) breakSpread() {
	if h.problem.BreakSpread < 0 || len(h.problem.Participants) == 0 {
		return
	}
	breaks := h.breaksOf()
	most, least := 0, 0
	for who, n := range breaks {
		if n > breaks[most] {
			most = who
		}
		if n < breaks[least] {
			least = who
		}
	}
	if spread := breaks[most] - breaks[least]; spread > h.problem.BreakSpread {
		v := h.report(RuleBreakSpread)
		v.Participants = []ParticipantID{ParticipantID(most), ParticipantID(least)}
		v.Have, v.Want = spread, h.problem.BreakSpread
	}
}
