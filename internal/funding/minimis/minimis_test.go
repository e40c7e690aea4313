package minimis_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/funding/minimis"
)

func day(t interface{ Fatal(...any) }, text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		aid, on string
		want    bool
	}{
		{"2023-11-24", "2026-11-24", true}, // the last day of the three years
		{"2023-11-23", "2026-11-24", false},
		{"2026-11-24", "2026-11-24", true},
		{"2026-11-25", "2026-11-24", false}, // it comes after
		{"2024-02-29", "2027-02-28", true},  // no 29th: the years end with the month
		{"2024-02-29", "2027-03-01", false},
		{"2025-02-28", "2028-02-28", true},
		{"2025-02-28", "2028-02-29", false},
		{"2025-03-01", "2028-02-29", true},
	} {
		if have := minimis.Counts(day(t, c.aid), day(t, c.on), 3); have != c.want {
			t.Errorf("aid of %s counts on %s: %v", c.aid, c.on, have)
		}
	}
}

// lastDay walks the calendar from an aid, day by day, to the third anniversary:
// the same date, or the last of February where there is no 29th.
func lastDay(aid time.Time, years int) time.Time {
	d := aid
	for years > 0 {
		d = d.Add(24 * time.Hour)
		sameDate := d.Month() == aid.Month() && d.Day() == aid.Day()
		noDate := aid.Month() == time.February && aid.Day() == 29 &&
			d.Month() == time.February && d.Day() == 28 && d.Add(24*time.Hour).Month() == time.March
		if sameDate || noDate {
			years--
		}
	}
	return d
}

func anyDay(t *rapid.T, name string) time.Time {
	return time.Date(2022, time.January, 1+rapid.IntRange(0, 3000).Draw(t, name), 0, 0, 0, 0, time.UTC)
}

// TestWindowAgainstCalendar compares the window with a walk through the
// calendar, day by day.
func TestWindowAgainstCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		aid, on := anyDay(t, "aid"), anyDay(t, "on")
		want := !aid.After(on) && !on.After(lastDay(aid, 3))
		if have := minimis.Counts(aid, on, 3); have != want {
			t.Fatalf("aid of %s counts on %s: %v", aid.Format(time.DateOnly), on.Format(time.DateOnly), have)
		}
	})
}

// TestJudgeAgainstEveryDay adds the aids up on every single day, and looks for
// the day on which an award would pass the ceiling by most.
func TestJudgeAgainstEveryDay(t *testing.T) {
	regulations := []string{"2023/2831", "1408/2013", "2023/2832"}
	rapid.Check(t, func(t *rapid.T) {
		ceiling := minimis.Ceiling{Cents: 300_000_00, Years: 3, Counts: regulations[:2]}
		var aids []minimis.Aid
		var last []time.Time
		for i := range rapid.IntRange(0, 8).Draw(t, "aids") {
			aids = append(aids, minimis.Aid{
				ID: fmt.Sprint(i), Day: anyDay(t, "day"), Cents: rapid.Int64Range(1, 200_000_00).Draw(t, "cents"),
				Regulation: rapid.SampledFrom(regulations).Draw(t, "regulation"),
			})
			last = append(last, lastDay(aids[i].Day, 3))
		}
		asked := minimis.Aid{Day: anyDay(t, "award"), Cents: rapid.Int64Range(1, 300_000_00).Draw(t, "asked"), Regulation: regulations[0]}
		var most int64
		end := lastDay(asked.Day, 3)
		for on := asked.Day; !on.After(end); on = on.Add(24 * time.Hour) {
			var sum int64
			for i, a := range aids {
				if a.Regulation != "2023/2832" && !a.Day.After(on) && !on.After(last[i]) {
					sum += a.Cents
				}
			}
			most = max(most, sum)
		}
		v := ceiling.Judge(aids, asked)
		if want := max(most+asked.Cents-ceiling.Cents, 0); v.Over() != want {
			t.Fatalf("the award passes the ceiling by %d, by every day %d", v.Over(), want)
		}
		if v.Left() != max(ceiling.Cents-most, 0) {
			t.Fatalf("%d are left, by every day %d", v.Left(), ceiling.Cents-most)
		}
		var counted int64
		for _, a := range v.Counted {
			counted += a.Cents
		}
		if counted != v.Used {
			t.Fatalf("what is shown adds up to %d, and %d is said", counted, v.Used)
		}
	})
}

// TestTheAwardItselfIsCountedOnce: an award that is changed is judged without
// what it was before.
func TestTheAwardItselfIsCountedOnce(t *testing.T) {
	ceiling := minimis.Ceiling{Cents: 100, Years: 3, Counts: []string{"r"}}
	award := minimis.Aid{ID: "a", Regulation: "r", Day: day(t, "2026-01-01"), Cents: 80}
	before := award
	before.Cents = 60
	if v := ceiling.Judge([]minimis.Aid{before}, award); v.Over() != 0 || v.Left() != 100 {
		t.Errorf("over by %d, %d left", v.Over(), v.Left())
	}
}

// TestUndertakingAgainstClosure compares with Warshall's closure of the whole
// table of ties.
func TestUndertakingAgainstClosure(t *testing.T) {
	const companies = 7
	rapid.Check(t, func(t *rapid.T) {
		var ties []minimis.Tie
		var one [companies][companies]bool
		for i := range one {
			one[i][i] = true
		}
		for range rapid.IntRange(0, 9).Draw(t, "ties") {
			a, b := rapid.IntRange(0, companies-1).Draw(t, "a"), rapid.IntRange(0, companies-1).Draw(t, "b")
			ties = append(ties, minimis.Tie{fmt.Sprint(a), fmt.Sprint(b)})
			one[a][b], one[b][a] = true, true
		}
		for k := range one {
			for i := range one {
				for j := range one {
					one[i][j] = one[i][j] || one[i][k] && one[k][j]
				}
			}
		}
		for i := range one {
			var want []string
			for j := range one {
				if one[i][j] {
					want = append(want, fmt.Sprint(j))
				}
			}
			have := minimis.Undertaking(fmt.Sprint(i), ties)
			if have[0] != fmt.Sprint(i) {
				t.Fatalf("%d is not the first of its undertaking: %v", i, have)
			}
			slices.Sort(have)
			if diff := cmp.Diff(want, have); diff != "" {
				t.Fatalf("the undertaking of %d (-closure +found):\n%s", i, diff)
			}
		}
	})
}
