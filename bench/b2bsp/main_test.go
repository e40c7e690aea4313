package main

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/escale-hq/escale/planner"
)

// TestRun plans two small days and reads what was printed and written.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	results := filepath.Join(dir, "out", "results.json")
	write(t, filepath.Join(dir, "small.dzn"), small)
	write(t, filepath.Join(dir, "wrong.dzn"), strings.Replace(small, "{1,2}]", "{1,2,3,4}]", 1))
	if err := os.Mkdir(filepath.Dir(results), 0o755); err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	if err := run(&printed, []string{"-dir", dir, "-limit", "10s", "-json", results, "-solutions", filepath.Join(dir, "out")}); err != nil {
		t.Fatal(err)
	}
	if want := "all days: 2 of 2 decided"; !strings.Contains(printed.String(), want) {
		t.Errorf("printed:\n%s\nwithout %q", &printed, want)
	}
	var records []record
	read(t, results, &records)
	var verdicts []string
	for _, r := range records {
		verdicts = append(verdicts, r.Name+" "+string(r.Verdict))
	}
	if want := []string{"small optimal", "wrong infeasible"}; !reflect.DeepEqual(verdicts, want) {
		t.Errorf("got %v, want %v", verdicts, want)
	}
	// Meetings 1 and 2 of participant 1 are in slots 1 or 2, and 3.
	var solution struct{ Slots []int }
	read(t, filepath.Join(dir, "out", "small.json"), &solution)
	if want := []int{2, 3, 3}; !reflect.DeepEqual(solution.Slots, want) {
		t.Errorf("got slots %v, want %v", solution.Slots, want)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string, v any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args  []string
		fault string
	}{
		{nil, "-dir is missing"},
		{[]string{"-dir", t.TempDir()}, "no .dzn files"},
		{[]string{"-dir", ".", "-peer", "other"}, "no peer"},
	} {
		if err := run(io.Discard, c.args); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%v: got error %v, want %q", c.args, err, c.fault)
		}
	}
}

func TestWriteFacts(t *testing.T) {
	t.Parallel()
	in, err := readInstance(strings.Replace(small, "nBusiness = 4;", "nBusiness = 5;", 1))
	if err == nil {
		t.Fatalf("an array of the wrong length was read: %v", in)
	}
	if in, err = readInstance(small); err != nil {
		t.Fatal(err)
	}
	in.problem.Participants = append(in.problem.Participants, planner.Participant{}) // without meetings
	want := `slot(1..4). cap(2).
m(1,1,2).
ok(1,1).
ok(1,2).
m(2,1,3).
ok(2,3).
m(3,2,4).
ok(3,3).
deg(1,2).
deg(2,2).
deg(3,1).
deg(4,1).
zero.
prec(1,2).
prec(1,3).
`
	if got := writeFacts(in); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestReadAnswer(t *testing.T) {
	t.Parallel()
	for output, want := range map[string]string{
		"Solving...\nOptimization: 5\nOPTIMUM FOUND\n\nOptimization : 5\n":   "optimal 5",
		"Solving...\nUNSATISFIABLE\n":                                        "infeasible -",
		"Solving...\nOptimization: 21\nSATISFIABLE\n\nOptimization : 21\n":   "feasible 21",
		"*** Info : (clingo): INTERRUPTED by signal!\nUNKNOWN\n\nTIME LIMIT": "unknown -",
	} {
		r, err := readAnswer(output)
		if err != nil {
			t.Errorf("%q: %v", output, err)
		} else if got := string(r.Verdict) + " " + text(r.Breaks); got != want {
			t.Errorf("%q: got %q, want %q", output, got, want)
		}
	}
	if _, err := readAnswer("clingo: command not understood"); err == nil {
		t.Error("nonsense was read as an answer")
	}
}

func TestBetterAnswer(t *testing.T) {
	t.Parallel()
	three, four := 3, 4
	ranked := []*peerRecord{ // from the best
		{Verdict: "optimal", Breaks: &three, Seconds: 1},
		{Verdict: "optimal", Breaks: &three, Seconds: 2},
		{Verdict: "feasible", Breaks: &three, Seconds: 60},
		{Verdict: "feasible", Breaks: &four, Seconds: 60},
		{Verdict: "unknown", Seconds: 60},
	}
	for i, a := range ranked {
		for j, b := range ranked {
			if got := a.better(b); got != (i < j) {
				t.Errorf("answer %d better than %d: %v", i, j, got)
			}
		}
	}
}

func TestAbsentPeer(t *testing.T) {
	t.Parallel()
	p := findPeer(settings{peer: "no such command"})
	if r, err := p.solve(nil, 0); r != nil || err != nil {
		t.Errorf("an absent peer answers %v, %v", r, err)
	}
	if got := p.description(); !strings.Contains(got, "not installed") {
		t.Errorf("an absent peer is described as %q", got)
	}
	if findPeer(settings{}).description() != "none asked for" {
		t.Error("a peer not asked for is described")
	}
}

func TestGeometricMean(t *testing.T) {
	t.Parallel()
	if got := geometricMean([]float64{0.1, 10, 1}); math.Abs(got-1) > 1e-12 {
		t.Errorf("got %v, want 1", got)
	}
}
