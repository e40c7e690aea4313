package app

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// entered is a page of the workspace, for a user who has just signed in by a
// link in the browser.
func (h *house) entered(t *testing.T, site string, role territory.Role) *browsertest.Page {
	t.Helper()
	p := browsertest.Open(t, site+h.link(h.users[role]), browsertest.View{})
	p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	return p
}

// TestInviteAPartner: an administrator invites somebody of an agency, who comes
// in by the link of the mail and sees the agency's records alone.
func TestInviteAPartner(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	site := h.serve()
	p := h.entered(t, site, territory.Administrator)
	p.Go(site + "/t/marseille/members/new")
	p.Do(
		chromedp.SendKeys("#email", "ines@agency.example", chromedp.ByQuery),
		chromedp.SendKeys("#name", "Inès", chromedp.ByQuery),
		chromedp.Click(`input[name="role"][value="partner"]`, chromedp.ByQuery),
		chromedp.SendKeys(`input[name="organisation.q"]`, "agency", chromedp.ByQuery),
		chromedp.WaitVisible(`input[name="organisation"][value="`+h.agency+`"]`, chromedp.ByQuery),
		chromedp.Click(`input[name="organisation"][value="`+h.agency+`"]`, chromedp.ByQuery),
		chromedp.Click("form.form .button-primary", chromedp.ByQuery),
		chromedp.WaitVisible(".toast", chromedp.ByQuery),
	)
	p.Go(site + "/dev/mail")
	var link string
	p.Do(
		chromedp.Click("main .list a", chromedp.ByQuery), chromedp.WaitVisible("main .letter", chromedp.ByQuery),
		chromedp.AttributeValue("main a.button-primary", "href", &link, nil, chromedp.ByQuery),
	)
	p.Go(site + "/t/marseille")
	p.Do(chromedp.Click(`form[action="/sign-out"] button`, chromedp.ByQuery), chromedp.WaitVisible("#email", chromedp.ByQuery))
	p.Go(strings.Replace(link, h.app.settings.PublicURL.String(), site, 1))
	p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	p.Go(site + "/t/marseille/organisations")
	var list string
	p.Do(chromedp.Text("main", &list, chromedp.ByQuery))
	if !strings.Contains(list, "The agency's") || strings.Contains(list, "Ours") || strings.Contains(list, "Another agency's") {
		t.Errorf("the partner sees:\n%s", list)
	}
	for _, complaint := range p.Complaints() {
		t.Error(complaint)
	}
}
