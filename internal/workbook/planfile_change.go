package workbook

import (
	"time"

	"github.com/escale-hq/escale/planner"
)

// PlanChange says what became of a meeting since the previous plan. Before is
// null for a new meeting, After for a lost one.
type PlanChange struct {
	Kind         string     `json:"kind"`
	Participants []PlanSeat `json:"participants"`
	Before       *PlanSpot  `json:"before"`
	After        *PlanSpot  `json:"after"`
	// Reason is the rule that it would break where it was; Freed says that it
	// could have stayed, and went for the sake of others.
	Reason string `json:"reason,omitempty"`
	Freed  bool   `json:"freed,omitempty"`
}

// PlanSpot is when and where a meeting is held.
type PlanSpot struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Venue string    `json:"venue"`
	Table *string   `json:"table"`
}

// noLongerInWorkbook is the reason of a meeting whose participant, slot, place
// or interpreter the workbook no longer has.
const noLongerInWorkbook = "no_longer_in_workbook"

var (
	changeCodes = [...]string{
		planner.Kept: "kept", planner.MovedTo: "moved", planner.Gone: "lost", planner.New: "new",
	}
	ruleCodes = [...]string{
		planner.RuleMalformed:   "malformed",
		planner.RuleNever:       "never",
		planner.RuleTwice:       "twice",
		planner.RuleGrid:        "grid",
		planner.RuleLeg:         "leg",
		planner.RuleBusy:        "busy",
		planner.RuleSeatTwice:   "seat_twice",
		planner.RuleTravel:      "travel",
		planner.RulePerson:      "person",
		planner.RuleMax:         "maximum",
		planner.RuleMaxDay:      "maximum_of_day",
		planner.RulePlace:       "place",
		planner.RuleClosed:      "closed",
		planner.RuleTable:       "table",
		planner.RuleInterpreter: "interpreter",
		planner.RuleRequired:    "required",
		planner.RuleLocked:      "locked",
		planner.RulePrecedence:  "precedence",
		planner.RuleBreakSpread: "break_spread",
	}
)

// planChanges lists the changes that the planner tells, then the meetings that
// it could not be told of.
func planChanges(o *Outcome) []PlanChange {
	if o.Previous == nil {
		return nil
	}
	lines := []PlanChange{}
	for _, c := range o.Result.Changes {
		lines = append(lines, planChange(o.Book, c))
	}
	for _, m := range o.Untold {
		lines = append(lines, PlanChange{
			Kind: changeCodes[planner.Gone], Participants: m.Participants, Before: spotOf(m), Reason: noLongerInWorkbook,
		})
	}
	return lines
}

func planChange(b *Book, c planner.Change) PlanChange {
	line := PlanChange{Kind: changeCodes[c.Kind], Freed: c.Freed}
	if c.Before != nil {
		before := b.planMeeting(*c.Before)
		line.Participants, line.Before = before.Participants, spotOf(before)
	}
	if c.After != nil {
		after := b.planMeeting(*c.After)
		line.Participants, line.After = after.Participants, spotOf(after)
	}
	if (c.Kind == planner.MovedTo || c.Kind == planner.Gone) && !c.Freed {
		line.Reason = ruleCodes[c.Reason]
	}
	return line
}

func spotOf(m PlanMeeting) *PlanSpot {
	return &PlanSpot{m.Start, m.End, m.Venue, m.Table}
}
