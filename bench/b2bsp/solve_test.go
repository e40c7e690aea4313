package main

import (
	"strings"
	"testing"

	"github.com/escale-hq/escale/planner"
)

// held is a plan of the small day with its meetings at the given starts.
func held(in *instance, starts ...planner.SlotID) *planner.Plan {
	plan := &planner.Plan{}
	for i, start := range starts {
		m := planner.Meeting{Start: start, Slots: 1, Table: i%2 + 1, Pool: planner.None, Request: planner.RequestID(i)}
		for _, a := range in.problem.Requests[i].Attendees {
			m.Attendees = append(m.Attendees, planner.Attendee{Participant: a.Participant, Seat: 1})
		}
		plan.Meetings = append(plan.Meetings, m)
	}
	return plan
}

// TestJudge holds the meetings of the small day well, too early, and with
// another number of breaks than the verdict allows.
func TestJudge(t *testing.T) {
	t.Parallel()
	in, err := readInstance(small)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		answer answer
		starts []planner.SlotID
		fault  string
	}{
		"best":        {answer{verdict: optimal}, []planner.SlotID{1, 2, 2}, ""},
		"not best":    {answer{verdict: feasible}, []planner.SlotID{0, 2, 2}, ""},
		"too early":   {answer{verdict: feasible}, []planner.SlotID{0, 0, 2}, "breaks rules"},
		"not optimal": {answer{verdict: optimal}, []planner.SlotID{0, 2, 2}, "2 breaks, with the verdict optimal at a bound of 0"},
		"below bound": {answer{verdict: feasible, bound: 1}, []planner.SlotID{1, 2, 2}, "0 breaks, with the verdict feasible at a bound of 1"},
	} {
		err := c.answer.judge(in.problem, held(in, c.starts...))
		if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) {
			t.Errorf("%s: got error %v, want %q", name, err, c.fault)
		}
	}
}

func TestAnswerOf(t *testing.T) {
	t.Parallel()
	tier := func(s planner.Status) planner.Quality {
		return planner.Quality{Tiers: []planner.TierQuality{{Tier: planner.Breaks, Bound: 3, Status: s}}}
	}
	for want, result := range map[verdict]planner.Result{
		optimal:    {Plan: &planner.Plan{}, Quality: tier(planner.Proven)},
		feasible:   {Plan: &planner.Plan{}, Quality: tier(planner.Gap)},
		infeasible: {Quality: tier(planner.Infeasible)},
		unknown:    {Quality: tier(planner.NoBound)},
	} {
		if got := answerOf(&result); got.verdict != want || got.bound != 3 {
			t.Errorf("got %+v, want %s with bound 3", got, want)
		}
	}
}
