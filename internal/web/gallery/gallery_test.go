package gallery

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, Words)) }

// words are those of the kit and of the gallery together.
func words(t *testing.T, lang string) *i18n.Words {
	t.Helper()
	all, err := i18n.Join(wordstest.Load(t, web.Words), wordstest.Load(t, Words))
	if err != nil {
		t.Fatal(err)
	}
	return all.For(lang)
}

func frame(w *i18n.Words, theme string) web.Frame {
	return web.Frame{
		Words: w, Title: w.T("gallery.title"), Path: "/dev/components", Search: "/search", Theme: theme,
		Territory: web.Brand{Name: "Ville de Marseille", Home: "/"},
		Nav: []web.NavSection{
			{Items: []web.NavItem{
				{Label: "Accueil", Href: "/", Icon: "house"},
				{Label: "Missions", Href: "/missions", Icon: "ship", Count: 3},
			}},
			{Title: "Ressources", Items: []web.NavItem{
				{Label: "Annuaire", Href: "/dev/components", Icon: "book-user", Current: true},
			}},
		},
		Viewer: &web.ViewerCard{
			Name: "Camille Exemple", Role: "Administratrice",
			Links: []web.Link{{Label: "Se déconnecter", Href: "/sign-out", Post: true}},
		},
		Languages: []web.Link{{Label: "Français", Lang: "fr", Current: w.Lang() == "fr"}, {Label: "English", Lang: "en", Current: w.Lang() == "en"}},
		Fictional: true,
	}
}

// serve answers with the gallery.
func serve(t *testing.T, lang, theme string) string {
	t.Helper()
	return servePage(t, Page(frame(words(t, lang), theme)))
}

// servePage answers with a page under the policy of real ones.
func servePage(t *testing.T, page templ.Component) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/static/", web.Assets())
	mux.Handle("/dev/components", web.Handler(func(rw http.ResponseWriter, r *http.Request) error {
		return web.Render(rw, r, http.StatusOK, page)
	}).Or(func(rw http.ResponseWriter, _ *http.Request, err error) {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
	}))
	server := httptest.NewServer(web.SecurityHeaders(mux))
	t.Cleanup(server.Close)
	return server.URL + "/dev/components"
}

// calm lets a page be judged as it stands: what passes by itself stays.
const calm = "document.activeElement.blur(); scrollTo(0, 0); document.querySelectorAll('[data-toast]').forEach(t => t.dispatchEvent(new Event('pointerenter')))"

// TestGallery has every component judged in both languages, by day and by
// night, from a phone at 400 % to a desk.
func TestGallery(t *testing.T) {
	for _, test := range []struct {
		lang   string
		width  int64
		scheme string
	}{
		{"fr", 1440, "light"},
		{"fr", 320, "dark"},
		{"en", 768, "dark"},
		{"en", 390, "light"},
		{"en", 1440, "dark"},
	} {
		name := fmt.Sprintf("%s-%d-%s", test.lang, test.width, test.scheme)
		t.Run(name, func(t *testing.T) {
			p := browsertest.Open(t, serve(t, test.lang, ""), browsertest.View{Width: test.width, Scheme: test.scheme})
			p.Eval(calm, nil)
			p.Shot("gallery-" + name)
			p.Check()
		})
	}
}

// TestGalleryRightToLeft turns the page around, with texts in Hebrew letters
// and half as long again, as a translation may be.
func TestGalleryRightToLeft(t *testing.T) {
	const turn = `document.documentElement.dir = "rtl"; document.documentElement.lang = "he";
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const n = walk.currentNode;
			if (/[a-z]{3}/i.test(n.data) && !n.parentElement.closest("textarea, script")) n.data = n.data.replace(/[a-z]/gi, c => String.fromCharCode(0x5D0 + c.toLowerCase().charCodeAt(0) - 97)) + " " + n.data.slice(0, n.data.length / 2).replace(/[a-z]/gi, "א");
		}`
	for _, width := range []int64{320, 1440} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := browsertest.Open(t, serve(t, "en", ""), browsertest.View{Width: width})
			p.Eval(calm, nil)
			p.Eval("{"+turn+"}", nil)
			p.Shot(fmt.Sprintf("gallery-rtl-%d", width))
			p.Check()
		})
	}
}

// TestOtherFrames are as good: the narrow navigation of boards, an error's page,
// the menu of phones, forced colours.
func TestOtherFrames(t *testing.T) {
	f := frame(words(t, "fr"), "")
	rail := f
	rail.Rail, rail.Toast = true, &web.Toast{Text: "Fiche supprimée.", UndoAction: "/undo"}
	for name, test := range map[string]struct {
		page templ.Component
		view browsertest.View
		open string
	}{
		"rail":   {Page(rail), browsertest.View{}, ""},
		"error":  {web.ErrorPage(f, io.EOF, "r-42"), browsertest.View{Width: 320}, ""},
		"menu":   {Page(f), browsertest.View{Width: 390}, ".bottom-menu summary"},
		"facet":  {Page(f), browsertest.View{Width: 390}, ".facet:last-of-type summary"},
		"forced": {Page(f), browsertest.View{Contrast: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := browsertest.Open(t, servePage(t, test.page), test.view)
			if test.open != "" {
				p.Do(chromedp.Click(test.open, chromedp.ByQuery))
			}
			p.Shot("frame-" + name)
			p.Check()
		})
	}
}

// TestThemeOfTheReader: the reader's choice outweighs the device's.
func TestThemeOfTheReader(t *testing.T) {
	const ground = "getComputedStyle(document.body).backgroundColor"
	for theme, want := range map[string]string{"": "rgb(18, 25, 31)", "light": "rgb(251, 248, 242)", "dark": "rgb(18, 25, 31)"} {
		var got string
		browsertest.Open(t, serve(t, "fr", theme), browsertest.View{Scheme: "dark"}).Eval(ground, &got)
		if got != want {
			t.Errorf("theme %q at night: the page is %s, want %s", theme, got, want)
		}
	}
}

// TestKeyboard goes through the page without a mouse.
func TestKeyboard(t *testing.T) {
	p := browsertest.Open(t, serve(t, "en", ""), browsertest.View{})
	focus := func(keys ...string) string {
		t.Helper()
		for _, key := range keys {
			p.Do(chromedp.KeyEvent(key))
		}
		var on string
		p.Eval("(e => e.className || e.name || e.id || e.tagName)(document.activeElement)", &on)
		return on
	}
	p.Eval("document.activeElement.blur(); window.scrollTo(0, 0)", nil)
	got := []string{focus("/")}
	p.Do(chromedp.Focus(".skip", chromedp.ByQuery))
	got = append(got, focus(kb.Enter))
	p.Do(chromedp.Focus("[data-dialog]", chromedp.ByQuery))
	got = append(got, focus(kb.Enter))
	p.Shot("dialog")
	got = append(got, focus(kb.Escape))
	p.Do(chromedp.Focus(".head .menu summary", chromedp.ByQuery))
	got = append(got, focus(kb.Enter, kb.Tab), focus(kb.Escape))
	want := []string{"q", "main", "button button-primary", "button", "A", "button button-bare"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the focus is on (-want +got):\n%s", diff)
	}
	var hidden []string
	p.Eval(`[...document.querySelectorAll("main a, main button, main input, main summary, main [tabindex='0']")].filter(e => {
		if (!e.checkVisibility() || e.disabled) return false;
		e.focus({focusVisible: true});
		const box = e.closest(".money") ?? (e.matches(".translated > .hidden") ? e.nextElementSibling : e);
		return getComputedStyle(box).outlineStyle === "none";
	}).map(e => e.outerHTML.slice(0, 120))`, &hidden)
	for _, e := range hidden {
		t.Errorf("the focus cannot be seen on %s", e)
	}
}

// TestChoosing counts the chosen rows, and offers what may be done with them.
func TestChoosing(t *testing.T) {
	p := browsertest.Open(t, serve(t, "en", ""), browsertest.View{})
	count := func(click string) (text string) {
		t.Helper()
		if click != "" {
			p.Do(chromedp.Click(click, chromedp.ByQuery))
		}
		p.Eval("new Promise(done => setTimeout(() => done((e => e.checkVisibility() ? e.textContent : '')(document.querySelector('.bulk-count')))))", &text)
		return text
	}
	got := []string{count(""), count("[data-choose-all]"), count("tbody .choice input"), count("[data-choose-all]"), count("[data-choose-all]")}
	want := []string{"1 chosen", "3 chosen", "2 chosen", "3 chosen", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the bar says (-want +got):\n%s", diff)
	}
}

// TestSearchAsYouType: the list is fetched again, its address kept, and its rows
// can still be chosen.
func TestSearchAsYouType(t *testing.T) {
	p := browsertest.Open(t, serve(t, "en", ""), browsertest.View{})
	p.Eval("document.getElementById('list').dataset.old = 'yes'", nil)
	p.Do(chromedp.SendKeys(".filters input[type=search]", "port", chromedp.ByQuery))
	p.Do(chromedp.WaitVisible("#list:not([data-old]) [data-choose-all]", chromedp.ByQuery))
	var address, focus string
	p.Eval("location.search", &address)
	p.Eval("document.activeElement.value", &focus)
	if address != "?q=port" || focus != "port" {
		t.Errorf("the address ends in %q, and the reader is typing in %q", address, focus)
	}
	p.Check()
}

// TestWithoutScript: the page holds, and nothing that only a script does shows.
func TestWithoutScript(t *testing.T) {
	p := browsertest.Open(t, serve(t, "fr", ""), browsertest.View{NoScript: true, Width: 390})
	if pixels := p.Overflow(); pixels > 0 {
		t.Errorf("the page is %d px too wide", pixels)
	}
	var all bool
	p.Eval("document.querySelector('[data-choose-all]').checkVisibility()", &all)
	if all {
		t.Error("a box that does nothing without a script is shown")
	}
}

// TestFirstLoad holds the whole of a first page, packed, under 100 KB: it is
// the page with most components, so others weigh less.
func TestFirstLoad(t *testing.T) {
	address := serve(t, "fr", "")
	p := browsertest.Open(t, address, browsertest.View{})
	var loaded []string
	p.Eval("[location.href, ...performance.getEntriesByType('resource').map(e => e.name)]", &loaded)
	total := int64(0)
	for _, name := range loaded {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, name, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		size, err := io.Copy(io.Discard, answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		t.Logf("%6d  %s", size, path.Base(name))
		total += size
	}
	if len(loaded) < 6 || total > 100_000 {
		t.Errorf("the first page loads %d files of %d bytes, more than 100,000", len(loaded), total)
	}
}
