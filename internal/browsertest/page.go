package browsertest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A View is how a page is looked at. Its zero value is a desk by day.
type View struct {
	Width    int64  // in CSS pixels, 1440 when 0; 320 is 1280 at 400 %
	Scheme   string // "light" or "dark", light when empty
	Media    string // "print", or "" for the screen
	Language string // what the browser asks for, such as "fr"
	Contrast bool   // the colours are forced, as by Windows' contrast themes
	NoScript bool
}

// A Page is a tab of the browser. It closes with its test.
type Page struct {
	t      *testing.T
	tab    context.Context
	listen *listener
}

// patience bounds what one test does in a tab: none waits for ever.
const patience = 3 * time.Minute

// Open shows the page of an address, fonts loaded.
func Open(t *testing.T, address string, v View) *Page {
	t.Helper()
	tab, closeTab := chromedp.NewContext(open(t))
	t.Cleanup(closeTab)
	bounded, stop := context.WithTimeout(tab, patience)
	t.Cleanup(stop)
	p := &Page{t: t, tab: bounded, listen: newListener(t, address)}
	chromedp.ListenTarget(bounded, p.listen.hear)
	p.Do(log.Enable(), network.Enable(), cdp.Enable())
	p.See(v)
	p.Go(address)
	return p
}

// See changes how the page is looked at.
func (p *Page) See(v View) {
	p.t.Helper()
	width, scheme := v.Width, v.Scheme
	if width == 0 {
		width = 1440
	}
	if scheme == "" {
		scheme = "light"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if v.Contrast {
		features = append(features, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
	}
	p.Do(
		chromedp.EmulateViewport(width, 900),
		emulation.SetEmulatedMedia().WithMedia(v.Media).WithFeatures(features),
		emulation.SetScriptExecutionDisabled(v.NoScript),
	)
	if v.Language != "" {
		p.Do(network.SetExtraHTTPHeaders(network.Headers{"Accept-Language": v.Language}))
	}
}

// Go shows the page of another address of the same site.
func (p *Page) Go(address string) {
	p.t.Helper()
	p.Do(chromedp.Navigate(address))
	p.Eval("document.fonts.ready.then(() => true)", new(bool))
}

// Do does what chromedp can, such as clicks and keys.
func (p *Page) Do(actions ...chromedp.Action) {
	p.t.Helper()
	if err := chromedp.Run(p.tab, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// Eval evaluates an expression of JavaScript and awaits its value.
func (p *Page) Eval(expression string, value any) {
	p.t.Helper()
	p.Do(chromedp.Evaluate(expression, value, func(e *cdp.EvaluateParams) *cdp.EvaluateParams {
		return e.WithAwaitPromise(true)
	}))
}

// Overflow is by how many pixels the page is wider than the window. What
// scrolls within the page does not count.
func (p *Page) Overflow() int {
	p.t.Helper()
	var pixels int
	p.Eval("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)", &pixels)
	return pixels
}

// Axe lists what the accessibility checker finds against the page, for WCAG
// 2.2 AA and good practice.
func (p *Page) Axe() []string {
	p.t.Helper()
	_, here, _, _ := runtime.Caller(0)
	source, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "dev", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Fatalf("axe-core is not there; `make test` installs it: %v", err)
	}
	var found []string
	p.Eval(string(source)+`;axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | ")))`, &found)
	return found
}

// Complaints lists what the browser said against the pages shown, exceptions
// and refusals of the security policy included, and what they loaded from
// elsewhere.
func (p *Page) Complaints() []string { return p.listen.complaints() }

// Check fails the test for every complaint, for what axe finds, and for a page
// that is wider than the window.
func (p *Page) Check() {
	p.t.Helper()
	for _, found := range p.Axe() {
		p.t.Errorf("axe finds %s", found)
	}
	if pixels := p.Overflow(); pixels > 0 {
		p.t.Errorf("the page is %d px wider than the window", pixels)
	}
	for _, c := range p.Complaints() {
		p.t.Errorf("the browser says: %s", c)
	}
}

// Shot writes a picture of the whole page into the folder that ESCALE_SHOTS
// names, for people to look at; without it, nothing is written.
func (p *Page) Shot(name string) {
	p.t.Helper()
	folder := os.Getenv("ESCALE_SHOTS")
	if folder == "" {
		return
	}
	var picture []byte
	p.Do(chromedp.FullScreenshot(&picture, 100))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// site is what a page may load from: its own server, or the file alone.
func site(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if u.Scheme == "file" {
		return strings.TrimSuffix(address, "#"+u.Fragment)
	}
	return u.Scheme + "://" + u.Host + "/"
}
