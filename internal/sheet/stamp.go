package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Stamp is what a cell says of time, without a zone: a date, a time of day, or
// both.
type Stamp struct {
	// Date is midnight, UTC, of the day; zero when there is none.
	Date time.Time
	// Minute of the day, from 0 to 1440; NoTime when there is none.
	Minute int
	Order  Order
}

// NoTime is the Minute of a stamp that is only a date.
const NoTime = -1

// HasDate says whether the stamp has a date.
func (s Stamp) HasDate() bool { return !s.Date.IsZero() }

// HasTime says whether the stamp has a time of day.
func (s Stamp) HasTime() bool { return s.Minute != NoTime }

// Order says how the parts of a date written in digits were told apart.
type Order int

// The orders of a date.
const (
	// Certain: a real date, year first, or the month in words.
	Certain Order = iota
	// DayFirst can only be so: 23/11/2017.
	DayFirst
	// Assumed is read day first, as in France, and could be the other way:
	// 06/11/2017.
	Assumed
	// MonthFirst can only be so: 11/23/2017.
	MonthFirst
	// Counted is a number that is not shown as a date and can be the count of
	// days that spreadsheets make of one.
	Counted
)

// daysOfDates are the day counts that a plain number in a column of dates can
// stand for: from 1954 to 2119.
const (
	firstDay = 20_000
	lastDay  = 80_000
)

// Stamp reads the cell as a date, a time, or both.
func (c Cell) Stamp() (Stamp, bool) {
	switch c.Kind {
	case Moment:
		return c.Moment, true
	case Number:
		return stampOfNumber(c.Value)
	case Text:
		if n, err := strconv.ParseFloat(strings.Replace(c.Text, ",", ".", 1), 64); err == nil {
			if s, ok := stampOfNumber(n); ok {
				return s, true
			}
		}
		return ParseStamp(c.Text)
	default:
		return Stamp{}, false
	}
}

// stampOfNumber reads a number that is not shown as a date: a part of a day is
// a time, and a day count that falls in our times is a date.
func stampOfNumber(n float64) (Stamp, bool) {
	if n > 0 && n < 1 || n >= firstDay && n <= lastDay {
		stamp := stampOfDays(n, epoch1900)
		if stamp.HasDate() {
			stamp.Order = Counted
		}
		return stamp, true
	}
	return Stamp{}, false
}

// stampOfDays turns a day count into a stamp: no date before the first day, no
// time when the count is whole.
func stampOfDays(days float64, epoch time.Time) Stamp {
	const minutesADay = 24 * 60
	total := int64(math.Round(days * minutesADay))
	day, minute := total/minutesADay, int(total%minutesADay)
	switch {
	case day == 0:
		return Stamp{Minute: minute}
	case minute == 0:
		return Stamp{Date: epoch.AddDate(0, 0, int(day)), Minute: NoTime}
	default:
		return Stamp{Date: epoch.AddDate(0, 0, int(day)), Minute: minute}
	}
}

// Float reads the cell as a number, with a decimal point or comma.
func (c Cell) Float() (float64, bool) {
	switch c.Kind {
	case Number:
		return c.Value, true
	case Text:
		plain := strings.Map(func(r rune) rune {
			switch {
			case isSpace(r):
				return -1
			case r == ',':
				return '.'
			case r == '−':
				return '-'
			}
			return r
		}, c.Text)
		n, err := strconv.ParseFloat(plain, 64)
		return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
	default:
		return 0, false
	}
}

// Whole reads the cell as a whole number, which some write 5.0.
func (c Cell) Whole() (int, bool) {
	n, ok := c.Float()
	if !ok || n != math.Trunc(n) || math.Abs(n) > 1e9 {
		return 0, false
	}
	return int(n), true
}

// isSpace knows the spaces that do not break and the marks of width zero that
// copying leaves behind.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}
