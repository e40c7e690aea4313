package exporter_test

import (
	"bytes"
	"errors"
	"flag"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20171106"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, exporter.Words)) }

// catalogue has the texts of the export and of a kind made for tests, ships.
func catalogue(t testing.TB) *i18n.Catalogue {
	t.Helper()
	own, err := i18n.Load(exporter.Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	ships, err := i18n.Load(os.DirFS("testdata"), "words")
	if err != nil {
		t.Fatal(err)
	}
	all, err := i18n.Join(own, ships)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func ships() record.Kind {
	return record.Kind{Name: "ship", Fields: []record.Info{
		{Name: "name"},
		{Name: "flag", Say: func(text, lang string) string {
			return map[string]string{"FR" + "fr": "France", "FR" + "en": "France"}[text+lang]
		}},
		{Name: "rig", Type: record.Choice, Choices: []string{"sloop", "barque"}},
		{Name: "draught", Type: record.Number},
		{Name: "launched", Type: record.Date},
		{Name: "home", Type: record.Reference, To: "port"},
		{Name: "calls", Type: record.References, To: "port"},
		{Name: "key", Unlisted: true},
	}}
}

func name(kind, id string) (string, error) {
	if id == "broken" {
		return "", errors.New("the database is gone")
	}
	return map[string]string{"1": "Marseille", "2": "Haïfa", "secret": ""}[id], nil
}

func rows(list ...exporter.Row) iter.Seq2[exporter.Row, error] {
	return func(yield func(exporter.Row, error) bool) {
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func fleet() exporter.Part {
	return exporter.Part{Kind: ships(), Fictional: true, Rows: rows(
		exporter.Row{ID: "a", Fictional: true, Texts: map[string]string{
			"name": "=1+1", "flag": "FR", "rig": "sloop", "draught": "-2.5", "launched": "2017-11-06", "home": "1",
			"calls": "1; secret; 2", "key": "hidden",
		}},
		exporter.Row{ID: "b", Texts: map[string]string{"name": "Étoile; \"du\"\r\nNord", "home": "secret"}},
	)}
}

func TestCSV(t *testing.T) {
	for lang, want := range map[string]string{
		"fr": "\ufeffNom;Pavillon;Gréement;Tirant d’eau;Lancé le;Port;Escales;Fictif;Identifiant Escale\n" +
			"'=1+1;France;Cotre;-2,5;2017-11-06;Marseille;Marseille; Haïfa;oui;a\n",
		"en": "\ufeffName,Flag,Rig,Draught,Launched on,Port,Calls,Fictional,Escale id\n" +
			"'=1+1,France,Sloop,-2.5,2017-11-06,Marseille,Marseille; Haïfa,yes,a\n",
	} {
		want = strings.Replace(want, ";Marseille; Haïfa;", `;"Marseille; Haïfa";`, 1)
		separator := map[string]string{"fr": ";", "en": ","}[lang]
		want += strings.ReplaceAll(`"Étoile; ""du""`+"\nNord\"|||||||||b\n", "|", separator)
		want = strings.Replace(want, strings.Repeat(separator, 9), strings.Repeat(separator, 8), 1)
		var out bytes.Buffer
		if err := exporter.NewExporter(catalogue(t).For(lang), name).CSV(&out, fleet()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
}

// TestXLSX reads the workbook back with the library, not with our reader.
func TestXLSX(t *testing.T) {
	var out bytes.Buffer
	if err := exporter.NewExporter(catalogue(t).For("fr"), name).XLSX(&out, fleet(), exporter.Part{Kind: ships(), Rows: rows()}); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if diff := cmp.Diff([]string{"navires", "navires 2"}, file.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[string]struct {
		text string
		kind excelize.CellType
	}{
		"A1": {"Les lignes marquées « oui » dans la colonne « Fictif » sont inventées, pour la démonstration.", excelize.CellTypeInlineString},
		"A3": {"Nom", excelize.CellTypeInlineString},
		"A4": {"=1+1", excelize.CellTypeInlineString},
		"C4": {"Cotre", excelize.CellTypeInlineString},
		"D4": {"-2.5", excelize.CellTypeUnset},
		"E4": {"43045", excelize.CellTypeUnset},
		"G4": {"Marseille; Haïfa", excelize.CellTypeInlineString},
		"A5": {"Étoile; \"du\"\nNord", excelize.CellTypeInlineString},
	} {
		text, err := file.GetCellValue("navires", at, excelize.Options{RawCellValue: true})
		kind, err2 := file.GetCellType("navires", at)
		if strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text) != want.text || kind != want.kind || err != nil || err2 != nil {
			t.Errorf("%s is %q of type %v", at, text, kind)
		}
		if formula, _ := file.GetCellFormula("navires", at); formula != "" {
			t.Errorf("%s is a formula: %s", at, formula)
		}
	}
	panes, err := file.GetPanes("navires")
	if err != nil || !panes.Freeze || panes.YSplit != 3 || panes.XSplit != 1 {
		t.Errorf("the head is not frozen: %+v, %v", panes, err)
	}
}

// TestErrorsEndAnExport: of the rows, and of what they point to.
func TestErrorsEndAnExport(t *testing.T) {
	gone := errors.New("gone")
	failing := func(yield func(exporter.Row, error) bool) { yield(exporter.Row{}, gone) }
	e := exporter.NewExporter(catalogue(t).For("fr"), name)
	for _, part := range []exporter.Part{
		{Kind: ships(), Rows: failing},
		{Kind: ships(), Rows: rows(exporter.Row{Texts: map[string]string{"home": "broken"}})},
	} {
		if e.CSV(&bytes.Buffer{}, part) == nil || e.XLSX(&bytes.Buffer{}, part) == nil {
			t.Error("an export that broke off was taken for whole")
		}
	}
}

// TestHarmless: no cell begins like a formula, and nothing is lost.
func TestHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("'=+-@\t\rax 1"))).Draw(t, "text")
		harmless := exporter.Harmless(text)
		if harmless != "" && strings.ContainsRune("=+-@\t\r", rune(harmless[0])) {
			t.Errorf("%q is written as %q", text, harmless)
		}
		if back := exporter.Harmful(harmless); back != text {
			t.Errorf("%q comes back as %q", text, back)
		}
		if strings.IndexAny(text, "'=+-@\t\r") != 0 && harmless != text {
			t.Errorf("%q is harmless, and written as %q", text, harmless)
		}
	})
}

// TestCSVIsReadBack: our reader sees the cells that were written.
func TestCSVIsReadBack(t *testing.T) {
	var out bytes.Buffer
	if err := exporter.NewExporter(catalogue(t).For("fr"), name).CSV(&out, fleet()); err != nil {
		t.Fatal(err)
	}
	table, err := sheet.ReadCSV("ships", out.Bytes())
	if err != nil || table.Decoded != "" || len(table.Rows) != 3 {
		t.Fatalf("%+v, %v", table, err)
	}
	if got := table.Rows[2].Cell(0).Text; got != "Étoile; \"du\"\nNord" {
		t.Errorf("the name is %q", got)
	}
}
