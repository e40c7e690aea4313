package day

import (
	"strings"
	"testing"
)

// example is a day of four slots with one of every rule.
func example() *Instance {
	return &Instance{
		Participants: 4,
		Slots:        4,
		Tables:       2,
		Meetings:     []Meeting{{0, 1, nil}, {0, 2, []int{1, 3}}, {1, 3, nil}, {0, 3, nil}},
		Unavailable:  [][]int{nil, {2}},
		Precedences:  []Precedence{{Before: 0, After: 1}},
		MaxSpread:    1,
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		schedule []int
		breaks   int
		fault    string
	}{
		{"no break", []int{0, 1, 1, 2}, 0, ""},
		{"a break of one participant", []int{0, 3, 1, 2}, 1, ""},
		{"breaks of two participants", []int{0, 1, 1, 3}, 2, ""},
		{"too short", []int{0, 1}, 0, "instead of 4"},
		{"outside the day", []int{0, 1, 4, 2}, 0, "may not be in slot 4"},
		{"a slot that the meeting does not allow", []int{0, 2, 1, 3}, 0, "meeting 1 may not"},
		{"an unavailable participant", []int{0, 1, 2, 3}, 0, "participant 1 is not available"},
		{"at the same time as the one before", []int{1, 1, 3, 2}, 0, "not before"},
		{"before the one before", []int{3, 1, 0, 2}, 0, "not before"},
		{"two at a time", []int{0, 1, 1, 1}, 0, "more than 2 meetings"},
		{"two meetings of one participant", []int{0, 1, 0, 3}, 0, "two meetings in slot 0"},
	} {
		breaks, err := Check(example(), c.schedule)
		switch {
		case c.fault == "" && (err != nil || breaks != c.breaks):
			t.Errorf("%s: got %d breaks, error %v, want %d", c.name, breaks, err, c.breaks)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: got error %v, want %q", c.name, err, c.fault)
		}
	}
}

func TestCheckSpread(t *testing.T) {
	t.Parallel()
	in := &Instance{Participants: 6, Slots: 6, Tables: 3, Meetings: []Meeting{{0, 1, nil}, {0, 2, nil}, {0, 3, nil}}}
	schedule := []int{0, 2, 5} // participant 0 has two breaks, the others none
	for spread, ok := range map[int]bool{0: false, 1: false, 2: true, NoSpreadLimit: true} {
		in.MaxSpread = spread
		breaks, err := Check(in, schedule)
		if ok != (err == nil) || (ok && breaks != 2) {
			t.Errorf("spread %d: got %d breaks, error %v", spread, breaks, err)
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	if err := example().Validate(); err != nil {
		t.Errorf("the example is not valid: %v", err)
	}
	for name, spoil := range map[string]func(*Instance){
		"negative tables":           func(in *Instance) { in.Tables = -1 },
		"spread below no limit":     func(in *Instance) { in.MaxSpread = -2 },
		"a fifth participant":       func(in *Instance) { in.Meetings[0].First = 4 },
		"a meeting with itself":     func(in *Instance) { in.Meetings[0].First = 1 },
		"an allowed slot too high":  func(in *Instance) { in.Meetings[1].Allowed = []int{4} },
		"an unavailable slot":       func(in *Instance) { in.Unavailable[1] = []int{-1} },
		"too many unavailabilities": func(in *Instance) { in.Unavailable = make([][]int, 5) },
		"a precedence of nothing":   func(in *Instance) { in.Precedences[0].After = 4 },
	} {
		in := example()
		spoil(in)
		if _, err := Solve(t.Context(), in, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
