package day

import (
	"fmt"
	"slices"
)

// Check verifies a schedule, the slot of each meeting, against every rule of
// the instance and returns its number of breaks. A break is a gap, of any
// length, between two meetings of a participant. Check reads nothing but the
// instance and the schedule.
func Check(in *Instance, schedule []int) (breaks int, err error) {
	if len(schedule) != len(in.Meetings) {
		return 0, fmt.Errorf("day: schedule of %d meetings instead of %d", len(schedule), len(in.Meetings))
	}
	for m, t := range schedule {
		if err := checkMeeting(in, m, t); err != nil {
			return 0, err
		}
	}
	if err := checkTables(in, schedule); err != nil {
		return 0, err
	}
	for _, pr := range in.Precedences {
		if schedule[pr.Before] >= schedule[pr.After] {
			return 0, fmt.Errorf("day: meeting %d is not before meeting %d", pr.Before, pr.After)
		}
	}
	return checkParticipants(in, schedule)
}

func checkMeeting(in *Instance, m, t int) error {
	meeting := in.Meetings[m]
	if t < 0 || t >= in.Slots || (meeting.Allowed != nil && !slices.Contains(meeting.Allowed, t)) {
		return fmt.Errorf("day: meeting %d may not be in slot %d", m, t)
	}
	for _, p := range []int{meeting.First, meeting.Second} {
		if p < len(in.Unavailable) && slices.Contains(in.Unavailable[p], t) {
			return fmt.Errorf("day: participant %d is not available in slot %d", p, t)
		}
	}
	return nil
}

func checkTables(in *Instance, schedule []int) error {
	load := make([]int, in.Slots)
	for _, t := range schedule {
		load[t]++
		if load[t] > in.Tables {
			return fmt.Errorf("day: more than %d meetings in slot %d", in.Tables, t)
		}
	}
	return nil
}

// checkParticipants verifies that nobody is in two meetings at once and that
// breaks are spread evenly enough, and counts them.
func checkParticipants(in *Instance, schedule []int) (breaks int, err error) {
	slotsOf := make([][]int, in.Participants)
	for m, t := range schedule {
		meeting := in.Meetings[m]
		slotsOf[meeting.First] = append(slotsOf[meeting.First], t)
		slotsOf[meeting.Second] = append(slotsOf[meeting.Second], t)
	}
	var least, most int
	for p, slots := range slotsOf {
		slices.Sort(slots)
		own := 0
		for i := 1; i < len(slots); i++ {
			switch slots[i] - slots[i-1] {
			case 0:
				return 0, fmt.Errorf("day: participant %d has two meetings in slot %d", p, slots[i])
			case 1:
			default:
				own++
			}
		}
		if p == 0 {
			least, most = own, own
		}
		least, most = min(least, own), max(most, own)
		breaks += own
	}
	if in.MaxSpread != NoSpreadLimit && most-least > in.MaxSpread {
		return 0, fmt.Errorf("day: breaks differ by %d, more than %d", most-least, in.MaxSpread)
	}
	return breaks, nil
}
