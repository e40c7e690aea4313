package mission

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMonthsLater(t *testing.T) {
	for day, want := range map[string]string{
		"2017-11-10": "2018-05-10", "2017-08-31": "2018-02-28", "2019-08-31": "2020-02-29", "2017-03-31": "2017-09-30",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := monthsLater(at, 6); got != want {
			t.Errorf("six months after %s: %s, want %s", day, got, want)
		}
	}
}

func TestPassport(t *testing.T) {
	w := &Whole{Mission: &Mission{EndsOn: "2017-11-10"}}
	us, three := &EntryRule{Country: "US"}, &EntryRule{Country: "CA", Months: 3}
	for _, c := range []struct {
		name      string
		countries []string
		rules     []*EntryRule
		want      Passport
	}{
		{"until the return", []string{"US"}, []*EntryRule{us}, Passport{"2017-11-10", "US", us}},
		{"the most demanding", []string{"CA", "US"}, []*EntryRule{us, three}, Passport{"2018-02-10", "CA", three}},
		{"nobody knows", []string{"JP", "US"}, []*EntryRule{us}, Passport{"2018-05-10", "JP", nil}},
		{"home asks for nothing", []string{"FR"}, nil, Passport{}},
		{"the territory's own comes first", []string{"US"}, []*EntryRule{{Country: "US", Months: 1}, us}, Passport{"2017-12-10", "US", &EntryRule{Country: "US", Months: 1}}},
	} {
		if diff := cmp.Diff(c.want, passportFor(w, "FR", c.countries, c.rules)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	if p := (Passport{Until: "2018-05-10"}); p.enough("2018-05-09") || !p.enough("2018-05-10") || p.enough("") {
		t.Error("the last day that is enough is another")
	}
}

func TestUnmet(t *testing.T) {
	p := Passport{Until: "2018-05-10"}
	tr := &Traveller{PassportTo: "2018-05-09", EntryKind: "none", Room: "single"}
	var names []string
	for _, n := range tr.unmet(p) {
		names = append(names, n.name)
	}
	want := []string{"passport", "order", "flights", "hotel", "insurance", "emergency", "meal"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if by := needs()[0].by("2017-11-05"); by != "2017-09-06" {
		t.Errorf("the passport is there by %s", by)
	}
}

// TestFormOfAJourney: what the form of a traveller holds gives the same traveller
// again, in any zone and across changes of clocks.
func TestFormOfAJourney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]string{"Europe/Paris", "America/New_York", "Asia/Kolkata", "UTC", "America/St_Johns"})
		word := rapid.StringMatching(`[A-Za-zé]{1,12}`)
		stop := func(name string, at time.Time) Stop {
			location, err := time.LoadLocation(zone.Draw(t, name))
			if err != nil {
				t.Fatal(err)
			}
			return Stop{word.Draw(t, name), at.In(location)}
		}
		leaves := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(t, "leaves")) * time.Minute)
		lands := leaves.Add(time.Duration(rapid.IntRange(1, 30*60).Draw(t, "minutes")) * time.Minute)
		f := Flight{word.Draw(t, "number"), stop("from", leaves), stop("to", lands)}
		before := &Traveller{
			Flights:   []string{f.String()},
			Stays:     []string{Stay{word.Draw(t, "hotel"), "2017-11-05", "2017-11-10"}.String()},
			Transfers: []string{Transfer{f.To, word.Draw(t, "to"), ""}.String()},
		}
		after := &Traveller{}
		if err := after.fill(travellerValues(before), nil, "flights", "stays", "transfers"); err != nil {
			// An hour that the clocks repeat cannot be told from its double: it may then seem to land before it left.
			if _, failed := readFlight(f.String()); failed == nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(before, after, cmp.AllowUnexported(Part{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestTheLinkSetsWhatIsTheirs: a traveller cannot write their own order, nor the
// hotel.
func TestTheLinkSetsWhatIsTheirs(t *testing.T) {
	tr := &Traveller{OrderNumber: "1", Stays: []string{"H | 2017-11-05 | 2017-11-06"}}
	err := tr.fill(url.Values{"order_number": {"2"}, "person": {"x"}, "stays.0.hotel": {"I"}, "meal": {"fish"}}, own(), "flights")
	if err != nil || tr.OrderNumber != "1" || tr.Person != "" || tr.Stays[0] != "H | 2017-11-05 | 2017-11-06" || tr.Meal != "fish" {
		t.Errorf("%v, %+v", err, tr)
	}
}

// TestAKnownCityGivesItsZone, and no other does.
func TestAKnownCityGivesItsZone(t *testing.T) {
	tr := &Traveller{}
	sent := url.Values{
		"flights.0.number": {"AF84"}, "flights.0.from": {"Paris"}, "flights.0.leaves": {"2017-11-05T10:35"},
		"flights.0.to": {"Miami"}, "flights.0.lands": {"2017-11-05T14:55"},
	}
	if err := tr.fill(sent, nil, "flights"); err != nil {
		t.Fatal(err)
	}
	want := "AF84 | Paris | 2017-11-05 10:35 Europe/Paris | Miami | 2017-11-05 14:55 America/New_York"
	if diff := cmp.Diff([]string{want}, tr.Flights); diff != "" {
		t.Error(diff)
	}
	sent.Set("flights.0.to", "Nowhere at all")
	if err := tr.fill(sent, nil, "flights"); err == nil {
		t.Error("a place that nobody knows needs its zone")
	}
}

// TestListsReadBack: each list is written as a workbook and read with another
// part of the program; it holds what its reader needs, and no more.
func TestListsReadBack(t *testing.T) {
	words := wordstest.Load(t, Words).For("en")
	ana := &Traveller{
		Name: "Ana Bell", PassportTo: "2099-01-02", Insurance: "Assur", Meal: "vegan", Room: "twin", RoomWith: "Luc",
		EmergencyName: "Zoé", EmergencyPhone: "+33 6",
		Flights:   []string{"B2 | Miami | 2017-11-10 17:40 America/New_York | Paris | 2017-11-11 08:00 Europe/Paris", "A1 | Paris | 2017-11-05 10:35 Europe/Paris | Miami | 2017-11-05 14:55 America/New_York"},
		Stays:     []string{"Biscayne | 2017-11-05 | 2017-11-10"},
		Transfers: []string{"Airport | 2017-11-05 16:00 America/New_York | Biscayne | bus"},
	}
	trip := travel{Whole: &Whole{Mission: &Mission{}}, travellers: []*Traveller{ana}}
	var file bytes.Buffer
	if err := trip.workbook(&file, words); err != nil {
		t.Fatal(err)
	}
	tables, err := sheet.ReadXLSX(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, table := range tables {
		var all []string
		for _, row := range table.Rows {
			for _, cell := range row.Cells {
				all = append(all, cell.Text)
			}
		}
		got[table.Name] = strings.ReplaceAll(strings.Join(all, " "), "\u00a0", " ")
	}
	for name, want := range map[string][2]string{
		"Rooming list":         {"Biscayne 5 November 2017 10 November 2017 Ana Bell Twin room, two beds Luc", "Zoé"},
		"Flight manifest":      {"A1 Paris, 5 Nov 2017, 10:35 (Europe/Paris) Miami, 5 Nov 2017, 14:55 (America/New_York) Ana Bell B2", "Biscayne"},
		"Transfer list":        {"Airport, 5 Nov 2017, 16:00 (America/New_York) Biscayne bus Ana Bell", "A1"},
		"List for the embassy": {"Ana Bell", "Twin"},
	} {
		if !strings.Contains(got[name], want[0]) || strings.Contains(got[name], want[1]) {
			t.Errorf("%s holds %q", name, got[name])
		}
		for _, never := range []string{"2099", "vegan", "Assur"} {
			if strings.Contains(got[name], never) {
				t.Errorf("%s tells of %q", name, never)
			}
		}
	}
}
