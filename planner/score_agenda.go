package planner

// halfDay separates the days of what is on no day of the grid.
const halfDay Minute = 12 * 60

// breaksOf counts the breaks of each participant, those of its seats together.
func (h *hearing) breaksOf() []int {
	breaks := make([]int, len(h.problem.Participants))
	h.everySeat(func(a Attendee, agenda []stay) {
		for i := 1; i < len(agenda); i++ {
			if h.makesBreak(a.Participant, agenda[i-1], agenda[i]) {
				breaks[a.Participant]++
			}
		}
	})
	return breaks
}

// makesBreak says whether a seat idles between two entries of its agenda that
// follow each other: whether, in a block that both overlap, there is a slot
// between them in which the participant is free and which is no longer than
// what the journey leaves of the time between.
func (h *hearing) makesBreak(who ParticipantID, before, after stay) bool {
	idle := int(after.Start-before.End) - h.journey(before.venue, after.venue)
	if idle <= 0 {
		return false
	}
	for s, slot := range h.problem.Slots {
		between := slot.Start >= before.End && slot.End <= after.Start
		if !between || slot.Minutes() > idle || !h.free[who][s] {
			continue
		}
		if block := h.blocks[slot.Block]; block.Overlaps(before.Span) && block.Overlaps(after.Span) {
			return true
		}
	}
	return false
}

// travelled sums the minutes that seats spend between entries of their agendas
// that follow each other on the same day.
func (h *hearing) travelled() int {
	minutes := 0
	h.everySeat(func(_ Attendee, agenda []stay) {
		for i := 1; i < len(agenda); i++ {
			if sameDay(agenda[i-1], agenda[i]) {
				minutes += h.journey(agenda[i-1].venue, agenda[i].venue)
			}
		}
	})
	return minutes
}

// sameDay says whether two entries are on the same day of the grid or, if one
// is on no day of it, less than half a day apart.
func sameDay(before, after stay) bool {
	if before.day == None || after.day == None {
		return after.Start-before.End < halfDay
	}
	return before.day == after.day
}
