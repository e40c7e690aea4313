package app

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// smallWorkbook writes a mission of two companies and two counterparts.
func smallWorkbook(t *testing.T) (path string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for sheet, rows := range map[string][][]any{
		"Mission": {
			{"clé", "valeur"},
			{"nom", "Miami en petit"},
			{"fuseau horaire", "America/New_York"},
			{"langue", "fr"},
			{"durée des rendez-vous", 30},
			{"fictif", "oui"},
		},
		"Créneaux": {{"étape", "date", "début", "fin"}, {"Miami", "2017-11-06", "09:00", "11:00"}},
		"Lieux":    {{"id", "nom", "tables"}, {"POLE", "Pôle d’accueil", 2}},
		"Participants": {
			{"id", "nom", "côté", "contact", "courriel", "langues", "personnes"},
			{"F1", "Vigie Fictive", "délégué", "Agathe Roumieu", "agathe@vigie.example", "fr;en", "Agathe Roumieu"},
			{"F2", "Calanque Fictive", "délégué", "Léo Marin", "leo@calanque.example", "en", "Léo Marin"},
			{"M1", "Coral Fictional", "contrepartie", "Ann Bay", "ann@coral.example", "en", ""},
			{"M2", "Keys Fictional", "contrepartie", "Bob Key", "bob@keys.example", "en", ""},
		},
		"Souhaits": {{"de", "à", "souhait"}, {"F1", "M1", "indispensable"}, {"F1", "M2", "souhaité"}, {"F2", "M1", "souhaité"}},
	} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err == nil {
				err = f.SetSheetRow(sheet, cell, &row)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "mission.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var linkPath = regexp.MustCompile(`/l/[A-Za-z0-9_-]+/[a-z]+`)

// sentLink is the path of the personal link, for a purpose, that was sent to
// somebody.
func (h *house) sentLink(to, purpose string) (path string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		messages, err := db.Collect(ctx, tx, db.Select("m.content", "messages m").Where("m.recipient LIKE ?", "%"+to+"%"), db.One)
		for _, content := range messages {
			if found := linkPath.FindString(content); strings.HasSuffix(found, "/"+purpose) {
				path = found
			}
		}
		return err
	})
	if path == "" {
		h.t.Fatalf("nothing was sent to %s for %s", to, purpose)
	}
	return path
}

// TestFromWorkbookToOutcome: an officer makes a mission of a workbook, has it
// planned and publishes the plan; a company reads its agenda by a link, declares
// what came of it by another, and the mission counts it.
func TestFromWorkbookToOutcome(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.start()
	site := h.serve()
	p := h.entered(t, site, territory.Officer)
	p.Go(site + "/t/marseille/missions/workbook")
	p.Check()
	p.Do(
		chromedp.SetUploadFiles("input[type=file]", []string{smallWorkbook(t)}, chromedp.ByQuery),
		chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible(".figures", chromedp.ByQuery),
	)
	p.Check()
	p.Do(
		chromedp.Click("main form .button-primary", chromedp.ByQuery),
		chromedp.WaitVisible(`form[action$="/publish"]`, chromedp.ByQuery),
	)
	p.Check()
	var plan string
	p.Do(chromedp.Text("main", &plan, chromedp.ByQuery))
	for _, said := range []string{"3 meetings", "proven", "Draft"} {
		if !strings.Contains(strings.Join(strings.Fields(plan), " "), said) {
			t.Errorf("the plan does not say %q:\n%s", said, plan)
		}
	}
	p.Do(
		chromedp.Click(`form[action$="/publish"] button`, chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery),
		chromedp.WaitNotPresent(`form[action$="/publish"]`, chromedp.ByQuery),
	)
	p.Check()
	mission := h.outside(t, site, p)
	p.Go(site + mission + "/outcomes")
	p.Check()
	var counted string
	p.Do(chromedp.Text(".figures", &counted, chromedp.ByQuery))
	if counted = strings.Join(strings.Fields(counted), " "); !strings.Contains(counted, "0 outcomes confirmed") || !strings.Contains(counted, "1 outcome declared") {
		t.Errorf("the outcome is counted as %q", counted)
	}
	p.Do(chromedp.Click(`form[action$="/confirm"] button`, chromedp.ByQuery), chromedp.WaitVisible(".toast", chromedp.ByQuery))
	p.Do(chromedp.Text(".figures", &counted, chromedp.ByQuery))
	if counted = strings.Join(strings.Fields(counted), " "); !strings.Contains(counted, "1 outcome confirmed") || !strings.Contains(counted, "0 outcomes declared") {
		t.Errorf("confirmed, the outcome is counted as %q", counted)
	}
}

// outside is what a company does by its links; it gives the mission's path.
func (h *house) outside(t *testing.T, site string, p *browsertest.Page) (mission string) {
	p.Do(chromedp.Evaluate(`document.querySelector('.trail a[href$="/plans"]').getAttribute("href").replace("/plans", "")`, &mission))
	officer := h.as(h.users[territory.Officer])
	if w := officer.post(mission+"/agendas/send", nil); w.Code != 303 {
		t.Fatalf("send the agendas: %d\n%s", w.Code, w.Body)
	}
	if w := officer.post(mission+"/outcomes/ask", nil); w.Code != 303 {
		t.Fatalf("ask for outcomes: %d\n%s", w.Code, w.Body)
	}
	p.Go(site + h.sentLink("agathe@vigie.example", "agenda"))
	p.Check()
	var page string
	p.Do(chromedp.Text("main", &page, chromedp.ByQuery))
	for _, said := range []string{"Coral Fictional", "Keys Fictional", "Pôle d’accueil"} {
		if !strings.Contains(page, said) {
			t.Errorf("the agenda does not say %q:\n%s", said, page)
		}
	}
	if strings.Contains(page, "Calanque") {
		t.Error("the agenda tells of another company")
	}
	path := h.sentLink("agathe@vigie.example", "outcome")
	p.Go(site + path)
	p.Check()
	p.Do(chromedp.Click("main form button", chromedp.ByQuery), chromedp.WaitVisible(`input[name="code"]`, chromedp.ByQuery))
	p.Do(
		chromedp.SendKeys(`input[name="code"]`, h.codeFor("agathe@vigie.example"), chromedp.ByQuery),
		chromedp.Click(`form[action$="/proof"] button`, chromedp.ByQuery), chromedp.WaitVisible("#kind", chromedp.ByQuery),
	)
	p.Check()
	p.Do(
		chromedp.SetValue("#kind", "contract", chromedp.ByQuery), chromedp.SendKeys("#text", "Un contrat de suivi à distance.", chromedp.ByQuery),
		chromedp.SendKeys("#amount", "118400", chromedp.ByQuery),
		chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible(`[role="status"]`, chromedp.ByQuery),
		chromedp.WaitVisible("main .list", chromedp.ByQuery),
	)
	p.Check()
	return mission
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// codeFor is the last code that was sent to somebody.
func (h *house) codeFor(to string) (code string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		messages, err := db.Collect(ctx, tx, db.Select("m.content", "messages m").Where("m.recipient LIKE ?", "%"+to+"%").Order("m.id"), db.One)
		for _, content := range messages {
			if found := sixDigits.FindString(content); found != "" {
				code = found
			}
		}
		return err
	})
	return code
}
