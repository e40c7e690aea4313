package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// texts are the rows of a table as "number: a|b|c".
func texts(table Table) []string {
	var lines []string
	for _, row := range table.Rows {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		lines = append(lines, string(rune('0'+row.Number))+": "+strings.Join(cells, "|"))
	}
	return lines
}

func TestLetter(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := Letter(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

func TestReadCSV(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"commas":                         {"a,b\n1,2\n", []string{"1: a|b", "2: 1|2"}},
		"semicolons with decimal commas": {"a;b\n1,5;2,5\n3,1;4,1", []string{"1: a|b", "2: 1,5|2,5", "3: 3,1|4,1"}},
		"tabs":                           {"a\tb\n1,2\t3;4\n", []string{"1: a|b", "2: 1,2|3;4"}},
		"a separator within quotes":      {"\"a,b,c\";d\n", []string{"1: a,b,c|d"}},
		"the separator said":             {"sep=;\na,b;c\n", []string{"2: a,b|c"}},
		"empty lines count":              {"\na,b\n\n,\n1,2\n", []string{"2: a|b", "5: 1|2"}},
		"trailing blanks":                {"a,b,,\n 1 , , \n", []string{"1: a|b", "2: 1"}},
		"quotes":                         {"a,\"b \"\"c\"\"\"\n", []string{`1: a|b "c"`}},
		"a newline within quotes":        {"a,\"b\nc\"\r\n1,2\r\n", []string{"1: a|b\nc", "2: 1|2"}},
		"a quote within a word":          {"12\" pipe,2\n", []string{`1: 12" pipe|2`}},
		"text after a closing quote":     {"\"a\"b,c\n", []string{"1: ab|c"}},
		"lines ended by CR alone":        {"a,b\r1,2\r", []string{"1: a|b", "2: 1|2"}},
		"a separator first":              {";a\n", []string{"1: |a"}},
		"odd spaces":                     {"a,\u00a0b\u200b\n", []string{"1: a|b"}},
		"nothing":                        {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := ReadCSV("Wishes", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, texts(table)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "Société;Prénom\nŒuvres d’Été;Éloïse €\n"
	want := []string{"1: Société|Prénom", "2: Œuvres d’Été|Éloïse €"}
	windows, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) []byte {
		data, err := unicode.UTF16(order, mark).NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, test := range map[string]struct {
		data    []byte
		decoded string
	}{
		"UTF-8":                              {[]byte(text), ""},
		"UTF-8 with its mark":                {[]byte("\ufeff" + text), ""},
		"Windows-1252":                       {windows, "Windows-1252"},
		"Windows-1252 after a mark of UTF-8": {append([]byte("\ufeff"), windows...), "Windows-1252"},
		"UTF-16, big end first":              {utf16(unicode.BigEndian, unicode.UseBOM), "UTF-16"},
		"UTF-16, little end first":           {utf16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"},
		"UTF-16 without a mark":              {utf16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16"},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := ReadCSV("x", test.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, texts(table)); diff != "" || table.Decoded != test.decoded {
				t.Errorf("decoded from %q, want %q; rows (-want +got):\n%s", table.Decoded, test.decoded, diff)
			}
		})
	}
}

func TestQuoteNeverClosed(t *testing.T) {
	_, err := ReadCSV("Wishes", []byte("a,b\n\n\"1,2\n3,4\n"))
	var open *QuoteError
	if !errors.As(err, &open) || open.Row != 3 || open.Sheet != "Wishes" {
		t.Errorf("error %v, want an open quotation mark at row 3", err)
	}
}

// TestCSVAgreesWithStandardLibrary: what the standard writer writes is read as
// it was.
func TestCSVAgreesWithStandardLibrary(t *testing.T) {
	field := rapid.StringOfN(rapid.RuneFrom([]rune("ab1\",;\n é")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(field, 1, 5), 0, 6).Draw(t, "records")
		separator := rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "separator")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = separator
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		s := scanner{text: b.String(), separator: byte(separator)}
		var got [][]string
		for !s.done() {
			fields, closed := s.next()
			if !closed {
				t.Fatal("a quotation mark is open")
			}
			got = append(got, fields)
		}
		if len(records) == 0 {
			records = nil
		}
		if diff := cmp.Diff(records, got); diff != "" {
			t.Fatalf("records (-want +got):\n%s", diff)
		}
	})
}

func TestStamps(t *testing.T) {
	day := time.Date(2017, 11, 6, 0, 0, 0, 0, time.UTC)
	date := func(order Order) Stamp { return Stamp{Date: day, Minute: NoTime, Order: order} }
	nine := Stamp{Minute: 540}
	for text, want := range map[string]Stamp{
		"2017-11-06":             date(Certain),
		"2017/11/6":              date(Certain),
		"06/11/2017":             date(Assumed),
		"6.11.17":                date(Assumed),
		"06-11-2017":             date(Assumed),
		"6 novembre 2017":        date(Certain),
		"lundi 6 novembre 2017":  date(Certain),
		"Lun. 6 nov. 2017":       date(Certain),
		"November 6, 2017":       date(Certain),
		"Mon, 6th November 2017": date(Certain),
		"6-Nov-2017":             date(Certain),
		"43045":                  date(Counted),
		"1er août 2017":          {Date: time.Date(2017, 8, 1, 0, 0, 0, 0, time.UTC), Minute: NoTime},
		"mars 1, 2018":           {Date: time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC), Minute: NoTime},
		"23/11/2017":             {Date: day.AddDate(0, 0, 17), Minute: NoTime, Order: DayFirst},
		"11/23/2017":             {Date: day.AddDate(0, 0, 17), Minute: NoTime, Order: MonthFirst},
		"11/11/2017":             {Date: day.AddDate(0, 0, 5), Minute: NoTime},
		"9:00":                   nine, "09:00:00": nine, "9h": nine, "9h00": nine, "9 h 00": nine, "9.00": nine, "9 AM": nine, "9:00 a.m.": nine, "0,375": nine,
		"12 am":               {Minute: 0},
		"12:30 pm":            {Minute: 750},
		"24:00":               {Minute: 1440},
		"2017-11-06 09:00":    {Date: day, Minute: 540},
		"2017-11-06T09:00:00": {Date: day, Minute: 540},
		"06/11/2017 9h":       {Date: day, Minute: 540, Order: Assumed},
		"6 November 2017, 9am": {
			Date: day, Minute: 540,
		},
		"43045.375": {Date: day, Minute: 540, Order: Counted},
	} {
		got, ok := textCell(text).Stamp()
		if !ok {
			t.Errorf("%q is not read", text)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestNoStamps(t *testing.T) {
	for _, text := range []string{"", "9", "900", "2017", "2017-13-01", "31/02/2017", "30/02/2017", "6/11/20175", "25:00", "9:60", "13 pm", "soon", "2017-11-06 soon", "6 brumaire 2017", "NaN", "1e5"} {
		if got, ok := textCell(text).Stamp(); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{"3": 3, "3,5": 3.5, "3.5": 3.5, "1 200": 1200, "1\u202f200": 1200, "−2": -2} {
		if got, ok := textCell(text).Float(); !ok || got != want {
			t.Errorf("%q is %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "three", "1e400", "NaN", "inf", "5 meetings"} {
		if got, ok := textCell(text).Float(); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
	if n, ok := textCell("5.0").Whole(); !ok || n != 5 {
		t.Errorf("5.0 is %v, %v", n, ok)
	}
	if _, ok := textCell("5.5").Whole(); ok {
		t.Error("5.5 is read as a whole number")
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("book/Wishes.csv", "a\n")
	write("book/Slots.CSV", "a\n")
	write("book/notes.txt", "a\n")
	write("empty/notes.txt", "a\n")
	for path, want := range map[string]error{
		write("old.xls", "\xd0\xcf\x11\xe0 and so on"): ErrOldFormat,
		write("text.xlsx", "hello"):                    ErrNotSheet,
		write("one.csv", "a\n"):                        ErrOneCSV,
		filepath.Join(dir, "empty"):                    ErrNoSheets,
		filepath.Join(dir, "absent.xlsx"):              os.ErrNotExist,
	} {
		if _, err := Open(path); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", filepath.Base(path), err, want)
		}
	}
	tables, err := Open(filepath.Join(dir, "book"))
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 2 || tables[0].Name != "Slots" || tables[1].Name != "Wishes" {
		t.Errorf("tables %v, want Slots and Wishes", tables)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("a;b\n1;\"2\n3\"\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("sep=;\n\"\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ReadCSV("x", data)
		if err != nil {
			return
		}
		last := 0
		for _, row := range table.Rows {
			if row.Number <= last || len(row.Cells) == 0 || row.Cells[len(row.Cells)-1].Kind == Blank {
				t.Fatalf("row %d after %d holds %v", row.Number, last, row.Cells)
			}
			last = row.Number
		}
	})
}

func FuzzParseStamp(f *testing.F) {
	f.Add("lundi 6 nov. 2017 9 h 30")
	f.Fuzz(func(t *testing.T, text string) {
		stamp, ok := ParseStamp(text)
		if !ok {
			return
		}
		if again, ok := ParseStamp(stamp.String()); !ok || again.Date != stamp.Date || again.Minute != stamp.Minute {
			t.Fatalf("%q is %v, written and read again %v", text, stamp, again)
		}
	})
}
