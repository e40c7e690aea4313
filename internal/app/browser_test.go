package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// serve serves the house on loopback, as it is served to people.
func (h *house) serve() string {
	server := httptest.NewServer(h.app.Handler())
	h.t.Cleanup(server.Close)
	return server.URL
}

// pages are the paths of all the pages that an administrator can be shown, on
// the house's own records.
func (h *house) pages() []string {
	var paths []string
	b := h.as(h.users[territory.Administrator])
	ids := map[string]string{
		"organisation": h.ours, "city": h.city, "person": h.person(h.home, "", h.ours), "import": h.brought(h.home),
		"address": h.address(target{id: h.ours}),
	}
	ids["link"] = h.linkTo(target{id: h.ours}).ID
	for _, noun := range []string{"note", "file", "task"} {
		ids[noun] = h.put(noun, target{id: h.ours, subject: territory.Subject{Organisation: h.ours}}, h.users[territory.Administrator])
	}
	for _, route := range h.app.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		path = strings.NewReplacer("{territory}", h.home.Slug, "{id}", ids[route.Noun], "{record}", ids[h.on(route)], "{user}", h.users[territory.Finance].ID, "{kind}", "organisation", "{$}", "").Replace(path)
		if method != "GET" || strings.Contains(path, "{") {
			continue
		}
		if w := b.get(path); w.Code == http.StatusOK && strings.Contains(strings.ToLower(w.Body.String()), "<!doctype html>") {
			paths = append(paths, path) // neither a part of a page nor one that leads elsewhere
		}
	}
	return paths
}

// TestPagesInBrowser opens every page as people do: in both languages, by day
// and by night, on a desk and on a phone at 400 %. Nothing is complained of,
// axe finds nothing, nothing is wider than the screen.
func TestPagesInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site := h.serve()
	for _, lang := range []string{"fr", "en"} {
		user := h.users[territory.Administrator]
		user.Language = lang
		h.write(func(tx *db.Tx) error { return auth.EditUser(ctx, tx, user) })
		p := browsertest.Open(t, site+h.link(user), browsertest.View{})
		p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
		for _, path := range h.pages() {
			t.Run(lang+strings.ReplaceAll(path, "/", " "), func(t *testing.T) {
				browsertest.Open(t, site+path, browsertest.View{}).Check()
				browsertest.Open(t, site+path, browsertest.View{Width: 320, Scheme: "dark"}).Check()
			})
		}
	}
}

// TestByKeyboard signs in, adds an organisation, finds it by a part of its name
// with a typo, deletes it and takes that back, without a mouse.
func TestByKeyboard(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site := h.serve()
	p := browsertest.Open(t, site+h.link(h.users[territory.Officer]), browsertest.View{})
	p.Do(
		chromedp.Focus("main button", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible("nav", chromedp.ByQuery),
	)
	p.Go(site + "/t/marseille/organisations/new")
	p.Do(
		chromedp.Focus("#name", chromedp.ByQuery), chromedp.KeyEvent("Étang Bleu"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(".toast", chromedp.ByQuery),
	)
	p.Do(
		chromedp.KeyEvent("/"), chromedp.KeyEvent("etang blue"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(`//main//a[contains(., "Étang Bleu")]`),
		chromedp.Focus(`//main//a[contains(., "Étang Bleu")]`), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(`//h1[. = "Étang Bleu"]`),
	)
	p.Do(
		chromedp.Focus(".head summary", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter),
		chromedp.Focus(".head .menu-sheet button", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(".toast button", chromedp.ByQuery),
		chromedp.Focus(".toast button", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitNotPresent(`.toast button`, chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery),
	)
	p.Go(site + "/t/marseille/organisations?q=etang")
	p.Do(chromedp.WaitVisible(`//main//a[. = "Étang Bleu"]`))
	for _, complaint := range p.Complaints() {
		t.Error(complaint)
	}
}

// TestTwoPeopleEdit: the second to save is shown both versions, and can choose.
func TestTwoPeopleEdit(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site := h.serve()
	p := browsertest.Open(t, site+h.link(h.users[territory.Officer]), browsertest.View{})
	p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	p.Go(site + "/t/marseille/organisations/" + h.ours + "/edit")
	other := h.as(h.users[territory.Administrator])
	form := map[string][]string{"name": {"Ours"}, "version": {"1"}, "postcode": {"13002"}}
	if w := other.post("/t/marseille/organisations/"+h.ours, form); w.Code != 303 {
		t.Fatalf("the first to save: %d", w.Code)
	}
	p.Do(
		chromedp.SetValue("#postcode", "13001", chromedp.ByQuery), chromedp.Submit("#postcode", chromedp.ByQuery),
		chromedp.WaitVisible(".conflict", chromedp.ByQuery),
	)
	var shown string
	p.Do(chromedp.Text(".conflict", &shown, chromedp.ByQuery))
	if !strings.Contains(shown, "13002") || !strings.Contains(shown, "13001") {
		t.Errorf("the conflict page shows:\n%s", shown)
	}
	for _, found := range p.Axe() {
		t.Error(found)
	}
	p.Do(chromedp.Submit("#postcode", chromedp.ByQuery), chromedp.WaitVisible(`//h1[. = "Ours"]`))
}
