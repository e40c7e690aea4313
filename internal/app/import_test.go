package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// messyList is a list as people keep it: a title over it, a column too many,
// and of each seven companies one in a country that is not one.
func messyList(n int) string {
	var list strings.Builder
	list.WriteString("Liste des exposants;;;;\r\n\r\nRaison sociale;VILLE;Pays;Effectif;Remarque\r\n")
	for i := range n {
		place := "MARSEILLE CEDEX 02;france"
		switch i % 7 {
		case 1:
			place = "Haïfa;Israël"
		case 2:
			place = "Haïfa;Nulle part"
		}
		fmt.Fprintf(&list, "Maison %d K%d;%s;20 à 49;vue au salon\r\n", i, i*7919, place)
	}
	return list.String()
}

// organisations counts those of the home territory that are not in the trash.
func (h *house) organisations() (n int) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM organisations WHERE territory_id = $1 AND deleted_at IS NULL", h.home.ID).Scan(&n)
	})
	return n
}

// TestImportInBrowser brings five thousand messy rows in and takes them back,
// through pages that nothing is complained of.
func TestImportInBrowser(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.start()
	site, before := h.serve(), h.organisations()
	file := filepath.Join(t.TempDir(), "exposants.csv")
	if err := os.WriteFile(file, []byte(messyList(5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, site+h.link(h.users[territory.Officer]), browsertest.View{})
	p.Do(chromedp.Click("main button", chromedp.ByQuery), chromedp.WaitVisible("nav", chromedp.ByQuery))
	p.Go(site + "/t/marseille/import")
	p.Check()
	p.Do(
		chromedp.SetUploadFiles("input[type=file]", []string{file}, chromedp.ByQuery),
		chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible("select", chromedp.ByQuery),
	)
	p.Check()
	p.Do(chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible(".tab-to-do", chromedp.ByQuery))
	p.Check()
	if n := h.organisations(); n != before {
		t.Fatalf("the preview wrote %d organisations", n-before)
	}
	p.Do(chromedp.Click("main form .button-primary", chromedp.ByQuery), chromedp.WaitVisible("form[action$='/undo']", chromedp.ByQuery))
	p.Check()
	if n, want := h.organisations()-before, 5000-5000/7; n != want {
		t.Errorf("%d organisations were imported, not %d", n, want)
	}
	p.Do(
		chromedp.Click("form[action$='/undo'] button", chromedp.ByQuery), chromedp.WaitNotPresent("form[action$='/undo']", chromedp.ByQuery),
		chromedp.WaitVisible(".head a[href$='/import'].button", chromedp.ByQuery), // while it is taken back there is none
	)
	p.Check()
	if n := h.organisations(); n != before {
		t.Errorf("undone, %d organisations are left", n-before)
	}
}
