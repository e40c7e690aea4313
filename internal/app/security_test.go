package app

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// TestCrossOriginPostsAreRefused: what another site has a browser send is not
// done, whoever is signed in there.
func TestCrossOriginPostsAreRefused(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Administrator])
	for name, headers := range map[string]map[string]string{
		"another site":          {"Sec-Fetch-Site": "cross-site"},
		"another host":          {"Sec-Fetch-Site": "same-site"},
		"an old browser":        {"Origin": "https://evil.example"},
		"an origin that is not": {"Origin": "null"},
	} {
		for _, route := range h.app.Routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			if method != "POST" {
				continue
			}
			path = strings.Replace(path, "{territory}", h.home.Slug, 1)
			r := httptest.NewRequest(method, h.app.settings.PublicURL.String()+recordName.ReplaceAllString(path, h.ours), nil)
			for key, value := range headers {
				r.Header.Set(key, value)
			}
			if w := b.send(r); w.Code != http.StatusForbidden {
				t.Errorf("%s, %s: %d", route.Pattern, name, w.Code)
			}
		}
	}
}

// TestEveryAnswerHasItsHeaders: pages, errors and files alike.
func TestEveryAnswerHasItsHeaders(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Administrator])
	for _, path := range []string{"/", "/sign-in", "/t/marseille", "/t/nowhere", "/nowhere", "/healthz"} {
		w := b.get(path)
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "unsafe-eval") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Referrer-Policy") == "" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
	if w := b.get("/t/marseille"); w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a page may be stored: %q", w.Header().Get("Cache-Control"))
	}
}

// TestLargeFormsAreRefused: a form of more than what the settings take.
func TestLargeFormsAreRefused(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.app.settings.MaxUpload = 1 << 20
	b := h.as(h.users[territory.Officer])
	w := b.post("/t/marseille/organisations", url.Values{"name": {strings.Repeat("x", 10<<20)}})
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", w.Code)
	}
}

// TestWhatIsTypedStaysText: in pages, headers and the log.
func TestWhatIsTypedStaysText(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	var log bytes.Buffer
	h.app.log = slog.New(slog.NewTextHandler(&log, nil))
	b := h.as(h.users[territory.Officer])
	const typed = "<script>alert(1)</script>\r\nSet-Cookie: x=y\nlevel=ERROR msg=forged"
	w := b.post("/t/marseille/organisations", url.Values{"name": {typed}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("answered %d", w.Code)
	}
	for _, cookie := range w.Result().Cookies() {
		if cookie.Name == "x" {
			t.Error("a header was made of what was typed")
		}
	}
	page := b.get(w.Header().Get("Location")).Body.String()
	if strings.Contains(page, "<script>alert") || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("what was typed is a script on the page")
	}
	b.get("/t/marseille/search?q=" + url.QueryEscape(typed))
	b.get("/nowhere/" + url.PathEscape(typed))
	if strings.Contains(log.String(), "forged") {
		t.Errorf("what was typed is in the log:\n%s", log.String())
	}
}

// TestTheLogTellsNobody: no address, token or name of a person is logged.
func TestTheLogTellsNobody(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	var log bytes.Buffer
	h.app.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	user := h.users[territory.Officer]
	link := h.link(user)
	b := h.nobody()
	b.post(link, nil)
	b.post("/sign-in", url.Values{"email": {user.Email}})
	b.get("/t/marseille/people?q=Doe")
	for _, secret := range []string{user.Email, strings.TrimPrefix(link, "/sign-in/"), "Doe", b.cookies["escale_session"].Value} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, log.String())
		}
	}
}

// TestNullCharacters: what no text holds is refused, not half kept.
func TestNullCharacters(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	if w := b.post("/t/marseille/organisations", url.Values{"name": {"a\x00b"}}); w.Code >= 500 {
		t.Errorf("answered %d", w.Code)
	}
}

func TestMetricsAreGuarded(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	ask := func(token string) int {
		r := httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return h.nobody().send(r).Code
	}
	if code := ask("anything"); code != http.StatusNotFound {
		t.Errorf("without a token in the settings: %d", code)
	}
	h.app.settings.MetricsToken = "right"
	for token, want := range map[string]int{"": 404, "wrong": 404, "right": 200} {
		if code := ask(token); code != want {
			t.Errorf("with %q: %d", token, code)
		}
	}
}

func TestClientAddress(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:5000", "203.0.113.9", "192.0.2.1"}, // not a proxy of ours
		{"10.0.0.1:5000", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:5000", "198.51.100.7, 203.0.113.9", "203.0.113.9"}, // the first is only said
		{"10.0.0.1:5000", "203.0.113.9, 10.0.0.2", "203.0.113.9"},     // two proxies of ours
		{"10.0.0.1:5000", "nonsense", "10.0.0.1"},
		{"10.0.0.1:5000", "", "10.0.0.1"},
		{"[::ffff:10.0.0.1]:5000", "2001:db8::1", "2001:db8::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-For", c.forwarded)
		if got := clientAddress(r, trusted); got.String() != c.want {
			t.Errorf("%s through %q is %s, not %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
