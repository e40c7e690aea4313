package day

// filter finds the slots that each meeting can have, by looking at one
// requirement at a time until nothing changes.
type filter struct {
	in         *Instance
	meetingsOf [][]int
	open       [][]bool // by meeting and slot
	lifted     map[Cause]bool
}

// newFilter prepares to filter an instance, leaving some requirements out.
func newFilter(in *Instance, lifted map[Cause]bool) *filter {
	return &filter{in: in, meetingsOf: in.meetingsOf(), lifted: lifted}
}

// run filters to the end. It returns false if the requirements contradict one
// another; true does not mean that they do not.
func (f *filter) run() bool {
	f.openSlots()
	for {
		closedByMatching, ok := f.filterMatchings()
		if !ok {
			return false
		}
		closedByOrder := f.filterPrecedences()
		if !closedByMatching && !closedByOrder {
			return true
		}
	}
}

// openSlots opens the slots that each meeting and its participants allow.
func (f *filter) openSlots() {
	f.open = make([][]bool, len(f.in.Meetings))
	for m, meeting := range f.in.Meetings {
		f.open[m] = make([]bool, f.in.Slots)
		if meeting.Allowed == nil || f.lifted[Cause{MeetingSlots, m}] {
			for t := range f.open[m] {
				f.open[m][t] = true
			}
			continue
		}
		for _, t := range meeting.Allowed {
			f.open[m][t] = true
		}
	}
	for p, slots := range f.in.Unavailable {
		if f.lifted[Cause{Unavailability, p}] {
			continue
		}
		for _, m := range f.meetingsOf[p] {
			for _, t := range slots {
				f.open[m][t] = false
			}
		}
	}
}

// filterMatchings closes slots that are in no placement of all the meetings
// of a participant, one a slot, or of the whole day, Tables a slot.
func (f *filter) filterMatchings() (closed, ok bool) {
	for p, meetings := range f.meetingsOf {
		capacity := 1
		if f.lifted[Cause{OneAtATime, p}] {
			capacity = len(meetings)
		}
		pruned, ok := f.filterMatching(meetings, capacity)
		if !ok {
			return false, false
		}
		closed = closed || pruned
	}
	all := make([]int, len(f.in.Meetings))
	for m := range all {
		all[m] = m
	}
	tables := f.in.Tables
	if f.lifted[Cause{Kind: Tables}] {
		tables = len(all)
	}
	pruned, ok := f.filterMatching(all, tables)
	return closed || pruned, ok
}

func (f *filter) filterMatching(meetings []int, capacity int) (closed, ok bool) {
	a := match(meetings, f.open, f.in.Slots, capacity)
	if a == nil {
		return false, false
	}
	return a.prune(), true
}

// filterPrecedences closes, for each precedence, the slots that leave no
// earlier or later slot for the other meeting. Where that leaves a meeting
// without any slot, the matchings will find out.
func (f *filter) filterPrecedences() bool {
	closed := false
	for i, pr := range f.in.Precedences {
		if f.lifted[Cause{Order, i}] {
			continue
		}
		first, _ := bounds(f.open[pr.Before])
		_, last := bounds(f.open[pr.After])
		for t := range f.in.Slots {
			if f.open[pr.After][t] && t <= first {
				f.open[pr.After][t] = false
				closed = true
			}
			if f.open[pr.Before][t] && t >= last {
				f.open[pr.Before][t] = false
				closed = true
			}
		}
	}
	return closed
}

// bounds returns the first and the last open slot; without any, the first
// lies after and the last before all slots.
func bounds(open []bool) (first, last int) {
	first, last = len(open), -1
	for t, isOpen := range open {
		if isOpen {
			first = min(first, t)
			last = t
		}
	}
	return first, last
}
