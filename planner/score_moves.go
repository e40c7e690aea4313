package planner

import (
	"fmt"
	"slices"
)

// lostAndMoved counts the meetings of the previous plan that the plan no longer
// holds, and those that it holds at another start or place or with other seats.
// Another table of the same place is no move.
func lostAndMoved(previous, plan *Plan) (lost, moved int) {
	if previous == nil {
		return 0, 0
	}
	for i, k := range counterparts(previous, plan) {
		switch {
		case k == None:
			lost++
		case movedTo(&previous.Meetings[i], &plan.Meetings[k]):
			moved++
		}
	}
	return lost, moved
}

// counterparts gives, for each meeting of the previous plan, the position of
// the same one in the plan, or None: the one that holds the same request with
// the same participants; else the one of the same participants where one of the
// two holds no request, for a wish may become a request.
func counterparts(previous, plan *Plan) []int {
	of := make(map[string][]int)
	for k := range plan.Meetings {
		who := gathering(&plan.Meetings[k])
		of[who] = append(of[who], k)
	}
	same := make([]int, len(previous.Meetings))
	for i := range same {
		same[i] = None
	}
	match := func(alike func(a, b RequestID) bool) {
		for i := range previous.Meetings {
			m := &previous.Meetings[i]
			who := gathering(m)
			at := slices.IndexFunc(of[who], func(k int) bool { return alike(m.Request, plan.Meetings[k].Request) })
			if same[i] == None && at != None {
				same[i] = of[who][at]
				of[who] = slices.Delete(of[who], at, at+1)
			}
		}
	}
	match(func(a, b RequestID) bool { return a == b })
	match(func(a, b RequestID) bool { return a == None || b == None })
	return same
}

// gathering names the set of the meeting's participants.
func gathering(m *Meeting) string {
	var list []ParticipantID
	for _, a := range m.Attendees {
		list = append(list, a.Participant)
	}
	slices.Sort(list)
	return fmt.Sprint(list)
}

// movedTo says whether the same meeting is elsewhere, or of other seats.
func movedTo(before, after *Meeting) bool {
	if before.Start != after.Start || before.Place != after.Place {
		return true
	}
	return slices.ContainsFunc(before.Attendees, func(a Attendee) bool { return after.seat(a.Participant) != a.Seat })
}
