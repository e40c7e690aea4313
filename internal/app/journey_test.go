package app

import (
	"fmt"
	"os"
	"path/filepath"
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

// TestImportMessyFile: 5,000 rows as people keep them are brought, looked at,
// imported by the job, and taken back.
func TestImportMessyFile(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	if err := h.app.jobs.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.app.jobs.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	file := filepath.Join(t.TempDir(), "liste.csv")
	if err := os.WriteFile(file, messy(5000), 0o600); err != nil {
		t.Fatal(err)
	}
	site := h.serve()
	p := h.entered(t, site, territory.Officer)
	p.Go(site + "/t/marseille/import")
	p.Do(
		chromedp.SetUploadFiles("#file", []string{file}, chromedp.ByQuery),
		chromedp.Click("form.form .button-primary", chromedp.ByQuery),
		chromedp.WaitVisible(`form[action$="/mapping"]`, chromedp.ByQuery),
		chromedp.Click("form.form .button-primary", chromedp.ByQuery),
		chromedp.WaitVisible(`form[action$="/start"] button`, chromedp.ByQuery),
		chromedp.Click(`form[action$="/start"] button`, chromedp.ByQuery),
		chromedp.WaitVisible(`form[action$="/undo"] button`, chromedp.ByQuery),
	)
	find := func() (text string) {
		p.Do(chromedp.Text("#organisations", &text, chromedp.ByQuery))
		return text
	}
	var report string
	p.Do(chromedp.Location(&report))
	p.Go(site + "/t/marseille/organisations?q=atelier+4321")
	if text := find(); !strings.Contains(text, "Atelier 4321") {
		t.Errorf("after the import, the list says:\n%s", text)
	}
	p.Go(report)
	p.Do(
		chromedp.Click(`form[action$="/undo"] button`, chromedp.ByQuery),
		chromedp.WaitNotPresent(`form[action$="/undo"] button`, chromedp.ByQuery),
	)
	for _, complaint := range p.Complaints() {
		t.Error(complaint)
	}
}

// messy is a list as offices keep them: Windows-1252, semicolons, blanks, a
// title above the headings, countries and phones however they were typed.
func messy(rows int) []byte {
	var text strings.Builder
	text.WriteString("Liste des entreprises (mise \xe0 jour);;;;\r\n;;;;\r\nSoci\xe9t\xe9 ;PAYS;Ville; Courriel;T\xe9l.\r\n")
	countries := []string{"France", "FR", "france ", "Etats-Unis", "\xc9tats-Unis"}
	for i := range rows {
		fmt.Fprintf(&text, " Atelier %d ;%s;;contact%d@atelier%d.example ;04 91 %02d %02d 00\r\n", i, countries[i%len(countries)], i, i, i%100, i/100)
	}
	return []byte(text.String())
}
