package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/form"
)

// phone is how a company applies.
var phone = browsertest.View{Width: 390}

// TestApplyingOnAPhone: in each language a company fills in only what the
// register does not know, its browser is killed half way, and all that was typed
// is there when it comes back.
func TestApplyingOnAPhone(t *testing.T) {
	for lang, words := range map[string]struct{ look, submit, received string }{
		"fr": {"Chercher", "Déposer la candidature", "Candidature déposée"},
		"en": {"Look up", "Hand the application in", "Application handed in"},
	} {
		t.Run(lang, func(t *testing.T) {
			h := build(t, dbtest.SQLite(t))
			h.withSectors()
			h.asks(http.StatusOK, answer)
			c := h.calling().published()
			site := h.serve()

			p := browsertest.Open(t, site+"/c/marseille/miami?lang="+lang, phone)
			p.Check()
			p.Shot("call-public-" + lang)
			p.Do(chromedp.SendKeys("#email", "ada@example.org", chromedp.ByQuery), chromedp.Submit("#email", chromedp.ByQuery))
			p.Do(chromedp.WaitVisible(".narrow", chromedp.ByQuery))
			p.Check()
			link := site + c.links()[0]

			p.Go(link)
			p.Check()
			p.Do(
				chromedp.SendKeys("#siret", "732 829 320 00074", chromedp.ByQuery),
				chromedp.Click(`//button[contains(., "`+words.look+`")]`),
				chromedp.WaitVisible("details.known", chromedp.ByQuery),
			)
			p.Check()
			p.Shot("call-known-" + lang)
			project := c.asked[form.Area].Input()
			p.Do(
				chromedp.SendKeys("#contact", "Ada King", chromedp.ByQuery),
				chromedp.SendKeys(`[id="`+project+`"]`, "Find distributors", chromedp.ByQuery),
				chromedp.WaitVisible("#kept .saved", chromedp.ByQuery),
			)
			c.waitTyped(project, "Find distributors")

			// The browser is gone; another opens the link, without scripts.
			p = browsertest.OpenApart(t, link, phone)
			p.Do(emulation.SetScriptExecutionDisabled(true))
			p.Go(link)
			var kept string
			p.Do(chromedp.Value(`[id="`+project+`"]`, &kept, chromedp.ByQuery))
			if kept != "Find distributors" {
				t.Errorf("of the draft %q is there", kept)
			}
			c.fillIn(p)
			p.Do(chromedp.Click(`//button[contains(., "`+words.submit+`") and not(@hidden)]`), chromedp.WaitVisible(".answers", chromedp.ByQuery))
			var page string
			p.Do(chromedp.Text("main", &page, chromedp.ByQuery))
			if !strings.Contains(page, words.received) || !strings.Contains(page, "Find distributors") {
				t.Errorf("once handed in the page says:\n%s", page)
			}
			p.Shot("call-applied-" + lang)
			row := c.applications()["ada@example.org"]
			if row.State != call.Submitted || row.Name != "TESTS RAPIDES" {
				t.Errorf("the application is %+v", row)
			}
		})
	}
}

// fillIn fills in what must be answered and is not yet.
func (c *calling) fillIn(p *browsertest.Page) {
	c.h.t.Helper()
	input := func(t form.Type, end string) string { return `[name="` + c.asked[t].Input() + end + `"]` }
	p.Do(
		chromedp.Click(input(form.Sectors, "")+`[value="maritime"]`, chromedp.ByQuery),
		chromedp.SendKeys(input(form.Offers, ".offers"), "Sails", chromedp.ByQuery),
		chromedp.Click(input(form.Yes, "")+`[value="no"]`, chromedp.ByQuery),
		chromedp.SendKeys(input(form.People, ".1.name"), "Ada King", chromedp.ByQuery),
		chromedp.Click(input(form.Consent, ""), chromedp.ByQuery),
	)
}

// waitTyped waits until a draft holds what was typed.
func (c *calling) waitTyped(input, text string) {
	c.h.t.Helper()
	until := time.Now().Add(20 * time.Second)
	for time.Now().Before(until) {
		var typed string
		if err := c.h.app.db.Handle().QueryRowContext(ctx, "SELECT typed FROM applications").Scan(&typed); err != nil {
			c.h.t.Fatal(err)
		}
		if strings.Contains(typed, input) && strings.Contains(typed, text) {
			return
		}
	}
	c.h.t.Fatal("what was typed is not kept by itself")
}
