package auth_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// people are those whom the provider of the tests knows, all by one password.
var people = map[string]map[string]any{
	"1": {"ID": "1", "Username": "ada", "Password": "secret", "FirstName": "Ada", "LastName": "King", "Email": "Ada@example.org", "EmailVerified": true},
	"2": {"ID": "2", "Username": "eve", "Password": "secret", "FirstName": "Eve", "Email": "ada@example.org", "EmailVerified": false},
	"3": {"ID": "3", "Username": "bob", "Password": "secret", "FirstName": "Bob", "Email": "bob@example.org", "EmailVerified": true},
	"4": {"ID": "4", "Username": "wide", "Password": "secret", "FirstName": "Wide", "Email": "ａda@example.org", "EmailVerified": true},
}

// provider runs a real provider, which leads back to a house, and gives its
// issuer.
func provider(t *testing.T, back string) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "provider"), ".")
	build.Dir = "../../tools/provider"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the provider: %v\n%s", err, out)
	}
	users, err := json.Marshal(people)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "users.json"), users, 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(filepath.Join(dir, "provider"), filepath.Join(dir, "users.json"), back)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the provider says nothing: %v", err)
	}
	return strings.TrimSpace(line)
}

// withProvider is a house with a provider. The clock is the machine's, by which
// the provider dates its tokens.
func withProvider(t *testing.T, d *db.DB, hand *clock.Hand, makes bool) *house {
	p := &auth.Provider{ClientID: "escale", ClientSecret: "secret", Name: "Harbour", Makes: makes}
	h := newHouse(t, d, hand, func(o *auth.Options) { o.Provider = p })
	p.Issuer = provider(t, h.server.URL+"/sign-in/provider/back")
	return h
}

// from goes through the provider's own pages as somebody, and gives the address
// that they lead back to.
func (h *house) from(b *browser, as string) string {
	h.t.Helper()
	to := b.get("/sign-in/provider?onward=/account").location
	jar, _ := cookiejar.New(nil)
	away := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), h.server.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := away.Get(to)
	if err != nil {
		h.t.Fatal(err)
	}
	_ = page.Body.Close()
	form := url.Values{"username": {as}, "password": {"secret"}, "id": {page.Request.URL.Query().Get("authRequestID")}}
	back, err := away.PostForm(page.Request.URL.String(), form)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = back.Body.Close() }()
	if back.StatusCode != http.StatusFound {
		text, _ := io.ReadAll(back.Body)
		h.t.Fatalf("the provider answers with %d: %s", back.StatusCode, text)
	}
	return strings.TrimPrefix(back.Header.Get("Location"), h.server.URL)
}

func TestSignInWithProvider(t *testing.T) {
	hand := clock.At(time.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		h := withProvider(t, d, hand, false)
		h.add("ada@example.org")
		b := h.browser()
		if page := b.get("/sign-in?onward=/account").body; !strings.Contains(page, "/sign-in/provider?onward=%2Faccount") {
			t.Error("the page does not offer the provider")
		}
		back := h.from(b, "ada")
		if got := b.get(back); got.status != http.StatusSeeOther || got.location != "/account" || b.who() != "ada@example.org" {
			t.Fatalf("coming back is answered with %d, leads to %q, and %q is there: %s", got.status, got.location, b.who(), got.body)
		}
		b.post("/sign-out")
		if got := b.get(back); got.status != http.StatusUnprocessableEntity || b.who() != "" {
			t.Errorf("coming back twice is answered with %d, and %q is there", got.status, b.who())
		}
		if b.get(h.from(b, "ada")); b.who() != "ada@example.org" {
			t.Error("the identity is not known again")
		}
	})
}

// TestProviderIsRefused: what a provider leads back with counts in the browser
// that set out, for a while, once, for an address that it has verified.
func TestProviderIsRefused(t *testing.T) {
	hand := clock.At(time.Now())
	d, err := db.Open(ctx, dbtest.SQLite(t), hand.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h := withProvider(t, d, hand, false)
	h.add("ada@example.org")
	for _, test := range []struct {
		name, as string
		spoil    func(b *browser, back string) string
		status   int
	}{
		{"an address that is not verified", "eve", nil, http.StatusForbidden},
		{"an address that folds to another's", "wide", nil, http.StatusForbidden},
		{"nobody's address", "bob", nil, http.StatusForbidden},
		{"another state", "ada", func(_ *browser, back string) string { return back + "x" }, http.StatusUnprocessableEntity},
		{"another browser's state", "ada", func(b *browser, back string) string { h.from(b, "bob"); return back }, http.StatusUnprocessableEntity},
		{"no cookie", "ada", func(b *browser, back string) string { b.plant("__Host-escale_provider", ""); return back }, http.StatusUnprocessableEntity},
		{"another cookie sealed by us", "ada", func(b *browser, back string) string { b.plant("__Host-escale_provider", "AAAA"); return back }, http.StatusUnprocessableEntity},
		{"another code", "ada", func(_ *browser, back string) string { return strings.Replace(back, "code=", "code=x", 1) }, http.StatusServiceUnavailable},
		{"too late", "ada", func(_ *browser, back string) string { h.hand.Advance(10 * time.Minute); return back }, http.StatusUnprocessableEntity},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := h.browser()
			back := h.from(b, test.as)
			if test.spoil != nil {
				back = test.spoil(b, back)
			}
			got := b.get(back)
			if got.status != test.status || b.who() != "" || b.cookie(sessionCookie) != "" {
				t.Errorf("coming back is answered with %d, want %d, and %q is there", got.status, test.status, b.who())
			}
			if !strings.Contains(got.body, `href="/sign-in"`) {
				t.Error("the page does not offer to begin again")
			}
		})
	}
}

func TestProviderMakesUsers(t *testing.T) {
	hand := clock.At(time.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		h := withProvider(t, d, hand, true)
		b := h.browser()
		b.get(h.from(b, "bob"))
		if got := h.byEmail("bob@example.org"); b.who() != "bob@example.org" || got.Language != "en" {
			t.Errorf("%q is there, as %+v", b.who(), got)
		}
		if b.get(h.from(b, "eve")); b.who() == "ada@example.org" {
			t.Error("an address that is not verified makes a user")
		}
	})
}

func TestProviderThatIsDown(t *testing.T) {
	h := one(t)
	if got := h.browser().get("/sign-in/provider"); got.status != http.StatusNotFound {
		t.Errorf("without a provider the answer is %d", got.status)
	}
	down := newHouse(t, h.db, h.hand, func(o *auth.Options) { o.Provider = &auth.Provider{Issuer: h.server.URL + "/nobody", Name: "Harbour"} })
	got := down.browser().get("/sign-in/provider")
	if got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "Harbour") || len(got.cookies) > 0 {
		t.Errorf("a provider that is down is answered with %d and %v", got.status, got.cookies)
	}
}
