package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

var tieValue = regexp.MustCompile(`name="tie" value="([^"]+)"`)

// TestTieOfOrganisations ties two organisations on the page of one, sees it on
// that of the other, removes it there and takes that back.
func TestTieOfOrganisations(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	mother, daughter := "/t/marseille/organisations/"+h.company, "/t/marseille/organisations/"+h.ours
	w := b.post(mother+"/ties", url.Values{"role": {"of.subsidiary_of"}, "organisation": {h.ours}, "share": {"80"}, "since": {"2017-11-06"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != mother {
		t.Fatalf("tied: %d\n%s", w.Code, w.Body)
	}
	for page, said := range map[string]string{mother: "Holds · 80%", daughter: "Subsidiary of · 80%"} {
		if shown := b.get(page).Body.String(); !strings.Contains(shown, said) {
			t.Errorf("%s does not show %q", page, said)
		}
	}
	tie := tieValue.FindStringSubmatch(b.get(daughter).Body.String())
	if tie == nil {
		t.Fatal("the other end offers no way to remove the tie")
	}
	if w := b.post(daughter+"/ties/remove", url.Values{"tie": {tie[1]}}); w.Code != http.StatusSeeOther {
		t.Fatalf("removed: %d", w.Code)
	}
	after := b.get(daughter).Body.String()
	undo := undoForm.FindStringSubmatch(after)
	if undo == nil || strings.Contains(after, "Subsidiary of ·") {
		t.Fatal("the tie is still there, or no way to undo is offered")
	}
	b.post(undo[1], nil)
	if !strings.Contains(b.get(mother).Body.String(), "Holds ·") {
		t.Error("undone, the tie is not back")
	}
}

// TestTieRefused: what is no tie is said on the form, and what the viewer may
// not see or edit is tied to nothing.
func TestTieRefused(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	officer, company := h.as(h.users[territory.Officer]), h.as(h.users[territory.Company])
	own := "/t/marseille/organisations/" + h.company + "/ties"
	for name, c := range map[string]struct {
		who    *browser
		path   string
		sent   url.Values
		status int
	}{
		"without a role":        {officer, own, url.Values{"organisation": {h.ours}}, http.StatusUnprocessableEntity},
		"of an unknown role":    {officer, own, url.Values{"organisation": {h.ours}, "role": {"cousin_of"}}, http.StatusUnprocessableEntity},
		"with nobody":           {officer, own, url.Values{"role": {"member_of"}}, http.StatusUnprocessableEntity},
		"with itself":           {officer, own, url.Values{"organisation": {h.company}, "role": {"member_of"}}, http.StatusUnprocessableEntity},
		"of more than all":      {officer, own, url.Values{"organisation": {h.ours}, "role": {"subsidiary_of"}, "share": {"101"}}, http.StatusUnprocessableEntity},
		"with one elsewhere":    {officer, own, url.Values{"organisation": {h.foreign}, "role": {"member_of"}}, http.StatusNotFound},
		"with one unseen":       {company, own, url.Values{"organisation": {h.ours}, "role": {"member_of"}}, http.StatusNotFound},
		"of one unseen to it":   {company, own, url.Values{"organisation": {h.ours}, "role": {"of.member_of"}}, http.StatusNotFound},
		"looked for":            {officer, own, url.Values{"find": {"organisation"}, "organisation.q": {"Ours"}}, http.StatusOK},
		"taken away, of no tie": {officer, own + "/remove", url.Values{"tie": {"none"}}, http.StatusUnprocessableEntity},
	} {
		if w := c.who.post(c.path, c.sent); w.Code != c.status {
			t.Errorf("%s: answered %d, not %d", name, w.Code, c.status)
		}
	}
}
