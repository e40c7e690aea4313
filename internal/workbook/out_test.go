package workbook

import (
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/planner"
)

// outputTree lists the files under a folder.
func outputTree(t *testing.T, dir string) []string {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			files[filepath.ToSlash(name)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(files))
}

func TestOutIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "OUT")
	if err := WriteOut(dir, false, outputOutcome(t)); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"OUT/agendas.pdf", "OUT/agendas/F01-1.ics", "OUT/agendas/F01-2.ics", "OUT/agendas/F02-1.ics",
		"OUT/agendas/M01-1.ics", "OUT/agendas/M02-1.ics", "OUT/letters.pdf", "OUT/plan.json", "OUT/plan.xlsx", "OUT/report.html",
	}
	if diff := cmp.Diff(want, outputTree(t, filepath.Dir(dir))); diff != "" {
		t.Errorf("files beside and in OUT (-want +got):\n%s", diff)
	}
}

func TestOutReplacesAPlanOnlyWhenTold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "OUT")
	if err := WriteOut(dir, false, outputOutcome(t)); err != nil {
		t.Fatal(err)
	}
	second := outputOutcome(t)
	second.Version = 2
	second.Book.Participants[outputNacre].ID = "F77"
	if err := WriteOut(dir, false, second); !errors.Is(err, ErrPlanThere) {
		t.Errorf("writing over a plan: error %v, want %v", err, ErrPlanThere)
	}
	if file, err := ReadPlanFile(dir); err != nil || file.Version != 1 {
		t.Errorf("after the refusal: %+v, %v, want version 1 untouched", file, err)
	}
	if err := WriteOut(dir, true, second); err != nil {
		t.Fatal(err)
	}
	if file, err := ReadPlanFile(dir); err != nil || file.Version != 2 {
		t.Errorf("after replacing: %v, want version 2", err)
	}
	if _, err := os.Stat(filepath.Join(dir, agendasFolder, "F01-1.ics")); err == nil {
		t.Error("an agenda of the replaced plan is left over")
	}
}

func TestOutNeverTouchesWhatIsNotAPlan(t *testing.T) {
	for name, file := range map[string]string{
		"a stranger":      "notes.docx",
		"a false plan":    "plan.json",
		"only part of it": "report.html",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, file), []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := WriteOut(dir, true, outputOutcome(t)); !errors.Is(err, ErrNotOurs) {
				t.Errorf("error %v, want %v", err, ErrNotOurs)
			}
			if diff := cmp.Diff([]string{file}, outputTree(t, dir)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOutWithAStrangerBesideThePlanIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "OUT")
	if err := WriteOut(dir, false, outputOutcome(t)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.docx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteOut(dir, true, outputOutcome(t)); !errors.Is(err, ErrNotOurs) {
		t.Errorf("error %v, want %v", err, ErrNotOurs)
	}
}

func TestOutMayBeAnEmptyFolder(t *testing.T) {
	if err := WriteOut(t.TempDir(), false, outputOutcome(t)); err != nil {
		t.Error(err)
	}
}

// TestOutIsAbsentWhenADocumentFails makes the report impossible: nothing may
// be left behind, and a plan that was there stays.
func TestOutIsAbsentWhenADocumentFails(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "OUT")
	failing := []outFile{
		{"plan.json", WritePlanFile},
		{"report.html", func(io.Writer, *Outcome) error { return errors.New("no ink") }},
	}
	if err := writeOut(dir, outputOutcome(t), failing); err == nil {
		t.Error("no error")
	}
	if files := outputTree(t, parent); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	if err := WriteOut(dir, false, outputOutcome(t)); err != nil {
		t.Fatal(err)
	}
	before := outputTree(t, parent)
	if err := writeOut(dir, outputOutcome(t), failing); err == nil {
		t.Error("no error")
	}
	if diff := cmp.Diff(before, outputTree(t, parent)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
	}
}

func TestPlanThatCannotBePutInPlaceComesBack(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "OUT")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := putInPlace(filepath.Join(parent, "absent"), dir, filepath.Join(parent, "old")); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Errorf("what was there is gone: %v", err)
	}
}

func TestOutOfAnEmptyPlan(t *testing.T) {
	o := outputOutcome(t)
	o.Result.Plan = &planner.Plan{}
	o.Result.Score = planner.Evaluate(o.Problem, o.Result.Plan, nil)
	o.Unmet = nil
	Identify(o)
	if err := WriteOut(filepath.Join(t.TempDir(), "OUT"), false, o); err != nil {
		t.Error(err)
	}
}
