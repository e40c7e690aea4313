package mission

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
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
