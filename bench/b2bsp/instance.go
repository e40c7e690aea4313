package main

import (
	"fmt"
	"slices"

	"github.com/escale-hq/escale/planner/day"
)

// maxSpread is the fairness rule of the published problem: the numbers of
// breaks of any two participants differ by at most two.
const maxSpread = 2

// maxSize bounds what a file may ask for, so that a wrong number is an error
// rather than a machine out of memory.
const maxSize = 10_000

// The sessions that a meeting can ask for.
const (
	morning   = 1
	afternoon = 2
	anyTime   = 3
)

// readInstance reads an instance from the text of a data file. Slots,
// participants and meetings are numbered from 1 there. A missing array means
// that there is no such constraint.
func readInstance(text string) (*day.Instance, error) {
	values, err := parseDZN(text)
	if err != nil {
		return nil, err
	}
	r := &reader{values: values}
	in := &day.Instance{
		Participants: r.size("nBusiness"),
		Slots:        r.size("nTotalSlots"),
		Tables:       r.size("nTables"),
		MaxSpread:    maxSpread,
	}
	r.readMeetings(in)
	r.readFixed(in)
	r.readForbidden(in)
	r.readPrecedences(in)
	if r.err != nil {
		return nil, r.err
	}
	return in, in.Validate()
}

// reader takes an instance from named values. It keeps the first error.
type reader struct {
	values map[string]value
	err    error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// size returns a number that must be there.
func (r *reader) size(name string) int {
	v, ok := r.values[name]
	if !ok || v.isList || v.number < 0 || v.number > maxSize {
		r.fail("%s is missing or is not a number up to %d", name, maxSize)
		return 0
	}
	return v.number
}

// list returns the items of an array, none if it is missing. If it is there, it
// must have the given length.
func (r *reader) list(name string, length int) []value {
	v, ok := r.values[name]
	if ok && (!v.isList || len(v.items) != length) {
		r.fail("%s is not a list of %d items", name, length)
		return nil
	}
	return v.items
}

// numbers returns the integers of a list.
func (r *reader) numbers(name string, v value) []int {
	var numbers []int
	for _, item := range v.items {
		if item.isList {
			r.fail("%s: a number expected", name)
		}
		numbers = append(numbers, item.number)
	}
	if !v.isList {
		r.fail("%s: a list expected", name)
	}
	return numbers
}

// readMeetings reads the rows participant, participant, session.
func (r *reader) readMeetings(in *day.Instance) {
	requested := r.values["requested"]
	if n := r.size("nMeetings"); len(requested.items) != n {
		r.fail("requested has %d rows instead of nMeetings = %d", len(requested.items), n)
	}
	for _, row := range requested.items {
		columns := r.numbers("requested", row)
		if len(columns) < 2 {
			r.fail("requested: a row of fewer than two columns")
			return
		}
		meeting := day.Meeting{First: columns[0] - 1, Second: columns[1] - 1}
		if len(columns) > 2 {
			meeting.Allowed = r.session(columns[2], in.Slots)
		}
		in.Meetings = append(in.Meetings, meeting)
	}
}

// session returns the slots of a session, nil for all of them.
func (r *reader) session(session, slots int) []int {
	if session == anyTime {
		return nil
	}
	mornings := min(r.size("nMorningSlots"), slots)
	switch session {
	case morning:
		return slotRange(0, mornings)
	case afternoon:
		return slotRange(mornings, slots)
	default:
		r.fail("requested: no session %d", session)
		return nil
	}
}

// slotRange returns the slots from start to before end, not nil even if there
// are none.
func slotRange(start, end int) []int {
	slots := make([]int, 0, end-start)
	for t := start; t < end; t++ {
		slots = append(slots, t)
	}
	return slots
}

// readFixed reads the slot of each meeting, 0 for any. A fixed slot outside the
// session of the meeting leaves no slot at all.
func (r *reader) readFixed(in *day.Instance) {
	for m, v := range r.list("fixed", len(in.Meetings)) {
		if v.isList || v.number < 0 || v.number > in.Slots {
			r.fail("fixed: no slot of meeting %d", m+1)
			return
		}
		if v.number == 0 {
			continue
		}
		meeting := &in.Meetings[m]
		fixed := []int{v.number - 1}
		if meeting.Allowed != nil && !slices.Contains(meeting.Allowed, fixed[0]) {
			fixed = []int{}
		}
		meeting.Allowed = fixed
	}
}

// readForbidden reads the slots in which each participant cannot meet; 0 stands
// for none.
func (r *reader) readForbidden(in *day.Instance) {
	for _, v := range r.list("forbidden", in.Participants) {
		var slots []int
		for _, t := range r.numbers("forbidden", v) {
			if t != 0 {
				slots = append(slots, t-1)
			}
		}
		in.Unavailable = append(in.Unavailable, slots)
	}
}

// readPrecedences reads, for each meeting, those that come before it.
func (r *reader) readPrecedences(in *day.Instance) {
	for m, v := range r.list("precedences", len(in.Meetings)) {
		for _, before := range r.numbers("precedences", v) {
			if before != 0 {
				in.Precedences = append(in.Precedences, day.Precedence{Before: before - 1, After: m})
			}
		}
	}
}
