package planner

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// TestMalformedMeetingsAreNotRemembered: a plan that was made by hand may name
// what does not exist; explaining and repairing it then take no notice.
func TestMalformedMeetingsAreNotRemembered(t *testing.T) {
	tests := map[string]func(m *Meeting){
		"no seat":           func(m *Meeting) { m.Attendees[0].Seat = 0 },
		"a seat of None":    func(m *Meeting) { m.Attendees[0].Seat = None },
		"an unknown seat":   func(m *Meeting) { m.Attendees[0].Seat = 3 },
		"an unknown pool":   func(m *Meeting) { m.Pool = 2 },
		"a pool below None": func(m *Meeting) { m.Pool = -2 },
		"an unknown place":  func(m *Meeting) { m.Place = 3 },
		"an unknown slot":   func(m *Meeting) { m.Start = 12 },
		"unknown people":    func(m *Meeting) { m.Attendees[0].Participant = 5 },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			plan := examplePlan()
			spoil(&plan.Meetings[4])
			if _, list := newModel(exampleProblem()).recollect(plan); list[4] != None || list[3] == None {
				t.Errorf("the meetings hold candidates %v", list)
			}
		})
	}
}

func TestExplainAndRepairNeverPanic(t *testing.T) {
	plans := nonsense()
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		plan := rapid.OneOf(plans, rapid.Custom(func(t *rapid.T) *Plan { return drawPlan(t, p) })).Draw(t, "plan")
		if _, err := Explain(context.Background(), p, plan, quick()); err != nil {
			t.Fatal(err)
		}
		mustRepair(t, p, plan)
	})
}
