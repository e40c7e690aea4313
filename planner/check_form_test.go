package planner

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestCheckFindsMalformedMeetings(t *testing.T) {
	tests := map[string]func(m *Meeting){
		"no slot":                func(m *Meeting) { m.Slots = 0 },
		"a slot before the grid": func(m *Meeting) { m.Start = None },
		"a slot after the grid":  func(m *Meeting) { m.Start = 12 },
		"slots beyond the grid":  func(m *Meeting) { m.Start, m.Slots = 11, 2 },
		"countless slots":        func(m *Meeting) { m.Slots = math.MaxInt },
		"nobody":                 func(m *Meeting) { m.Attendees = nil },
		"one participant":        func(m *Meeting) { m.Attendees = m.Attendees[:1] },
		"an unknown participant": func(m *Meeting) { m.Attendees[0].Participant = 5 },
		"a participant of None":  func(m *Meeting) { m.Attendees[0].Participant = None },
		"one participant twice":  func(m *Meeting) { m.Attendees[0].Participant = 3 },
		"no seat":                func(m *Meeting) { m.Attendees[0].Seat = 0 },
		"an unknown seat":        func(m *Meeting) { m.Attendees[0].Seat = 2 },
		"no place":               func(m *Meeting) { m.Place = None },
		"an unknown place":       func(m *Meeting) { m.Place = 3 },
		"no table":               func(m *Meeting) { m.Table = 0 },
		"an unknown table":       func(m *Meeting) { m.Table = 3 },
		"a table where none is":  func(m *Meeting) { m.Place = 2 },
		"a table of None":        func(m *Meeting) { m.Place, m.Table = 2, None },
		"an unknown pool":        func(m *Meeting) { m.Pool = 2 },
		"a pool below None":      func(m *Meeting) { m.Pool = -2 },
		"no interpreter":         func(m *Meeting) { m.Interpreter = 0 },
		"an unknown interpreter": func(m *Meeting) { m.Interpreter = 3 },
		"a stray interpreter":    func(m *Meeting) { m.Pool = None },
		"an unknown request":     func(m *Meeting) { m.Request = 3 },
		"a request below None":   func(m *Meeting) { m.Request = -2 },
		"a request of others":    func(m *Meeting) { m.Request = 2 },
		"three without request":  func(m *Meeting) { m.Attendees = append(m.Attendees, Attendee{4, 1}) },
		"one too many for the request": func(m *Meeting) {
			m.Attendees, m.Request = []Attendee{{0, 1}, {3, 1}, {4, 1}}, 2
		},
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			plan := examplePlan()
			spoil(&plan.Meetings[4])
			want := []Violation{{Rule: RuleMalformed, Meetings: []int{4}}}
			ignored := cmpopts.IgnoreFields(Violation{}, "Request", "Session", "Place", "Pool")
			if diff := cmp.Diff(want, Check(exampleProblem(), plan), ignored); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

// nonsense draws plans of meetings that make no sense.
func nonsense() *rapid.Generator[*Plan] {
	number := rapid.OneOf(rapid.IntRange(-2, 9), rapid.SampledFrom([]int{math.MinInt, math.MaxInt}))
	attendee := rapid.Custom(func(t *rapid.T) Attendee {
		return Attendee{ParticipantID(number.Draw(t, "participant")), number.Draw(t, "seat")}
	})
	meeting := rapid.Custom(func(t *rapid.T) Meeting {
		return Meeting{
			Attendees: rapid.SliceOfN(attendee, 0, 4).Draw(t, "attendees"),
			Start:     SlotID(number.Draw(t, "start")), Slots: number.Draw(t, "slots"),
			Place: PlaceID(number.Draw(t, "place")), Table: number.Draw(t, "table"),
			Pool: PoolID(number.Draw(t, "pool")), Interpreter: number.Draw(t, "interpreter"),
			Request: RequestID(number.Draw(t, "request")), Locked: rapid.Bool().Draw(t, "locked"),
		}
	})
	return rapid.Custom(func(t *rapid.T) *Plan { return &Plan{rapid.SliceOfN(meeting, 0, 4).Draw(t, "meetings")} })
}

// TestJudgesNeverPanic shows them plans of nonsense.
func TestJudgesNeverPanic(t *testing.T) {
	plan := nonsense()
	rapid.Check(t, func(t *rapid.T) {
		p, now, before := drawProblem(t), plan.Draw(t, "plan"), plan.Draw(t, "previous")
		if (oracle{p, now}).valid() != (len(Check(p, now)) == 0) {
			t.Fatalf("the oracle does not agree on %+v", now)
		}
		Evaluate(p, now, before)
	})
}

// TestCheckTellsTheSameAgain: the order of violations depends on nothing but
// the plan.
func TestCheckTellsTheSameAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawTinyProblem(t)
		plan := drawPlan(t, p)
		first := Check(p, plan)
		if diff := cmp.Diff(first, Check(p, plan)); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
		for i := 1; i < len(first); i++ {
			if first[i].Rule < first[i-1].Rule {
				t.Fatalf("rule %d comes after rule %d", first[i].Rule, first[i-1].Rule)
			}
		}
	})
}
