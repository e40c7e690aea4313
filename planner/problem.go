package planner

// None stands for an absent identifier.
const None = -1

// Identifiers are positions in the slices of a [Problem], counted from 0.
type (
	ParticipantID int
	SlotID        int
	VenueID       int
	PlaceID       int
	PoolID        int
	WishID        int
	RequestID     int
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
	// may differ; negative means no limit.
	BreakSpread int
}

// Slot is a span in which a meeting may be held.
type Slot struct {
	Span
	// Leg and Day are numbered from 0; Day is the local calendar day at the
	// place, and is numbered over the whole mission.
	Leg, Day int
	// Block numbers, from 0, the stretches in which idle time counts as a
	// break: a morning and an afternoon are two blocks.
	Block int
}

// Venue is an address with places.
type Venue struct {
	// Legs it belongs to; empty means all.
	Legs   []int
	Closed []Span
}

// Place is a set of like tables in a venue.
type Place struct {
	Venue VenueID
	// Tables is how many meetings it takes at a time; 0 means any number.
	Tables int
	Closed []Span
	// Reserved keeps the place for the participants that receive at it.
	Reserved bool
}

// Side says which side of the mission a participant is on. When both have
// places of their own, a counterpart receives and a delegate goes.
type Side int

// The sides of a mission; a convention where anyone meets anyone has one pool.
const (
	OnePool Side = iota
	Delegate
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

// Pool is a number of interpreters between two languages.
type Pool struct {
	Languages [2]string
	Count     int
	Busy      []Span
	// Legs it serves; empty means all.
	Legs []int
}

// WishKind says what a participant wants of another.
type WishKind int

// The kinds of wishes. One side's Never forbids the meeting.
const (
	Must WishKind = iota
	Nice
	Never
)

// MustWeight and NiceWeight are what a wish is worth, in points, when it does
// not say.
const (
	MustWeight = 5
	NiceWeight = 2
)

// Wish is what one participant wants of another.
type Wish struct {
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

// Points is what meeting the wish is worth.
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
	// Value in points, added to that of the wishes among the attendees.
	Value   int
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
// seats, and travel to and from it.
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
