package app

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// TestExportGivesWhatIsSeen: each role exports what its list shows, as CSV and
// as a workbook, and nothing in it is a formula.
func TestExportGivesWhatIsSeen(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	h.write(func(tx *db.Tx) error {
		return directory.Organisations().Add(ctx, tx, act, &directory.Organisation{
			Meta: record.Meta{Territory: h.home.ID}, Name: "=HYPERLINK(1)", Country: "FR",
		})
	})
	for role, want := range map[territory.Role]struct{ seen, unseen []string }{
		territory.Officer: {[]string{"Ours", "The agency's", "Another agency's", "Agency"}, []string{"Foreign"}},
		territory.Partner: {[]string{"The agency's", "Agency"}, []string{"Ours", "Another agency's", "Foreign"}},
		territory.Company: {[]string{"Company"}, []string{"Ours", "The agency's", "Foreign"}},
	} {
		b := h.as(h.users[role])
		text := b.get("/t/marseille/organisations/export?as=csv").Body.String()
		sheet := cells(t, b.get("/t/marseille/organisations/export").Body.Bytes())
		for _, name := range want.seen {
			if !strings.Contains(text, name) || !strings.Contains(sheet, name) {
				t.Errorf("%s: %q is not exported", role, name)
			}
		}
		for _, name := range want.unseen {
			if strings.Contains(text, name) || strings.Contains(sheet, name) {
				t.Errorf("%s: %q is exported", role, name)
			}
		}
		if strings.Contains(text, "\n=HYPERLINK") || strings.Contains(text, ",=HYPERLINK") || strings.Contains(text, "\"=HYPERLINK") {
			t.Errorf("%s: a cell is a formula:\n%s", role, text)
		}
	}
}

// TestExportKeepsTheFilter: the file has the rows of the list and no other.
func TestExportKeepsTheFilter(t *testing.T) {
	h := build(t, dbtest.SQLite(t))
	b := h.as(h.users[territory.Officer])
	w := b.get("/t/marseille/organisations/export?as=csv&q=another")
	if text := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(text, "Another agency's") || strings.Contains(text, "Ours") {
		t.Errorf("%d\n%s", w.Code, text)
	}
}

// cells joins the texts of a workbook, and fails for a formula.
func cells(t *testing.T, data []byte) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var all strings.Builder
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := book.GetCellFormula(name, at); err != nil || formula != "" {
					t.Errorf("%s!%s is the formula %q, %v", name, at, formula, err)
				}
				all.WriteString(text + "\n")
			}
		}
	}
	return all.String()
}
