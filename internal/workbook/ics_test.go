package workbook

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/calendar"
)

// outputEvents writes the calendar files and reads them with another library.
func outputEvents(t *testing.T, o *Outcome) map[string][]ical.Event {
	t.Helper()
	events := map[string][]ical.Event{}
	for _, f := range CalendarFiles(o) {
		var b bytes.Buffer
		if err := calendar.Write(&b, f.Calendar); err != nil {
			t.Fatal(err)
		}
		read, err := ical.NewDecoder(&b).Decode()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		events[f.Name] = read.Events()
	}
	return events
}

// outputEventText says an event in a line: its instants in UTC.
func outputEventText(t *testing.T, e ical.Event) string {
	t.Helper()
	start, err := e.DateTimeStart(nil)
	if err != nil {
		t.Fatal(err)
	}
	end, err := e.DateTimeEnd(nil)
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{start.UTC().Format("Mon 2 15:04") + "–" + end.UTC().Format("15:04Z")}
	for _, name := range []string{"UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION"} {
		if prop := e.Props.Get(name); prop != nil {
			value := strings.NewReplacer(`\,`, ",", `\n`, " / ").Replace(prop.Value)
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, " | ")
}

func TestCalendarFiles(t *testing.T) {
	events := outputEvents(t, outputOutcome(t))
	want := []string{"F01-1.ics", "F01-2.ics", "F02-1.ics", "M01-1.ics", "M02-1.ics"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(events))); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	fiction := "Companies and people are fictional."
	for name, want := range map[string][]string{
		"F01-2.ics": {
			"Fri 3 13:00–13:30Z | a | 0 | CONFIRMED | Biscayne Port Systems | Brickell Hub, table 4, 1 Fictional Avenue, Miami | " +
				"Interpreter: fr-en 1 / Your wish: Shore power / " + fiction,
			"Mon 6 16:00–17:00Z | s | 0 | CONFIRMED | Smart ports | Port pavilion | " + fiction,
		},
		"F01-1.ics": {
			"Mon 6 14:00–15:00Z | c | 0 | CONFIRMED | Mistral Data | Brickell Hub, table 3, 1 Fictional Avenue, Miami | " + fiction,
			"Mon 6 16:00–17:00Z | s | 0 | CONFIRMED | Smart ports | Port pavilion | Leave by 10:40: 20 min on the way / " + fiction,
			"Mon 6 20:00–20:30Z | d | 0 | CONFIRMED | Studio Ocho | Studio Ocho, table Suite B | " +
				"Leave by 14:45: 15 min on the way / " + fiction,
		},
		// The notes of others are not for this agenda.
		"M01-1.ics": {
			"Fri 3 13:00–13:30Z | a | 0 | CONFIRMED | Nacre Océan | Brickell Hub, table 4, 1 Fictional Avenue, Miami | " +
				"With Bruno Tissot / Interpreter: fr-en 1 / " + fiction,
		},
	} {
		var got []string
		for _, e := range events[name] {
			got = append(got, strings.ReplaceAll(outputEventText(t, e), "\u00a0", " "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestInstantsOfBothSidesOfTheClockChange compares what is read with the slots
// of the book.
func TestInstantsOfBothSidesOfTheClockChange(t *testing.T) {
	o := outputOutcome(t)
	var got []time.Time
	for _, e := range outputEvents(t, o)["F02-1.ics"] {
		start, err := e.DateTimeStart(nil)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, start)
	}
	want := []time.Time{
		o.Book.Sessions[1].Start, o.Book.Slots[3].Start, o.Book.Sessions[0].Start, o.Book.Slots[5].Start,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("starts (-want +got):\n%s", diff)
	}
}

func TestCalendarStrikesOutWhatIsNoLongerHeld(t *testing.T) {
	o := outputReplanned(t)
	o.Result.Plan.Meetings[0].Attendees[0].Seat = 1
	Identify(o)
	events := outputEvents(t, o)
	var got []string
	for _, name := range []string{"F01-1.ics", "F01-2.ics", "M02-1.ics", "M01-1.ics"} {
		for _, e := range events[name] {
			if e.Props.Get("STATUS").Value == "CANCELLED" {
				got = append(got, name+" "+outputEventText(t, e))
			}
		}
	}
	want := []string{
		"F01-1.ics Mon 6 20:00–20:30Z | d | 1 | CANCELLED | Nacre Océan and Studio Ocho",
		"F01-2.ics Fri 3 13:00–13:30Z | a | 1 | CANCELLED | Nacre Océan and Biscayne Port Systems",
		"M02-1.ics Mon 6 20:00–20:30Z | d | 1 | CANCELLED | Nacre Océan and Studio Ocho",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cancelled (-want +got):\n%s", diff)
	}
}

func TestNamesOfCalendarFilesAreSafe(t *testing.T) {
	o := outputOutcome(t)
	for i, id := range []string{"../É 1", "a/b", "A:B", "…"} {
		o.Book.Participants[i].ID = id
	}
	var got []string
	for _, f := range CalendarFiles(o) {
		got = append(got, f.Name)
	}
	want := []string{"___E_1-1.ics", "___E_1-2.ics", "a_b-1.ics", "A_B-1_2.ics", "_-1.ics"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}
