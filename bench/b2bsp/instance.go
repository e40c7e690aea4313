package main

import (
	"fmt"
	"slices"

	"github.com/escale-hq/escale/planner"
)

// maxSpread is the fairness rule of the published problem: the numbers of
// breaks of any two participants differ by at most two.
const maxSpread = 2

// maxSize bounds what a file may ask for, so that a wrong number is an error
// rather than a machine out of memory.
const maxSize = 2000

// slotMinutes is how long a slot lasts; the files do not say.
const slotMinutes = 20

// The sessions that a meeting can ask for.
const (
	morning   = 1
	afternoon = 2
	anyTime   = 3
)

// instance is a data file as a problem of the planner: one stretch of slots,
// one place with the tables, and a required request for each meeting. A slot in
// which a participant cannot meet is no start of its meetings, rather than time
// when it is busy, because the published problem counts it as idle.
type instance struct {
	problem *planner.Problem
	// shut says that some meeting has no slot at all. A problem cannot say so,
	// since a request without starts may start at any time.
	shut bool
}

// readInstance reads an instance from the text of a data file. Slots,
// participants and meetings are numbered from 1 there. A missing array means
// that there is no such constraint.
func readInstance(text string) (*instance, error) {
	values, err := parseDZN(text)
	if err != nil {
		return nil, err
	}
	r := &reader{values: values, problem: &planner.Problem{BreakSpread: maxSpread}}
	r.readDay()
	r.readMeetings()
	r.readFixed()
	r.readForbidden()
	r.readPrecedences()
	if r.err != nil {
		return nil, r.err
	}
	in := &instance{problem: r.problem}
	in.shut = slices.ContainsFunc(r.problem.Requests, func(m planner.Request) bool { return len(m.Starts) == 0 })
	return in, r.problem.Validate()
}

// reader takes a problem from named values. It keeps the first error.
type reader struct {
	values  map[string]value
	problem *planner.Problem
	err     error
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

// readDay reads how many slots, tables and participants there are.
func (r *reader) readDay() {
	p := r.problem
	for i := range planner.Minute(r.size("nTotalSlots")) {
		span := planner.Span{Start: i * slotMinutes, End: (i + 1) * slotMinutes}
		p.Slots = append(p.Slots, planner.Slot{Span: span})
	}
	tables := r.size("nTables")
	if tables == 0 {
		r.fail("nTables is 0: no meeting can be held")
	}
	p.Venues = []planner.Venue{{}}
	p.Places = []planner.Place{{Tables: tables}}
	p.Participants = make([]planner.Participant, r.size("nBusiness"))
}

// readMeetings reads the rows participant, participant, session.
func (r *reader) readMeetings() {
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
		session := anyTime
		if len(columns) > 2 {
			session = columns[2]
		}
		r.problem.Requests = append(r.problem.Requests, planner.Request{
			Attendees: []planner.Attendee{{Participant: participant(columns[0])}, {Participant: participant(columns[1])}},
			Starts:    r.session(session),
			Required:  true,
			Place:     planner.None,
		})
	}
}

// participant is the participant that a file numbers from 1.
func participant(number int) planner.ParticipantID { return planner.ParticipantID(number - 1) }

// session returns the slots of a session.
func (r *reader) session(session int) []planner.SlotID {
	slots := len(r.problem.Slots)
	if session == anyTime {
		return slotRange(0, slots)
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

// slotRange returns the slots from start to before end.
func slotRange(start, end int) []planner.SlotID {
	slots := make([]planner.SlotID, 0, end-start)
	for t := start; t < end; t++ {
		slots = append(slots, planner.SlotID(t))
	}
	return slots
}

// slot returns a slot that a file numbers from 1.
func (r *reader) slot(name string, number int) planner.SlotID {
	if number < 1 || number > len(r.problem.Slots) {
		r.fail("%s: no slot %d", name, number)
	}
	return planner.SlotID(number - 1)
}

// readFixed reads the slot of each meeting, 0 for any.
func (r *reader) readFixed() {
	for m, v := range r.list("fixed", len(r.problem.Requests)) {
		if v.isList {
			r.fail("fixed: a number expected")
			return
		}
		if v.number == 0 {
			continue
		}
		fixed, request := r.slot("fixed", v.number), &r.problem.Requests[m]
		request.Starts = slices.DeleteFunc(request.Starts, func(t planner.SlotID) bool { return t != fixed })
	}
}

// readForbidden reads the slots in which each participant cannot meet; 0 stands
// for none.
func (r *reader) readForbidden() {
	forbidden := make(map[planner.ParticipantID][]planner.SlotID)
	for p, v := range r.list("forbidden", len(r.problem.Participants)) {
		for _, t := range r.numbers("forbidden", v) {
			if t != 0 {
				id := planner.ParticipantID(p)
				forbidden[id] = append(forbidden[id], r.slot("forbidden", t))
			}
		}
	}
	for m := range r.problem.Requests {
		request := &r.problem.Requests[m]
		for _, a := range request.Attendees {
			request.Starts = slices.DeleteFunc(request.Starts, func(t planner.SlotID) bool {
				return slices.Contains(forbidden[a.Participant], t)
			})
		}
	}
}

// readPrecedences reads, for each meeting, those that come before it.
func (r *reader) readPrecedences() {
	for m, v := range r.list("precedences", len(r.problem.Requests)) {
		for _, before := range r.numbers("precedences", v) {
			if before != 0 {
				r.problem.Precedences = append(r.problem.Precedences, planner.Precedence{
					Before: planner.RequestID(before - 1), After: planner.RequestID(m),
				})
			}
		}
	}
}
