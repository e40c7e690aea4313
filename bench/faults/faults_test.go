package main

import (
	"testing"

	"github.com/escale-hq/escale/bench/internal/server"
)

// TestFaults is the benchmark in short: nothing that was acknowledged is lost,
// and nothing is kept in half.
func TestFaults(t *testing.T) {
	folder := t.TempDir()
	program, err := server.Build(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	results, err := options{kills: 5, outages: 2, seed: 1, program: program, folder: folder}.all(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 3 {
		t.Fatalf("%d trials", len(results))
	}
	for _, r := range results {
		if !r.holds() {
			t.Errorf("%s: %+v", r.Name, r)
		}
		if r.Acknowledged < r.Times {
			t.Errorf("%s: only %d writes were acknowledged", r.Name, r.Acknowledged)
		}
	}
}

// TestLetters counts what came, and what did not.
func TestLetters(t *testing.T) {
	p := &postOffice{letters: map[string]int{"a@banc.example": 1, "b@banc.example": 2}}
	missing, twice := p.missing([]string{"a@banc.example", "b@banc.example", "c@banc.example"})
	if len(missing) != 1 || missing[0] != "c@banc.example" || twice != 1 {
		t.Errorf("missing %v, twice %d", missing, twice)
	}
}
