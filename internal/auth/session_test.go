package auth_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

const (
	sessionCookie = "__Host-escale_session"
	deviceCookie  = "__Host-escale_device"
)

func TestCookies(t *testing.T) {
	h := one(t)
	h.add("ada@example.org")
	b := h.browser()
	got := b.post(h.link(b, "ada@example.org", "/"))
	if len(got.cookies) != 2 {
		t.Fatalf("the cookies are %v, want two", got.cookies)
	}
	for _, c := range got.cookies {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode ||
			c.Path != "/" || c.Domain != "" || len(c.Value) < 43 {
			t.Errorf("the cookie is %v", c)
		}
	}
}

// TestFixation: a token that somebody planted before is worth nothing after,
// and the session that a browser had ends when another begins in it.
func TestFixation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("ada@example.org")
		h.add("eve@example.org")
		eve := h.browser()
		h.signIn(eve, "eve@example.org")
		planted := eve.cookie(sessionCookie)

		ada := h.browser()
		ada.plant(sessionCookie, planted)
		h.signIn(ada, "ada@example.org")
		if ada.cookie(sessionCookie) == planted || ada.who() != "ada@example.org" {
			t.Errorf("the planted token stands, and %q is there", ada.who())
		}
		if got := eve.who(); got != "" {
			t.Errorf("the planted token is still that of %q", got)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	for name, test := range map[string]struct {
		then func(h *house, b *browser)
		want string
	}{
		"in use":        {func(h *house, _ *browser) { h.hand.Advance(13 * 24 * time.Hour) }, "ada@example.org"},
		"idle":          {func(h *house, _ *browser) { h.hand.Advance(14 * 24 * time.Hour) }, ""},
		"kept by use":   {func(h *house, b *browser) { h.visit(b, 8, 10*24*time.Hour) }, "ada@example.org"},
		"over in all":   {func(h *house, b *browser) { h.visit(b, 9, 10*24*time.Hour) }, ""},
		"signed out":    {func(_ *house, b *browser) { b.post("/sign-out") }, ""},
		"user disabled": {func(h *house, _ *browser) { disable(h, h.byEmail("ada@example.org")) }, ""},
		"forged":        {func(_ *house, b *browser) { b.plant(sessionCookie, strings.Repeat("A", 43)) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.add("ada@example.org")
				b := h.browser()
				h.signIn(b, "ada@example.org")
				token := b.cookie(sessionCookie)
				test.then(h, b)
				if b.cookie(sessionCookie) == "" {
					b.plant(sessionCookie, token) // a copy of what was dropped
				}
				if got := b.who(); got != test.want {
					t.Errorf("%q is there, want %q", got, test.want)
				}
			})
		})
	}
}

// visit looks at a page so many times, a span apart.
func (h *house) visit(b *browser, times int, span time.Duration) {
	for range times {
		h.hand.Advance(span)
		b.who()
	}
}

func TestNewBrowserIsToldOf(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("ada@example.org")
		told := func(b *browser) bool {
			h.signIn(b, "ada@example.org")
			letters := h.answered()
			return len(letters) == 1 && letters[0].Key == "auth.letter.browser" && letters[0].Args[0] == "Firefox, Linux" && letters[0].Args[1] == b.from
		}
		first, second := h.browser(), h.browser()
		second.from = "2001:db8::1"
		if told(first) {
			t.Error("the first browser of all is told of")
		}
		if !told(second) {
			t.Error("a new browser is not told of")
		}
		if told(first) || told(second) {
			t.Error("a browser that is known is told of")
		}
	})
}

// TestBrowsersAreForgotten a year after they were last signed in with.
func TestBrowsersAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("ada@example.org")
		often, once := h.browser(), h.browser()
		told := func(b *browser) bool {
			b.post(h.link(b, "ada@example.org", "/"))
			return len(h.answered()) > 0
		}
		told(often)
		told(once)
		year := 365 * 24 * time.Hour
		h.hand.Advance(year / 2)
		told(often)
		h.hand.Advance(year / 2)
		if err := h.auth.Forget(ctx); err != nil {
			t.Fatal(err)
		}
		if told(often) {
			t.Error("a browser in use is forgotten")
		}
		if !told(once) {
			t.Error("a browser that nobody used for a year is known")
		}
	})
}

// TestOwnData: a user gets all that is held of their account, and once they are
// erased nothing is.
func TestOwnData(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.add("ada@example.org")
		b := h.browser()
		if got := b.get("/account/data"); got.status != http.StatusUnauthorized {
			t.Errorf("whoever is not signed in is answered with %d", got.status)
		}
		h.signIn(b, "ada@example.org")
		h.link(h.browser(), "ada@example.org", "/")
		now := h.db.Now().Time
		want := auth.UserData{
			Email: "ada@example.org", Name: "Ada Lovelace", Language: "en", Since: now,
			Sessions: []auth.UserSession{{Device: "Firefox, Linux", Address: "192.0.2.1", Since: now, Seen: now}},
			Browsers: []auth.UserBrowser{{Since: now, Seen: now}},
		}
		var data auth.UserData
		if err := json.Unmarshal([]byte(b.get("/account/data").body), &data); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, data); diff != "" {
			t.Error(diff)
		}
		h.write(func(tx *db.Tx) error { return auth.EraseUser(ctx, tx, user.ID) })
		if b.who() != "" {
			t.Error("the session goes on")
		}
		h.write(func(tx *db.Tx) error {
			if _, err := auth.ByEmail(ctx, tx, "ada@example.org"); !fault.Is(err, fault.NotFound) {
				t.Errorf("the user is found: %v", err)
			}
			return nil
		})
	})
}

func TestAccount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("ada@example.org")
		b, other, stranger := h.browser(), h.browser(), h.browser()
		other.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
		h.signIn(b, "ada@example.org")
		h.signIn(other, "ada@example.org")
		h.add("eve@example.org")
		h.signIn(stranger, "eve@example.org")

		page := b.get("/account").body
		if !strings.Contains(page, "Firefox, Linux") || !strings.Contains(page, "Safari, iPhone") {
			t.Fatalf("the page does not list the browsers: %s", page)
		}
		_, rest, _ := strings.Cut(page, "/account/sessions/")
		id, _, _ := strings.Cut(rest, "/")
		if got := stranger.post("/account/sessions/" + id + "/end"); got.status != http.StatusNotFound || other.who() == "" {
			t.Errorf("somebody else ends a session: %d", got.status)
		}
		if got := b.post("/account/sessions/" + id + "/end"); got.status != http.StatusSeeOther || other.who() != "" || b.who() == "" {
			t.Errorf("ending a session is answered with %d; %q and %q are there", got.status, b.who(), other.who())
		}

		b.post("/account", "name", " Ada King ", "language", "fr", "theme", "dark")
		want := auth.User{Name: "Ada King", Language: "fr", Theme: "dark"}
		if got := h.byEmail("ada@example.org"); got.Name != want.Name || got.Language != want.Language || got.Theme != want.Theme {
			t.Errorf("the user is %+v", got)
		}
		for _, refused := range [][]string{{"name", "", "language", "fr"}, {"name", "A\nB", "language", "fr"}, {"name", "A", "language", "xx"}, {"name", "A", "language", "fr", "theme", "pink"}} {
			if got := b.post("/account", refused...); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%q is answered with %d", refused, got.status)
			}
		}
		if got := h.browser().get("/account"); got.status != http.StatusUnauthorized {
			t.Errorf("without a session the account is answered with %d", got.status)
		}
	})
}
