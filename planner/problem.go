package planner

// None stands for an absent identifier, where the field says that one may be
// absent. The zero value of an identifier is the first entry, not None.
const None = -1

// Identifiers are positions in the slices of a [Problem], counted from 0.
type (
	// ParticipantID is a position in Problem.Participants.
	ParticipantID int
	// SlotID is a position in Problem.Slots.
	SlotID int
	// VenueID is a position in Problem.Venues.
	VenueID int
	// PlaceID is a position in Problem.Places.
	PlaceID int
	// PoolID is a position in Problem.Pools.
	PoolID int
	// WishID is a position in Problem.Wishes.
	WishID int
	// RequestID is a position in Problem.Requests.
	RequestID int
)

// Minute is an instant: whole minutes since the Unix epoch, in UTC.
type Minute int64

// Span is the time from Start up to, but not including, End.
type Span struct {
	Start, End Minute
}

// Overlaps says whether the two spans share an instant.
func (s Span) Overlaps(t Span) bool { return max(s.Start, t.Start) < min(s.End, t.End) }

// Minutes is the length of the span.
func (s Span) Minutes() int { return int(s.End - s.Start) }

// Problem is all that a plan has to respect and to serve. The package never
// modifies it. [Problem.Validate] says what is wrong with one.
//
// Two participants may meet when one wishes to meet the other and neither
// refuses, or when a request gathers them; [Check] has every rule in words.
type Problem struct {
	// Slots is the grid: every leg's slots together, ordered by leg, then by
	// start. Within a leg, slots do not overlap.
	Slots        []Slot
	Venues       []Venue
	Places       []Place
	Participants []Participant
	Pools        []Pool
	Wishes       []Wish
	// Requests are meetings asked for as such: of three or more, or locked, or
	// required. A request carries the wishes among its participants.
	Requests    []Request
	Sessions    []Session
	Precedences []Precedence
	// Travel is the minutes from one venue to another, which may differ both
	// ways; nil means no travel. Going through a third venue is allowed where
	// it is quicker: the planner uses the shortest way.
	Travel [][]int
	// Gap is the minutes that a seat keeps free after each meeting.
	Gap int
	// BreakSpread limits how far the numbers of breaks of any two participants
	// may differ, those without meetings included; negative means no limit, 0
	// that all have as many.
	BreakSpread int
}

// Slot is a span in which a meeting may be held. A longer meeting takes several
// that follow each other.
type Slot struct {
	Span
	// Leg and Day are numbered from 0; Day is the local calendar day at the
	// place, and is numbered over the whole mission.
	Leg, Day int
	// Block numbers, from 0, the stretches in which idle time counts as a
	// break: a morning and an afternoon are two blocks. It is numbered over the
	// whole mission.
	Block int
}

// Venue is an address with places.
type Venue struct {
	// Legs it belongs to; empty means all.
	Legs []int
	// Closed is when no meeting is held there, not even for a part of its time.
	Closed []Span
}

// Place is a set of like tables in a venue.
type Place struct {
	Venue VenueID
	// Tables is how many meetings it takes at a time; 0 means any number.
	Tables int
	// Closed adds to when the venue is closed.
	Closed []Span
	// Reserved keeps the place for the participants that receive at it: those
	// that have it among their Places.
	Reserved bool
}

// Side says which side of the mission a participant is on. When both have
// places of their own, a counterpart receives and a delegate goes.
type Side int

// The sides of a mission.
const (
	// OnePool is the side of all at a convention where anyone meets anyone.
	OnePool Side = iota
	// Delegate travels with the mission.
	Delegate
	// Counterpart is met there.
	Counterpart
)

// Participant is an organisation that takes part.
type Participant struct {
	Side Side
	// Seats is how many meetings it can hold at a time, one a person; 0 means 1.
	Seats int
	// Languages spoken, such as "fr"; empty means that language is no obstacle.
	Languages []string
	// Legs it takes part in; empty means all.
	Legs []int
	// Busy is when it is not available, all its seats alike.
	Busy []Span
	// Min is the guaranteed number of meetings, Max the most it accepts, MaxDay
	// the most it accepts a day; 0 means no such limit.
	Min, Max, MaxDay int
	// Places where it receives, if it does not go to those of others.
	Places []PlaceID
}

// Pool is a number of interpreters between two languages. A meeting takes one of
// them when its participants have no language in common.
type Pool struct {
	// Languages are two different ones, as participants name them.
	Languages [2]string
	// Count is how many interpreters there are; 0 means none.
	Count int
	// Busy is when none of them works.
	Busy []Span
	// Legs it serves; empty means all.
	Legs []int
}

// WishKind says what a participant wants of another.
type WishKind int

// The kinds of wishes.
const (
	// Must is worth [MustWeight] points unless it says otherwise. It does not
	// have to be met: for that, ask for a required [Request].
	Must WishKind = iota
	// Nice is worth [NiceWeight] points unless it says otherwise.
	Nice
	// Never of one side forbids every meeting with the two.
	Never
)

// MustWeight and NiceWeight are what a wish is worth, in points, when it does
// not say.
const (
	MustWeight = 5
	NiceWeight = 2
)

// Wish is what one participant wants of another. Wishes of two participants for
// each other are met by one meeting.
type Wish struct {
	// From wishes to meet, or refuses, To.
	From, To ParticipantID
	Kind     WishKind
	// Weight in points: 0 stands for MustWeight or NiceWeight.
	Weight int
	// Minutes the meeting should last; 0 means one slot. It is rounded up to
	// whole slots, and two wishes for one meeting take the longer.
	Minutes int
	// Venues where it may be held; empty means wherever the two may meet.
	Venues []VenueID
	// FromSeat and ToSeat name the seat that must attend, counted from 1;
	// 0 means any.
	FromSeat, ToSeat int
}

// Points is what meeting the wish is worth: 0 for a refusal, otherwise 1 or more.
func (w Wish) Points() int {
	switch {
	case w.Kind == Never:
		return 0
	case w.Weight > 0:
		return w.Weight
	case w.Kind == Must:
		return MustWeight
	default:
		return NiceWeight
	}
}

// Request is a meeting asked for as such.
type Request struct {
	// Attendees are two or more different participants; a seat of 0 is any.
	Attendees []Attendee
	// Value in points, 0 or more, added to that of the wishes among the
	// attendees.
	Value int
	// Minutes and Venues are as those of a [Wish].
	Minutes int
	Venues  []VenueID
	// Starts are the slots in which it may begin; empty means any.
	Starts []SlotID
	// Required meetings must be held; locked ones are required and also keep
	// the one slot of Starts and, unless they are None, Place and Table.
	Required, Locked bool
	Place            PlaceID
	Table            int
}

// Session is an item of the programme: its participants attend with all their
// seats, and travel to and from it. It may lie outside all slots.
type Session struct {
	Span
	// Venue may be None: no travel is then counted.
	Venue        VenueID
	Participants []ParticipantID
}

// Precedence asks that, if both are held, one request ends before the other
// starts.
type Precedence struct {
	Before, After RequestID
}
