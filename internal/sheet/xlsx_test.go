package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// made saves a file and reads it with what is under test.
func made(t *testing.T, file *excelize.File) []Table {
	t.Helper()
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	tables, err := ReadXLSX(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestReadXLSXKinds(t *testing.T) {
	file := excelize.NewFile()
	style := func(format string) int {
		id, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(t, err)
		return id
	}
	builtIn, err := file.NewStyle(&excelize.Style{NumFmt: 14})
	must(t, err)
	for i, cell := range []struct {
		value any
		style int
	}{
		{" text ", 0},
		{42, 0},
		{"42", 0},
		{43045.375, builtIn},
		{43045, style("dd/mm/yyyy")},
		{0.375, style("[h]:mm")},
		{3, style(`0 "days"`)},
		{3, style(`[Red]#,##0`)},
		{7, style("000")},
		{true, 0},
		{"=1+1", 0},
		{"#REF", 0},
	} {
		name, _ := excelize.CoordinatesToCellName(i+1, 2)
		must(t, file.SetCellValue("Sheet1", name, cell.value), file.SetCellStyle("Sheet1", name, name, cell.style))
	}
	day := time.Date(2017, 11, 6, 0, 0, 0, 0, time.UTC)
	want := []Table{{Name: "Sheet1", Rows: []Row{{Number: 2, Cells: []Cell{
		{Kind: Text, Text: "text"},
		{Kind: Number, Text: "42", Value: 42},
		{Kind: Text, Text: "42"},
		{Kind: Moment, Text: "2017-11-06 09:00", Value: 43045.375, Moment: Stamp{Date: day, Minute: 540}},
		{Kind: Moment, Text: "2017-11-06", Value: 43045, Moment: Stamp{Date: day, Minute: NoTime}},
		{Kind: Moment, Text: "09:00", Value: 0.375, Moment: Stamp{Minute: 540}},
		{Kind: Number, Text: "3", Value: 3},
		{Kind: Number, Text: "3", Value: 3},
		{Kind: Number, Text: "007", Value: 7},
		{Kind: Text, Text: "true"},
		{Kind: Text, Text: "=1+1"},
		{Kind: Text, Text: "#REF"},
	}}}}}
	if diff := cmp.Diff(want, made(t, file)); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestDatesFrom1904(t *testing.T) {
	file := excelize.NewFile()
	yes := true
	style, err := file.NewStyle(&excelize.Style{NumFmt: 14})
	must(t, err, file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}),
		file.SetCellValue("Sheet1", "A1", 41583), file.SetCellStyle("Sheet1", "A1", "A1", style))
	if got := made(t, file)[0].Rows[0].Cells[0].Text; got != "2017-11-06" {
		t.Errorf("day 41583 from 1904 is %s, want 2017-11-06", got)
	}
}

func TestMergedCells(t *testing.T) {
	file := excelize.NewFile()
	must(t,
		file.SetCellValue("Sheet1", "A1", "Companies"), file.MergeCell("Sheet1", "A1", "C1"),
		file.SetSheetRow("Sheet1", "A2", &[]any{"a", "port", "x"}),
		file.SetSheetRow("Sheet1", "A3", &[]any{"b", nil, "y"}),
		file.MergeCell("Sheet1", "B2", "B9"), file.MergeCell("Sheet1", "D1", "D1048576"))
	table := made(t, file)[0]
	want := []string{"1: Companies|Companies|Companies", "2: a|port|x", "3: b|port|y"}
	if diff := cmp.Diff(want, texts(table)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if table.Rows[0].Cells[0].Merged || !table.Rows[0].Cells[2].Merged || !table.Rows[2].Cells[1].Merged {
		t.Error("copies are not told from the first cell of their range")
	}
}

// parts makes a ZIP of parts given as name, text, name, text.
func parts(t *testing.T, texts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for i := 0; i < len(texts); i += 2 {
		part, err := archive.Create(texts[i])
		must(t, err)
		_, err = part.Write([]byte(texts[i+1]))
		must(t, err)
	}
	must(t, archive.Close())
	return b.Bytes()
}

// TestSmallFilesThatUnfold: a few bytes must not make the reader hold gigabytes.
func TestSmallFilesThatUnfold(t *testing.T) {
	var far strings.Builder
	for row := 1; row <= 5000; row++ {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d"/></row>`, row, row)
	}
	for name, cells := range map[string]string{
		"far columns":  far.String(),
		"a far row":    `<row r="2000000000"><c r="A2000000000"/></row>`,
		"many columns": `<row r="1"><c r="IX1" t="inlineStr"><is><t>x</t></is></c></row>`,
	} {
		t.Run(name, func(t *testing.T) {
			sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + cells + `</sheetData></worksheet>`
			var b bytes.Buffer
			must(t, excelize.NewFile().Write(&b))
			if _, err := ReadXLSX(withSheet(t, b.Bytes(), sheet)); !errors.Is(err, ErrTooLarge) {
				t.Errorf("error %v, want %v", err, ErrTooLarge)
			}
		})
	}
}

// TestPartsThatUnfoldTooFar looks at the sizes that an archive states.
func TestPartsThatUnfoldTooFar(t *testing.T) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	_, err := archive.CreateRaw(&zip.FileHeader{Name: "xl/media/a.bin", UncompressedSize64: MaxUnzippedBytes + 1})
	must(t, err, archive.Close())
	if _, err := ReadXLSX(b.Bytes()); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
}

// withSheet replaces the first sheet of a file.
func withSheet(t *testing.T, data []byte, sheet string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var all []string
	for _, part := range archive.File {
		reader, err := part.Open()
		must(t, err)
		var b bytes.Buffer
		_, err = b.ReadFrom(reader)
		must(t, err)
		if part.Name == "xl/worksheets/sheet1.xml" {
			b.Reset()
			b.WriteString(sheet)
		}
		all = append(all, part.Name, b.String())
	}
	return parts(t, all...)
}

// TestWrittenIsRead: whatever the texts, in whatever style, cells come back.
func TestWrittenIsRead(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab =+-@'\"<&\n\téא中")), 0, 12, -1)
	cell := rapid.OneOf(
		rapid.Map(text, func(s string) any { return s }),
		rapid.Map(rapid.IntRange(-1_000_000, 1_000_000), func(n int) any { return n }),
		rapid.Map(rapid.IntRange(0, 60*24*400), func(minutes int) any {
			return time.Date(2017, 11, 1, 0, minutes, 0, 0, time.UTC)
		}),
	)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 0, 4), 0, 5).Draw(t, "rows")
		page := Sheet{
			Name: "Page", Title: "T", Lines: []string{"line"}, Frozen: 1, Landscape: true, Foot: "a & b",
			Columns: []Column{{Name: "A", Choices: []string{"x"}}, {Name: "B"}, {Name: "C", Help: "help"}, {Name: "D"}},
			Spans:   []Span{{From: 1, To: 2, Name: "span"}, {From: 3, To: 3, Name: "one"}},
		}
		want := map[string]string{}
		for i, row := range rows {
			var values []Value
			for j, what := range row {
				value := Value{What: what}
				if _, moment := what.(time.Time); moment {
					value.Style = DateTime
				}
				values = append(values, value)
				want[at(j, page.headRow()+1+i)] = shownAs(what)
			}
			page.Rows = append(page.Rows, values)
		}
		var b bytes.Buffer
		if err := Write(&b, []Sheet{page, page}); err != nil {
			t.Fatal(err)
		}
		tables, err := ReadXLSX(b.Bytes())
		if err != nil || len(tables) != 2 || tables[1].Name != "Page 2" {
			t.Fatalf("%d tables, error %v", len(tables), err)
		}
		for name, text := range want {
			if text == "" {
				delete(want, name)
			}
		}
		if diff := cmp.Diff(want, under(tables[0], page.headRow())); diff != "" {
			t.Fatalf("cells (-want +got):\n%s", diff)
		}
	})
}

func shownAs(what any) string {
	if moment, ok := what.(time.Time); ok {
		s := Stamp{Date: moment.Truncate(24 * time.Hour), Minute: moment.Hour()*60 + moment.Minute()}
		if s.Minute == 0 {
			s.Minute = NoTime
		}
		return s.String()
	}
	return textCell(fmt.Sprint(what)).Text
}

// under gives the cells under a row, by name.
func under(table Table, head int) map[string]string {
	cells := map[string]string{}
	for _, row := range table.Rows {
		for column, cell := range row.Cells {
			if row.Number > head && cell.Kind != Blank {
				cells[at(column, row.Number)] = cell.Text
			}
		}
	}
	return cells
}

// TestFormulasAreNeverWritten: a text that begins like a formula stays a text.
func TestFormulasAreNeverWritten(t *testing.T) {
	var b bytes.Buffer
	attacks := []string{"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\")"}
	var rows [][]Value
	for _, attack := range attacks {
		rows = append(rows, Values(attack))
	}
	must(t, Write(&b, []Sheet{{Name: "x", Columns: []Column{{Name: "a"}}, Rows: rows}}))
	file, err := excelize.OpenReader(&b)
	must(t, err)
	for i, attack := range attacks {
		name := at(0, i+2)
		formula, err1 := file.GetCellFormula("x", name)
		value, err2 := file.GetCellValue("x", name)
		kind, err3 := file.GetCellType("x", name)
		must(t, err1, err2, err3)
		if formula != "" || value != attack || kind != excelize.CellTypeInlineString {
			t.Errorf("%s holds the formula %q and the value %q of type %v", name, formula, value, kind)
		}
	}
}

func TestSheetNames(t *testing.T) {
	var b bytes.Buffer
	long := strings.Repeat("é", 40)
	must(t, Write(&b, []Sheet{{Name: "a/b [c]:*?"}, {Name: long}, {Name: long}, {Name: "'"}, {Name: "Sheet1"}, {Name: "sheet1"}}))
	tables, err := ReadXLSX(b.Bytes())
	must(t, err)
	var got []string
	for _, table := range tables {
		got = append(got, table.Name)
	}
	want := []string{"a b  c", strings.Repeat("é", 30) + "…", strings.Repeat("é", 28) + "… 2", "-", "Sheet1", "sheet1 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func FuzzReadXLSX(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, []Sheet{{Name: "x", Columns: []Column{{Name: "a"}}, Rows: [][]Value{Values("b", 1)}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = ReadXLSX(data) // it must come back, whatever it is given
	})
}
