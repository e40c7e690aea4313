package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

// serve serves one page under a strict policy.
func serve(t *testing.T, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><title>A page</title><link rel="icon" href="/icon">`+
			`<main><h1>A page</h1>%s</main></html>`, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestSoundPage: nothing is said against a page that is as it should be.
func TestSoundPage(t *testing.T) {
	p := browsertest.Open(t, serve(t, "<p>All is well.</p>"), browsertest.View{Width: 320})
	p.Check()
}

// TestFaultsAreFound: each fault that the kit is for is found, so that a test
// that finds none says something.
func TestFaultsAreFound(t *testing.T) {
	for _, test := range []struct {
		name, body string
		found      func(*browsertest.Page) []string
		want       string
	}{
		{"a style within the page", `<p style="color:red">Red.</p>`, (*browsertest.Page).Complaints, "Content Security Policy"},
		{"a script within the page", `<script>alert(1)</script>`, (*browsertest.Page).Complaints, "Content Security Policy"},
		{"a picture without words", `<img src="/seen">`, (*browsertest.Page).Axe, "image-alt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := browsertest.Open(t, serve(t, test.body), browsertest.View{})
			if got := strings.Join(test.found(p), "\n"); !strings.Contains(got, test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

// TestLoadingFromElsewhere: another server, even on this machine, is elsewhere.
func TestLoadingFromElsewhere(t *testing.T) {
	elsewhere := serve(t, "")
	p := browsertest.Open(t, serve(t, "<p>Here.</p>"), browsertest.View{})
	p.Go(elsewhere)
	if got := strings.Join(p.Complaints(), "\n"); !strings.Contains(got, "loads "+elsewhere) {
		t.Errorf("the complaints are %q", got)
	}
}

// TestView: the page is looked at as asked.
func TestView(t *testing.T) {
	p := browsertest.Open(t, serve(t, "<p>Long"+strings.Repeat("&nbsp;word", 200)+"</p>"), browsertest.View{Width: 320, Scheme: "dark"})
	if p.Overflow() == 0 {
		t.Error("a line of 200 words fits in 320 px")
	}
	var night, paper bool
	p.Eval("matchMedia('(prefers-color-scheme: dark)').matches", &night)
	p.See(browsertest.View{Media: "print"})
	p.Eval("matchMedia('print').matches && matchMedia('(prefers-color-scheme: light)').matches", &paper)
	if !night || !paper {
		t.Errorf("night is %v, paper by day %v", night, paper)
	}
}

// TestPartsOfATab: each part of a test that goes on with a tab has what the
// browser says from then on to itself.
func TestPartsOfATab(t *testing.T) {
	bad := serve(t, `<p style="color:red">Red.</p>`)
	p := browsertest.Open(t, bad, browsertest.View{})
	before := len(p.Complaints())
	if before == 0 {
		t.Fatal("nothing is said against a style within the page")
	}
	part := p.In(t)
	if said := part.Complaints(); len(said) > 0 {
		t.Errorf("said before: %q", said)
	}
	part.Go(bad)
	if len(part.Complaints()) != before || len(p.Complaints()) != 2*before {
		t.Errorf("said: %q, and to the whole test %q", part.Complaints(), p.Complaints())
	}
}

// TestCookiesApart: tabs share who is signed in, unless one is opened apart.
func TestCookiesApart(t *testing.T) {
	site := serve(t, "<p>Here.</p>")
	p := browsertest.Open(t, site, browsertest.View{})
	p.Eval(`document.cookie = "who=ana", true`, new(bool))
	for name, c := range map[string]struct {
		open func(*testing.T, string, browsertest.View) *browsertest.Page
		want string
	}{"beside": {browsertest.Open, "who=ana"}, "apart": {browsertest.OpenApart, ""}} {
		var cookies string
		if c.open(t, site, browsertest.View{}).Eval("document.cookie", &cookies); cookies != c.want {
			t.Errorf("opened %s, the cookies are %q", name, cookies)
		}
	}
}

// TestColoursOfTheEnd: a page that fades from day to night is judged by night.
func TestColoursOfTheEnd(t *testing.T) {
	p := browsertest.Open(t, serve(t, "<p>Fades.</p>"), browsertest.View{})
	p.Eval(`(async () => {
		const style = new CSSStyleSheet();
		await style.replace("p { color: rgb(0, 0, 0); transition: color 1000s } @media (prefers-color-scheme: dark) { p { color: rgb(255, 255, 255) } }");
		document.adoptedStyleSheets.push(style);
		return getComputedStyle(document.querySelector("p")).color;
	})()`, new(string))
	p.See(browsertest.View{Scheme: "dark"})
	var colour string
	if p.Eval(`getComputedStyle(document.querySelector("p")).color`, &colour); colour != "rgb(255, 255, 255)" {
		t.Errorf("by night the text is %s", colour)
	}
}
