package planner

import (
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// disturb makes one change of the kinds that happen in the field.
func disturb(t *rapid.T, p *Problem) *Problem {
	q := *p
	q.Participants = append([]Participant(nil), p.Participants...)
	q.Places = append([]Place(nil), p.Places...)
	slot := p.Slots[rapid.IntRange(0, len(p.Slots)-1).Draw(t, "slot")]
	switch rapid.SampledFrom([]string{"absent", "closed", "fewer tables"}).Draw(t, "change") {
	case "absent":
		i := rapid.IntRange(0, len(q.Participants)-1).Draw(t, "who")
		q.Participants[i].Busy = append(append([]Span(nil), q.Participants[i].Busy...), slot.Span)
	case "closed":
		i := rapid.IntRange(0, len(q.Places)-1).Draw(t, "place")
		q.Places[i].Closed = append(append([]Span(nil), q.Places[i].Closed...), slot.Span)
	default:
		i := rapid.IntRange(0, len(q.Places)-1).Draw(t, "place")
		if q.Places[i].Tables > 1 {
			q.Places[i].Tables--
		}
	}
	return &q
}

func mustRepair(t *rapid.T, p *Problem, previous *Plan) *Result {
	t.Helper()
	result, err := Repair(context.Background(), p, previous, DefaultRepairOptions())
	if err != nil {
		t.Fatalf("Repair: %v", err)
	}
	return result
}

func TestRepairKeepsRulesAndLocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		before := mustSolve(t, p, quick()).Plan
		if before == nil || len(before.Meetings) == 0 {
			return
		}
		locked := rapid.IntRange(0, len(before.Meetings)-1).Draw(t, "locked")
		before.Meetings[locked].Locked = true
		q := disturb(t, p)
		if q.Validate() != nil {
			return
		}
		after := mustRepair(t, q, before)
		if after.Plan == nil {
			if len(after.Causes) == 0 && len(q.Requests) == 0 {
				t.Error("no plan, and no cause")
			}
			return
		}
		for _, v := range Check(q, after.Plan) {
			t.Errorf("the plan breaks a rule: %+v", v)
		}
		for _, c := range after.Changes[:len(before.Meetings)] {
			// A locked request that names no place may change its place.
			if r := c.Before.Request; r != None && q.Requests[r].Locked && q.Requests[r].Place == None {
				continue
			}
			if c.Before.Locked && (c.Kind != Kept || c.After.Table != c.Before.Table) {
				t.Errorf("a locked meeting is not kept: %+v", c)
			}
		}
	})
}

func TestRepairOfNothingMovesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		before := mustSolve(t, p, quick()).Plan
		if before == nil {
			return
		}
		after := mustRepair(t, p, before)
		if after.Plan == nil {
			t.Fatal("no plan where there was one")
		}
		if after.Score.Lost > 0 || after.Score.Moved > 0 {
			t.Errorf("lost %d and moved %d meetings though nothing changed", after.Score.Lost, after.Score.Moved)
		}
		for _, c := range after.Changes {
			if c.Kind == Kept && c.After.Table != c.Before.Table {
				t.Errorf("table %d became %d though nothing changed", c.Before.Table, c.After.Table)
			}
		}
	})
}

func TestSolveIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		a, b := mustSolve(t, p, quick()), mustSolve(t, p, quick())
		a.Quality.Elapsed, b.Quality.Elapsed = 0, 0
		if !reflect.DeepEqual(a, b) {
			t.Errorf("two runs differ: %+v, %+v", a, b)
		}
	})
}

func TestCertificateProvesTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		result := mustSolve(t, p, quick())
		if result.Certificate == nil {
			return
		}
		bound, err := CheckBound(p, result.Certificate)
		if err != nil {
			t.Fatalf("CheckBound: %v", err)
		}
		if bound != result.Quality.Bound {
			t.Errorf("CheckBound says %d, the result %d", bound, result.Quality.Bound)
		}
	})
}
