package browsertest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
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
	tab    context.Context // of what this test does in it
	whole  context.Context // of the tab itself
	listen *listener
	heard  int // complaints before this test
}

// patience bounds what one test does in a tab: none waits for ever.
const patience = 3 * time.Minute

// Open shows the page of an address, fonts loaded. Its tab shares the cookies of
// the others that were opened so: who signs in in one is signed in in all.
func Open(t *testing.T, address string, v View) *Page {
	t.Helper()
	return openTab(t, address, v)
}

// OpenApart is [Open] for a tab with cookies of its own.
func OpenApart(t *testing.T, address string, v View) *Page {
	t.Helper()
	browser := open(t)
	order := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	cookies, err := target.CreateBrowserContext().WithDisposeOnDetach(true).Do(order)
	if err != nil {
		t.Fatal(err)
	}
	// chromedp.WithNewBrowserContext does so without the window, and fails.
	tab, err := target.CreateTarget("about:blank").WithBrowserContextID(cookies).WithNewWindow(true).Do(order)
	if err != nil {
		t.Fatal(err)
	}
	return openTab(t, address, v, chromedp.WithTargetID(tab))
}

func openTab(t *testing.T, address string, v View, options ...chromedp.ContextOption) *Page {
	t.Helper()
	tab, closeTab := chromedp.NewContext(open(t), options...)
	t.Cleanup(closeTab)
	whole := &Page{whole: tab, listen: newListener(t, address)}
	chromedp.ListenTarget(tab, whole.listen.hear)
	p := whole.In(t)
	p.Do(log.Enable(), network.Enable(), runtime.Enable())
	p.See(v)
	p.Go(address)
	return p
}

// In is the tab of a page for a part of its test, which goes on with it: it has
// the patience of a test, and the complaints from now on, to itself.
func (p *Page) In(t *testing.T) *Page {
	bounded, stop := context.WithTimeout(p.whole, patience)
	t.Cleanup(stop)
	return &Page{t: t, tab: bounded, whole: p.whole, listen: p.listen, heard: len(p.listen.complaints())}
}

// See changes how the page is looked at, at once: colours that would fade into
// each other are those of the end.
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
	p.Do(chromedp.Evaluate(`document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish())`, nil))
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
	p.Do(chromedp.Evaluate(expression, value, func(e *runtime.EvaluateParams) *runtime.EvaluateParams {
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
	var there bool
	if p.Eval("'axe' in window", &there); !there {
		p.Eval(p.axeSource()+";0", new(int))
	}
	var found []string
	p.Eval(`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"], selectors: false})
		.then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(" | ")))`, &found)
	return found
}

func (p *Page) axeSource() string {
	p.t.Helper()
	_, here, _, _ := goruntime.Caller(0)
	source, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "dev", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Fatalf("axe-core is not there; `make test` installs it: %v", err)
	}
	return string(source)
}

// Complaints lists what the browser said against the pages shown, exceptions
// and refusals of the security policy included, and what they loaded from
// elsewhere.
func (p *Page) Complaints() []string { return p.listen.complaints()[p.heard:] }

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
