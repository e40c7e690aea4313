package auth_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
)

// plain serves a house without encryption, which Chromium trusts on loopback.
func plain(t *testing.T) *house {
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	base := one(t)
	h := newHouse(t, base.db, base.hand, func(o *auth.Options) {
		o.PublicURL, _ = url.Parse(server.URL)
		o.Client = func(*http.Request) netip.Addr { return netip.MustParseAddr("192.0.2.1") }
		o.Provider = &auth.Provider{Issuer: server.URL + "/nobody", Name: "Harbour"}
	})
	handler, h.server = h.handler(), server
	return h
}

// views are how people look at pages; 320 is a desk at 400 %.
var views = map[string]browsertest.View{
	"desk":        {Width: 1440},
	"tablet-dark": {Width: 768, Scheme: "dark"},
	"phone":       {Width: 360},
	"zoom-dark":   {Width: 320, Scheme: "dark"},
}

// look judges a page in each view. It is loaded anew, so that no colour is on
// its way to another.
func look(p *browsertest.Page, page, lang string) {
	for name, view := range views {
		view.Language = lang
		p.See(view)
		p.Do(chromedp.Reload())
		p.Check()
		p.Shot(fmt.Sprintf("auth-%s-%s-%s", page, name, lang))
	}
}

// TestPagesInBrowser signs in as people do, and opens each page in both
// languages, by day and by night, on a desk and on a phone.
func TestPagesInBrowser(t *testing.T) {
	h := plain(t)
	h.found()
	h.add("ada@example.org")
	link := h.link(h.browser(), "ada@example.org", "/account")
	declaration := h.path(h.give(declare))
	for _, lang := range []string{"fr", "en"} {
		for page, path := range map[string]string{
			"sign-in": "/sign-in?onward=/account", "sent": "/sign-in/sent", "confirm": link,
			"paper": "/l", "proof": declaration, "down": "/sign-in/provider", "over": "/sign-in/nothing", "link-over": "/l/nothing/answer",
		} {
			t.Run(page+" "+lang, func(t *testing.T) {
				p := browsertest.Open(t, h.server.URL+path, browsertest.View{Language: lang})
				if strings.HasSuffix(page, "over") || page == "down" { // the browser notes the status
					p.Shot("auth-" + page + "-" + lang)
					for _, found := range p.Axe() {
						t.Error(found)
					}
					return
				}
				look(p, page, lang)
			})
		}
	}
	t.Run("signed in", func(t *testing.T) {
		p := browsertest.Open(t, h.server.URL+link, browsertest.View{})
		p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("#name", chromedp.ByQuery))
		look(p, "account", "en")
		p.Go(h.server.URL + declaration)
		p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("#code", chromedp.ByQuery))
		p.Check()
		p.Shot("auth-code")
		letters := h.answered()
		p.Do(
			chromedp.SendKeys("#code", letters[len(letters)-1].Args[0].(string), chromedp.ByQuery), chromedp.Submit("#code", chromedp.ByQuery),
			chromedp.WaitVisible(`//*[contains(., "GET by {link:")]`),
		)
	})
}
