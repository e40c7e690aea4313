package workbook

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/planner"
)

// readTestEqual compares books: zones by their names, moments as instants.
var readTestEqual = cmp.Options{
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
	cmpopts.EquateEmpty(),
}

func TestReadBook(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/read/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	book, err := readTables(readTestTables(t, archive), "")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time { return time.Date(2017, 11, day, hour, minute, 0, 0, zone) }
	want := &Book{
		Name: "Miami 2017", Zone: zone, Language: "en", Fictional: true, MeetingMinutes: 30,
		Legs: []Leg{{Zone: zone}},
		Venues: []Venue{
			{
				ID: "hub", Name: "Brickell Hub", Address: "1 Example Avenue", Latitude: 25.7617, Longitude: -80.1918, Located: true,
				Closed: []Span{{at(6, 11, 0), at(6, 12, 0)}},
			},
			{ID: "port", Name: "Port pavilion", Address: "2 Example Quay", Latitude: 25.7742, Longitude: -80.17, Located: true},
		},
		Places: []Place{
			{Venue: 0, Tables: 6, First: 1},
			{Venue: 0, Tables: 1, First: 8},
			{Venue: 0, Tables: 1, First: 7, Label: "7", Reserved: true},
			{Venue: 1, First: 1, Reserved: true},
		},
		Participants: []Participant{
			{
				ID: "F01", Name: "Nacre Ocean", Contact: "Anne Roux", Email: "anne@example.com", Side: planner.Delegate,
				Languages: []string{"fr", "en"}, People: []string{"Anne Roux", "Bruno Tissot"}, Seats: 2, Min: 2, Max: 8, MaxDay: 4,
				Unavailable: []Span{{at(6, 9, 0), at(6, 10, 0)}, {at(7, 0, 0), at(8, 0, 0)}},
				Sectors:     []string{"maritime"}, Offers: []string{"hulls"}, Needs: []string{"shipyards"},
			},
			{ID: "F02", Name: "Mistral Data", Side: planner.Delegate, Languages: []string{"fr"}, Seats: 3, Places: []int{2}, Sectors: []string{"digital"}},
			{ID: "M01", Name: "Biscayne Port", Side: planner.Counterpart, Languages: []string{"en"}, Seats: 1, Places: []int{3}},
		},
		Wishes: []Wish{
			{From: 0, To: 2, Kind: planner.Must, Note: "Shore power"},
			{From: 2, To: 0, Kind: planner.Nice, Weight: 3, Minutes: 60, Venues: []int{0}, ToSeat: 2},
			{From: 1, To: 2, Kind: planner.Never},
		},
		Meetings: []Meeting{{
			Attendees: []planner.Attendee{{Participant: 0}, {Participant: 2}}, Start: 2, Place: 2, Table: 1, Venues: []int{0}, Locked: true,
		}},
		Sessions:     []Session{{Name: "Round table", Start: at(6, 16, 0), End: at(6, 17, 0), Venue: 1, Participants: []int{0, 1}}},
		Interpreters: []Interpreters{{Languages: [2]string{"fr", "en"}, Count: 2, Unavailable: []Span{{at(7, 9, 0), at(7, 10, 0)}}}},
		Travel:       [][]int{{0, 20}, {25, 0}},
		Estimated:    [][]bool{{false, false}, {false, false}},
	}
	for block, span := range []Span{{at(6, 9, 0), at(6, 12, 0)}, {at(6, 14, 0), at(6, 17, 0)}, {at(7, 9, 0), at(7, 12, 0)}} {
		for start := span.Start; start.Before(span.End); start = start.Add(30 * time.Minute) {
			want.Slots = append(want.Slots, Slot{Start: start, End: start.Add(30 * time.Minute), Day: span.Start.Day() - 6, Block: block})
		}
	}
	if diff := cmp.Diff(want, book, readTestEqual); diff != "" {
		t.Errorf("book (-want +got):\n%s", diff)
	}
	if err := book.Problem().Validate(); err != nil {
		t.Errorf("the problem is not valid: %v", err)
	}
}

// TestReadSlots: spans are cut with the gap between, over two legs with their
// own zones and on both sides of the night when the clocks go back.
func TestReadSlots(t *testing.T) {
	book, err := readTestBook(t, "en", `
-- Mission.csv --
timezone,America/New_York
meeting minutes,45
gap minutes,15
-- Slots.csv --
leg,date,start,end,timezone
Vancouver,2017-11-06,13:00,15:00,America/Vancouver
Miami,2017-11-04,16:00,17:00,
Miami,2017-11-06,12:00,13:00,
Miami,2017-11-06,10:00,12:00,
Miami,2017-11-06,14:00,14:45,
-- Participants.csv --
id,name
A,Alpha
B,Beta
-- Wishes.csv --
from,to,wish
A,B,must
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range book.Slots {
		got = append(got, strings.Join([]string{
			book.Legs[s.Leg].Name, s.Start.UTC().Format("02 15:04"), s.End.UTC().Format("15:04"), digits(s.Day), digits(s.Block),
		}, " "))
	}
	want := []string{
		"Miami 04 20:00 20:45 0 0",
		"Miami 06 15:00 15:45 1 1",
		"Miami 06 16:00 16:45 1 1",
		"Miami 06 17:00 17:45 1 1", // one after the other, though in two rows
		"Miami 06 19:00 19:45 1 2",
		"Vancouver 06 21:00 21:45 1 3",
		"Vancouver 06 22:00 22:45 1 3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
}

func TestInstants(t *testing.T) {
	for _, test := range []struct {
		zone, date string
		minute     int
		want       []string
	}{
		{"America/New_York", "2017-11-05", 90, []string{"05:30", "06:30"}},     // the clocks go back
		{"America/New_York", "2017-11-05", 120, []string{"07:00"}},             // and have gone back
		{"America/New_York", "2017-03-12", 150, nil},                           // the clocks go forward
		{"America/New_York", "2017-03-12", 180, []string{"07:00"}},             // and have gone forward
		{"Europe/Paris", "2017-10-29", 150, []string{"00:30", "01:30"}},        //
		{"Australia/Lord_Howe", "2017-04-02", 105, []string{"14:45", "15:15"}}, // by half an hour
		{"America/Sao_Paulo", "2017-10-15", 0, nil},                            // at midnight
		{"Asia/Tokyo", "2017-11-05", 1440, []string{"15:00"}},                  // never
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		date, err := time.Parse(time.DateOnly, test.date)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, moment := range instants(date, test.minute, zone) {
			got = append(got, moment.UTC().Format("15:04"))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s, %s, minute %d (-want +got):\n%s", test.zone, test.date, test.minute, diff)
		}
	}
}

// TestInstantsAgreeWithClocks: the clocks show what they were asked for at each
// instant found, and at no other.
func TestInstantsAgreeWithClocks(t *testing.T) {
	var zones []*time.Location
	for _, name := range []string{"America/New_York", "Europe/Paris", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		date := time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3650).Draw(t, "day"))
		minute := 5 * rapid.IntRange(0, 288).Draw(t, "five")
		shown := date.Add(time.Duration(minute) * time.Minute)
		var want []time.Time
		for moment := shown.Add(-27 * time.Hour); moment.Before(shown.Add(27 * time.Hour)); moment = moment.Add(5 * time.Minute) {
			if moment.In(zone).Format(time.DateTime) == shown.Format(time.DateTime) {
				want = append(want, moment)
			}
		}
		if got := instants(date, minute, zone); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("%v %v: got %v, want %v", zone, shown, got, want)
		}
	})
}

func TestParseSpans(t *testing.T) {
	for text, want := range map[string]string{
		"2017-11-06 09:00-12:00":                            "06 09:00 > 06 12:00",
		"2017-11-06":                                        "06 > 06",
		"06/11/2017 9h00 – 12h30":                           "06 09:00 > 06 12:30",
		"2017-11-06T09:00 - 2017-11-07T12:00":               "06 09:00 > 07 12:00",
		"2017-11-06 to 2017-11-08":                          "06 > 08",
		"du 6 novembre 2017 au 8 novembre 2017":             "06 > 08",
		"le 6 novembre 2017 de 9 h à 12 h":                  "06 09:00 > 06 12:00",
		"lundi 6 novembre 2017, 9h-10h, 14h-15h et 17h-18h": "06 09:00 > 06 10:00, 06 14:00 > 06 15:00, 06 17:00 > 06 18:00",
		"2017-11-06 9am-2pm":                                "06 09:00 > 06 14:00",
		"2017-11-06 18:00—24:00":                            "06 18:00 > 06 24:00",
		"10:00-11:00":                                       "03 10:00 > 03 11:00",
		"":                                                  "03 > 03",
		"2017-11-06 09:00":                                  "",
		"2017-11-06 09:00-":                                 "",
		"2017-11-06 morning":                                "",
		"2017-11-06 09:00-12:00 or so":                      "",
		"2017-11-06 - 12:00":                                "",
		"every day":                                         "",
	} {
		day := time.Date(2017, 11, 3, 0, 0, 0, 0, time.UTC)
		walls, _, ok := parseSpans(text, day)
		var got []string
		for _, wall := range walls {
			show := func(s sheet.Stamp) string { return strings.TrimPrefix(s.String(), "2017-11-") }
			got = append(got, show(wall.from)+" > "+show(wall.to))
		}
		if strings.Join(got, ", ") != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, want %q", text, got, ok, want)
		}
	}
	if _, _, ok := parseSpans("09:00-10:00", time.Time{}); ok {
		t.Error("a span without any date is read")
	}
}

func TestReadTravelFromCoordinates(t *testing.T) {
	book, err := readTestBook(t, "en", `
-- Mission.csv --
timezone,America/New_York
-- Slots.csv --
date,start,end
2017-11-06,09:00,12:00
-- Venues.csv --
id,latitude,longitude,tables
hub,25.7617,-80.1918,2
port,25.7742,-80.1700,1
mill,,,1
-- Travel.csv --
from,to,minutes
mill,hub,30
-- Participants.csv --
id,name
A,Alpha
B,Beta
-- Wishes.csv --
from,to,wish
A,B,must
`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]int{{0, 13, 30}, {13, 0, 0}, {30, 0, 0}}, book.Travel); diff != "" {
		t.Errorf("travel (-want +got):\n%s", diff)
	}
	yes, no := true, false
	if diff := cmp.Diff([][]bool{{no, yes, no}, {yes, no, no}, {no, no, no}}, book.Estimated); diff != "" {
		t.Errorf("estimated (-want +got):\n%s", diff)
	}
}

// TestReadFiles: an XLSX file and a folder of CSV files of the same cells give
// the same book.
func TestReadFiles(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/read/clean.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tables := readTestTables(t, archive)
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "book.xlsx")
	var sheets []sheet.Sheet
	for _, table := range tables {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		page := sheet.Sheet{Name: table.Name}
		for _, row := range table.Rows {
			var record []string
			var values []sheet.Value
			for _, cell := range row.Cells {
				record, values = append(record, cell.Text), append(values, sheet.Value{What: cell.Text})
			}
			if err := w.Write(record); err != nil {
				t.Fatal(err)
			}
			page.Rows = append(page.Rows, values)
		}
		w.Flush()
		if err := os.WriteFile(filepath.Join(folder, table.Name+".csv"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		sheets = append(sheets, page)
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Write(f, sheets); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	fromFolder, err1 := Read(folder, "en")
	fromFile, err2 := Read(file, "en")
	if err1 != nil || err2 != nil {
		t.Fatalf("errors %v, %v", err1, err2)
	}
	if diff := cmp.Diff(fromFolder, fromFile, readTestEqual); diff != "" {
		t.Errorf("books (-folder +file):\n%s", diff)
	}
}

// TestReadUnopened: a file that is no workbook is refused in words, in the
// language asked for.
func TestReadUnopened(t *testing.T) {
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
	write("empty/readme.txt", "")
	write("open/Wishes.csv", "from,to\n\"A,B\n")
	for path, key := range map[string]string{
		filepath.Join(dir, "absent.xlsx"):                          "read.file.absent",
		filepath.Join(dir, "empty"):                                "read.file.no_sheets",
		filepath.Join(dir, "open"):                                 "read.file.quote",
		write("old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):       "read.file.old",
		write("text.xlsx", "hello"):                                "read.file.not_sheet",
		write("one.csv", "a"):                                      "read.file.one_csv",
		write("zip.xlsx", "PK\x05\x06"+strings.Repeat("\x00", 18)): "read.file.damaged",
	} {
		_, err := Read(path, "fr")
		if err == nil || !strings.Contains(err.Error(), wordsFor("fr").T(key)) {
			t.Errorf("%s: error %v, want %s", filepath.Base(path), err, wordsFor("fr").T(key))
		}
	}
}
