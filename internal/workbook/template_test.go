package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/sheet"
)

// templateTables writes the template and reads its tables.
func templateTables(t *testing.T, lang string) []sheet.Table {
	t.Helper()
	var b bytes.Buffer
	if err := WriteTemplate(&b, lang); err != nil {
		t.Fatal(err)
	}
	tables, err := sheet.ReadXLSX(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// TestTemplateExamples: the template filled in with its own examples is read
// without an error or a note, in both languages.
func TestTemplateExamples(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		tables := templateTables(t, lang)
		examples := templateExamples(tables[0])
		for i := range tables {
			templateFill(&tables[i], examples)
		}
		templateCounterpart(t, lang, tables)
		book, err := readTables(tables, "")
		said := readTestSaid(t, lang, book, err)
		if len(said) > 0 {
			t.Fatalf("%s: the reader says\n%s", lang, strings.Join(said, "\n"))
		}
		if book.Language != lang || len(book.Participants) != 2 || len(book.Wishes) != 1 || len(book.Slots) != 6 {
			t.Errorf("%s: language %s, %d participants, %d wishes, %d slots",
				lang, book.Language, len(book.Participants), len(book.Wishes), len(book.Slots))
		}
		if err := book.Problem().Validate(); err != nil {
			t.Errorf("%s: the problem is not valid: %v", lang, err)
		}
	}
}

// templateExamples gives the example of each sheet and column.
func templateExamples(instructions sheet.Table) map[[2]string]string {
	examples := map[[2]string]string{}
	for _, row := range instructions.Rows {
		if example := row.Cell(4).Text; example != "" {
			examples[[2]string{row.Cell(0).Text, row.Cell(1).Text}] = example
		}
	}
	return examples
}

// templateFill adds a row of the examples under the head of a sheet, or beside
// each key of the sheet of the mission.
func templateFill(table *sheet.Table, examples map[[2]string]string) {
	example := func(name string) sheet.Cell {
		name = strings.TrimSuffix(name, " *")
		if text := examples[[2]string{table.Name, name}]; text != "" {
			return sheet.Cell{Kind: sheet.Text, Text: text}
		}
		return sheet.Cell{}
	}
	last := table.Rows[len(table.Rows)-1]
	filled := sheet.Row{Number: last.Number + 1}
	for _, cell := range last.Cells {
		filled.Cells = append(filled.Cells, example(cell.Text))
	}
	if table.Name != "Mission" {
		table.Rows = append(table.Rows, filled)
		return
	}
	for i, row := range table.Rows {
		if cell := example(row.Cell(0).Text); cell.Kind != sheet.Blank {
			table.Rows[i].Cells = []sheet.Cell{row.Cell(0), cell}
		}
	}
}

// templateCounterpart adds what the examples speak of and do not define: the
// other participant and its person, and the other venue.
func templateCounterpart(t *testing.T, lang string, tables []sheet.Table) {
	t.Helper()
	w := wordsFor(lang)
	cells := map[string]map[string]string{
		"participants": {
			"id": "M01", "name": "Sample Inc", "side": heading(w, "read.word.counterpart"),
			"people": "Alex Sample", "languages": "fr", "representatives": "1",
		},
		"travel": {"from": "port", "to": "hub", "minutes": "20"},
		"venues": {"id": "port", "name": "Port", "latitude": "25.8", "longitude": "-80.1", "tables": "1"},
	}
	for i := range tables {
		for name, values := range cells {
			if tables[i].Name != heading(w, "read.sheet."+name) {
				continue
			}
			rows := tables[i].Rows
			head, row := rows[len(rows)-2], sheet.Row{Number: rows[len(rows)-1].Number + 1}
			for _, cell := range head.Cells {
				var made sheet.Cell
				for column, text := range values {
					if strings.TrimSuffix(cell.Text, " *") == heading(w, "read.column."+column) {
						made = sheet.Cell{Kind: sheet.Text, Text: text}
					}
				}
				row.Cells = append(row.Cells, made)
			}
			tables[i].Rows = append(rows, row)
		}
	}
}

// TestTemplateSheets: every sheet of the template is one that the reader knows.
func TestTemplateSheets(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"Read me", "Mission", "Slots", "Venues", "Participants", "Wishes", "Meetings", "Sessions", "Travel", "Interpreters"},
		"fr": {"À lire", "Mission", "Créneaux", "Lieux", "Participants", "Souhaits", "Rendez-vous", "Temps forts", "Trajets", "Interprètes"},
	} {
		var got []string
		for _, table := range templateTables(t, lang) {
			got = append(got, table.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
