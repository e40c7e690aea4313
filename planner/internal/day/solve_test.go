package day

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/escale-hq/escale/planner/internal/sat"
)

// checkResult compares a result with what trying every schedule has found.
func checkResult(t *testing.T, in *Instance, got Result, breaks int, feasible bool) {
	t.Helper()
	if !feasible {
		if got.Status != Infeasible {
			t.Fatalf("%+v: got %v with %d breaks, want infeasible", in, got.Status, got.Breaks)
		}
		return
	}
	if got.Status != Optimal || got.Breaks != breaks || got.Bound != breaks {
		t.Fatalf("%+v: got %v with %d breaks, bound %d; want %d", in, got.Status, got.Breaks, got.Bound, breaks)
	}
	if n, err := Check(in, got.Schedule); err != nil || n != breaks {
		t.Fatalf("%+v: schedule %v has %d breaks, error %v", in, got.Schedule, n, err)
	}
}

func solve(t *testing.T, in *Instance, options Options) Result {
	t.Helper()
	result, err := Solve(t.Context(), in, options)
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	return result
}

func TestSolveAgainstEnumeration(t *testing.T) {
	t.Parallel()
	infeasible := 0
	for seed := range uint64(1200) {
		in := tiny(rand.New(rand.NewPCG(seed, 1)))
		breaks, feasible := fewestBreaks(in)
		if !feasible {
			infeasible++
		}
		checkResult(t, in, solve(t, in, Options{Workers: int(seed % 4), Seed: seed}), breaks, feasible)
	}
	if infeasible < 50 || infeasible > 1000 {
		t.Errorf("%d instances were infeasible; the generator is lopsided", infeasible)
	}
}

// TestSpreadAgainstEnumeration is about days on which nobody need be without
// breaks, so that the limit on the spread is relative.
func TestSpreadAgainstEnumeration(t *testing.T) {
	t.Parallel()
	relative := 0
	for seed := range uint64(120) {
		in := tied(rand.New(rand.NewPCG(seed, 2)))
		breaks, feasible := fewestBreaks(in)
		if feasible && breaks > in.Participants*in.MaxSpread {
			relative++ // impossible if somebody had no break
		}
		checkResult(t, in, solve(t, in, Options{Workers: 1, Seed: seed}), breaks, feasible)
	}
	if relative < 10 {
		t.Errorf("only %d instances have breaks for everybody", relative)
	}
}

// TestEachWorkerAlone lets each variant prove the optimum without the other.
func TestEachWorkerAlone(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		in := tiny(rand.New(rand.NewPCG(seed, 3)))
		f := newFilter(in, nil)
		if !f.run() {
			continue
		}
		breaks, feasible := fewestBreaks(in)
		for i := range 2 {
			b := newBoard(in, nil)
			newWorker(t.Context(), f, b, seed, i).run(sat.NoLimit)
			result, err := b.result()
			if err != nil {
				t.Fatalf("%+v: worker %d: %v", in, i, err)
			}
			checkResult(t, in, result, breaks, feasible)
		}
	}
}

func TestSolveFindsPlantedDay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		in := planted(rand.New(rand.NewPCG(seed, 4)), 20, 9)
		for workers := range 3 {
			got := solve(t, in, Options{Workers: workers, Seed: seed})
			checkResult(t, in, got, 0, true)
		}
	}
}

// TestLargeDay has more participants than the counting model takes.
func TestLargeDay(t *testing.T) {
	t.Parallel()
	in := planted(rand.New(rand.NewPCG(1, 9)), countingLimit+30, 5)
	checkResult(t, in, solve(t, in, Options{}), 0, true)
}

func TestOneWorkerIsDeterministic(t *testing.T) {
	t.Parallel()
	in := planted(rand.New(rand.NewPCG(7, 5)), 24, 10)
	for _, limit := range []int64{0, 300} {
		options := Options{Workers: 1, Seed: 3, Conflicts: limit}
		first, second := solve(t, in, options), solve(t, in, options)
		if first.Conflicts != second.Conflicts || first.Breaks != second.Breaks || first.Bound != second.Bound {
			t.Errorf("limit %d: two runs differ: %+v and %+v", limit, first, second)
		}
		for m, slot := range first.Schedule {
			if second.Schedule[m] != slot {
				t.Fatalf("limit %d: the schedules differ at meeting %d", limit, m)
			}
		}
	}
}

func TestConflictLimit(t *testing.T) {
	t.Parallel()
	in := planted(rand.New(rand.NewPCG(7, 5)), 40, 16)
	got := solve(t, in, Options{Workers: 1, Conflicts: 20})
	if got.Status == Optimal || got.Status == Infeasible {
		t.Errorf("got %v after %d conflicts; the instance is too easy for the test", got.Status, got.Conflicts)
	}
	if got.Conflicts > 2*20 {
		t.Errorf("%d conflicts by two alternating workers, want at most 20 each", got.Conflicts)
	}
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	in := planted(rand.New(rand.NewPCG(7, 5)), 40, 16)
	for workers := range 3 {
		got, err := Solve(ctx, in, Options{Workers: workers})
		if err != nil || got.Status != Unknown {
			t.Errorf("%d workers: got %v, error %v, want unknown", workers, got.Status, err)
		}
	}
}

func TestImprovements(t *testing.T) {
	t.Parallel()
	in := tied(rand.New(rand.NewPCG(3, 2)))
	var last *Result
	got := solve(t, in, Options{Improved: func(r Result) {
		if last != nil && (r.Bound < last.Bound || (last.Schedule != nil && r.Breaks > last.Breaks)) {
			t.Errorf("%+v is no improvement on %+v", r, *last)
		}
		last = &r
	}})
	if last == nil || last.Status != got.Status || last.Breaks != got.Breaks {
		t.Errorf("the last improvement was %+v, the result %+v", last, got)
	}
}

func TestEmptyDays(t *testing.T) {
	t.Parallel()
	for _, in := range []*Instance{
		{},
		{Participants: 3, Slots: 4, Tables: 1, MaxSpread: NoSpreadLimit},
	} {
		checkResult(t, in, solve(t, in, Options{}), 0, true)
	}
}

func TestStatusNames(t *testing.T) {
	t.Parallel()
	for status, want := range map[Status]string{
		Unknown: "unknown", Feasible: "feasible", Optimal: "optimal", Infeasible: "infeasible",
	} {
		if status.String() != want {
			t.Errorf("got %q, want %q", status, want)
		}
	}
}
