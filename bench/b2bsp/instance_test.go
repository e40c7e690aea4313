package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

// meeting is a request as the reader makes it.
func meeting(first, second planner.ParticipantID, starts ...planner.SlotID) planner.Request {
	return planner.Request{
		Attendees: []planner.Attendee{{Participant: first}, {Participant: second}},
		Starts:    starts, Required: true, Place: planner.None,
	}
}

func TestReadInstance(t *testing.T) {
	t.Parallel()
	got, err := readInstance(small)
	if err != nil {
		t.Fatal(err)
	}
	want := &planner.Problem{
		Slots: []planner.Slot{
			{Span: planner.Span{Start: 0, End: 20}},
			{Span: planner.Span{Start: 20, End: 40}},
			{Span: planner.Span{Start: 40, End: 60}},
			{Span: planner.Span{Start: 60, End: 80}},
		},
		Venues:       []planner.Venue{{}},
		Places:       []planner.Place{{Tables: 2}},
		Participants: make([]planner.Participant, 4),
		Requests:     []planner.Request{meeting(0, 1, 0, 1), meeting(0, 2, 2), meeting(1, 3, 2)},
		Precedences:  []planner.Precedence{{Before: 0, After: 1}, {Before: 0, After: 2}},
		BreakSpread:  2,
	}
	if diff := cmp.Diff(want, got.problem); diff != "" || got.shut {
		t.Errorf("shut %v, difference:\n%s", got.shut, diff)
	}
}

// TestMissingArrays reads the day without its optional arrays.
func TestMissingArrays(t *testing.T) {
	t.Parallel()
	got, err := readInstance(small[:strings.Index(small, "meetingsxBusiness")])
	if err != nil {
		t.Fatal(err)
	}
	want := []planner.Request{meeting(0, 1, 0, 1), meeting(0, 2, 2, 3), meeting(1, 3, 0, 1, 2, 3)}
	if diff := cmp.Diff(want, got.problem.Requests); diff != "" || got.problem.Precedences != nil {
		t.Errorf("precedences %v, difference:\n%s", got.problem.Precedences, diff)
	}
}

// TestFixedOutsideSession fixes a meeting of the morning in the afternoon.
func TestFixedOutsideSession(t *testing.T) {
	t.Parallel()
	got, err := readInstance(strings.Replace(small, "fixed = [0,", "fixed = [4,", 1))
	if err != nil {
		t.Fatal(err)
	}
	if a, err := solve(got, settings{}); !got.shut || err != nil || a.verdict != infeasible {
		t.Errorf("shut %v, got %+v, error %v; want infeasible", got.shut, a, err)
	}
}

func TestReadInstanceErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, replacement, fault string }{
		{"nTables = 2;", "", "nTables is missing"},
		{"nTables = 2;", "nTables = 99999;", "number up to"},
		{"nTables = 2;", "nTables = 0;", "no meeting can be held"},
		{"nMorningSlots = 2;", "", "nMorningSlots is missing"},
		{"nMeetings = 3", "nMeetings = 4", "requested has 3 rows"},
		{"|1, 2,1,", "|1, 2,4,", "no session 4"},
		{"|1, 2,1,", "|1,", "fewer than two columns"},
		{"|1, 2,1,", "|1, {2},1,", "a number expected"},
		{"|1, 2,1,", "|1, 5,1,", "participant is 4, but there are 4"},
		{"|1, 2,1,", "|1, 1,1,", "names participant 0 twice"},
		{"fixed = [0,", "fixed = [", "fixed is not a list of 3"},
		{"fixed = [0,", "fixed = [{},", "fixed: a number expected"},
		{"fixed = [0, 3", "fixed = [0, 5", "fixed: no slot 5"},
		{"forbidden = [{0}", "forbidden = [0", "forbidden: a list expected"},
		{"{4}", "{5}", "forbidden: no slot 5"},
		{"[{}, {1}, {1}]", "[{}, {4}, {1}]", "precedence 0"},
	} {
		text := strings.Replace(small, c.old, c.replacement, 1)
		if _, err := readInstance(text); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%q for %q: got error %v, want %q", c.replacement, c.old, err, c.fault)
		}
	}
}
