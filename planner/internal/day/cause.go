package day

// Cause names a requirement of an instance that takes part in a contradiction.
type Cause struct {
	Kind  CauseKind
	Index int // the meeting, participant or precedence; 0 for Tables
}

// CauseKind is a kind of requirement.
type CauseKind int8

// The kinds of requirements, in the order in which it is preferred to leave
// them out of an explanation.
const (
	Order          CauseKind = iota // precedence Index
	Tables                          // no slot holds more meetings than tables
	MeetingSlots                    // the slots that meeting Index allows
	Unavailability                  // the slots participant Index is not available in
	OneAtATime                      // participant Index has one meeting a slot
)

// String returns the name of the kind.
func (k CauseKind) String() string {
	switch k {
	case Order:
		return "order"
	case Tables:
		return "tables"
	case MeetingSlots:
		return "meeting slots"
	case Unavailability:
		return "unavailability"
	case OneAtATime:
		return "one at a time"
	default:
		return "unknown"
	}
}

// requirements lists all that can be left out of an instance.
func requirements(in *Instance) []Cause {
	var all []Cause
	for i := range in.Precedences {
		all = append(all, Cause{Order, i})
	}
	all = append(all, Cause{Kind: Tables})
	for m, meeting := range in.Meetings {
		if meeting.Allowed != nil {
			all = append(all, Cause{MeetingSlots, m})
		}
	}
	for p, slots := range in.Unavailable {
		if len(slots) > 0 {
			all = append(all, Cause{Unavailability, p})
		}
	}
	for p := range in.Participants {
		all = append(all, Cause{OneAtATime, p})
	}
	return all
}

// explain returns requirements that the filter finds contradictory together,
// but not if one of them is left out. It leaves out ever smaller parts of the
// list for as long as a contradiction remains. Without a contradiction in the
// whole, it returns nil.
func explain(in *Instance) []Cause {
	lifted := make(map[Cause]bool)
	if newFilter(in, lifted).run() {
		return nil
	}
	kept := requirements(in)
	for size := len(kept); size > 0; size /= 2 {
		for start := 0; start < len(kept); {
			part := kept[start:min(start+size, len(kept))]
			setLifted(lifted, part, true)
			if !newFilter(in, lifted).run() {
				kept = append(kept[:start:start], kept[start+len(part):]...)
				continue
			}
			setLifted(lifted, part, false)
			start += size
		}
	}
	return kept
}

func setLifted(lifted map[Cause]bool, part []Cause, value bool) {
	for _, c := range part {
		lifted[c] = value
	}
}
