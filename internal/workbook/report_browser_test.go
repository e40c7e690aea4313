package workbook

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

// reportFile writes a report where a browser can open it.
func reportFile(t *testing.T, o *Outcome) (address string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteReport(f, o); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return "file://" + path
}

// reportUnfold opens all that folds.
func reportUnfold(p *browsertest.Page) {
	p.Eval("document.querySelectorAll('details').forEach(d => d.open = true)", nil)
}

// TestReportInBrowser opens reports as people do, from a phone at 400 % to a
// desk: nothing is complained of, nothing is loaded, and only tables that may
// scroll are wider than the screen, folded and unfolded.
func TestReportInBrowser(t *testing.T) {
	for name, o := range reportShapes(t) {
		t.Run(name, func(t *testing.T) {
			address := reportFile(t, o)
			p := browsertest.Open(t, address, browsertest.View{})
			for _, width := range []int64{320, 360, 768, 1440} {
				p.See(browsertest.View{Width: width})
				p.Go(address)
				folded := p.Overflow()
				reportUnfold(p)
				if unfolded := p.Overflow(); folded > 0 || unfolded > 0 {
					t.Errorf("at %d px, the page is %d px wider than the screen, %d px unfolded", width, folded, unfolded)
				}
			}
			for _, c := range p.Complaints() {
				t.Errorf("the browser says: %s", c)
			}
		})
	}
}

// TestReportIsAccessible has axe judge reports in both languages, by day and by
// night, on a phone and at a desk, with all that folds unfolded.
func TestReportIsAccessible(t *testing.T) {
	small := reportMission("fr")
	small.delegates, small.others, small.wishes = 12, 30, 150
	english, legs, empty := small, small, small
	english.language, legs.legs, empty.wishes = "en", []string{"Toronto", "Montréal"}, 0
	for _, test := range []struct {
		name   string
		spec   reportSpec
		width  int64
		scheme string
	}{
		{"French, phone, day", small, 360, "light"},
		{"French, desk, night", small, 1440, "dark"},
		{"English, phone, night", english, 360, "dark"},
		{"English, desk, day", english, 1440, "light"},
		{"two legs", legs, 768, "light"},
		{"no wish", empty, 360, "light"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := browsertest.Open(t, reportFile(t, reportOutcome(t, test.spec)), browsertest.View{Width: test.width, Scheme: test.scheme})
			reportUnfold(p)
			for _, found := range p.Axe() {
				t.Errorf("axe finds %s", found)
			}
		})
	}
}

// TestReportShowsOneDay holds that choosing a day shows it alone, without a
// script, and that its fonts are the page's own.
func TestReportShowsOneDay(t *testing.T) {
	var before, after []string
	var loaded bool
	const shown = "[...document.querySelectorAll('.day')].filter(d => d.checkVisibility()).map(d => d.id)"
	p := browsertest.Open(t, reportFile(t, reportOutcome(t, reportMission("fr"))), browsertest.View{})
	p.Eval(shown, &before)
	p.Do(chromedp.Click("label[for=day-4]", chromedp.ByQuery))
	p.Eval(shown, &after)
	p.Eval(`document.fonts.check("16px 'Atkinson Hyperlegible Next'") && document.fonts.check("600 23px 'Source Serif 4'")`, &loaded)
	if fmt.Sprint(before, after) != "[agenda-2] [agenda-4]" {
		t.Errorf("shown: %v, then %v", before, after)
	}
	if !loaded {
		t.Error("the fonts of the page are not used")
	}
}

// TestReportPrintsEverything holds that paper shows what a screen folds away.
func TestReportPrintsEverything(t *testing.T) {
	o := reportOutcome(t, reportMission("fr"))
	p := browsertest.Open(t, reportFile(t, o), browsertest.View{Width: 794, Media: "print"})
	count := func(selector string) (n int) {
		p.Eval("[...document.querySelectorAll('"+selector+"')].filter(e => e.checkVisibility()).length", &n)
		return n
	}
	wishes, days, meetings := count(".wishes tbody tr"), count(".day"), count(".day .plain tbody tr")
	if wishes != len(o.Unmet) || days != 6 || meetings != len(o.Result.Plan.Meetings) {
		t.Errorf("printed: %d of %d unmet wishes, %d of 6 days, %d of %d meetings",
			wishes, len(o.Unmet), days, meetings, len(o.Result.Plan.Meetings))
	}
}
