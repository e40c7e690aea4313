package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// TestAddressOfAnOrganisation adds an address on the page, finds it with its
// zone, removes it and takes that back.
func TestAddressOfAnOrganisation(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	page := "/t/marseille/organisations/" + h.ours
	shows := func(text string) bool { return strings.Contains(b.get(page).Body.String(), text) }
	if form := b.get("/t/marseille/addresses/new?organisation=" + h.ours).Body.String(); !strings.Contains(form, `<a href="`+page+`">Ours</a>`) {
		t.Error("the form does not say whose address it is")
	}
	w := b.post("/t/marseille/addresses", url.Values{"organisation": {h.ours}, "label": {"Miami office"}, "street": {"1 Main"}, "city": {"Miami"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != page {
		t.Fatalf("added: %d, leads to %q", w.Code, w.Header().Get("Location"))
	}
	if !shows("1 Main, Miami, United States, America/New_York") {
		t.Error("the page does not show the address with its zone")
	}
	_, rest, _ := strings.Cut(b.get(page).Body.String(), `action="/t/marseille/addresses/`)
	id, _, _ := strings.Cut(rest, "/delete")
	if w := b.post("/t/marseille/addresses/"+id+"/delete", nil); w.Header().Get("Location") != page {
		t.Errorf("removed: %d, leads to %q", w.Code, w.Header().Get("Location"))
	}
	undo := undoForm.FindStringSubmatch(b.get(page).Body.String())
	if undo == nil || shows("Miami office") {
		t.Fatal("the address is still there, or no way to undo is offered")
	}
	b.post(undo[1], nil)
	if !shows("Miami office") {
		t.Error("undone, the address is not back")
	}
}

// TestAddressOfAnother: nobody adds an address to an organisation that they may
// not edit, or reads its name in the form.
func TestAddressOfAnother(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	for role, of := range map[territory.Role]string{territory.Partner: h.others, territory.Company: h.ours, territory.Officer: h.foreign} {
		b := h.as(h.users[role])
		if w := b.post("/t/marseille/addresses", url.Values{"organisation": {of}, "label": {"Office"}, "street": {"1 Main"}}); w.Code != http.StatusNotFound {
			t.Errorf("%s: answered %d", role, w.Code)
		}
		if form := b.get("/t/marseille/addresses/new?organisation=" + of).Body.String(); strings.Contains(form, `href="/t/marseille/organisations/`+of) {
			t.Errorf("%s: the form names the organisation", role)
		}
	}
}
