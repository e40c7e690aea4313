package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRunMeasuresAndRecords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mission.json")
	var out strings.Builder
	err := run(t.Context(), &out, []string{
		"-size", "s", "-regime", "tables,city", "-seed", "2", "-steps", "100", "-limit", "1h",
		"-peer", "highs", "-peers", t.TempDir(), "-json", file,
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var records []record
	if err := json.Unmarshal(data, &records); err != nil {
		t.Fatal(err)
	}
	if len(records) != 2 {
		t.Fatalf("%d records, want 2", len(records))
	}
	for _, r := range records {
		if r.Violations != 0 || r.Value == 0 || r.Value > r.Bound || r.Cut || r.Tiers["value"].Figure != r.Kept {
			t.Errorf("%s, seed %d: %+v", r.Regime, r.Seed, r)
		}
		if len(r.Peers) != 1 || r.Peers[0].Absent == "" {
			t.Errorf("%s, seed %d: the peer is not said to be absent: %+v", r.Regime, r.Seed, r.Peers)
		}
		if row := "| " + r.Regime + " | s | "; !strings.Contains(out.String(), row) {
			t.Errorf("no line %q in:\n%s", row, &out)
		}
	}
	if !strings.Contains(out.String(), "absent: ") {
		t.Errorf("the table does not say that the peer is absent:\n%s", &out)
	}
}

func TestWrongArgumentsAreRefused(t *testing.T) {
	for _, args := range [][]string{
		{"-size", "xs"}, {"-regime", "moon"}, {"-seed", "one"}, {"-peer", "abacus"},
	} {
		if err := run(t.Context(), &strings.Builder{}, args); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
