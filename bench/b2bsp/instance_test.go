package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/escale-hq/escale/planner/day"
)

func TestReadInstance(t *testing.T) {
	t.Parallel()
	got, err := readInstance(small)
	if err != nil {
		t.Fatal(err)
	}
	want := &day.Instance{
		Participants: 4,
		Slots:        4,
		Tables:       2,
		Meetings: []day.Meeting{
			{First: 0, Second: 1, Allowed: []int{0, 1}},
			{First: 0, Second: 2, Allowed: []int{2}},
			{First: 1, Second: 3},
		},
		Unavailable: [][]int{nil, {3}, nil, {0, 1}},
		Precedences: []day.Precedence{{Before: 0, After: 1}, {Before: 0, After: 2}},
		MaxSpread:   2,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestMissingArrays reads the day without its optional arrays.
func TestMissingArrays(t *testing.T) {
	t.Parallel()
	got, err := readInstance(small[:strings.Index(small, "meetingsxBusiness")])
	if err != nil {
		t.Fatal(err)
	}
	if got.Unavailable != nil || got.Precedences != nil || got.Meetings[1].Allowed[0] != 2 || len(got.Meetings[1].Allowed) != 2 {
		t.Errorf("got %+v", got)
	}
}

// TestFixedOutsideSession fixes a meeting of the morning in the afternoon.
func TestFixedOutsideSession(t *testing.T) {
	t.Parallel()
	got, err := readInstance(strings.Replace(small, "fixed = [0,", "fixed = [4,", 1))
	if err != nil {
		t.Fatal(err)
	}
	if allowed := got.Meetings[0].Allowed; allowed == nil || len(allowed) != 0 {
		t.Errorf("got %v, want no slot", allowed)
	}
}

func TestReadInstanceErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, replacement, fault string }{
		{"nTables = 2;", "", "nTables is missing"},
		{"nTables = 2;", "nTables = 99999;", "number up to"},
		{"nMorningSlots = 2;", "", "nMorningSlots is missing"},
		{"nMeetings = 3", "nMeetings = 4", "requested has 3 rows"},
		{"|1, 2,1,", "|1, 2,4,", "no session 4"},
		{"|1, 2,1,", "|1,", "fewer than two columns"},
		{"|1, 2,1,", "|1, {2},1,", "a number expected"},
		{"|1, 2,1,", "|1, 5,1,", "no participant"},
		{"|1, 2,1,", "|1, 1,1,", "meets itself"},
		{"fixed = [0,", "fixed = [", "fixed is not a list of 3"},
		{"fixed = [0,", "fixed = [{},", "fixed: no slot of meeting 1"},
		{"fixed = [0, 3", "fixed = [0, 5", "fixed: no slot of meeting 2"},
		{"forbidden = [{0}", "forbidden = [0", "forbidden: a list expected"},
		{"{4}", "{5}", "no slot 4"},
		{"[{}, {1}, {1}]", "[{}, {4}, {1}]", "precedence 0"},
	} {
		text := strings.Replace(small, c.old, c.replacement, 1)
		if _, err := readInstance(text); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%q for %q: got error %v, want %q", c.replacement, c.old, err, c.fault)
		}
	}
}
