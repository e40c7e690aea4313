package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
)

func TestSignInByLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("ada@example.org")
		b := h.browser()
		link := h.link(b, "Ada@Example.ORG", "/t/marseille?page=2")
		if got := b.get(link); got.status != http.StatusOK || !strings.Contains(got.body, "Ada Lovelace") {
			t.Errorf("the page of the link is %d: %s", got.status, got.body)
		}
		if b.get(link); b.who() != "" {
			t.Error("looking at the link signs in")
		}
		if got := b.post(link); got.status != http.StatusSeeOther || got.location != "/t/marseille?page=2" {
			t.Errorf("signing in leads to %q with %d", got.location, got.status)
		}
		if got := b.who(); got != "ada@example.org" {
			t.Errorf("who is there is %q", got)
		}
		if got := b.get("/sign-in?onward=/account"); got.location != "/account" {
			t.Errorf("somebody who is signed in is led to %q", got.location)
		}
	})
}

// TestLinksThatAreOver: a link that was used, that is old, that was never made
// or whose user may come in no more signs nobody in, and offers another.
func TestLinksThatAreOver(t *testing.T) {
	for name, test := range map[string]struct {
		spoil  func(h *house, user auth.User, link string) string
		status int
	}{
		"used":      {func(h *house, _ auth.User, link string) string { h.browser().post(link); return link }, http.StatusNotFound},
		"old":       {func(h *house, _ auth.User, link string) string { h.hand.Advance(15 * time.Minute); return link }, http.StatusNotFound},
		"forgotten": {func(h *house, _ auth.User, link string) string { return forgotten(h, link) }, http.StatusNotFound},
		"forged":    {func(_ *house, _ auth.User, link string) string { return link[:len(link)-1] + "~" }, http.StatusNotFound},
		"disabled":  {func(h *house, u auth.User, link string) string { disable(h, u); return link }, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				user := h.add("ada@example.org")
				b := h.browser()
				link := test.spoil(h, user, h.link(b, user.Email, "/"))
				got := b.post(link)
				if got.status != test.status || b.who() != "" || len(got.cookies) > 0 {
					t.Errorf("the link is answered with %d and cookies %v, and %q is there", got.status, got.cookies, b.who())
				}
				if test.status == http.StatusNotFound && !strings.Contains(got.body, `href="/sign-in"`) {
					t.Error("the page does not offer another link")
				}
			})
		})
	}
}

func disable(h *house, user auth.User) {
	h.write(func(tx *db.Tx) error { return auth.Disable(ctx, tx, user.ID) })
}

// forgotten lets a link be removed as expired.
func forgotten(h *house, link string) string {
	h.hand.Advance(48 * time.Hour)
	if err := h.auth.Forget(ctx); err != nil {
		h.t.Fatal(err)
	}
	return link
}

// TestNobodyLearnsWhoIsKnown compares all that a browser gets for an address
// that is known, one that is not and one that may come in no more.
func TestNobodyLearnsWhoIsKnown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add("known@example.org")
		disable(h, h.add("closed@example.org"))
		ask := func(email string) []reply {
			b := h.browser()
			answers := []reply{b.post("/sign-in", "email", email), b.get("/sign-in/sent")}
			for i := range answers {
				answers[i].header.Del("Date")
			}
			return answers
		}
		known := ask("known@example.org")
		for _, email := range []string{"unknown@example.org", "closed@example.org"} {
			if diff := cmp.Diff(known, ask(email), cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("%s is answered otherwise:\n%s", email, diff)
			}
		}
		if letters := h.answered(); len(letters) != 1 || letters[0].To != "known@example.org" {
			t.Errorf("the letters are %+v, want one to the user", letters)
		}
	})
}

func TestAskingIsLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ask := func(from, email string) int {
			b := h.browser()
			b.from = from
			return b.post("/sign-in", "email", email).status
		}
		for i := range 6 { // for one account, each time from elsewhere
			want := http.StatusSeeOther
			if i == 5 {
				want = http.StatusTooManyRequests
			}
			if got := ask("198.51.100."+string(rune('0'+i)), "ADA@example.org"); got != want {
				t.Errorf("ask %d for an account is answered with %d, want %d", i+1, got, want)
			}
		}
		for i := range 21 { // from one address, each time for another account
			want := http.StatusSeeOther
			if i == 20 {
				want = http.StatusTooManyRequests
			}
			if got := ask("203.0.113.7", "a"+string(rune('a'+i))+"@example.org"); got != want {
				t.Errorf("ask %d from an address is answered with %d, want %d", i+1, got, want)
			}
		}
		h.hand.Advance(time.Hour)
		if got := ask("203.0.113.7", "ada@example.org"); got != http.StatusSeeOther {
			t.Errorf("an hour later the answer is %d", got)
		}
	})
}

// TestRefusedAddresses: what is no address is shown again with what to do, and
// nothing of it reaches a letter.
func TestRefusedAddresses(t *testing.T) {
	h := one(t)
	for _, email := range []string{
		"", "ada", "ada@localhost", "@example.org", "ada@example..org", "Ada <ada@example.org>",
		"ada@example.org\r\nBcc: eve@example.org", "ada@example.org, eve@example.org", strings.Repeat("a", 250) + "@example.org",
	} {
		got := h.browser().post("/sign-in", "email", email)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "name@example.org") {
			t.Errorf("%q is answered with %d", email, got.status)
		}
	}
	if len(h.asks) > 0 {
		t.Errorf("asks are put off: %v", h.asks)
	}
}

// TestOnwardIsOurs follows where signing in leads, as a browser does.
func TestOnwardIsOurs(t *testing.T) {
	h := one(t)
	user := h.add("ada@example.org")
	leads := func(onward string) string {
		var link string
		h.write(func(tx *db.Tx) (err error) {
			link, err = h.auth.SignInLink(ctx, tx, user, onward)
			return err
		})
		return h.browser().post(strings.TrimPrefix(link, h.server.URL)).location
	}
	for _, onward := range []string{
		"https://evil.example", "//evil.example", `/\evil.example`, `\/evil.example`, "/\t/evil.example", "/\n/evil.example",
		"javascript:alert(1)", "evil", "", "/" + strings.Repeat("a", 3000),
	} {
		if got := leads(onward); got != "/" {
			t.Errorf("%q leads to %q", onward, got)
		}
	}
	if got := leads("/t/marseille/organisations?q=é"); !strings.HasPrefix(got, "/t/marseille/organisations?q=") {
		t.Errorf("a page of ours leads to %q", got)
	}
}
