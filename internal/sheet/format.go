package sheet

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// shown is how a style shows numbers.
type shown struct {
	// moment: as a date or a time.
	moment bool
	// digits, when set, is how many are shown at least: 007.
	digits int
}

// What a number format holds besides the letters of dates: texts, letters that
// stand for themselves, colours and countries in brackets.
var (
	formatAside = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[(?:[^\]hms][^\]]*|[hms][^\]hms][^\]]*)\]`)
	onlyZeros   = regexp.MustCompile(`^0{2,}$`)
)

func shownBy(style *excelize.Style) shown {
	if style.CustomNumFmt == nil {
		return shown{moment: momentFormat(style.NumFmt)}
	}
	format := strings.ToLower(*style.CustomNumFmt)
	if onlyZeros.MatchString(format) {
		return shown{digits: len(format)}
	}
	format = formatAside.ReplaceAllString(strings.ReplaceAll(format, "general", ""), "")
	first, _, _ := strings.Cut(format, ";")
	return shown{moment: strings.ContainsAny(first, "ymdhs")}
}

// momentFormat knows the numbers of the built-in formats of dates and times.
func momentFormat(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// String writes the stamp as the workbook's own format does: 2017-11-06 09:00.
func (s Stamp) String() string {
	var parts []string
	if s.HasDate() {
		parts = append(parts, s.Date.Format("2006-01-02"))
	}
	if s.HasTime() {
		parts = append(parts, fmt.Sprintf("%02d:%02d", s.Minute/60, s.Minute%60))
	}
	return strings.Join(parts, " ")
}
