package app

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// answering is a purpose of the tests. Its letter is written in words that the
// program has.
var answering = auth.Purpose{
	Name: "answering", OnPaper: true,
	Letter: func(_ context.Context, _ *db.Tx, l auth.Link) (string, []any, error) {
		return "territory.letter.invitation", []any{l.Name, l.Purpose}, nil
	},
}

// linkTo makes a link for an organisation, to somebody of it.
func (h *house) linkTo(to target) (l auth.Link) {
	h.t.Helper()
	in := h.home
	if to.absent {
		in = h.away
	}
	h.write(func(tx *db.Tx) (err error) {
		l, err = h.app.auth.MakeLink(ctx, tx, act.By, answering, auth.Link{
			TerritoryID: in.ID, Kind: "organisation", RecordID: to.id, SentTo: "ada@example.org", Name: "Ada King", Language: "fr",
			ExpiresAt: tx.Now.Add(7 * 24 * time.Hour),
		})
		return err
	})
	return l
}

// linkNow is a link as it is kept.
func (h *house) linkNow(l auth.Link) (now auth.Link) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		now, err = auth.FindLink(ctx, tx, l.TerritoryID, l.ID)
		return err
	})
	return now
}

// mailed are the personal links in the messages that wait to be sent.
func (h *house) mailed() (links []string) {
	h.t.Helper()
	rows, err := h.app.db.Handle().QueryContext(ctx, "SELECT content FROM messages ORDER BY id")
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var content string
		if err := rows.Scan(&content); err != nil {
			h.t.Fatal(err)
		}
		links = append(links, slices.Compact(personal.FindAllString(content, -1))...)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return links
}

var personal = regexp.MustCompile(`http://[a-z0-9.:]+/l/[A-Za-z0-9_-]+/answering`)

// TestLinksAreHandled: seen where they are, sent again, renewed and withdrawn,
// and each is told.
func TestLinksAreHandled(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	l := h.linkTo(target{id: h.ours})
	b := h.as(h.users[territory.Officer])
	page := "/t/marseille/links/" + l.ID
	do := func(what string, form url.Values) {
		t.Helper()
		if w := b.post(page+"/"+what, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != page {
			t.Fatalf("%s is answered with %d:\n%s", what, w.Code, w.Body)
		}
	}
	shows := func(path string, texts ...string) {
		t.Helper()
		body := b.get(path).Body.String()
		for _, text := range texts {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not show %q:\n%s", path, text, body)
			}
		}
	}
	shows("/t/marseille/organisations/"+h.ours, "/t/marseille/links/of/organisation/"+h.ours)
	shows("/t/marseille/links/of/organisation/"+h.ours, "Ada King", "ada@example.org", "valid", page)
	shows(page, "Ada King", "Ours", h.app.auth.PaperCode(l), "Send again")
	if body := b.get(page).Body.String(); strings.Contains(body, h.app.auth.LinkAddress(l)) {
		t.Error("the address of somebody else's link is shown")
	}

	do("send", nil)
	first := h.app.auth.LinkAddress(l)
	do("renew", url.Values{"expires_at": {time.Now().AddDate(0, 2, 0).Format(time.DateOnly)}, "send": {"yes"}})
	second := h.app.auth.LinkAddress(h.linkNow(l))
	if diff := cmp.Diff([]string{first, second}, h.mailed()); diff != "" || first == second {
		t.Errorf("the links sent: %s", diff)
	}
	do("revoke", nil)
	shows(page, "withdrawn", "Link withdrawn", "Link renewed", "Link sent")
	if w := b.post(page+"/send", nil); w.Code != http.StatusConflict {
		t.Errorf("sending what opens nothing is answered with %d", w.Code)
	}
	for _, wrong := range []string{"", "tomorrow", "2001-01-01", "2099-01-01"} {
		if w := b.post(page+"/renew", url.Values{"expires_at": {wrong}}); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("renewing until %q is answered with %d", wrong, w.Code)
		}
	}

	b = h.as(h.users[territory.Administrator])
	shows("/t/marseille/links", "Ada King", "Ours", "withdrawn")
	shows("/t/marseille/links?state=open", "No personal link")
}

// TestALinkWithoutAddressIsHandedOver: a member copies it.
func TestALinkWithoutAddressIsHandedOver(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	var l auth.Link
	h.write(func(tx *db.Tx) (err error) {
		l, err = h.app.auth.MakeLink(ctx, tx, act.By, answering, auth.Link{
			TerritoryID: h.home.ID, Kind: "organisation", RecordID: h.ours, Name: "Whoever comes", ExpiresAt: tx.Now.Add(time.Hour),
		})
		return err
	})
	b := h.as(h.users[territory.Officer])
	body := b.get("/t/marseille/links/" + l.ID).Body.String()
	if !strings.Contains(body, h.app.auth.LinkAddress(l)) || strings.Contains(body, "Send again") {
		t.Errorf("the page of the link is\n%s", body)
	}
	if w := b.post("/t/marseille/links/"+l.ID+"/send", nil); w.Code != http.StatusConflict {
		t.Errorf("sending it is answered with %d", w.Code)
	}
}
