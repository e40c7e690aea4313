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
