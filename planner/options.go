package planner

import "time"

// Options say how to search. The zero value is not useful: start from
// [DefaultOptions].
type Options struct {
	// Seed breaks ties and drives every random choice.
	Seed uint64
	// Workers is how many searches run side by side, 1 or more; the result
	// depends on it, not on the number of processors that happen to run them.
	Workers int
	// Steps limits the work of each phase of each worker; 0 means as much as
	// the size of the problem deserves. Where all meetings are required and only
	// breaks are left to choose, a day is decided exactly and 0 means without
	// limit; which of equally good plans comes is then repeatable only with a
	// limit, by one worker.
	Steps int64
	// Time, when positive, may cut the search earlier; the result says so and
	// is then not reproducible.
	Time time.Duration
	// Order of the tiers, most important first, each once. Tiers left out are
	// not sought.
	Order []Tier
	// SlackPermille is how much of the best value may be given up, from 0 to
	// 1000 thousandths, when the tiers below the value gain by it.
	SlackPermille int
	// Prove asks for bounds; without them a repair answers in milliseconds.
	Prove bool
	// Progress, when set, is called from time to time, never concurrently.
	Progress func(Progress)
}

// DefaultOptions are those of a plan that is to be used: one per cent of slack.
func DefaultOptions() Options {
	return Options{Seed: 1, Workers: 2, Order: DefaultOrder(), SlackPermille: 10, Prove: true}
}

// DefaultRepairOptions are those of a change to a published plan: one search,
// short, that moves as few meetings as it can and proves nothing.
func DefaultRepairOptions() Options {
	return Options{Seed: 1, Workers: 1, Steps: 5_000, Order: RepairOrder()}
}

// Progress is a glimpse of a running search.
type Progress struct {
	// Phase is "construct" or the name of the tier that was sought last.
	Phase string
	// Value is that of the best plan so far, and Bound the bound on it; 0 while
	// none is known.
	Value, Bound int
	// Breaks are those of the best plan so far where only they are sought.
	Breaks int
	// Elapsed is the time since the call.
	Elapsed time.Duration
}

// Tier is one level of the objective.
type Tier int

// The tiers. Locked and required meetings come before all of them: a plan
// without them is no plan.
const (
	// Shortfall is the sum over participants of guaranteed meetings missing.
	Shortfall Tier = iota
	// Value is the sum of the points of the wishes met and of the requests held.
	Value
	// WorstServed compares, over all participants, met points over the most that
	// the participant alone could get: the worst served first, then the next
	// (leximin).
	WorstServed
	// Breaks is the number of times that a seat idles, between two engagements
	// of a block, through a slot in which its participant is free.
	Breaks
	// Travel is the minutes spent between venues.
	Travel
	// Lost and Moved count the meetings of a previous plan that are gone, and
	// those that are held by other seats, or at another time or place.
	Lost
	Moved
)

// DefaultOrder is the order for a new plan.
func DefaultOrder() []Tier {
	return []Tier{Shortfall, Value, WorstServed, Breaks, Travel, Moved}
}

// RepairOrder is the order for changing a published plan.
func RepairOrder() []Tier {
	return []Tier{Shortfall, Lost, Moved, Value, WorstServed, Breaks, Travel}
}

// String is the tier's name.
func (t Tier) String() string {
	return [...]string{"shortfall", "value", "worst served", "breaks", "travel", "lost", "moved"}[t]
}

// Status says how much is known of a tier.
type Status int

// The statuses of a tier.
const (
	// NoBound: nothing is proven.
	NoBound Status = iota
	// Gap: a bound is known and the plan does not reach it.
	Gap
	// Certified: the plan reaches a bound that a certificate proves.
	Certified
	// Proven: an exhaustive search proves the plan best.
	Proven
	// Infeasible: a search or a filter proves that no plan exists.
	Infeasible
)

// String is the status in words.
func (s Status) String() string {
	return [...]string{"no bound", "gap", "optimal by certificate", "proven by search", "infeasible"}[s]
}

// Result is the answer of [Solve] and [Repair].
type Result struct {
	// Plan is the best found; nil when the demands are infeasible or, in the
	// time given, none was found that holds all required meetings.
	Plan    *Plan
	Score   Score
	Quality Quality
	// Certificate proves the bound on value; nil when bounds were not asked for
	// or all meetings are required.
	Certificate *Certificate
	// Causes is a small set of demands that conflict, when there is no plan;
	// empty when none was found, which proves nothing.
	Causes []Cause
	// Changes lists what became of each meeting of a previous plan.
	Changes []Change
}

// Quality says how good the plan is, tier by tier, and how it was found.
type Quality struct {
	// BestValue is the best value found before slack was used. Bound is the
	// least upper bound on value proven, never below it; 0 when bounds were not
	// asked for.
	BestValue, Bound int
	// SlackUsed is the value given up for the tiers below.
	SlackUsed int
	// Tiers has an entry for each tier of the order, in that order.
	Tiers []TierQuality
	// Steps is the work done, in moves tried or, for a day that is decided
	// exactly, in conflicts met.
	Steps int64
	// Elapsed is the time that the call took.
	Elapsed time.Duration
	// Cut says that the time limit or a cancellation ended the search.
	Cut bool
}

// TierQuality is what is known of one tier. Figure is the plan's, and Bound one
// that no plan at least as good on the tiers above can pass, the slack on value
// allowed for; it has no meaning under NoBound. For WorstServed both are
// thousandths of the least ratio, for Value the bound concerns the best value
// before slack was used.
type TierQuality struct {
	Tier          Tier
	Figure, Bound int
	Status        Status
}

// Cause is one demand of an infeasible set.
type Cause struct {
	Kind CauseKind
	// Requests, Participants and Slots that the demand concerns; any may be
	// empty.
	Requests     []RequestID
	Participants []ParticipantID
	Slots        []SlotID
}

// CauseKind names a kind of demand.
type CauseKind int

// The kinds of causes.
const (
	// CauseLocked: a locked meeting breaks a rule by itself or with another.
	CauseLocked CauseKind = iota
	// CauseNoSlot: a required meeting has no slot in which all can attend.
	CauseNoSlot
	// CauseTooMany: a participant's required meetings do not fit its slots.
	CauseTooMany
	// CauseTables: required meetings exceed the tables of some slots.
	CauseTables
	// CausePrecedence: precedences leave no order.
	CausePrecedence
	// CauseSearch: proven by search, without a smaller set.
	CauseSearch
)
