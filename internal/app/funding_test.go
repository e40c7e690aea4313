package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// text is what a page shows, in one line.
func text(p *browsertest.Page, selector string) (shown string) {
	p.Do(chromedp.Text(selector, &shown, chromedp.ByQuery))
	return strings.Join(strings.Fields(shown), " ")
}

// says fails where a page does not say something.
func says(t *testing.T, p *browsertest.Page, selector string, wanted ...string) {
	t.Helper()
	shown := text(p, selector)
	for _, said := range wanted {
		if !strings.Contains(shown, said) {
			t.Errorf("the page does not say %q:\n%s", said, shown)
		}
	}
}

// TestACeilingOverrunIsStopped: an officer sees what is left before deciding, an
// award above it is stopped with the arithmetic, and a smaller one goes on.
func TestACeilingOverrunIsStopped(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	meta := record.Meta{Territory: h.home.ID}
	var grant string
	h.write(func(tx *db.Tx) (err error) {
		v := territory.Viewer{Territory: h.home, Role: territory.Officer, Actor: act.By}
		point := func(id string) ref.Ref { return ref.Ref{Territory: h.home.ID, Kind: "organisation", ID: id} }
		if err := directory.TieOrganisations(ctx, tx, h.app.kinds, v, act, &record.Relation{
			Meta: meta, From: point(h.company), To: point(h.ours), Role: "subsidiary_of",
		}); err != nil {
			return err
		}
		if _, err := put(tx, funding.Declarations(), &funding.Declaration{
			Meta: meta, Organisation: h.ours, Funder: "Région fictive", Regulation: funding.GeneralDeMinimis, AwardedOn: "2024-02-01", Amount: 285_000_00,
		}); err != nil {
			return err
		}
		grant, err = put(tx, funding.Grants(), &funding.Grant{
			Meta: meta, Organisation: h.company, Object: "Stand à Miami", RequestedOn: "2026-01-05", Currency: "EUR", Requested: 20_000_00,
		})
		return err
	})
	site := h.serve()
	p := h.entered(t, site, territory.Officer)
	p.Go(site + "/t/marseille/grants/" + grant)
	p.Check()
	says(t, p, "main", "Ours", "285", "15")
	p.Do(chromedp.Click(`a[href$="/decision"]`, chromedp.ByQuery), chromedp.WaitVisible("#amount", chromedp.ByQuery))
	p.Do(
		chromedp.SetValue("#decided_on", "2026-11-24", chromedp.ByQuery),
		chromedp.SendKeys("#basis", "Délibération 12", chromedp.ByQuery), chromedp.SendKeys("#decision", "2026-12", chromedp.ByQuery),
		chromedp.SendKeys(`input[name="authority.q"]`, "Ours", chromedp.ByQuery),
		chromedp.WaitVisible(`input[name="authority"]`, chromedp.ByQuery), chromedp.Click(`input[name="authority"]`, chromedp.ByQuery),
		chromedp.Click(`button[name="decide"]`, chromedp.ByQuery), chromedp.WaitVisible("[data-summary]", chromedp.ByQuery),
	)
	for _, found := range p.Axe() {
		t.Error(found)
	}
	says(t, p, "[data-summary]", "5000.00", "15000.00", "285000.00", "300000.00")
	p = p.In(t) // the browser complains of the answer 422
	p.Do(
		chromedp.SetValue("#amount", "15000", chromedp.ByQuery),
		chromedp.Click(`button[name="decide"]`, chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery),
	)
	p.Check()
	p.Go(site + "/t/marseille/grants")
	p.Check()
	says(t, p, "main", "Stand à Miami", "15")
}

// TestTwoPeopleDecide: who decides on what somebody changed meanwhile is told so.
func TestTwoPeopleDecide(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	id := h.money("grant", h.home.ID, h.company, "")
	path := "/t/marseille/grants/" + id + "/decision"
	form := url.Values{"version": {"1"}, "decided_on": {"2026-11-24"}, "state": {funding.Refused}, "reason": {"No budget left"}}
	if w := h.as(h.users[territory.Finance]).post(path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("the first to decide: %d\n%s", w.Code, w.Body)
	}
	if w := h.as(h.users[territory.Officer]).post(path, form); w.Code != http.StatusConflict {
		t.Errorf("the second to decide: %d", w.Code)
	}
}
