package workbook

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/escale-hq/escale/internal/sheet"
)

// TestReadXLSX reads a file as people make them in a spreadsheet: banners and
// headings in merged cells, real dates and times, a leg merged over its rows, a
// sheet of notes.
func TestReadXLSX(t *testing.T) {
	file := excelize.NewFile()
	fill := func(name string, rows ...[]any) {
		if _, err := file.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := file.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	merge := func(name, from, to string) {
		if err := file.MergeCell(name, from, to); err != nil {
			t.Fatal(err)
		}
	}
	show := func(name, from, to, format string) {
		style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		if err := file.SetCellStyle(name, from, to, style); err != nil {
			t.Fatal(err)
		}
	}
	fill("Mission", []any{"Mission de démonstration"}, nil, []any{"Nom", "Canada 2019"}, []any{"Fuseau horaire", "America/Toronto"})
	merge("Mission", "A1", "D1")
	fill("Créneaux", []any{"Étape", "Date", "Début", "Fin"}, []any{"Toronto", 43773, 0.375, 0.5}, []any{nil, 43774, 0.375, 0.5}, []any{"Montréal", 43775, 0.375, 0.5})
	show("Créneaux", "B2", "B4", "dd/mm/yyyy")
	show("Créneaux", "C2", "D4", "hh:mm")
	merge("Créneaux", "A2", "A3")
	fill("Participants", []any{"Participants", nil, nil, "Nombre de rendez-vous"}, []any{"Id", "Nom", "Étape", "Min", "Max"}, nil,
		[]any{7, "Alpha", "Toronto ; Montréal", 1, 3}, []any{"B", "Bêta", "Montréal", nil, 2.0}, []any{" ", nil, "   "})
	merge("Participants", "A1", "C1")
	merge("Participants", "D1", "E1")
	show("Participants", "A4", "A4", "000")
	fill("Souhaits", []any{"De", "À", "Souhait"}, []any{"007", "b", "indispensable"}, []any{7, "B", "souhaité"})
	fill("Brouillon", []any{"à rappeler"})
	if err := file.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	tables, err := sheet.ReadXLSX(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	book, err := readTables(tables, "")
	said := strings.Join(readTestSaid(t, "fr", book, err), "\n")
	want := strings.Join([]string{
		"note Le classeur n’a pas de feuille de lieux : tous les rendez-vous sont en un seul lieu, avec autant de tables qu’il en faut.",
		"note Souhaits, ligne 2, colonne B (À) : « b ». Cet identifiant a été lu « B », comme il est écrit dans sa propre feuille.",
		"note Souhaits, ligne 3, colonne A (De) : « 7 ». Cet identifiant a été lu « 007 », comme il est écrit dans sa propre feuille.",
		"note Souhaits, ligne 3, colonne B (À) : « B ». Le même souhait est à la ligne 2 : les deux n’en font qu’un, le plus fort.",
		"note Brouillon : Cette feuille ne fait pas partie du classeur et n’est pas lue.",
	}, "\n")
	if diff := cmp.Diff(want, strings.ReplaceAll(said, "\u00a0", " ")); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if book == nil || len(book.Legs) != 2 || len(book.Slots) != 18 || book.Participants[0].ID != "007" {
		t.Fatalf("book %+v", book)
	}
	if got := book.Slots[6].Start.Format(time.RFC3339); got != "2019-11-05T09:00:00-05:00" || book.Slots[6].Leg != 0 {
		t.Errorf("the second morning starts at %s in leg %d", got, book.Slots[6].Leg)
	}
	if diff := cmp.Diff([]int{0, 1}, book.Participants[0].Legs); diff != "" || book.Participants[0].Max != 3 {
		t.Errorf("Alpha is in legs (-want +got):\n%s and has a maximum of %d", diff, book.Participants[0].Max)
	}
}
