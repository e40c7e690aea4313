package planner

// Change says what became of a meeting between two plans. Before is nil for a
// new meeting, After for a lost one.
type Change struct {
	Kind ChangeKind
	// Before and After point into the two plans.
	Before, After *Meeting
	// Reason is the first rule that the meeting breaks where it was, under the
	// problem as it is now, when it was lost or moved because it could not stay;
	// Freed says that it could have stayed, and went for the sake of others.
	Reason Rule
	Freed  bool
}

// ChangeKind names what became of a meeting.
type ChangeKind int

// What can become of a meeting.
const (
	// Kept: at the same start and place, with the same seats; another table of
	// the place is no change.
	Kept ChangeKind = iota
	// MovedTo: to another start or place, or other seats attend.
	MovedTo
	// Gone: no meeting of the plan is this one.
	Gone
	// New: no meeting of the previous plan is this one.
	New
)

// Changes compares two plans of a valid problem, meeting by meeting: first what
// became of each meeting of the previous plan, in its order, then the new ones.
func Changes(p *Problem, previous, plan *Plan) []Change {
	same := counterparts(previous, plan)
	broken := brokenRules(p, previous)
	matched := make([]bool, len(plan.Meetings))
	changes := make([]Change, 0, len(plan.Meetings))
	for i, k := range same {
		before := &previous.Meetings[i]
		c := Change{Kind: Gone, Before: before}
		if k != None {
			matched[k] = true
			c.Kind, c.After = Kept, &plan.Meetings[k]
			if movedTo(before, c.After) {
				c.Kind = MovedTo
			}
		}
		if c.Kind != Kept {
			rule, ok := broken[i]
			c.Reason, c.Freed = rule, !ok
		}
		changes = append(changes, c)
	}
	for k := range plan.Meetings {
		if !matched[k] {
			changes = append(changes, Change{Kind: New, After: &plan.Meetings[k]})
		}
	}
	return changes
}

// brokenRules gives, for each meeting of the plan that breaks some rule, the
// first that it breaks.
func brokenRules(p *Problem, plan *Plan) map[int]Rule {
	rules := make(map[int]Rule)
	for _, v := range Check(p, plan) {
		for _, i := range v.Meetings {
			if _, ok := rules[i]; !ok {
				rules[i] = v.Rule
			}
		}
	}
	return rules
}
