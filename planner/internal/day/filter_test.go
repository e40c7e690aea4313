package day

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestFilterKeepsEverySchedule verifies that the filter closes no slot that
// some schedule uses, and refutes no instance that has one.
func TestFilterKeepsEverySchedule(t *testing.T) {
	t.Parallel()
	for seed := range uint64(600) {
		in := tiny(rand.New(rand.NewPCG(seed, 6)))
		f := newFilter(in, nil)
		ok := f.run()
		schedules(in, func(schedule []int) {
			if _, err := Check(in, schedule); err != nil {
				return
			}
			if !ok {
				t.Fatalf("%+v: refuted, but %v is a schedule", in, schedule)
			}
			for m, slot := range schedule {
				if !f.open[m][slot] {
					t.Fatalf("%+v: slot %d is closed to meeting %d, but used by %v", in, slot, m, schedule)
				}
			}
		})
	}
}

// TestPruneIsComplete compares the pruning of a matching with trying every
// placement.
func TestPruneIsComplete(t *testing.T) {
	t.Parallel()
	for seed := range uint64(800) {
		rng := rand.New(rand.NewPCG(seed, 7))
		slots, capacity := 1+rng.IntN(4), 1+rng.IntN(2)
		meetings, open, want := []int{}, [][]bool{}, [][]bool{}
		for m := range 1 + rng.IntN(5) {
			meetings = append(meetings, m)
			open = append(open, make([]bool, slots))
			want = append(want, make([]bool, slots))
			for t := range slots {
				open[m][t] = rng.IntN(2) == 0
			}
		}
		in := &Instance{Slots: slots, Meetings: make([]Meeting, len(meetings))}
		possible := false
		schedules(in, func(schedule []int) {
			if !placed(schedule, open, capacity) {
				return
			}
			possible = true
			for m, slot := range schedule {
				want[m][slot] = true
			}
		})
		a := match(meetings, open, slots, capacity)
		if (a != nil) != possible {
			t.Fatalf("seed %d: matched %v, want %v", seed, a != nil, possible)
		}
		if a == nil {
			continue
		}
		a.prune()
		for m := range open {
			if !slices.Equal(open[m], want[m]) {
				t.Fatalf("seed %d: meeting %d keeps %v, want %v", seed, m, open[m], want[m])
			}
		}
	}
}

func placed(schedule []int, open [][]bool, capacity int) bool {
	load := make(map[int]int)
	for m, slot := range schedule {
		load[slot]++
		if !open[m][slot] || load[slot] > capacity {
			return false
		}
	}
	return true
}

// TestCauses verifies that the causes of an infeasible instance contradict one
// another, whatever else is asked, and that the filter needs each of them.
func TestCauses(t *testing.T) {
	t.Parallel()
	explained := 0
	for seed := range uint64(600) {
		in := tiny(rand.New(rand.NewPCG(seed, 8)))
		causes := solve(t, in, Options{Workers: 1}).Causes
		if causes == nil {
			continue
		}
		explained++
		schedules(in, func(schedule []int) {
			if !slices.ContainsFunc(causes, func(c Cause) bool { return !meets(in, schedule, c) }) {
				t.Fatalf("%+v: schedule %v meets all of %v", in, schedule, causes)
			}
		})
		for _, spared := range causes {
			lifted := make(map[Cause]bool)
			setLifted(lifted, requirements(in), true)
			setLifted(lifted, causes, false)
			lifted[spared] = true
			if !newFilter(in, lifted).run() {
				t.Fatalf("%+v: %v is not needed among %v", in, spared, causes)
			}
		}
	}
	if explained < 20 {
		t.Errorf("only %d instances were explained", explained)
	}
}

func TestCausesByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   Instance
		want []Cause
	}{
		{
			"a meeting whose participant is away",
			Instance{
				Participants: 3, Slots: 3, Tables: 2,
				Meetings:    []Meeting{{0, 1, []int{1}}, {1, 2, nil}},
				Unavailable: [][]int{{1}, {0}},
			},
			[]Cause{{MeetingSlots, 0}, {Unavailability, 0}},
		},
		{
			"three meetings in two slots",
			Instance{Participants: 4, Slots: 2, Tables: 3, Meetings: []Meeting{{0, 1, nil}, {0, 2, nil}, {0, 3, nil}}},
			[]Cause{{OneAtATime, 0}},
		},
		{
			"too few tables",
			Instance{Participants: 6, Slots: 2, Tables: 1, Meetings: []Meeting{{0, 1, nil}, {2, 3, nil}, {4, 5, nil}}},
			[]Cause{{Kind: Tables}},
		},
		{
			"a circle of precedences",
			Instance{
				Participants: 4, Slots: 4, Tables: 2, Meetings: []Meeting{{0, 1, nil}, {2, 3, nil}},
				Precedences: []Precedence{{0, 1}, {1, 0}},
			},
			[]Cause{{Order, 0}, {Order, 1}},
		},
	} {
		got := solve(t, &c.in, Options{})
		if got.Status != Infeasible || !slices.Equal(got.Causes, c.want) {
			t.Errorf("%s: got %v because of %v, want %v", c.name, got.Status, got.Causes, c.want)
		}
	}
}

// TestFilterPrecedences filters a chain that has but one slot for each meeting.
func TestFilterPrecedences(t *testing.T) {
	t.Parallel()
	in := &Instance{
		Participants: 6, Slots: 3, Tables: 3, Meetings: []Meeting{{0, 1, nil}, {2, 3, nil}, {4, 5, nil}},
		Precedences: []Precedence{{1, 2}, {0, 1}},
	}
	f := newFilter(in, nil)
	if !f.run() {
		t.Fatal("the chain is refuted")
	}
	for m, open := range f.open {
		want := make([]bool, in.Slots)
		want[m] = true
		if !slices.Equal(open, want) {
			t.Errorf("meeting %d keeps %v, want %v", m, open, want)
		}
	}
}

func TestCauseNames(t *testing.T) {
	t.Parallel()
	for kind, want := range map[CauseKind]string{
		Order: "order", Tables: "tables", MeetingSlots: "meeting slots",
		Unavailability: "unavailability", OneAtATime: "one at a time",
	} {
		if kind.String() != want {
			t.Errorf("got %q, want %q", kind, want)
		}
	}
}
