// Package workday counts working days in France: not Saturdays, not Sundays,
// not public holidays. That is how the European Union counts them too:
// Regulation (EEC, Euratom) 1182/71, article 2(2).
package workday

import (
	"slices"
	"time"
)

// Holidays are the public holidays of a year, in order: those of article
// L3133-1 of the French labour code. The two more of Alsace and Moselle, and
// those of the territories overseas, are not among them.
func Holidays(year int) []time.Time {
	easter := easter(year)
	days := []time.Time{
		date(year, time.January, 1),
		easter.AddDate(0, 0, 1), // Easter Monday
		date(year, time.May, 1),
		date(year, time.May, 8),
		easter.AddDate(0, 0, 39), // Ascension
		easter.AddDate(0, 0, 50), // Whit Monday
		date(year, time.July, 14),
		date(year, time.August, 15),
		date(year, time.November, 1),
		date(year, time.November, 11),
		date(year, time.December, 25),
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.CompactFunc(days, time.Time.Equal)
}

// After is the working day that is so many after a day, which is not counted
// itself.
func After(day time.Time, working int) time.Time {
	for working > 0 {
		if day = day.AddDate(0, 0, 1); Is(day) {
			working--
		}
	}
	return day
}

// Is says whether a day is a working day.
func Is(day time.Time) bool {
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	return !slices.ContainsFunc(Holidays(day.Year()), func(h time.Time) bool { return sameDay(h, day) })
}

// easter is Easter Sunday of a year in the Gregorian calendar, by the anonymous
// algorithm that Meeus gives.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(year, time.Month(n/31), n%31+1)
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func sameDay(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }
