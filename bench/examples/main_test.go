package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const committed = "../../examples"

// TestCommittedExamplesAreWhatIsGenerated compares every file, and finds files
// that nobody generates.
func TestCommittedExamplesAreWhatIsGenerated(t *testing.T) {
	for name, files := range examples() {
		for file, want := range files {
			got, err := os.ReadFile(filepath.Join(committed, name, file))
			if err != nil {
				t.Fatalf("%v: run go run ./bench/examples", err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s/%s is not what is generated: run go run ./bench/examples (-generated +committed):\n%s", name, file, diff)
			}
		}
		found, err := filepath.Glob(filepath.Join(committed, name, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != len(files) {
			t.Errorf("%s holds %d CSV files, %d are generated", name, len(found), len(files))
		}
	}
}

// TestMiamiHasTheRecordedShape holds the example to the facts that it carries.
func TestMiamiHasTheRecordedShape(t *testing.T) {
	m := miami()
	if n := len(m.side(delegateSide)); n != 40 {
		t.Errorf("%d companies, 40 were announced", n)
	}
	if n := len(m.side(counterpartSide)); n != 120 {
		t.Errorf("%d counterparts, want 120", n)
	}
	if n := len(m.wishes); n < 690 || n > 770 {
		t.Errorf("%d wishes, want some 750", n)
	}
	for _, f := range m.firms {
		asked := 0
		for _, w := range m.wishes {
			if w.kind != never && (w.from == f || w.to == f) {
				asked++
			}
		}
		if asked == 0 {
			t.Errorf("%s wishes nothing and nobody wishes it", f.name)
		}
		if asked < f.min {
			t.Errorf("%s is guaranteed %d meetings, and only %d wishes concern it", f.name, f.min, asked)
		}
	}
}

func TestConventionHas450People(t *testing.T) {
	people, couples := 0, map[[2]*firm]bool{}
	m := convention()
	for _, f := range m.firms {
		people += f.representatives
	}
	if people != 450 {
		t.Errorf("%d people, want 450", people)
	}
	for _, w := range m.wishes {
		if couples[[2]*firm{w.from, w.to}] || w.from == w.to {
			t.Errorf("%s wishes %s twice, or itself", w.from.id, w.to.id)
		}
		couples[[2]*firm{w.from, w.to}] = true
	}
}

// TestNamesAreOneOfAKind: two firms of an example never share a name or an id.
func TestNamesAreOneOfAKind(t *testing.T) {
	for _, m := range []*mission{miami(), canada(), convention()} {
		seen := map[string]bool{}
		for _, f := range m.firms {
			if seen[f.id] || seen[f.name] {
				t.Errorf("%s: %s %s appears twice", m.name, f.id, f.name)
			}
			seen[f.id], seen[f.name] = true, true
		}
	}
}
