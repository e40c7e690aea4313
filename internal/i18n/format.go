package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// minus is the sign of negative numbers; a hyphen is too short beside figures.
const minus = "−"

// Number writes a whole number with its thousands apart: 1 487.
func (w *Words) Number(n int) string {
	if n < 0 {
		return minus + w.group(strconv.Itoa(n)[1:])
	}
	return w.group(strconv.Itoa(n))
}

func (w *Words) group(digits string) string {
	head := len(digits) % 3
	parts := []string{}
	if head > 0 {
		parts = append(parts, digits[:head])
	}
	for ; head < len(digits); head += 3 {
		parts = append(parts, digits[head:head+3])
	}
	return strings.Join(parts, w.how.thousands)
}

// Decimal writes a number with so many digits after the decimal sign.
func (w *Words) Decimal(x float64, digits int) string {
	text := strconv.FormatFloat(math.Abs(x), 'f', digits, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	out := w.group(whole)
	if fraction != "" {
		out += w.how.decimal + fraction
	}
	if x < 0 && strings.Trim(text, "0.") != "" {
		out = minus + out
	}
	return out
}

// Percent writes a ratio in hundredths, with so many digits: 0,3 %.
func (w *Words) Percent(ratio float64, digits int) string {
	return w.Decimal(ratio*100, digits) + w.how.beforePercent + "%"
}

// Signed writes a gain or a loss with its sign: + 6.
func (w *Words) Signed(n int) string {
	switch {
	case n > 0:
		return "+" + w.how.afterSign + w.Number(n)
	case n < 0:
		return minus + w.how.afterSign + w.Number(-n)
	default:
		return "0"
	}
}

// Minutes writes a length of time: 25 min, 1 h, 1 h 05 min (in French, 1 h 05).
func (w *Words) Minutes(minutes int) string {
	hours, rest := minutes/60, minutes%60
	switch {
	case hours == 0:
		return w.Number(rest) + noBreak + "min"
	case rest == 0:
		return w.Number(hours) + w.how.hour
	default:
		return fmt.Sprintf("%s%s%s%02d%s", w.Number(hours), w.how.hour, noBreak, rest, w.how.minute)
	}
}

// Seconds writes how long something took, to a tenth under ten seconds.
func (w *Words) Seconds(d time.Duration) string {
	digits := 0
	if d < 10*time.Second {
		digits = 1
	}
	return w.Decimal(d.Seconds(), digits) + noBreak + "s"
}

// Date is a day in words: lundi 6 novembre 2017.
func (w *Words) Date(t time.Time) string {
	return w.DayMonth(t) + " " + strconv.Itoa(t.Year())
}

// DayMonth is a day in words, without the year: lundi 6 novembre.
func (w *Words) DayMonth(t time.Time) string {
	return w.how.weekdays[t.Weekday()] + " " + w.dayOf(t) + " " + w.month(t)
}

// DateOnly is a date without the day of the week: 6 novembre 2017.
func (w *Words) DateOnly(t time.Time) string {
	return w.dayOf(t) + " " + w.month(t) + " " + strconv.Itoa(t.Year())
}

// DateShort is a day as the head of a column: lun. 6.
func (w *Words) DateShort(t time.Time) string {
	return w.how.shortWeekdays[t.Weekday()] + noBreak + strconv.Itoa(t.Day())
}

// DateBrief is a date in a column: 7 nov. 2017. It does not break.
func (w *Words) DateBrief(t time.Time) string {
	return w.dayOf(t) + noBreak + w.how.shortMonths[t.Month()-1] + noBreak + strconv.Itoa(t.Year())
}

// Dates are the first and the last day of something: 6 – 10 novembre 2017.
func (w *Words) Dates(from, to time.Time) string {
	const dash = noBreak + "–" + noBreak
	switch {
	case sameDay(from, to):
		return w.DateOnly(to)
	case from.Year() != to.Year():
		return w.DateOnly(from) + " – " + w.DateOnly(to)
	case from.Month() != to.Month():
		return w.dayOf(from) + " " + w.month(from) + " – " + w.DateOnly(to)
	default:
		return w.dayOf(from) + dash + w.DateOnly(to)
	}
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

func (w *Words) dayOf(t time.Time) string {
	if t.Day() == 1 {
		return w.how.first
	}
	return strconv.Itoa(t.Day())
}

// Month is the name of a month as a title: Novembre.
func (w *Words) Month(t time.Time) string {
	name := []rune(w.month(t))
	return string(unicode.ToUpper(name[0])) + string(name[1:])
}

func (w *Words) month(t time.Time) string { return w.how.months[t.Month()-1] }

// Clock is a time in grids and agendas: 9:30.
func (w *Words) Clock(t time.Time) string {
	return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute())
}

// Time is a time within a sentence: 9 h 30.
func (w *Words) Time(t time.Time) string {
	return fmt.Sprintf("%d%s%02d", t.Hour(), w.how.clockSeparator, t.Minute())
}

// Span is the time from a start to an end: 10:30 – 11:00.
func (w *Words) Span(start, end time.Time) string {
	return w.Clock(start) + noBreak + "–" + noBreak + w.Clock(end)
}

// Stamp is a date and a time in words: 17 octobre 2017 à 16 h 05.
func (w *Words) Stamp(t time.Time) string {
	return w.DateOnly(t) + w.how.at + w.Time(t)
}

// Offset is how far the clock there is from universal time: UTC −5, UTC +5:30.
func (w *Words) Offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = minus, -seconds
	}
	text := "UTC" + noBreak + sign + strconv.Itoa(seconds/3600)
	if rest := seconds % 3600 / 60; rest != 0 {
		text += fmt.Sprintf(":%02d", rest)
	}
	return text
}

// List joins names as a sentence does: a, b et c.
func (w *Words) List(items []string) string { return join(items, w.how.and) }

// ListOr joins what one may choose from: a, b ou c.
func (w *Words) ListOr(items []string) string { return join(items, w.how.or) }

func join(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	end := len(items) - 1
	return strings.Join(items[:end], ", ") + last + items[end]
}

// Collate gives a comparison that sorts names as the language does, accents
// aside. It is for one goroutine.
func (w *Words) Collate() func(a, b string) int {
	return collate.New(language.Make(w.lang), collate.IgnoreCase).CompareString
}
