package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

var update = flag.Bool("update", false, "write what escale makes of the example mission into testdata/golden")

const (
	goldenMission = "../../examples/miami-2017"
	// goldenOut is where the transcript says that the plan is.
	goldenOut = "out/miami-2017"
)

// TestGolden plans the example mission once and compares all that a person
// reads of it, in both languages, with the files of testdata/golden. When a
// difference is meant, -update writes them again; they are then to be read.
//
// All of it is deterministic. The search counts its work in steps, not in
// seconds, and runs two workers whatever the number of processors, each with
// its own seed; neither takes anything from whoever comes first. Floating point
// only steers it, as temperatures and prices: what is shown is an integer, or a
// ratio of two integers that is rounded once. The last bit of an exponential
// may differ on another processor and could tip a coin of the search; the plan
// was found to be the same with and without fused multiply-add. The time of
// making is fixed, and the time taken is written as nothing. The text of a PDF
// is compared without the width of its gaps, which is the extractor's choice.
func TestGolden(t *testing.T) {
	plan := goldenPlanning(t)
	for _, lang := range []string{"fr", "en"} {
		t.Run(lang, func(t *testing.T) {
			for name, text := range plan.texts(t, lang) {
				goldenCompare(t, filepath.Join("testdata", "golden", name), text)
			}
		})
	}
}

// goldenPlan is the planned example, with what a terminal showed meanwhile.
type goldenPlan struct {
	outcome  *workbook.Outcome
	progress []planner.Progress
}

// goldenPlanning plans as the command does when it is given no option.
func goldenPlanning(t *testing.T) *goldenPlan {
	t.Helper()
	book, err := workbook.Read(goldenMission, "fr")
	if err != nil {
		t.Fatal(err)
	}
	g := &goldenPlan{}
	g.outcome, err = workbook.Make(context.Background(), book, workbook.Assignment{
		Seed: 1, SlackPermille: planner.DefaultOptions().SlackPermille,
		Made: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		Progress: func(p planner.Progress) {
			p.Elapsed = 0
			g.progress = append(g.progress, p)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	g.outcome.Result.Quality.Elapsed = 0
	return g
}

// texts are what a person reads of the plan, by the name of its golden file.
// There is one for plan.json, whose figures and codes are of no language.
func (g *goldenPlan) texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	screen := g.write(t, lang, out)
	return map[string]string{
		"plan.json":             goldenJSON(t, filepath.Join(out, "plan.json")),
		lang + "/terminal.txt":  screen,
		lang + "/plan.xlsx.txt": goldenSheets(t, filepath.Join(out, "plan.xlsx")),
		lang + "/F01-1.ics":     strings.ReplaceAll(goldenRead(t, filepath.Join(out, "agendas", "F01-1.ics")), "\r\n", "\n"),
		lang + "/agendas.txt":   goldenPages(t, filepath.Join(out, "agendas.pdf")),
		lang + "/letters.txt":   goldenPages(t, filepath.Join(out, "letters.pdf")),
		lang + "/report.txt":    goldenReport(t, filepath.Join(out, "report.html")),
	}
}

// write writes the documents as the command does, checks the plan, and gives
// what the terminal shows.
func (g *goldenPlan) write(t *testing.T, lang, out string) string {
	t.Helper()
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	var screen bytes.Buffer
	c := &console{stdout: &screen, stderr: &screen, words: words}
	fmt.Fprintf(&screen, "$ escale plan examples/miami-2017 -o %s --lang %s\n", goldenOut, lang)
	o := *g.outcome
	if o.Book, err = c.read(goldenMission, lang); err != nil {
		t.Fatal(err)
	}
	if err := workbook.WriteOut(out, false, &o); err != nil {
		t.Fatal(err)
	}
	shown := newFollower(&screen, valueGlimpse(c.say()))
	for _, p := range g.progress {
		shown.follow(p)
	}
	shown.end()
	c.tell(&o, goldenOut)
	fmt.Fprintf(&screen, "$ escale check examples/miami-2017 %s --lang %s\n", goldenOut, lang)
	code := run(context.Background(), []string{"check", goldenMission, out, "--lang", lang}, &screen, &screen)
	if code != exitDone {
		t.Errorf("escale check: exit code %d", code)
	}
	return screen.String()
}

func goldenRead(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// goldenJSON is the head of plan.json: its quality, and of its meetings and
// wishes not met as many as one reads, one a line.
func goldenJSON(t *testing.T, path string) string {
	t.Helper()
	var file struct {
		Quality  json.RawMessage   `json:"quality"`
		Meetings []json.RawMessage `json:"meetings"`
		Unmet    []json.RawMessage `json:"unmet"`
	}
	if err := json.Unmarshal([]byte(goldenRead(t, path)), &file); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "{\n  \"quality\": %s", file.Quality)
	list := func(name string, items []json.RawMessage) {
		separator := fmt.Sprintf(",\n  %q: [\n    ", name)
		for _, item := range goldenFirst(items, 12) {
			b.WriteString(separator + string(item))
			separator = ",\n    "
		}
		b.WriteString("\n  ]")
	}
	list("meetings", file.Meetings)
	list("unmet", file.Unmet)
	return b.String() + "\n}\n"
}

func goldenCompare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got); when this is meant: go test ./cmd/escale -run Golden -update\n%s", path, diff)
	}
}
