package workday_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/funding/workday"
)

// published are the lists that the State publishes for metropolitan France, and
// that of 2008, when Ascension fell on the first of May.
var published = map[int][]string{
	2008: {"01-01", "03-24", "05-01", "05-08", "05-12", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2017: {"01-01", "04-17", "05-01", "05-08", "05-25", "06-05", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2018: {"01-01", "04-02", "05-01", "05-08", "05-10", "05-21", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2024: {"01-01", "04-01", "05-01", "05-08", "05-09", "05-20", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2025: {"01-01", "04-21", "05-01", "05-08", "05-29", "06-09", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2026: {"01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"},
	2027: {"01-01", "03-29", "05-01", "05-06", "05-08", "05-17", "07-14", "08-15", "11-01", "11-11", "12-25"},
}

func TestHolidays(t *testing.T) {
	for year, want := range published {
		var have []string
		for _, day := range workday.Holidays(year) {
			if day.Year() != year {
				t.Errorf("%s is a holiday of %d", day, year)
			}
			have = append(have, day.Format("01-02"))
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("the holidays of %d (-published +computed):\n%s", year, diff)
		}
	}
}

// TestEasterMonday holds for the earliest and the latest Easter, and for the two
// years in which the simple rule of the moon is one week late.
func TestEasterMonday(t *testing.T) {
	for _, day := range []string{"1818-03-23", "2008-03-24", "2038-04-26", "1943-04-26", "1954-04-19", "1981-04-20", "2000-04-24"} {
		want, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if workday.Is(want) {
			t.Errorf("%s is no holiday", day)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, c := range []struct {
		name, from string
		days       int
		want       string
	}{
		{"the next day", "2026-11-24", 1, "2026-11-25"},
		{"a weekend between", "2026-11-27", 1, "2026-11-30"},
		{"twenty days and no holiday", "2026-09-01", 20, "2026-09-29"},
		{"over Christmas and New Year", "2026-12-10", 20, "2027-01-11"},
		{"over the holidays of May", "2026-04-24", 20, "2026-05-28"},
		{"awarded on a Saturday", "2026-11-21", 20, "2026-12-18"},
		{"none", "2026-11-21", 0, "2026-11-21"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if have := workday.After(from, c.days).Format(time.DateOnly); have != c.want {
			t.Errorf("%s: %d working days after %s is %s, not %s", c.name, c.days, c.from, have, c.want)
		}
	}
}
