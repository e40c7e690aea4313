package planner

// Change says what became of a meeting between two plans. Before is nil for a
// new meeting, After for a lost one.
type Change struct {
	Kind          ChangeKind
	Before, After *Meeting
	// Reason is the rule that the meeting would break where it was, when it
	// was lost or moved because it could not stay; Freed says that it could
	// have stayed, and went for the sake of others.
	Reason Rule
	Freed  bool
}

// ChangeKind names what became of a meeting.
type ChangeKind int

// What can become of a meeting.
const (
	Kept ChangeKind = iota
	MovedTo
	Gone
	New
)
