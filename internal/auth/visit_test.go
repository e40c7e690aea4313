package auth_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
)

// askCode has a code sent, and gives it.
func (h *house) askCode(b *browser, l auth.Link) string {
	h.t.Helper()
	got := b.post(h.under(l, "code"))
	letters := h.answered()
	if got.status != http.StatusSeeOther || got.location != h.path(l) || len(letters) != 1 || letters[0].To != l.SentTo {
		h.t.Fatalf("asking for a code is answered with %d, and the letters are %+v", got.status, letters)
	}
	return letters[0].Args[0].(string)
}

// under is another address of a link's token.
func (h *house) under(l auth.Link, page string) string {
	return strings.TrimSuffix(h.path(l), l.Purpose) + page
}

// sees says whether a browser gets to the page of a link, and can act there.
func (h *house) sees(b *browser, l auth.Link) bool {
	h.t.Helper()
	sight, act := b.get(h.path(l)), b.post(h.path(l))
	seen, acted := strings.HasPrefix(sight.body, "GET by"), strings.HasPrefix(act.body, "POST by")
	if seen != acted {
		h.t.Errorf("looking is answered with %d, acting with %d", sight.status, act.status)
	}
	return seen
}

func TestCodeByMail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l := h.give(declare)
		b := h.browser()
		if h.sees(b, l) || !h.kept(l).UsedAt.IsZero() {
			t.Fatal("without a code the link opens")
		}
		if page := b.get(h.path(l)).body; !strings.Contains(page, "a…@example.org") || strings.Contains(page, l.SentTo) {
			t.Errorf("the page does not mask the address: %s", page)
		}
		code := h.askCode(b, l)
		got := b.post(h.under(l, "proof"), "code", " "+code[:3]+" "+code[3:])
		if got.status != http.StatusSeeOther || got.location != h.path(l) || !h.sees(b, l) {
			t.Errorf("the code is answered with %d, leads to %q", got.status, got.location)
		}
		for _, c := range got.cookies {
			if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || !strings.HasPrefix(c.Name, "__Host-") {
				t.Errorf("the cookie is %v", c)
			}
		}
		if h.sees(h.browser(), l) {
			t.Error("another browser sees the page")
		}
		h.hand.Advance(12 * time.Hour)
		if h.sees(b, l) {
			t.Error("the proof holds for too long")
		}
	})
}

func TestCodesThatProveNothing(t *testing.T) {
	for name, test := range map[string]func(h *house, b *browser, l auth.Link, code string){
		"another": func(h *house, b *browser, l auth.Link, code string) {
			b.post(h.under(l, "proof"), "code", fmt.Sprintf("%06d", 1_000_000-number(code)-1))
		},
		"none": func(h *house, b *browser, l auth.Link, _ string) { b.post(h.under(l, "proof")) },
		"too late": func(h *house, b *browser, l auth.Link, code string) {
			h.hand.Advance(10 * time.Minute)
			h.prove(b, l, code)
		},
		"replaced": func(h *house, b *browser, l auth.Link, code string) { b.post(h.under(l, "code")); h.prove(b, l, code) },
		"elsewhere": func(h *house, b *browser, l auth.Link, code string) {
			b.client = h.browser().client
			h.prove(b, l, code)
		},
		"renewed": func(h *house, b *browser, l auth.Link, code string) {
			h.prove(b, l, code)
			if h.sees(b, h.renew(l)) {
				h.t.Error("the proof stands although the link was renewed")
			}
		},
		"another link's": func(h *house, b *browser, l auth.Link, _ string) {
			other := h.give(declare)
			h.prove(b, other, h.askCode(b, other))
			b.plant("__Host-escale_proof_"+l.ID, b.cookie("__Host-escale_proof_"+other.ID))
		},
		"by guessing": func(h *house, b *browser, l auth.Link, code string) {
			for range 10 {
				b.post(h.under(l, "proof"), "code", "x")
			}
			if got := b.post(h.under(l, "proof"), "code", code); got.status != http.StatusTooManyRequests {
				h.t.Errorf("the eleventh try is answered with %d", got.status)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.found()
				l := h.give(declare)
				b := h.browser()
				test(h, b, l, h.askCode(b, l))
				if h.sees(b, l) {
					t.Error("the page is shown")
				}
			})
		})
	}
}

func (h *house) prove(b *browser, l auth.Link, code string) {
	b.post(h.under(l, "proof"), "code", code)
}

func number(code string) (n int) {
	_, _ = fmt.Sscanf(code, "%d", &n)
	return n
}

func TestCodesAreLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l := h.give(declare)
		for range 5 {
			h.askCode(h.browser(), l)
		}
		refused := func(which string) {
			if got := h.browser().post(h.under(l, "code")); got.status != http.StatusTooManyRequests || len(h.answered()) > 0 {
				t.Errorf("the %s code is answered with %d", which, got.status)
			}
		}
		refused("sixth of an hour")
		for range 3 {
			h.hand.Advance(time.Hour)
			for range 5 {
				h.askCode(h.browser(), l)
			}
		}
		h.hand.Advance(time.Hour)
		refused("21st of a day")
		h.hand.Advance(20 * time.Hour)
		h.askCode(h.browser(), l)
	})
}

func TestPaper(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l := h.give(agenda)
		code := h.auth.PaperCode(l)
		reads := func(typed string) (reply, string) {
			b := h.browser()
			b.from = "2001:db8::" + fmt.Sprintf("%x", len(typed)) // each from its own network below
			got := b.post("/l", "code", typed)
			return got, b.get(got.location).body
		}
		plain := strings.ReplaceAll(code, "-", "")
		for _, typed := range []string{code, strings.ToLower(code), plain, " " + strings.Join(strings.Split(plain, ""), " "), confused(code)} {
			if got, page := reads(typed); got.status != http.StatusSeeOther || !strings.HasPrefix(page, "GET by {link:"+l.ID) || !strings.HasSuffix(page, "reading: true") {
				t.Errorf("%q is answered with %d, and shows %q", typed, got.status, page)
			}
		}
		reading := h.browser().post("/l", "code", code).location
		if reading == h.path(l) || h.browser().post(reading).status != http.StatusNotFound || !h.kept(l).UsedAt.IsZero() {
			t.Errorf("by paper one acts: %s", reading)
		}
		token := strings.TrimSuffix(reading, l.Purpose)
		if got := h.browser().post(token + "code"); got.status != http.StatusNotFound || len(h.answered()) > 0 {
			t.Errorf("by paper a code is sent: %d", got.status)
		}
		if h.revoke(l); h.browser().get(reading).status != http.StatusNotFound {
			t.Error("what was revoked is read from paper")
		}
		renewed := h.renew(l)
		if got, _ := reads(code); got.status != http.StatusUnprocessableEntity || h.auth.PaperCode(renewed) == code {
			t.Errorf("the code of a link that was renewed is answered with %d", got.status)
		}
		for _, wrong := range []string{"", "7", "ABCDEFGH", "8" + code[1:], "99999999999" + code, "-7" + plain[1:], "+" + code, "7-0000-0000"} {
			if got, _ := reads(wrong); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%q is answered with %d", wrong, got.status)
			}
		}
		other := h.give(answer)
		if got := h.browser().get(h.browser().post("/l", "code", h.auth.PaperCode(other)).location); got.status != http.StatusNotFound {
			t.Errorf("what is not for paper is read from it: %d", got.status)
		}
	})
}

// TestPaperSharedByTwo: should two links have one code, it opens neither.
func TestPaperSharedByTwo(t *testing.T) {
	h := one(t)
	h.found()
	l := h.give(agenda)
	h.give(agenda)
	if _, err := h.db.Handle().ExecContext(ctx, "UPDATE auth_links SET paper = (SELECT paper FROM auth_links WHERE id = $1)", l.ID); err != nil {
		t.Fatal(err)
	}
	if got := h.browser().post("/l", "code", h.auth.PaperCode(l)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the code of two links is answered with %d", got.status)
	}
}

// confused writes a code as a hand may copy it.
func confused(code string) string {
	head, rest, _ := strings.Cut(code, "-")
	return head + " " + strings.NewReplacer("0", "o", "1", "l").Replace(rest)
}

// typed types a code in the browser of a client, and gives the status.
func (h *house) typed(from, code string) int {
	h.t.Helper()
	b := h.browser()
	b.from = from
	return b.post("/l", "code", code).status
}

// TestPapersAreLimited for a client that types wrong ones: one of version 6 has
// a whole network.
func TestPapersAreLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		right := h.auth.PaperCode(h.give(agenda))
		for i := range 30 { // all the people of a hotel
			if got := h.typed("2001:db8:0:7::1", right); got != http.StatusSeeOther {
				t.Fatalf("right code %d is answered with %d", i+1, got)
			}
		}
		for i := range 20 {
			if got := h.typed(fmt.Sprintf("2001:db8:0:7::%x", i), "7-0000-0000"); got != http.StatusUnprocessableEntity {
				t.Errorf("try %d is answered with %d", i+1, got)
			}
		}
		if got := h.typed("2001:db8:0:7:ffff::", right); got != http.StatusTooManyRequests {
			t.Errorf("the same network is answered with %d", got)
		}
		if got := h.typed("2001:db8:0:8::", "7-0000-0000"); got != http.StatusUnprocessableEntity {
			t.Errorf("the network beside is answered with %d", got)
		}
		h.hand.Advance(time.Hour)
		if got := h.typed("2001:db8:0:7::1", right); got != http.StatusSeeOther {
			t.Errorf("an hour later the network is answered with %d", got)
		}
	})
}

// TestStrangersShutNobodyOut: when all the world guesses the codes of a
// territory, whoever holds one gets in, and who guesses has fewer tries.
func TestStrangersShutNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		right := h.auth.PaperCode(h.give(agenda))
		h.write(func(tx *db.Tx) error {
			for range 1000 {
				if err := auth.Limit(ctx, tx, "papers of territory 7", 1000, time.Hour); err != nil {
					return err
				}
			}
			return nil
		})
		for i := range 10 {
			if got := h.typed("192.0.2.8", right); got != http.StatusSeeOther {
				t.Errorf("right code %d is answered with %d", i+1, got)
			}
		}
		for i := range 5 {
			if got := h.typed("192.0.2.9", "7-0000-0000"); got != http.StatusUnprocessableEntity {
				t.Errorf("wrong code %d is answered with %d", i+1, got)
			}
		}
		if got := h.typed("192.0.2.9", "7-0000-0000"); got != http.StatusTooManyRequests {
			t.Errorf("the sixth wrong code is answered with %d", got)
		}
		if got := h.typed("192.0.2.9", "8-0000-0000"); got != http.StatusUnprocessableEntity {
			t.Errorf("in another territory the client is answered with %d", got)
		}
	})
}
