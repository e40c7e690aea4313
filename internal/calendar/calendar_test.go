package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func load(t rapid.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func written(t rapid.TB, c Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parsed(t rapid.TB, text string) *ical.Calendar {
	t.Helper()
	read, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("another library cannot read the file: %v\n%s", err, text)
	}
	return read
}

// instant works out a property's time from the zones that the file itself
// defines, as RFC 5545 says: the observance that began last, by its own clock,
// decides; where two do, the hour is repeated and its first pass is meant.
func instant(t rapid.TB, file *ical.Calendar, prop *ical.Prop) time.Time {
	t.Helper()
	if strings.HasSuffix(prop.Value, "Z") {
		return moment(t, utcTime, prop.Value)
	}
	local := moment(t, localTime, prop.Value)
	var candidates []time.Time
	for _, o := range observances(file, prop.Params.Get("TZID")) {
		onset := moment(t, localTime, o.Props.Get("DTSTART").Value)
		from := seconds(t, o.Props.Get("TZOFFSETFROM").Value)
		began := onset.Add(-from)
		if at := local.Add(-seconds(t, o.Props.Get("TZOFFSETTO").Value)); !at.Before(began) {
			candidates = append(candidates, at)
		}
	}
	if len(candidates) == 0 {
		t.Fatalf("no observance covers %s", prop.Value)
	}
	// The list is in order of onset. The last that covers the time decides,
	// unless the one before it still held at its own reading of the time.
	last := len(candidates) - 1
	if last > 0 {
		held := observances(file, prop.Params.Get("TZID"))[last]
		began := moment(t, localTime, held.Props.Get("DTSTART").Value).
			Add(-seconds(t, held.Props.Get("TZOFFSETFROM").Value))
		if candidates[last-1].Before(began) {
			return candidates[last-1]
		}
	}
	return candidates[last]
}

func observances(file *ical.Calendar, zone string) []*ical.Component {
	for _, c := range file.Children {
		if c.Name == "VTIMEZONE" && c.Props.Get("TZID").Value == zone {
			return c.Children
		}
	}
	return nil
}

func moment(t rapid.TB, layout, value string) time.Time {
	t.Helper()
	at, err := time.Parse(layout, value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func seconds(t rapid.TB, offset string) time.Duration {
	t.Helper()
	at, err := time.Parse("-0700", offset[:5])
	if err != nil {
		t.Fatal(err)
	}
	_, s := at.Zone()
	return time.Duration(s) * time.Second
}

func TestBothSidesOfTheNightTheClocksGoBack(t *testing.T) {
	miami := load(t, "America/New_York")
	before := time.Date(2017, 11, 4, 18, 0, 0, 0, miami)
	after := time.Date(2017, 11, 6, 9, 0, 0, 0, miami)
	text := written(t, Calendar{Product: "-//Escale//Test//EN", Events: []Event{
		{UID: "1", Start: before, End: before.Add(time.Hour)},
		{UID: "2", Start: after, End: after.Add(time.Hour)},
	}})
	want := `BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20170312T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20171105T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
`
	if !strings.Contains(text, strings.ReplaceAll(want, "\n", "\r\n")) {
		t.Errorf("the zone is not spelt out as expected:\n%s", text)
	}
	file := parsed(t, text)
	for i, want := range []string{"2017-11-04T22:00:00Z", "2017-11-06T14:00:00Z"} {
		start := file.Events()[i].Props.Get("DTSTART")
		theirs, err := start.DateTime(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := theirs.UTC().Format(time.RFC3339); got != want {
			t.Errorf("event %d starts at %s for another library, want %s", i, got, want)
		}
		if got := instant(t, file, start).Format(time.RFC3339); got != want {
			t.Errorf("event %d starts at %s by the file's own zone, want %s", i, got, want)
		}
	}
}

func TestEventIsReadBack(t *testing.T) {
	paris := load(t, "Europe/Paris")
	start := time.Date(2026, 11, 24, 10, 30, 0, 0, paris)
	want := Event{
		UID: "0f1e", Sequence: 3, Stamp: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC),
		Start: start, End: start.Add(30 * time.Minute),
		Summary:     "Nacre Océan, société fictive; salle « Léon », 日本 עברית",
		Location:    "Hub; 1, rue Fictive, Marseille",
		Description: "Départ à 10:05\nTable 4 \\ accueil" + strings.Repeat(" très long", 20),
		Position:    &Position{43.296482, 5.36978},
	}
	text := written(t, Calendar{Product: "-//Escale//Test//FR", Name: "Planning", Events: []Event{want}})
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("line of %d octets, RFC 5545 allows 75: %q", len(line), line)
		}
	}
	file := parsed(t, text)
	event := file.Events()[0].Props
	get := func(name string) string {
		value, err := event.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	got := map[string]string{}
	for _, name := range []string{"UID", "SUMMARY", "LOCATION", "DESCRIPTION"} {
		got[name] = get(name)
	}
	for _, name := range []string{"SEQUENCE", "DTSTAMP", "STATUS", "GEO"} {
		got[name] = event.Get(name).Value
	}
	expected := map[string]string{
		"UID": "0f1e", "SEQUENCE": "3", "DTSTAMP": "20261101T080000Z", "STATUS": "CONFIRMED",
		"GEO": "43.296482;5.369780", "SUMMARY": want.Summary, "LOCATION": want.Location, "DESCRIPTION": want.Description,
	}
	if diff := cmp.Diff(expected, got); diff != "" {
		t.Errorf("event read back (-want +got):\n%s", diff)
	}
}

func TestCancelledEventSaysSo(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	file := parsed(t, written(t, Calendar{Product: "x", Events: []Event{{UID: "1", Start: at, End: at, Cancelled: true}}}))
	if got := file.Events()[0].Props.Get("STATUS").Value; got != "CANCELLED" {
		t.Errorf("STATUS = %s, want CANCELLED", got)
	}
}

func TestControlsNeverReachTheFile(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	text := written(t, Calendar{Product: "x", Events: []Event{{
		UID: "1", Start: at, End: at, Summary: "Table\r\nATTENDEE:mailto:x@example.org\x00", Location: "\xff",
	}}})
	if strings.Contains(text, "\r\nATTENDEE") || strings.ContainsRune(text, 0) {
		t.Errorf("a name smuggled in a line or a control:\n%q", text)
	}
	parsed(t, text)
}

// TestInstantsProperty writes events at any instant in zones with and without
// changes of clocks, and reads them by the zones in the file alone.
func TestInstantsProperty(t *testing.T) {
	zones := []string{
		"America/New_York", "Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Dublin",
		"Africa/Casablanca", "Asia/Tokyo", "America/Sao_Paulo", "Etc/UTC", "Pacific/Apia",
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := load(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		var events []Event
		for range rapid.IntRange(1, 6).Draw(t, "events") {
			minute := rapid.Int64Range(631152000/60, 2145916800/60).Draw(t, "minute")
			start := time.Unix(minute*60, 0).In(zone)
			events = append(events, Event{UID: "u", Start: start, End: start.Add(time.Hour)})
		}
		checkInstants(t, events)
	})
}

// TestRepeatedHour walks the minutes around the change, where a local time
// alone is ambiguous.
func TestRepeatedHour(t *testing.T) {
	miami := load(t, "America/New_York")
	change := time.Date(2017, 11, 5, 6, 0, 0, 0, time.UTC)
	for offset := -150 * time.Minute; offset <= 150*time.Minute; offset += 15 * time.Minute {
		start := change.Add(offset).In(miami)
		checkInstants(t, []Event{{UID: "u", Start: start, End: start.Add(30 * time.Minute)}})
	}
}

func checkInstants(t rapid.TB, events []Event) {
	t.Helper()
	text := written(t, Calendar{Product: "x", Events: events})
	file := parsed(t, text)
	for i, e := range file.Events() {
		for name, want := range map[string]time.Time{"DTSTART": events[i].Start, "DTEND": events[i].End} {
			if got := instant(t, file, e.Props.Get(name)); !got.Equal(want) {
				t.Fatalf("%s of event %d is %v, want %v\n%s", name, i, got, want.UTC(), text)
			}
		}
	}
}

// TestWholeDays: the first day and the day after the last, without a zone, so
// that they are the same days wherever the reader is.
func TestWholeDays(t *testing.T) {
	paris := load(t, "Europe/Paris")
	text := written(t, Calendar{Product: "-//Escale//EN", Events: []Event{{
		UID: "1", WholeDays: true, Start: time.Date(2027, 3, 8, 0, 0, 0, 0, paris), End: time.Date(2027, 3, 31, 0, 0, 0, 0, paris),
	}}})
	event := parsed(t, text).Events()[0]
	for name, want := range map[string]string{"DTSTART": "20270308", "DTEND": "20270401"} {
		if p := event.Props.Get(name); p.Value != want || p.Params.Get("VALUE") != "DATE" {
			t.Errorf("%s is %q as %q", name, p.Value, p.Params.Get("VALUE"))
		}
	}
	if strings.Contains(text, "VTIMEZONE") {
		t.Error("a zone is defined that nothing uses")
	}
}
