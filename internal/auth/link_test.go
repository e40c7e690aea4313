package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
)

// The purposes of the tests: one of each sort.
var (
	answer  = auth.Purpose{Name: "answer", Letter: invite}
	agenda  = auth.Purpose{Name: "agenda", OnPaper: true}
	declare = auth.Purpose{Name: "declare", NeedsCode: true}
)

// invite is the letter of a purpose.
func invite(_ context.Context, _ *db.Tx, l auth.Link) (string, []any, error) {
	return "test.letter", []any{l.RecordID}, nil
}

// greet is a page that names its visitor.
func greet(w http.ResponseWriter, r *http.Request, v auth.Visitor) error {
	if same, found := auth.VisitorOf(r.Context()); !found || same != v {
		return fmt.Errorf("the visitor of the request is %v", same)
	}
	_, err := fmt.Fprintf(w, "%s by %s, reading: %t", r.Method, v.Actor(), v.Reading)
	return err
}

// found makes the territory of the links.
func (h *house) found() {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		columns := []db.SQL{"id", "slug", "name", "country", "languages", "zone", "currency", "sea", "deep", "logo", "fictional", "version", "created_at"}
		return db.Insert(ctx, tx, "territories", columns, [][]any{{7, "x", "X", "FR", "fr", "UTC", "EUR", "", "", "", true, 1, tx.Now}})
	})
}

// give makes a link to Ada that holds for a week.
func (h *house) give(p auth.Purpose) (l auth.Link) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		l, err = h.auth.MakeLink(ctx, tx, history.System(), p, auth.Link{
			TerritoryID: 7, Kind: "meeting", RecordID: "m1", SentTo: "ada@example.org", Name: "Ada King", Language: "en",
			ExpiresAt: tx.Now.Add(7 * 24 * time.Hour),
		})
		return err
	})
	return l
}

// path is where a link leads, without the host.
func (h *house) path(l auth.Link) string {
	return strings.TrimPrefix(h.auth.LinkAddress(l), h.server.URL)
}

// kept is the link as the database has it.
func (h *house) kept(l auth.Link) auth.Link {
	h.t.Helper()
	var links []auth.Link
	h.write(func(tx *db.Tx) (err error) {
		links, err = auth.LinksOf(ctx, tx, l.Of())
		return err
	})
	for _, k := range links {
		if k.ID == l.ID {
			return k
		}
	}
	h.t.Fatalf("the link is not among %v", links)
	return l
}

func (h *house) renew(l auth.Link) (renewed auth.Link) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		renewed, err = h.auth.RenewLink(ctx, tx, history.System(), l.TerritoryID, l.ID, tx.Now.Add(24*time.Hour))
		return err
	})
	return renewed
}

// told are the actions that a link's history tells, the last first.
func (h *house) told(l auth.Link) (actions []string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		entries, err := history.Of(ctx, tx, l.Ref(), 10)
		for _, e := range entries {
			actions = append(actions, e.Action)
		}
		return err
	})
	return actions
}

func (h *house) revoke(l auth.Link) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error { return auth.RevokeLink(ctx, tx, history.System(), l.TerritoryID, l.ID) })
}

func TestLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l := h.give(answer)
		if diff := cmp.Diff(l, h.kept(l)); diff != "" {
			t.Error(diff)
		}
		b := h.browser()
		got := b.get(h.path(l))
		if want := "GET by {link:" + l.ID + " Ada King}, reading: false"; got.status != http.StatusOK || got.body != want {
			t.Errorf("the link is answered with %d, %q", got.status, got.body)
		}
		if got.header.Get("Referrer-Policy") != "no-referrer" || got.header.Get("Cache-Control") != "no-store" || len(got.cookies) > 0 {
			t.Errorf("the headers are %v", got.header)
		}
		if diff := cmp.Diff(l, h.kept(l)); diff != "" {
			t.Errorf("looking changes the link: %s", diff)
		}
		h.hand.Advance(time.Hour)
		if got := b.post(h.path(h.kept(l))); got.status != http.StatusOK || h.kept(l).UsedAt != h.db.Now() {
			t.Errorf("acting is answered with %d, and is noted at %v", got.status, h.kept(l).UsedAt)
		}
	})
}

// TestLinksThatOpenNothing: whatever the reason, the answer is the same, but for
// a link of ours that has expired.
func TestLinksThatOpenNothing(t *testing.T) {
	swap := func(path string, at int) string { // another letter of the token
		letter := "A"
		if path[at] == 'A' {
			letter = "B"
		}
		return path[:at] + letter + path[at+1:]
	}
	for name, spoil := range map[string]func(h *house, l auth.Link) string{
		"renewed":       func(h *house, l auth.Link) string { h.renew(l); return h.path(l) },
		"revoked":       func(h *house, l auth.Link) string { h.revoke(l); return h.path(l) },
		"forged":        func(h *house, l auth.Link) string { return swap(h.path(l), 40) },
		"another's id":  func(h *house, l auth.Link) string { return swap(h.path(l), 20) },
		"too short":     func(h *house, l auth.Link) string { return "/l/AAAA/" + l.Purpose },
		"for something": func(h *house, l auth.Link) string { return strings.Replace(h.path(l), "/answer", "/agenda", 1) },
		"never made":    func(h *house, l auth.Link) string { l.ID = db.NewID(); return h.path(l) },
		"not yet made":  func(h *house, l auth.Link) string { l.Generation++; return h.path(l) },
		"elsewhere":     func(h *house, l auth.Link) string { l.TerritoryID++; return h.path(l) },
		"expired":       func(h *house, l auth.Link) string { h.hand.Advance(7 * 24 * time.Hour); return h.path(l) },
		"another key": func(h *house, l auth.Link) string {
			other := newHouse(h.t, h.db, h.hand, func(o *auth.Options) { o.Key = []byte("another key, of 32 bytes as well") })
			return other.path(l)
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				h.found()
				path := spoil(h, h.give(answer))
				sight, act := h.browser().get(path), h.browser().post(path)
				want := "not complete, or was replaced or withdrawn"
				if name == "expired" {
					want = "This link has expired"
				}
				for _, got := range []reply{sight, act} {
					if got.status != http.StatusNotFound || !strings.Contains(got.body, want) {
						t.Errorf("the link is answered with %d: %s", got.status, got.body)
					}
				}
			})
		})
	}
}

func TestRenewAndRevoke(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		first := h.give(answer)
		h.revoke(first)
		h.revoke(first) // again, to no effect
		second := h.renew(first)
		if diff := cmp.Diff(second, h.kept(first)); diff != "" || h.path(second) == h.path(first) {
			t.Error("the link renewed is", h.path(second), diff)
		}
		if got := h.browser().get(h.path(second)); got.status != http.StatusOK {
			t.Errorf("the link renewed is answered with %d", got.status)
		}
		if diff := cmp.Diff([]string{"renew", "revoke", "create"}, h.told(first)); diff != "" {
			t.Errorf("its history tells otherwise: %s", diff)
		}
		err := h.db.Write(ctx, func(tx *db.Tx) error {
			_, err := h.auth.RenewLink(ctx, tx, history.System(), 8, first.ID, tx.Now.Add(time.Hour))
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("another territory renews the link: %v", err)
		}
	})
}

// TestSendLink: the same address each time, and nothing that opens nothing.
func TestSendLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l := h.give(answer)
		send := func(p auth.Purpose, l auth.Link) error {
			return h.db.Write(ctx, func(tx *db.Tx) error { return h.auth.SendLink(ctx, tx, history.System(), p, l) })
		}
		want := auth.Letter{Key: "test.letter", To: "ada@example.org", ToName: "Ada King", Language: "en", Link: h.auth.LinkAddress(l), Args: []any{"m1"}}
		for range 2 {
			if err := send(answer, l); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff([]auth.Letter{want}, h.answered()); diff != "" {
				t.Error(diff)
			}
		}
		if diff := cmp.Diff([]string{"send", "send", "create"}, h.told(l)); diff != "" {
			t.Errorf("its history tells otherwise: %s", diff)
		}
		nowhere := l
		nowhere.SentTo = ""
		h.revoke(l)
		for name, err := range map[string]error{
			"revoked": send(answer, h.kept(l)), "to nobody": send(answer, nowhere), "without a letter": send(agenda, h.give(agenda)),
		} {
			if !fault.Is(err, fault.Conflict) || len(h.answered()) > 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestListLinks lists those of a territory by what can be done with them.
func TestListLinks(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		old, withdrawn := h.give(answer), h.give(answer)
		h.revoke(withdrawn)
		h.hand.Advance(7 * 24 * time.Hour)
		fresh := h.give(agenda)
		list := func(f auth.LinkFilter) (ids []string) {
			h.write(func(tx *db.Tx) error {
				links, all, err := auth.ListLinks(ctx, tx, f)
				for _, l := range links {
					ids = append(ids, l.ID)
				}
				if all != len(links) {
					t.Errorf("%+v: %d of %d", f, len(links), all)
				}
				return err
			})
			return ids
		}
		for state, want := range map[auth.LinkState][]string{
			"": {fresh.ID, withdrawn.ID, old.ID}, auth.Open: {fresh.ID}, auth.Expired: {old.ID}, auth.Revoked: {withdrawn.ID},
		} {
			got := list(auth.LinkFilter{Territory: 7, State: state, Page: 1})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: %s", state, diff)
			}
		}
		if other := list(auth.LinkFilter{Territory: 8, Page: 1}); len(other) > 0 {
			t.Errorf("another territory lists %v", other)
		}
		h.write(func(tx *db.Tx) error {
			n, err := auth.CountLinks(ctx, tx, fresh.Of())
			if n != 3 {
				t.Errorf("%d links are counted", n)
			}
			return err
		})
	})
}

// TestEraseLink: nothing of whom a link was for is left, and it opens nothing
// again.
func TestEraseLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.found()
		l, other := h.give(answer), h.give(answer)
		to := func(emails, people []string) (ids []string) {
			h.write(func(tx *db.Tx) error {
				links, err := auth.LinksTo(ctx, tx, 7, emails, people)
				for _, l := range links {
					ids = append(ids, l.ID)
				}
				return err
			})
			return ids
		}
		if diff := cmp.Diff([]string{l.ID, other.ID}, to([]string{"ADA@Example.org", "no address"}, nil)); diff != "" {
			t.Errorf("the links to an address: %s", diff)
		}
		if got := to(nil, []string{"Ada King"}); len(got) > 0 {
			t.Errorf("what was sent to an address is found by a name: %v", got)
		}
		h.write(func(tx *db.Tx) error { return auth.EraseLink(ctx, tx, history.System(), l) })
		if got := h.kept(l); got.Name+got.SentTo != "" || !got.Erased() || h.browser().get(h.path(l)).status != http.StatusNotFound {
			t.Errorf("erased: %+v", got)
		}
		if diff := cmp.Diff([]string{other.ID}, to([]string{"ada@example.org"}, []string{""})); diff != "" {
			t.Errorf("what was erased is found: %s", diff)
		}
		err := h.db.Write(ctx, func(tx *db.Tx) error {
			entries, err := history.Of(ctx, tx, l.Ref(), 10)
			for _, e := range entries {
				for _, c := range e.Changes {
					if !c.Erased {
						t.Errorf("its history tells %+v", c)
					}
				}
			}
			if err != nil {
				return err
			}
			_, err = h.auth.RenewLink(ctx, tx, history.System(), 7, l.ID, tx.Now.Add(time.Hour))
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("what was erased is renewed: %v", err)
		}
	})
}

func TestRefusedLinks(t *testing.T) {
	h := one(t)
	h.found()
	good := auth.Link{TerritoryID: 7, Kind: "meeting", RecordID: "m1", SentTo: "ada@example.org", Name: "Ada", ExpiresAt: h.db.Now().Add(time.Hour)}
	for name, test := range map[string]struct {
		spoil func(l *auth.Link)
		p     auth.Purpose
		field string
	}{
		"nobody":         {func(l *auth.Link) { l.Name = " " }, answer, "name"},
		"two lines":      {func(l *auth.Link) { l.Name = "A\r\nBcc: eve@example.org" }, answer, "name"},
		"no address":     {func(l *auth.Link) { l.SentTo = "ada" }, answer, "sent_to"},
		"nowhere":        {func(l *auth.Link) { l.SentTo = "" }, declare, "sent_to"},
		"already over":   {func(l *auth.Link) { l.ExpiresAt = h.db.Now() }, answer, "expires_at"},
		"endless":        {func(l *auth.Link) { l.ExpiresAt = h.db.Now().Add(3 * 365 * 24 * time.Hour) }, answer, "expires_at"},
		"without an end": {func(l *auth.Link) { l.ExpiresAt = db.Instant{} }, answer, "expires_at"},
	} {
		l := good
		test.spoil(&l)
		err := h.db.Write(ctx, func(tx *db.Tx) error {
			_, err := h.auth.MakeLink(ctx, tx, history.System(), test.p, l)
			return err
		})
		problems, _ := err.(fault.Problems)
		if _, found := problems.On(test.field); !found {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTokens: a token names its link, and no other text is a token.
func TestTokens(t *testing.T) {
	h := one(t)
	rapid.Check(t, func(t *rapid.T) {
		l := auth.Link{
			TerritoryID: rapid.IntRange(1, 1<<31-1).Draw(t, "territory"), ID: db.NewID(),
			Generation: rapid.IntRange(1, 1<<31-1).Draw(t, "generation"),
		}
		token := strings.Trim(strings.TrimPrefix(h.path(l), "/l/"), "/")
		if got, genuine := h.auth.ReadToken(token); !genuine || got != l {
			t.Fatalf("the token of %v names %v: %t", l, got, genuine)
		}
		at := rapid.IntRange(0, len(token)-1).Draw(t, "at")
		letter := rapid.SampledFrom([]byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n")).Draw(t, "letter")
		forged := token[:at] + string(letter) + token[at+1:]
		if got, genuine := h.auth.ReadToken(forged); genuine && forged != token {
			t.Fatalf("%q, forged of %q, names %v", forged, token, got)
		}
	})
}
