package planner

// Violation is one rule that a plan breaks, as [Check] finds it. Fields that the
// rule does not speak of are empty, 0 or None.
type Violation struct {
	Rule Rule
	// Meetings of the plan that are concerned, as positions in it.
	Meetings     []int
	Participants []ParticipantID
	// Seat of the first participant that is concerned, or 0.
	Seat int
	// Slots concerned: all that the meeting takes, or the first of each meeting.
	Slots []SlotID
	// Place and Pool concerned, or None.
	Place PlaceID
	Pool  PoolID
	// Session, as a position in the problem, and Request concerned, or None.
	Session int
	Request RequestID
	// Have and Want are the two figures that the rule compares: minutes of
	// travel there are and are needed, meetings there are and are allowed, the
	// seat that attends and the one that is named, minutes that the meeting lasts
	// and should last.
	Have, Want int
}

// Rule names a rule that every plan must respect.
type Rule int

// The rules.
const (
	// RuleMalformed: a meeting names a participant, seat, slot, place, table
	// or interpreter that does not exist, or the same participant twice.
	RuleMalformed Rule = iota
	// RuleNever: a participant refuses another.
	RuleNever
	// RuleTwice: the same wish or request is held twice.
	RuleTwice
	// RuleGrid: the slots are not consecutive, or too few for the minutes.
	RuleGrid
	// RuleLeg: a participant, venue or pool does not belong to the leg.
	RuleLeg
	// RuleBusy: a participant is unavailable or in a session.
	RuleBusy
	// RuleSeatTwice: a seat is in two meetings at a time.
	RuleSeatTwice
	// RuleTravel: a seat has too little time to reach its next engagement.
	RuleTravel
	// RulePerson: a person named by a wish or a request does not attend.
	RulePerson
	// RuleMax and RuleMaxDay: a participant has too many meetings.
	RuleMax
	RuleMaxDay
	// RulePlace: the place is not one where these participants may meet.
	RulePlace
	// RuleClosed: the venue or the place is closed.
	RuleClosed
	// RuleTable: two meetings share a table.
	RuleTable
	// RuleInterpreter: an interpreter is missing, of no use, unavailable or in
	// two meetings at a time.
	RuleInterpreter
	// RuleRequired and RuleLocked: a required meeting is not held, a locked one
	// is not held where and when it must be.
	RuleRequired
	RuleLocked
	// RulePrecedence: a request starts before the one it must follow ends.
	RulePrecedence
	// RuleBreakSpread: the numbers of breaks differ by more than is allowed.
	RuleBreakSpread
)
