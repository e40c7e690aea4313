package mission

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/dbtest"
)

// TestMain fixes the seed, so that the tests say the same every time.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20261124"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

var someZones = []string{
	"Europe/Paris", "America/New_York", "America/Toronto", "Asia/Tokyo", "Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Jerusalem", "UTC",
}

// TestCopiesKeepTheWeekdayAndTheClock: whatever the zone, and whether its clocks
// changed between the two editions or not, a moment moves to the same weekday
// and the same hour there, unless the clocks leave that hour out.
func TestCopiesKeepTheWeekdayAndTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(someZones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 4000).Draw(t, "first day"))
		next := start.AddDate(0, 0, rapid.IntRange(-2000, 2000).Draw(t, "days between"))
		days, err := weeksBetween(start.Format(time.DateOnly), next.Format(time.DateOnly))
		if err != nil || days%7 != 0 {
			t.Fatalf("moved by %d days, %v", days, err)
		}
		if got := monday(start).AddDate(0, 0, days); got != monday(next) {
			t.Fatalf("the Monday falls on %v, want %v", got, monday(next))
		}
		at := start.In(zone).Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(t, "minutes in")) * time.Minute)
		c := &Copying{Days: days}
		moved := c.Instant(at.UTC(), zone)
		same := at.AddDate(0, 0, days)
		exists := time.Date(same.Year(), same.Month(), same.Day(), at.Hour(), at.Minute(), 0, 0, zone)
		if exists.Hour() != at.Hour() || exists.Minute() != at.Minute() {
			return // the clocks leave it out
		}
		const shown = "Monday 15:04"
		if moved.Weekday() != at.Weekday() || moved.Format(shown) != at.Format(shown) {
			t.Fatalf("%v moved to %v", at, moved)
		}
		if got := c.Day(at.Format(time.DateOnly)); got != moved.Format(time.DateOnly) {
			t.Fatalf("the day moved to %s, the moment to %v", got, moved)
		}
	})
}

// TestGridsMoveAsText: stretches are local, so that a change of clocks between
// leaves them alone.
func TestGridsMoveAsText(t *testing.T) {
	c := &Copying{Days: 140}
	got, err := c.grid([]string{"2026-10-19 09:00/12:30", "2026-10-24 22:00/2026-10-25 02:30"})
	if diff := cmp.Diff([]string{"2027-03-08 09:00/12:30", "2027-03-13 22:00/2027-03-14 02:30"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// TestSpansMoveInTheirZone: a span in October, at summer time, is at the same
// hour in March, at winter time.
func TestSpansMoveInTheirZone(t *testing.T) {
	w := &Whole{Mission: &Mission{}, Legs: []*Leg{
		{Zone: "America/Toronto", StartsOn: "2026-10-19", EndsOn: "2026-10-21"}, {Zone: "Asia/Tokyo", StartsOn: "2026-10-23", EndsOn: "2026-10-25"},
	}}
	given, err := w.localSpans("2026-10-20 09:00/12:00\n 2026-10-23 08:00/09:30; ")
	if diff := cmp.Diff([]string{"2026-10-20T13:00Z/2026-10-20T16:00Z", "2026-10-22T23:00Z/2026-10-23T00:30Z"}, given); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if got, want := w.writeLocal(given), "2026-10-20 09:00/12:00\n2026-10-23 08:00/09:30"; got != want {
		t.Errorf("written as %q", got)
	}
	c := &Copying{From: w, Days: 140}
	moved, err := c.spans(given)
	if diff := cmp.Diff([]string{"2027-03-09T14:00Z/2027-03-09T17:00Z", "2027-03-11T23:00Z/2027-03-12T00:30Z"}, moved); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestGridOfHours(t *testing.T) {
	got, err := gridOf("2027-03-12", "2027-03-15", []string{"09:00-12:30", "14:00 – 18:00"}, false)
	want := []string{"2027-03-12 09:00/12:30", "2027-03-12 14:00/18:00", "2027-03-15 09:00/12:30", "2027-03-15 14:00/18:00"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if got, err := gridOf("2027-03-13", "2027-03-14", []string{"10:00/11:00"}, true); len(got) != 2 || err != nil {
		t.Error(got, err)
	}
	for _, it := range [][3]string{{"", "2027-03-12", "9:00-10:00"}, {"2027-03-12", "2027-12-12", "09:00-10:00"}, {"2027-03-12", "2027-03-12", "noon"}, {"2027-03-12", "2027-03-12", "12:00-09:00"}} {
		if got, err := gridOf(it[0], it[1], []string{it[2]}, true); err == nil {
			t.Errorf("%v is taken: %v", it, got)
		}
	}
}

// TestLacks goes from a bare title to a mission that lacks nothing, and sees each
// lack go with its fact.
func TestLacks(t *testing.T) {
	w := &Whole{Mission: &Mission{Title: map[string]string{"fr": "Toronto"}, Stage: Preparation, Companies: 1}}
	keys := func() (all []string) {
		for _, l := range w.Lacks("2027-01-10", []string{"fr", "en"}) {
			all = append(all, l.Key)
		}
		return all
	}
	var steps [][]string
	step := func(do func()) {
		do()
		steps = append(steps, keys())
	}
	step(func() {})
	step(func() {
		w.Lead, w.StartsOn, w.EndsOn, w.Sectors = "u1", "2027-03-08", "2027-03-16", []string{"health"}
		w.Title["en"], w.Pitch = "Toronto", map[string]string{"fr": "P", "en": "P"}
	})
	step(func() { w.Legs = []*Leg{{Name: "Toronto", StartsOn: "2027-03-01", EndsOn: "2027-03-02"}} })
	step(func() {
		w.Legs = []*Leg{{Name: "Toronto", City: "c1", StartsOn: "2027-03-08", EndsOn: "2027-03-16", Grid: []string{"2027-03-08 09:00/10:00"}}}
		w.Venues = []*Venue{{Name: "Hub"}}
		w.Venues[0].ID = "v1"
	})
	step(func() {
		w.Places = []*Place{{Venue: "v1", Tables: 3}}
		w.Participants = []*Participant{{Side: Delegate, State: TakesPart}}
	})
	step(func() { w.Seats = []*Seat{{}} })
	step(func() { w.Participants[0].State = Withdrawn })
	want := [][]string{
		{
			"mission.lack.lead", "mission.lack.days", "mission.lack.legs", "mission.lack.sectors", "mission.lack.pitch.fr",
			"mission.lack.title.en", "mission.lack.pitch.en", "mission.lack.delegates",
		},
		{"mission.lack.legs", "mission.lack.delegates"},
		{"mission.lack.outside", "mission.lack.city", "mission.lack.grid", "mission.lack.places", "mission.lack.delegates"},
		{"mission.lack.places", "mission.lack.delegates"},
		{"mission.lack.seats"},
		nil,
		{"mission.lack.delegates"},
	}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Error(diff)
	}
	w.Stage = Cancelled
	if got := keys(); got != nil {
		t.Errorf("a cancelled mission lacks %v", got)
	}
}
