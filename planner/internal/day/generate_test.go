package day

import (
	"math/rand/v2"
	"slices"
)

// tiny returns a random instance small enough to try every schedule.
func tiny(rng *rand.Rand) *Instance {
	in := &Instance{
		Participants: 2 + rng.IntN(4),
		Slots:        2 + rng.IntN(4),
		Tables:       1 + rng.IntN(3),
		MaxSpread:    rng.IntN(4) - 1,
	}
	for range 1 + rng.IntN(6) {
		pair := rng.Perm(in.Participants)
		m := Meeting{First: pair[0], Second: pair[1]}
		if rng.IntN(3) == 0 {
			m.Allowed = rng.Perm(in.Slots)[:1+rng.IntN(in.Slots)]
		}
		in.Meetings = append(in.Meetings, m)
	}
	for range rng.IntN(in.Participants) {
		var slots []int
		if rng.IntN(2) == 0 {
			slots = rng.Perm(in.Slots)[:rng.IntN(2)]
		}
		in.Unavailable = append(in.Unavailable, slots)
	}
	if n := len(in.Meetings); n > 1 && rng.IntN(3) == 0 {
		pair := rng.Perm(n)
		in.Precedences = append(in.Precedences, Precedence{pair[0], pair[1]})
	}
	return in
}

// tied returns a random instance whose few participants all have breaks to
// spare or even forced on them, so that the spread matters above zero.
func tied(rng *rand.Rand) *Instance {
	in := &Instance{Participants: 2 + rng.IntN(2), Slots: 5 + rng.IntN(3), Tables: 1 + rng.IntN(2), MaxSpread: rng.IntN(2)}
	for p := range in.Participants {
		for q := range p {
			for range 1 + rng.IntN(2) {
				in.Meetings = append(in.Meetings, Meeting{First: q, Second: p})
			}
		}
	}
	for m := range in.Meetings {
		if rng.IntN(2) == 0 {
			in.Meetings[m].Allowed = rng.Perm(in.Slots)[:1+rng.IntN(2)]
		}
	}
	return in
}

// planted returns a day that is known to be possible without any break: each
// participant's meetings follow one another.
func planted(rng *rand.Rand, participants, slots int) *Instance {
	in := &Instance{Participants: participants, Slots: slots, MaxSpread: 2}
	last := make([]int, participants) // the slot of each one's last meeting
	for p := range last {
		last[p] = -1
	}
	for t := range slots {
		order := rng.Perm(participants)
		ready := slices.DeleteFunc(order, func(p int) bool { return last[p] >= 0 && last[p] < t-1 })
		held := 0
		for i := 0; i+1 < len(ready); i += 2 {
			if rng.IntN(5) == 0 {
				continue
			}
			in.Meetings = append(in.Meetings, Meeting{First: ready[i], Second: ready[i+1]})
			last[ready[i]], last[ready[i+1]] = t, t
			held++
		}
		in.Tables = max(in.Tables, held)
	}
	return in
}

// schedules calls visit with every assignment of slots to meetings.
func schedules(in *Instance, visit func(schedule []int)) {
	schedule := make([]int, len(in.Meetings))
	var place func(m int)
	place = func(m int) {
		if m == len(schedule) {
			visit(schedule)
			return
		}
		for t := range in.Slots {
			schedule[m] = t
			place(m + 1)
		}
	}
	place(0)
}

// fewestBreaks tries every schedule.
func fewestBreaks(in *Instance) (breaks int, feasible bool) {
	schedules(in, func(schedule []int) {
		if n, err := Check(in, schedule); err == nil && (!feasible || n < breaks) {
			breaks, feasible = n, true
		}
	})
	return breaks, feasible
}

// meets reports whether a schedule meets one requirement.
func meets(in *Instance, schedule []int, c Cause) bool {
	switch c.Kind {
	case Order:
		pr := in.Precedences[c.Index]
		return schedule[pr.Before] < schedule[pr.After]
	case MeetingSlots:
		return slices.Contains(in.Meetings[c.Index].Allowed, schedule[c.Index])
	case Tables:
		load := make(map[int]int)
		for _, t := range schedule {
			load[t]++
		}
		for _, n := range load {
			if n > in.Tables {
				return false
			}
		}
		return true
	default:
		return meetsParticipant(in, schedule, c)
	}
}

func meetsParticipant(in *Instance, schedule []int, c Cause) bool {
	seen := make(map[int]bool)
	for m, meeting := range in.Meetings {
		if meeting.First != c.Index && meeting.Second != c.Index {
			continue
		}
		t := schedule[m]
		if c.Kind == Unavailability && slices.Contains(in.Unavailable[c.Index], t) {
			return false
		}
		if c.Kind == OneAtATime && seen[t] {
			return false
		}
		seen[t] = true
	}
	return true
}
