package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// How people write dates and times. A date in digits is followed by something
// else than a digit, so that 6/11/20175 is none.
var (
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\D|$)`)
	dayWords   = regexp.MustCompile(`^(\d{1,2})(?:er|st|nd|rd|th)?[ -]+(\pL+)\.?[ -]+(\d{4})(?:\D|$)`)
	monthWords = regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D|$)`)
	weekday    = regexp.MustCompile(`^(\pL+)[.,]*\s+`)
	clock      = regexp.MustCompile(`^(\d{1,2})(?: ?[:h.] ?(\d{2}))?(?::\d{2}(?:\.\d+)?)?( ?h\b)?(?: ?([ap])\.?m\b\.?)?`)
)

// months and weekdays are the first letters that tell them apart, without
// accents, in English and French.
var months = []struct {
	start string
	month time.Month
}{
	{"jan", 1},
	{"feb", 2},
	{"fev", 2},
	{"mar", 3},
	{"apr", 4},
	{"avr", 4},
	{"may", 5},
	{"mai", 5},
	{"june", 6},
	{"juin", 6},
	{"jun", 6},
	{"juil", 7},
	{"jul", 7},
	{"aug", 8},
	{"aou", 8},
	{"sep", 9},
	{"oct", 10},
	{"nov", 11},
	{"dec", 12},
}

var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam", "dim"}

// ParseStamp reads a whole text as a date, a time, or both.
func ParseStamp(text string) (Stamp, bool) {
	stamp, rest, dated := CutDate(text)
	if rest == "" {
		return stamp, dated
	}
	minute, rest, timed := CutTime(rest)
	if !timed || rest != "" {
		return Stamp{}, false
	}
	stamp.Minute = minute
	return stamp, true
}

// CutDate reads the date that a text begins with, and gives what follows.
func CutDate(text string) (stamp Stamp, rest string, ok bool) {
	text = plain(text)
	undated := Stamp{Minute: NoTime}
	dated := text
	year, month, day, order, length := matchDate(dated)
	if m := weekday.FindStringSubmatch(text); length == 0 && m != nil && hasStart(m[1], weekdays) {
		dated = text[len(m[0]):]
		year, month, day, order, length = matchDate(dated)
	}
	if length == 0 {
		return undated, text, false
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Day() != day || int(date.Month()) != month {
		return undated, text, false
	}
	rest = strings.TrimLeft(dated[length:], " ")
	if len(rest) > 1 && rest[0] == 't' && rest[1] >= '0' && rest[1] <= '9' {
		rest = rest[1:] // as in 2017-11-06T09:00
	}
	return Stamp{Date: date, Minute: NoTime, Order: order}, strings.TrimLeft(rest, " ,"), true
}

// matchDate finds the parts of the date that a text begins with, and its
// length; a length of 0 when there is none.
func matchDate(text string) (year, month, day int, order Order, length int) {
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return number(m[1]), number(m[2]), number(m[3]), Certain, len(m[1]) + len(m[2]) + len(m[3]) + 2
	}
	if m := yearLast.FindStringSubmatch(text); m != nil {
		day, month, order = dayAndMonth(number(m[1]), number(m[2]))
		return fullYear(m[3]), month, day, order, len(m[1]) + len(m[2]) + len(m[3]) + 2
	}
	if m := dayWords.FindStringSubmatchIndex(text); m != nil {
		return number(text[m[6]:m[7]]), monthNamed(text[m[4]:m[5]]), number(text[m[2]:m[3]]), Certain, m[7]
	}
	if m := monthWords.FindStringSubmatchIndex(text); m != nil {
		return number(text[m[6]:m[7]]), monthNamed(text[m[2]:m[3]]), number(text[m[4]:m[5]]), Certain, m[7]
	}
	return 0, 0, 0, Certain, 0
}

// dayAndMonth tells the two apart as well as it can be done.
func dayAndMonth(first, second int) (day, month int, order Order) {
	switch {
	case first > 12:
		return first, second, DayFirst
	case second > 12:
		return second, first, MonthFirst
	case first == second:
		return first, second, Certain
	default:
		return first, second, Assumed
	}
}

// fullYear puts a year of two digits in this century.
func fullYear(digits string) int {
	if len(digits) == 2 {
		return 2000 + number(digits)
	}
	return number(digits)
}

// monthNamed is the number of a month, or 0.
func monthNamed(name string) int {
	for _, m := range months {
		if strings.HasPrefix(name, m.start) {
			return int(m.month)
		}
	}
	return 0
}

func hasStart(text string, starts []string) bool {
	for _, start := range starts {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// CutTime reads the time of day that a text begins with, and gives what
// follows. A number alone is none: 9h, 9:00 and 9 am are.
func CutTime(text string) (minute int, rest string, ok bool) {
	text = plain(text)
	m := clock.FindStringSubmatch(text)
	if m == nil || m[2] == "" && m[3] == "" && m[4] == "" {
		return NoTime, text, false
	}
	hours, minutes := number(m[1]), number(m[2])
	if m[4] != "" {
		if hours < 1 || hours > 12 {
			return NoTime, text, false
		}
		hours %= 12
		if m[4] == "p" {
			hours += 12
		}
	}
	minute = hours*60 + minutes
	if minutes > 59 || minute > 24*60 {
		return NoTime, text, false
	}
	return minute, strings.TrimLeft(text[len(m[0]):], " "), true
}

// number reads digits that a pattern has already found, few enough to fit.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// plain makes letters small, accents of months and odd spaces go.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if isSpace(r) {
			return ' '
		}
		return r
	}, strings.ToLower(text))
	text = strings.NewReplacer("é", "e", "û", "u", "e\u0301", "e", "u\u0302", "u").Replace(text)
	return strings.TrimSpace(text)
}
