package workbook

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// reportBrowser starts Chromium, which `make test` installs.
func reportBrowser(t *testing.T) context.Context {
	t.Helper()
	flags := append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	)
	// Not the context of the test, whose end would kill the browser while its
	// helpers still write into the folder that is then removed.
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	bounded, cancel := context.WithTimeout(allocator, 5*time.Minute)
	t.Cleanup(cancel)
	browser, closeAtOnce := chromedp.NewContext(bounded)
	t.Cleanup(closeAtOnce)
	t.Cleanup(func() {
		if err := chromedp.Cancel(browser); err != nil {
			t.Errorf("Chromium does not close: %v", err)
		}
	})
	if err := chromedp.Run(browser); err != nil {
		t.Fatalf("Chromium does not start; `make test` installs it on Debian: %v", err)
	}
	return browser
}

// reportComplaints gathers what the browser says against the page, and what it
// loads beside it. The browser reports while the test runs its commands.
type reportComplaints struct {
	mu   sync.Mutex
	said []string
}

func (c *reportComplaints) listen(address string) func(any) {
	return func(event any) {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			c.said = append(c.said, fmt.Sprintf("console.%s: %s", e.Type, e.Args[0].Value))
		case *runtime.EventExceptionThrown:
			c.said = append(c.said, e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			c.said = append(c.said, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address && !strings.HasPrefix(e.Request.URL, "data:font/woff2;") {
				c.said = append(c.said, "loads "+e.Request.URL)
			}
		}
	}
}

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

// reportAxe is the accessibility checker.
func reportAxe(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "dev", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("axe-core is not there; `make test` installs it: %v", err)
	}
	return string(source)
}

// reportOpen shows a page at a width, by day or by night, on screen or paper.
func reportOpen(address string, width int64, scheme, media string) chromedp.Tasks {
	return chromedp.Tasks{
		log.Enable(), network.Enable(), runtime.Enable(),
		chromedp.EmulateViewport(width, 900),
		emulation.SetEmulatedMedia().WithMedia(media).WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		chromedp.Navigate(address),
		chromedp.Evaluate("document.fonts.ready.then(() => document.fonts.size)", nil, reportAwait),
	}
}

func reportAwait(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// TestReportInBrowser opens reports as people do, from a phone at 400 % to a
// desk: nothing is complained of, nothing is loaded, and only tables that may
// scroll are wider than the screen, folded and unfolded.
func TestReportInBrowser(t *testing.T) {
	browser := reportBrowser(t)
	for name, o := range reportShapes(t) {
		t.Run(name, func(t *testing.T) {
			address := reportFile(t, o)
			tab, closeTab := chromedp.NewContext(browser)
			defer closeTab()
			var complaints reportComplaints
			chromedp.ListenTarget(tab, complaints.listen(address))
			for _, width := range []int64{320, 360, 768, 1440} {
				checkReportWidth(t, tab, address, width)
			}
			complaints.mu.Lock()
			defer complaints.mu.Unlock()
			for _, c := range complaints.said {
				t.Errorf("the browser says: %s", c)
			}
		})
	}
}

func checkReportWidth(t *testing.T, tab context.Context, address string, width int64) {
	t.Helper()
	var folded, unfolded int
	err := chromedp.Run(
		tab, reportOpen(address, width, "light", ""),
		chromedp.Evaluate("document.documentElement.scrollWidth - innerWidth", &folded),
		reportUnfold(),
		chromedp.Evaluate("document.documentElement.scrollWidth - innerWidth", &unfolded),
	)
	if err != nil {
		t.Fatal(err)
	}
	if folded > 0 || unfolded > 0 {
		t.Errorf("at %d px, the page is %d px wider than the screen, %d px unfolded", width, folded, unfolded)
	}
}

func reportUnfold() chromedp.Action {
	return chromedp.Evaluate("document.querySelectorAll('details').forEach(d => d.open = true)", nil)
}

// TestReportIsAccessible has axe judge reports in both languages, by day and by
// night, on a phone and at a desk, with all that folds unfolded.
func TestReportIsAccessible(t *testing.T) {
	browser, axe := reportBrowser(t), reportAxe(t)
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
			tab, closeTab := chromedp.NewContext(browser)
			defer closeTab()
			var violations json.RawMessage
			err := chromedp.Run(
				tab, reportOpen(reportFile(t, reportOutcome(t, test.spec)), test.width, test.scheme, ""), reportUnfold(),
				chromedp.Evaluate(axe+`;axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
					.then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | ")))`, &violations, reportAwait),
			)
			if err != nil {
				t.Fatal(err)
			}
			if found := string(violations); found != "[]" {
				t.Errorf("axe finds %s", found)
			}
		})
	}
}

// TestReportShowsOneDay holds that choosing a day shows it alone, without a
// script, and that its fonts are the page's own.
func TestReportShowsOneDay(t *testing.T) {
	address := reportFile(t, reportOutcome(t, reportMission("fr")))
	var before, after []string
	var loaded bool
	const shown = "[...document.querySelectorAll('.day')].filter(d => d.checkVisibility()).map(d => d.id)"
	err := chromedp.Run(
		reportBrowser(t), reportOpen(address, 1440, "light", ""),
		chromedp.Evaluate(shown, &before),
		chromedp.Click("label[for=day-4]", chromedp.ByQuery),
		chromedp.Evaluate(shown, &after),
		chromedp.Evaluate(`document.fonts.check("16px 'Atkinson Hyperlegible Next'") && document.fonts.check("600 23px 'Source Serif 4'")`, &loaded),
	)
	if err != nil {
		t.Fatal(err)
	}
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
	address := reportFile(t, o)
	var wishes, days, meetings int
	count := func(selector string) string {
		return "[...document.querySelectorAll('" + selector + "')].filter(e => e.checkVisibility()).length"
	}
	err := chromedp.Run(
		reportBrowser(t), reportOpen(address, 794, "light", "print"),
		chromedp.Evaluate(count(".wishes tbody tr"), &wishes),
		chromedp.Evaluate(count(".day"), &days),
		chromedp.Evaluate(count(".day .plain tbody tr"), &meetings),
	)
	if err != nil {
		t.Fatal(err)
	}
	if wishes != len(o.Unmet) || days != 6 || meetings != len(o.Result.Plan.Meetings) {
		t.Errorf("printed: %d of %d unmet wishes, %d of 6 days, %d of %d meetings",
			wishes, len(o.Unmet), days, meetings, len(o.Result.Plan.Meetings))
	}
}
