package workbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/escale-hq/escale/planner"
)

// reportShapes are the missions that every report must bear.
func reportShapes(t *testing.T) map[string]*Outcome {
	t.Helper()
	small := reportMission("fr")
	legs := small
	legs.legs = []string{"Toronto", "Montréal"}
	empty := small
	empty.wishes = 0
	bare := reportOutcome(t, empty)
	bare.Book.Name, bare.Book.Slots, bare.Book.Sessions, bare.Book.Estimated = "", nil, nil, nil
	bare.Book.Venues, bare.Book.Places, bare.Book.Participants, bare.Book.Legs = nil, nil, nil, nil
	bare.Result = &planner.Result{Plan: &planner.Plan{}}
	return map[string]*Outcome{
		"French":     reportOutcome(t, small),
		"English":    reportOutcome(t, reportMission("en")),
		"two legs":   reportOutcome(t, legs),
		"convention": reportOutcome(t, reportConvention()),
		"no wish":    reportOutcome(t, empty),
		"nothing":    bare,
	}
}

// TestReportIsSound holds what any page owes its readers.
func TestReportIsSound(t *testing.T) {
	for name, o := range reportShapes(t) {
		t.Run(name, func(t *testing.T) {
			doc := reportPageOf(t, o)
			if got := reportAttr(reportSelect(doc, "html")[0], "lang"); got != o.Book.Language {
				t.Errorf("the page says it is in %q", got)
			}
			checkReportHeadings(t, doc)
			checkReportNames(t, doc)
			checkReportTables(t, doc)
			for n := range doc.Descendants() {
				for _, a := range n.Attr {
					if strings.Contains(a.Val, "report.") || strings.Contains(a.Val, "words.") {
						t.Errorf("a key shows in <%s %s=%q>", n.Data, a.Key, a.Val)
					}
				}
				if n.Type == html.TextNode && n.Parent.Data != "style" && (strings.Contains(n.Data, "report.") || strings.Contains(n.Data, "words.")) {
					t.Errorf("a key shows: %q", n.Data)
				}
			}
		})
	}
}

// checkReportHeadings refuses a heading that skips a level.
func checkReportHeadings(t *testing.T, doc *html.Node) {
	t.Helper()
	level := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		got := int(n.Data[1] - '0')
		if got > level+1 || (got == 1) != (level == 0) {
			t.Errorf("<h%d> %q comes after a heading of level %d", got, reportText(n), level)
		}
		level = got
	}
}

// checkReportNames refuses an identifier used twice, or named and missing.
func checkReportNames(t *testing.T, doc *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if id := reportAttr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("#%s is there twice", id)
			}
			ids[id] = true
		}
	}
	for n := range doc.Descendants() {
		for _, name := range []string{"aria-labelledby", "for", "href"} {
			if target := strings.TrimPrefix(reportAttr(n, name), "#"); target != "" && !ids[target] {
				t.Errorf("<%s %s> leads to #%s, which is missing", n.Data, name, target)
			}
		}
	}
}

// checkReportTables wants every table to say what its columns and rows are,
// and every row to have all its cells.
func checkReportTables(t *testing.T, doc *html.Node) {
	t.Helper()
	for _, table := range reportSelect(doc, "table") {
		if len(reportSelect(table, "thead th")) == 0 {
			t.Errorf("a table has no head: %.80s", reportText(table))
		}
		for _, th := range reportSelect(table, "th") {
			if reportAttr(th, "scope") == "" {
				t.Errorf("<th> %q has no scope", reportText(th))
			}
		}
		rows := reportSelect(table, "tr")
		for _, row := range rows {
			if got, want := reportCells(row), reportCells(rows[0]); got != want {
				t.Errorf("a row has %d cells, its head %d: %s", got, want, reportText(row))
			}
		}
	}
}

func reportCells(row *html.Node) int {
	cells := 0
	for c := range row.ChildNodes() {
		if c.Type == html.ElementNode {
			cells++
		}
	}
	return cells
}

// TestReportStandsAlone holds the page to its own policy: it runs nothing,
// loads nothing, and its style is the one that the policy lets in.
func TestReportStandsAlone(t *testing.T) {
	doc := reportPageOf(t, reportOutcome(t, reportMission("fr")))
	styles := reportSelect(doc, "style")
	if len(styles) != 1 {
		t.Fatalf("%d style sheets", len(styles))
	}
	sum := sha256.Sum256([]byte(styles[0].FirstChild.Data))
	policy := reportAttr(reportSelect(doc, "meta")[2], "content")
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; font-src data:; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("the policy is %q, want %q", policy, want)
	}
	for n := range doc.Descendants() {
		switch n.Data {
		case "script", "link", "img", "iframe", "object":
			if n.Type == html.ElementNode {
				t.Errorf("the page has a <%s>", n.Data)
			}
		}
		for _, a := range n.Attr {
			if a.Key == "style" || a.Key == "src" || strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "://") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
}

func TestReportSaysItIsFictional(t *testing.T) {
	for _, fictional := range []bool{true, false} {
		spec := reportMission("fr")
		spec.fictional = fictional
		said := reportTexts(reportPageOf(t, reportOutcome(t, spec)), ".fictional")
		if fictional != (len(said) == 2 && strings.Contains(said[0], "fictives")) {
			t.Errorf("fictional %v: the page says %q", fictional, said)
		}
	}
}

// TestReportQuotesNames holds that a name is never read as HTML.
func TestReportQuotesNames(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	for i := range o.Book.Participants {
		o.Book.Participants[i].Name = fmt.Sprintf("<b onclick=x>A&B %d", i)
	}
	o.Book.Name = "</title><script>alert(1)</script>"
	doc := reportPageOf(t, o)
	if found := reportSelect(doc, "b"); len(found) > 0 {
		t.Error("a name became an element")
	}
	if got := reportTexts(doc, "h1"); got[0] != o.Book.Name {
		t.Errorf("the title became %q", got)
	}
	if found := reportSelect(doc, "script"); len(found) > 0 {
		t.Error("a name became a script")
	}
}

// TestReportIsolatesForeignNames holds that a Hebrew name cannot turn the arrow
// of its wish.
func TestReportIsolatesForeignNames(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	wish := o.Problem.Wishes[o.Unmet[0].Wish]
	o.Book.Participants[wish.To].Name = "נמל חיפה"
	if found := reportTexts(reportPageOf(t, o), ".wishes bdi"); len(found) == 0 || found[0] != "נמל חיפה" {
		t.Errorf("isolated in the wishes: %q", found)
	}
}

func TestReportWithoutPlan(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	o.Result.Plan = nil
	var out bytes.Buffer
	if err := WriteReport(&out, o); err == nil || out.Len() > 0 {
		t.Errorf("a plan that does not exist was reported on: %v, %d bytes", err, out.Len())
	}
}

// TestReportWeight keeps the report of a mission light enough to send.
func TestReportWeight(t *testing.T) {
	var out bytes.Buffer
	if err := WriteReport(&out, reportOutcome(t, reportMission("fr"))); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 430_000 {
		t.Errorf("the report weighs %d bytes", out.Len())
	}
}

// TestReportFigures reads the key figures as a reader does.
func TestReportFigures(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {
			"9 value bound 11 gap 18.18%",
			"1 of 2 guaranteed minimums met 1 meeting is missing at best 0",
			"0% the worst served Nacre 0 of 2 points no bound",
			"1 break idle between two engagements optimal, by search",
			"25\u00a0min average journey 1 journey, 25\u00a0min in all optimal, by certificate",
		},
		"fr": {
			"9 valeur borne 11 écart 18,18\u00a0%",
			"1 sur 2 minimums garantis tenus 1 rendez-vous manque au mieux 0",
			"0\u00a0% le moins bien servi Nacre 0 point sur 2 sans borne",
			"1 pause temps libre entre deux engagements optimal, par recherche",
			"25\u00a0min trajet moyen 1 trajet, 25\u00a0min en tout optimal, certificat",
		},
	} {
		got := reportTexts(reportPageOf(t, reportTiny(t, language)), ".figures li")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// TestReportNeverHidesTheGap goes through what can be known of the value.
func TestReportNeverHidesTheGap(t *testing.T) {
	for _, test := range []struct {
		name               string
		best, bound, slack int
		status             planner.Status
		figure, sentence   string
		marks              int
	}{
		{"gap", 12, 17, 0, planner.Gap, "bound 17 gap 29.41%", "no plan is worth more than 17; this one is worth 12", 1},
		{"small gap", 49990, 50000, 0, planner.Gap, "bound 50,000 gap 0.02%", "no plan is worth more than 50,000; this one is worth 49,990", 1},
		{"best", 12, 12, 0, planner.Certified, "bound 12 no gap: proven best", "it is proven that no plan is worth more", 1},
		{"slack", 12, 12, 2, planner.Certified, "bound 12 12 without slack no gap: proven best", "no plan is worth more than 12; this one is worth 10", 1},
		{"none", 12, 0, 0, planner.NoBound, "no bound", "no bound was computed", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := reportTiny(t, "en")
			o.Result.Score.Value = test.best - test.slack
			o.Result.Quality.BestValue, o.Result.Quality.Bound, o.Result.Quality.SlackUsed = test.best, test.bound, test.slack
			o.Result.Quality.Tiers[1].Status = test.status
			doc := reportPageOf(t, o)
			if got := reportTexts(doc, ".figures li")[0]; !strings.HasSuffix(got, test.figure) {
				t.Errorf("the figure says %q, want it to end with %q", got, test.figure)
			}
			if got := reportTexts(doc, ".verdict")[0]; !strings.Contains(got, test.sentence) {
				t.Errorf("the verdict is %q", got)
			}
			if got := len(reportSelect(doc, ".chart-meter .chart-bound")); got != test.marks {
				t.Errorf("the meter has %d bounds", got)
			}
			if got := len(reportSelect(doc, ".note")); (got == 1) != (test.slack > 0) {
				t.Errorf("%d notes on the slack", got)
			}
		})
	}
}
