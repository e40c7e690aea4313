package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

func publishSmall(t *testing.T) published {
	t.Helper()
	p, err := publish(t.Context(), settings{seed: 1, planSteps: 500}, "s", "tables")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every change must leave a valid problem, leave the first one as it was, and
// change what its name says.
func TestChanges(t *testing.T) {
	base := publishSmall(t)
	before := clone(t, base.problem)
	free := func(p *planner.Problem, who int) int {
		slots := 0
		for _, s := range p.Slots {
			closed := slices.ContainsFunc(p.Venues[0].Closed, s.Overlaps)
			if !closed && !slices.ContainsFunc(p.Participants[who].Busy, s.Overlaps) {
				slots++
			}
		}
		return slots
	}
	for _, k := range kinds() {
		random := rand.New(rand.NewSource(2))
		for range 20 {
			p := k.change(random, base)
			if err := p.Validate(); err != nil {
				t.Fatalf("%s: %v", k.name, err)
			}
			var touched []int
			for who := range base.problem.Participants {
				if free(p, who) != free(base.problem, who) {
					touched = append(touched, who)
				}
			}
			ok := false
			switch k.name {
			case "a participant cancels":
				ok = len(touched) == 1 && free(p, touched[0]) == 0
			case "a participant is an hour late":
				ok = len(touched) == 1 && free(base.problem, touched[0])-free(p, touched[0]) <= 2
			case "a place loses 5 tables":
				ok = len(touched) == 0 && p.Places[0].Tables == 20
			case "three slots vanish":
				ok = len(p.Venues[0].Closed) == 1 && p.Venues[0].Closed[0].Minutes() == 90
			case "a walk-in with 10 wishes":
				ok = len(p.Participants) == 121 && walkInWishes(p) == 10
			}
			if !ok {
				t.Errorf("%s: it changes %v", k.name, touched)
			}
		}
	}
	if diff := cmp.Diff(before, base.problem); diff != "" {
		t.Errorf("a change changed the published problem:\n%s", diff)
	}
}

// walkInWishes counts the different counterparts that the last participant wants.
func walkInWishes(p *planner.Problem) int {
	wanted := map[planner.ParticipantID]bool{}
	for _, w := range p.Wishes {
		if int(w.From) == len(p.Participants)-1 && p.Participants[w.To].Side == planner.Counterpart {
			wanted[w.To] = true
		}
	}
	return len(wanted)
}

// clone is a copy that shares nothing with the problem.
func clone(t *testing.T, p *planner.Problem) *planner.Problem {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	copied := &planner.Problem{}
	if err := json.Unmarshal(data, copied); err != nil {
		t.Fatal(err)
	}
	return copied
}

func TestRunMeasuresAndRecords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "repair.json")
	var out strings.Builder
	err := run(t.Context(), &out, []string{
		"-size", "s", "-regime", "tables", "-n", "3", "-gaps", "1", "-steps", "100", "-plan-steps", "500",
		"-solver", "highs", "-peers", t.TempDir(), "-json", file,
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all results
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Repairs) != len(kinds()) || !strings.HasPrefix(all.Solver, "absent: ") || len(all.Exact) != 0 {
		t.Fatalf("%+v", all)
	}
	for _, r := range all.Repairs {
		if r.Violations != 0 || r.Changes != 3 || r.Gaps != 1 || r.Clock.P95 <= 0 || r.Gap.P50 < 0 {
			t.Errorf("%+v", r)
		}
		if !strings.Contains(out.String(), r.Kind) {
			t.Errorf("%q is missing in:\n%s", r.Kind, &out)
		}
	}
	// Five tables fewer in every slot: what is at those tables is broken.
	if r := all.Repairs[2]; r.Broken.P50 == 0 || r.Lost.P50 > r.Broken.P50 {
		t.Errorf("%+v", r)
	}
}

func TestWrongArgumentsAreRefused(t *testing.T) {
	for _, args := range [][]string{{"-n", "0"}, {"-solver", "abacus"}, {"-size", "xs"}, {"-regime", "moon"}} {
		if err := run(t.Context(), &strings.Builder{}, args); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
