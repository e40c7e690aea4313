package planner

import "context"

// Explain says, for each wish of a valid problem that the plan does not meet,
// why, and what single change would meet it. Refusals are wishes met by every
// plan, and are not listed.
//
// A change meets a wish when a plan exists, with the change, that holds it,
// breaks no lock, and is no worse on minimums, value and the worst served. First
// come the changes that leave all other meetings where they are; where there is
// none, changes are tried that need others to move, as long as the work limit
// lasts, which depends on the size of the problem alone. When the context ends,
// the wishes left have their reasons all the same, and are marked as not searched.
//
// Of the options only the seed counts. A malformed meeting of the plan holds
// nothing. An error is what [Problem.Validate] says.
func Explain(ctx context.Context, p *Problem, plan *Plan, o Options) ([]Unmet, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return newExplainer(p, plan, o).explain(ctx), nil
}

// Unmet is a wish that the plan does not meet, why, and what would meet it.
type Unmet struct {
	Wish   WishID
	Reason Reason
	// Slots that the reason speaks of: those where nothing fits, or all common
	// slots that are full.
	Slots []SlotID
	// Participants that the reason speaks of: the one whose maximum is
	// reached, whose refusal forbids, who has no room.
	Participants []ParticipantID
	// Places and Pools that the reason speaks of.
	Places []PlaceID
	Pools  []PoolID
	// Against are the meetings, as positions in the plan, that displaced it.
	Against []int
	// Change is the single change that would meet the wish; nil when none was
	// found. Searched says whether one was sought to the end.
	Change   *Remedy
	Searched bool
}

// Reason says why a wish is not met.
type Reason int

// The reasons, from the most to the least final.
const (
	// ReasonNever: one of the two refuses.
	ReasonNever Reason = iota
	// ReasonLeg: the two never are in the same place.
	ReasonLeg
	// ReasonNoCommonSlot: no slot where both are available, whatever the plan.
	ReasonNoCommonSlot
	// ReasonNoPlace: no place where they may meet is open at a common slot.
	ReasonNoPlace
	// ReasonNoInterpreter: they share no language and no interpreter of their
	// languages is free at a common slot.
	ReasonNoInterpreter
	// ReasonTravel: at each common slot, one could not arrive in time.
	ReasonTravel
	// ReasonMax and ReasonMaxDay: a maximum is reached.
	ReasonMax
	ReasonMaxDay
	// ReasonFull: at every common slot, one of the two is in another meeting.
	ReasonFull
	// ReasonNoTable: both are free together, but every table is taken.
	ReasonNoTable
	// ReasonDisplaced: it would fit only by giving up meetings worth more.
	ReasonDisplaced
	// ReasonPossible: it fits; the plan simply does not hold it.
	ReasonPossible
	// ReasonPerson: the two meet, but not with the person that the wish names.
	ReasonPerson
)

// Remedy is a single change of the problem that would meet a wish, and what
// the plan with it would gain and cost.
type Remedy struct {
	Kind RemedyKind
	// Participant is whom FreeSlot, RaiseMax and RaiseMaxDay concern.
	Participant ParticipantID
	// Slot is the first of Slots slots in which the meeting would be held, at
	// Place.
	Slot  SlotID
	Slots int
	Place PlaceID
	// Pool is which OneMoreInterpreter concerns, otherwise None.
	Pool PoolID
	// By is how much a maximum rises, or how many tables or interpreters more
	// there are: 1.
	By int
	// Gain is in points of value; Breaks, and Travel in minutes, are what the
	// change adds in all, less than 0 where it takes some away.
	Gain, Breaks, Travel int
	// Moved is how many other meetings would be held elsewhere, or give way to
	// others worth as much.
	Moved int
}

// RemedyKind names a kind of change.
type RemedyKind int

// The changes.
const (
	// OneMoreTable at a place, from a slot on, for as many slots as it lasts.
	OneMoreTable RemedyKind = iota
	// FreeSlot asks a participant to be available.
	FreeSlot
	// OneMoreInterpreter in a pool, at a slot.
	OneMoreInterpreter
	// RaiseMax and RaiseMaxDay of a participant.
	RaiseMax
	RaiseMaxDay
)
