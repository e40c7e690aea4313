package workbook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/escale-hq/escale/planner"
)

// readTestSpans shows spans by their days and UTC times.
func readTestSpans(spans []Span) string {
	var shown []string
	for _, s := range spans {
		shown = append(shown, s.Start.UTC().Format("02 15:04")+" > "+s.End.UTC().Format("02 15:04"))
	}
	return strings.Join(shown, ", ")
}

// TestReadMessyBook: what is read with a note is what the note says.
func TestReadMessyBook(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/read/messy.txtar")
	if err != nil {
		t.Fatal(err)
	}
	book, err := readTables(readTestTables(t, archive), "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"mission": fmt.Sprint(book.Name, ", ", book.Zone, ", ", book.Language, ", ", book.MeetingMinutes, "+", book.GapMinutes),
		"slots":   fmt.Sprint(len(book.Slots), " ", readTestSpans([]Span{{book.Slots[0].Start, book.Slots[0].End}})),
		"port":    fmt.Sprint(book.Venues[0].ID, " ", book.Venues[0].Located),
		"studio":  readTestSpans(book.Venues[2].Closed),
		"Nacre":   readTestSpans(book.Participants[0].Unavailable),
		"Mistral": readTestSpans(book.Participants[1].Unavailable) + fmt.Sprint(book.Participants[1].Languages, book.Participants[1].Places),
		"meeting": fmt.Sprint(len(book.Meetings), " ", book.Meetings[0].Start, " ", book.Meetings[0].Locked),
		"welcome": readTestSpans([]Span{{book.Sessions[0].Start, book.Sessions[0].End}}) + fmt.Sprint(book.Sessions[0].Participants),
		"Sunday":  readTestSpans([]Span{{book.Sessions[1].Start, book.Sessions[1].End}}) + fmt.Sprint(book.Sessions[1].Participants),
		"pools":   fmt.Sprint(book.Interpreters[0].Languages, book.Interpreters[0].Count, " ") + readTestSpans(book.Interpreters[1].Unavailable),
	}
	want := map[string]string{
		"mission": "Miami 2017, America/New_York, fr, 30+10",
		"slots":   "8 06 14:00 > 06 14:30",
		"port":    "port false",
		"studio":  "07 05:00 > 08 05:00",
		"Nacre":   "06 14:00 > 06 15:30, 06 16:00 > 06 17:00",
		"Mistral": "07 05:00 > 10 05:00[provencal] [2]",
		"meeting": "1 1 true",
		"welcome": "04 22:00 > 05 00:00[0 1 2]",
		"Sunday":  "05 05:30 > 05 08:00[0 1]",
		"pools":   "[fr en] 1 05 05:30 > 05 09:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("book (-want +got):\n%s", diff)
	}
	wishes := []Wish{
		{From: 0, To: 2, Kind: planner.Must, Note: "Courant à quai; Énergie"},
		{From: 1, To: 2, Kind: planner.Nice},
		{From: 2, To: 0, Kind: planner.Nice, Weight: 3},
		{From: 2, To: 1, Kind: planner.Never},
		{From: 0, To: 1, Kind: planner.Nice},
	}
	if diff := cmp.Diff(wishes, book.Wishes, readTestEqual); diff != "" {
		t.Errorf("wishes (-want +got):\n%s", diff)
	}
}

// TestReadLegs: words for many are those who take part in the leg of the
// session, and a meeting is in the leg of its attendees.
func TestReadLegs(t *testing.T) {
	book, err := readTestBook(t, "en", `
-- Mission.csv --
timezone,America/Toronto
-- Slots.csv --
leg,date,start,end
Toronto,2019-11-04,09:00,12:00
Montreal,2019-11-04,09:00,12:00
Montreal,2019-11-05,09:00,12:00
-- Venues.csv --
id,tables,leg
north,2,Toronto
east,2,Montreal
-- Participants.csv --
id,name,side,leg
A,Alpha,delegate,Toronto
B,Beta,delegate,Montreal
C,Gamma,counterpart,Montreal
D,Delta,delegate,Toronto;Montreal
-- Wishes.csv --
from,to,wish
A,C,nice
-- Meetings.csv --
participants,start,venue,locked
B+C,2019-11-04 09:30,,yes
A+D,2019-11-04 09:30,north,yes
-- Sessions.csv --
name,start,end,venue,participants
One,2019-11-04 14:00,15:00,north,all
Two,2019-11-05 14:00,2019-11-05 15:00,,delegates;C
`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]int{{0, 3}, {1, 2, 3}}, [][]int{book.Sessions[0].Participants, book.Sessions[1].Participants}); diff != "" {
		t.Errorf("participants of the sessions (-want +got):\n%s", diff)
	}
	legs := []string{}
	for _, m := range book.Meetings {
		legs = append(legs, book.Legs[book.Slots[m.Start].Leg].Name)
	}
	if diff := cmp.Diff([]string{"Montreal", "Toronto"}, legs); diff != "" {
		t.Errorf("legs of the meetings (-want +got):\n%s", diff)
	}
	if got := book.Travel[0][1]; got != 0 {
		t.Errorf("%d minutes from a city to another are counted, want none", got)
	}
	if err := book.Problem().Validate(); err != nil {
		t.Error(err)
	}
}

// TestNearest suggests an id that is nearly the one written, and no other.
func TestNearest(t *testing.T) {
	x := newIndex()
	for _, p := range [][2]string{{"F01", "Nacre Océan"}, {"F02", "Mistral Data"}, {"M", "Biscayne"}} {
		x.add(p[0], p[1], "")
	}
	for text, want := range map[string]string{
		"F0l": "F01", "Nacre Ocaen": "F01", "mistral dat": "F02", "Biscane": "M", "X": "", "Q99": "", "Nacelle": "",
	} {
		if got, _ := x.nearest(text); got != want {
			t.Errorf("nearest to %q is %q, want %q", text, got, want)
		}
	}
}
