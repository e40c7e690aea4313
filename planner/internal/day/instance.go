package day

import "fmt"

// Instance is a day to plan. Participants, slots and meetings are numbered
// from 0.
type Instance struct {
	Participants int
	Slots        int
	Tables       int // meetings that one slot can hold
	Meetings     []Meeting
	// Unavailable lists, by participant, the slots in which that participant
	// cannot meet. It may be shorter than Participants.
	Unavailable [][]int
	Precedences []Precedence
	// MaxSpread limits the difference between the numbers of breaks of any two
	// participants, those without meetings included. NoSpreadLimit lifts it.
	MaxSpread int
}

// NoSpreadLimit as MaxSpread lets breaks be spread in any way.
const NoSpreadLimit = -1

// Meeting is a meeting of two participants.
type Meeting struct {
	First, Second int
	// Allowed lists the slots that the meeting itself allows, such as those of
	// the morning, or one. Nil allows every slot.
	Allowed []int
}

// Precedence asks that one meeting be held in an earlier slot than another.
type Precedence struct {
	Before, After int
}

// Validate reports the first thing in the instance that makes no sense.
func (in *Instance) Validate() error {
	if in.Participants < 0 || in.Slots < 0 || in.Tables < 0 || in.MaxSpread < NoSpreadLimit {
		return fmt.Errorf("day: negative number: %d participants, %d slots, %d tables, spread %d",
			in.Participants, in.Slots, in.Tables, in.MaxSpread)
	}
	if len(in.Unavailable) > in.Participants {
		return fmt.Errorf("day: unavailable slots for %d of %d participants", len(in.Unavailable), in.Participants)
	}
	for m, meeting := range in.Meetings {
		if err := in.validateMeeting(meeting); err != nil {
			return fmt.Errorf("day: meeting %d: %w", m, err)
		}
	}
	for p, slots := range in.Unavailable {
		if err := in.validateSlots(slots); err != nil {
			return fmt.Errorf("day: participant %d: %w", p, err)
		}
	}
	for i, pr := range in.Precedences {
		if !within(pr.Before, len(in.Meetings)) || !within(pr.After, len(in.Meetings)) {
			return fmt.Errorf("day: precedence %d: no meeting %d or %d", i, pr.Before, pr.After)
		}
	}
	return nil
}

func (in *Instance) validateMeeting(m Meeting) error {
	if !within(m.First, in.Participants) || !within(m.Second, in.Participants) {
		return fmt.Errorf("no participant %d or %d", m.First, m.Second)
	}
	if m.First == m.Second {
		return fmt.Errorf("participant %d meets itself", m.First)
	}
	return in.validateSlots(m.Allowed)
}

func (in *Instance) validateSlots(slots []int) error {
	for _, t := range slots {
		if !within(t, in.Slots) {
			return fmt.Errorf("no slot %d", t)
		}
	}
	return nil
}

func within(i, n int) bool { return 0 <= i && i < n }

// meetingsOf lists the meetings of each participant.
func (in *Instance) meetingsOf() [][]int {
	meetings := make([][]int, in.Participants)
	for m, meeting := range in.Meetings {
		meetings[meeting.First] = append(meetings[meeting.First], m)
		meetings[meeting.Second] = append(meetings[meeting.Second], m)
	}
	return meetings
}
