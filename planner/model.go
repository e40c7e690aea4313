package planner

import "slices"

// model is a problem made ready to search: positions instead of names, the
// possible meetings with the slots and places that are open to them, and the
// tables that make the rules quick to ask. Locks narrow it before a search runs;
// from then on it is not modified, so that several searches may share it. Only an
// explainer tries changes on a model, which is its own.
//
// Where a candidate can be is said in four ways. An [option] is a place with all
// starts that no plan rules out there. A [spot] is where a plan holds it: one
// start at one place, with its interpreters. A [way] is a spot with what it costs
// at the prices of a bound. A [site] is any start at any of its places, possible
// or not, with what is in the way there, from which reasons are told.
type model struct {
	problem *Problem
	// slots and days are how many there are, words how long a slotSet is.
	slots, words, days int

	// seats of participant p are numbered firstSeat[p] up to firstSeat[p+1].
	firstSeat []int32
	// owner is the participant of a seat.
	owner []int32

	candidates []candidate
	members    []member
	options    []option
	// of lists the candidates of each participant.
	of [][]int32
	// wishCandidate is the candidate that carries each wish, or None.
	wishCandidate []int32

	lengths lengthTable
	time    timetable

	// available slots of each participant, whatever the plan.
	available []slotSet
	// alone is the most points that each participant could get by itself.
	alone []int32
	// placeOpen and poolOpen are the slots in which they can be used.
	placeOpen, poolOpen []slotSet
	// unreserved lists the places that are open to all.
	unreserved []PlaceID
	// after lists, for a candidate, those that precedences order against it.
	after map[int32][]order
}

// candidate is a possible meeting: a pair that wish for each other, or a
// request.
type candidate struct {
	// value in points: that of its request and of the wishes that it meets.
	value int32
	// members are model.members[first:end].
	first, end int32
	// options are model.options[firstOption:endOption]; none when it can
	// never be held.
	firstOption, endOption int32
	// minutes is a row of the length table.
	minutes int32
	request RequestID
	// required candidates come before all value; locked ones do not move.
	required, locked bool
	// refused says that a participant wants no such meeting, mute that the
	// participants share no language and nobody could interpret.
	refused, mute bool
	// pools that could interpret; nil when no interpreter is needed.
	pools []PoolID
	// places where it might be held if they were open.
	places []PlaceID
}

// member is one participant of a candidate.
type member struct {
	participant int32
	// the seats that may attend are those from seat up to endSeat.
	seat, endSeat int32
	// points of its own wishes that the candidate meets.
	points int32
}

// option is a place for a candidate, with the slots in which it may start
// there as far as its participants, the place and the programme go.
type option struct {
	place  PlaceID
	starts slotSet
}

// order says how another candidate must lie in time.
type order struct {
	other int32
	// before says that the other must end before this one starts.
	before bool
}

// seatCount is how many seats the participant has.
func (m *model) seatCount(p int32) int { return int(m.firstSeat[p+1] - m.firstSeat[p]) }

// membersOf lists the participants of the candidate.
func (m *model) membersOf(c int32) []member {
	return m.members[m.candidates[c].first:m.candidates[c].end]
}

// memberOf is the participant's position among the candidate's members, or None.
func (m *model) memberOf(c, p int32) int {
	return slices.IndexFunc(m.membersOf(c), func(x member) bool { return x.participant == p })
}

// possible says whether the candidate can be held at all.
func (d *candidate) possible() bool { return d.firstOption < d.endOption }

// optionsOf lists where the candidate can be; nothing when it can never be held.
func (m *model) optionsOf(c int32) []option {
	return m.options[m.candidates[c].firstOption:m.candidates[c].endOption]
}

// length is how many slots the candidate takes when it starts at s.
func (m *model) length(c int32, s SlotID) int {
	return int(m.lengths.of(m.candidates[c].minutes, s))
}

// lengthTable holds, for each duration that is asked for and each start, the
// number of consecutive slots that it takes; 0 where it does not fit.
type lengthTable struct {
	minutes []int
	rows    [][]uint8
}

// of is the length of the row's duration from the start on.
func (t *lengthTable) of(row int32, s SlotID) uint8 { return t.rows[row][s] }

// row returns the row for the minutes, made if need be.
func (t *lengthTable) row(p *Problem, minutes int) int32 {
	if i := slices.Index(t.minutes, minutes); i >= 0 {
		return int32(i)
	}
	lengths := make([]uint8, len(p.Slots))
	for s := range p.Slots {
		lengths[s] = slotsFor(p, SlotID(s), minutes)
	}
	t.minutes = append(t.minutes, minutes)
	t.rows = append(t.rows, lengths)
	return int32(len(t.rows) - 1)
}

// slotsFor counts the consecutive slots from start that cover the minutes.
func slotsFor(p *Problem, start SlotID, minutes int) uint8 {
	first := p.Slots[start]
	last := first
	for n := 1; n < 255; n++ {
		if int(last.End-first.Start) >= minutes {
			return uint8(n)
		}
		next := int(start) + n
		if next == len(p.Slots) {
			return 0
		}
		s := p.Slots[next]
		if s.Leg != first.Leg || s.Day != first.Day || int(s.Start-last.End) > p.Gap {
			return 0
		}
		last = s
	}
	return 0
}
