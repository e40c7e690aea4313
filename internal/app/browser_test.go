package app

import (
	"errors"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/territory"
)

// serve serves the house on loopback, as it is served to people.
func (h *house) serve() string {
	server := httptest.NewServer(h.app.Handler())
	h.t.Cleanup(server.Close)
	return server.URL
}

// placeholders are what stands for other parts of an address than records.
func (h *house) placeholders() *strings.Replacer {
	return strings.NewReplacer("{territory}", h.home.Slug, "{kind}", "organisation", "{$}", "")
}

var trashLink = regexp.MustCompile(`href="(/t/[^"]*trash=yes[^"]*)"`)

// fillTrash puts something into the trash, so that its pages show more than that
// it is empty.
func (h *house) fillTrash() {
	h.t.Helper()
	gone := h.person(h.home, "", h.ours)
	h.write(func(tx *db.Tx) error {
		return errors.Join(
			directory.Organisations().Delete(ctx, tx, act, h.home.ID, h.others),
			directory.People(h.app.objections).Delete(ctx, tx, act, h.home.ID, gone),
		)
	})
}

// pages are the paths of all the pages that a user can be shown, on the house's
// own records and in its trash.
func (h *house) pages(user auth.User) (paths []string) {
	h.t.Helper()
	b, firstOf := h.as(user), h.firsts(user)
	for _, route := range h.app.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		path = h.placeholders().Replace(path)
		named := recordName.MatchString(path)
		if method != "GET" || strings.Contains(recordName.ReplaceAllString(path, ""), "{") {
			continue
		}
		if named {
			id := firstOf(h.on(route))
			if id == "" {
				continue
			}
			path = recordName.ReplaceAllString(path, id)
		}
		w := b.get(path)
		if named && w.Code == http.StatusNotFound {
			h.t.Errorf("%s: there is no page %s", route.Pattern, path)
		}
		if w.Code != http.StatusOK || !strings.Contains(strings.ToLower(w.Body.String()), "<!doctype html>") {
			continue // a part of a page, a file, or it leads elsewhere
		}
		paths = append(paths, path)
		if link := trashLink.FindStringSubmatch(w.Body.String()); link != nil {
			paths = append(paths, html.UnescapeString(link[1]))
		}
	}
	return paths
}

// firsts gives the record of a noun that the walk over the rights tries first:
// the same whenever it is asked for.
func (h *house) firsts(user auth.User) func(noun string) string {
	known := map[string]string{}
	return func(noun string) string {
		id, asked := known[noun]
		if asked {
			return id
		}
		if targets := h.targets(noun, user); len(targets) > 0 {
			id = targets[0].id
		} else {
			h.t.Errorf("pages name a record of the noun %q, which has no targets in the walk over the rights: add them", noun)
		}
		known[noun] = id
		return id
	}
}

// TestPagesInBrowser opens every page as people do: in both languages, by day
// and by night, on a desk and on a phone at 400 %. Nothing is complained of,
// axe finds nothing, nothing is wider than the screen. The languages have a tab
// each, side by side: to open one for every page would take longer than all else.
func TestPagesInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.fillTrash()
	site := h.serve()
	for _, lang := range []string{"fr", "en"} {
		user := h.administrator(lang)
		link, pages := h.link(user), h.pages(user)
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			tab := browsertest.OpenApart(t, site+link, browsertest.View{})
			tab.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
			for _, path := range pages {
				t.Run(strings.ReplaceAll(path, "/", " "), func(t *testing.T) {
					p := tab.In(t)
					p.See(browsertest.View{})
					p.Go(site + path)
					p.Check()
					p.See(browsertest.View{Width: 320, Scheme: "dark"})
					p.Check()
				})
			}
		})
	}
}

// administrator adds one who reads in a language.
func (h *house) administrator(lang string) (user auth.User) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		if user, err = h.join(tx, h.home, territory.Administrator); err != nil {
			return err
		}
		user.Language = lang
		return auth.EditUser(ctx, tx, user)
	})
	return user
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
