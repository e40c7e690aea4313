package planner

// Score is what a plan is worth on every tier, computed from the plan alone.
type Score struct {
	Shortfall, Value, Breaks, Travel, Lost, Moved int
	// Served has an entry per participant that wished for something it could
	// get, worst served first.
	Served []Served
}

// Served says how well a participant is served: Met points of its own wishes,
// out of the Best that it could get if it were alone, the others always free.
type Served struct {
	Participant ParticipantID
	Met, Best   int
}
