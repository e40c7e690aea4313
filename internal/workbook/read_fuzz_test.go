package workbook

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/sheet"
)

// readFuzzJudge holds what is true of every answer of the reader: a book whose
// problem is valid, or remarks that say something.
func readFuzzJudge(t interface{ Fatalf(string, ...any) }, tables []sheet.Table) {
	book, err := readTables(tables, "")
	var unreadable *Unreadable
	switch {
	case err == nil:
		if err := book.Problem().Validate(); err != nil {
			t.Fatalf("the problem is not valid: %v", err)
		}
	case !errors.As(err, &unreadable) || len(unreadable.Remarks) == 0:
		t.Fatalf("an error without remarks: %v", err)
	default:
		for _, remark := range unreadable.Remarks {
			if remark.Text == "" || remark.Sentence(unreadable.Language) == "" {
				t.Fatalf("a remark without words: %#v", remark)
			}
		}
	}
}

// readFuzzSheets are the sheets of a workbook, in the order of the arguments of
// the fuzzing.
var readFuzzSheets = [...]string{"Mission", "Slots", "Venues", "Participants", "Wishes", "Meetings", "Sessions", "Travel", "Interpreters"}

// FuzzReadTables reads CSV files, one a sheet.
func FuzzReadTables(f *testing.F) {
	for _, name := range []string{"clean", "errors-rows", "errors-mission", "zones"} {
		archive, err := txtar.ParseFile("testdata/read/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		texts := map[string][]byte{}
		for _, file := range archive.Files {
			texts[file.Name] = file.Data
		}
		text := func(sheet int) []byte { return texts[readFuzzSheets[sheet]+".csv"] }
		f.Add(text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8))
	}
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i, j []byte) {
		var tables []sheet.Table
		for at, data := range [][]byte{a, b, c, d, e, g, h, i, j} {
			if table, err := sheet.ReadCSV(readFuzzSheets[at], data); err == nil {
				tables = append(tables, table)
			}
		}
		readFuzzJudge(t, tables)
	})
}

// TestReadWhateverIsTyped puts cells of any archive in any places of a sound
// workbook: what it makes is read, and valid, or refused in words.
func TestReadWhateverIsTyped(t *testing.T) {
	pool := []string{"", "0", "1", "-1", "2", "7", "8", "1e9", "F01", "M01", "F01+M01", "hub", "fr-fr", "2017-11-06 08:00-12:00", "2017-11-06 11:30", "yes", "all", "#REF!"}
	for _, path := range readTestArchives(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range readTestTables(t, archive) {
			for _, row := range table.Rows {
				for _, cell := range row.Cells {
					pool = append(pool, cell.Text)
				}
			}
		}
	}
	clean, err := txtar.ParseFile("testdata/read/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		tables := readTestTables(t, clean)
		for range rapid.IntRange(1, 6).Draw(rt, "changes") {
			table := &tables[rapid.IntRange(0, len(tables)-1).Draw(rt, "sheet")]
			row := &table.Rows[rapid.IntRange(0, len(table.Rows)-1).Draw(rt, "row")]
			column := rapid.IntRange(0, len(row.Cells)-1).Draw(rt, "column")
			text := rapid.SampledFrom(pool).Draw(rt, "text")
			made, err := sheet.ReadCSV("x", []byte("\""+strings.ReplaceAll(text, "\"", "\"\"")+"\""))
			if err != nil {
				t.Fatal(err)
			}
			row.Cells[column] = sheet.Cell{}
			if len(made.Rows) > 0 {
				row.Cells[column] = made.Rows[0].Cells[0]
			}
		}
		readFuzzJudge(rt, tables)
	})
}

// FuzzReadCell puts a text, or a number in a format, in any cell of a sound
// XLSX file.
func FuzzReadCell(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/read/clean.txtar")
	if err != nil {
		f.Fatal(err)
	}
	tables := readTestTables(f, archive)
	f.Add(uint8(1), uint8(1), uint8(1), "2017-11-06 09:00-12:00;", 43045.5, "dd/mm/yyyy")
	f.Add(uint8(3), uint8(2), uint8(9), "F01;F02", 0.375, "[h]:mm")
	f.Add(uint8(4), uint8(1), uint8(2), "jamais", 1e9, "000")
	f.Fuzz(func(t *testing.T, page, row, column uint8, text string, number float64, format string) {
		file := excelize.NewFile()
		defer file.Close()
		for i, table := range tables {
			if _, err := file.NewSheet(table.Name); err != nil {
				t.Fatal(err)
			}
			for _, r := range table.Rows {
				for c, cell := range r.Cells {
					at, _ := excelize.CoordinatesToCellName(c+1, r.Number)
					if err := file.SetCellStr(table.Name, at, cell.Text); err != nil {
						t.Fatal(err)
					}
				}
			}
			if i != int(page)%len(tables) {
				continue
			}
			at, _ := excelize.CoordinatesToCellName(int(column)%20+1, int(row)%20+1)
			var value any = text
			if text == "" && !math.IsNaN(number) && !math.IsInf(number, 0) {
				value = number
			}
			style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				return // a format that no file can hold
			}
			if file.SetCellValue(table.Name, at, value) != nil || file.SetCellStyle(table.Name, at, at, style) != nil {
				return
			}
		}
		var b bytes.Buffer
		if err := file.Write(&b); err != nil {
			return
		}
		read, err := sheet.ReadXLSX(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		readFuzzJudge(t, read)
	})
}
