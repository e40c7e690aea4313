package form

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/currency"
)

// mostDigits keeps amounts far from what the engines cannot hold.
const mostDigits = 15

// minorUnits reads an amount as people write it, with the signs of any country:
// 12 500, 12,500.50, 12.500,50. The last point or comma parts the decimals,
// unless three digits follow it: those are thousands.
func minorUnits(text, code string) (int, bool) {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 0, false
	}
	scale, _ := currency.Standard.Rounding(unit)
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, text)
	whole, decimals := text, ""
	if i := strings.LastIndexAny(text, ".,"); i >= 0 && len(text)-i-1 != 3 {
		whole, decimals = text[:i], text[i+1:]
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	if len(decimals) > scale || !digits(whole+decimals) || len(whole)+scale > mostDigits || whole == "" {
		return 0, false
	}
	minor, err := strconv.Atoi(whole + decimals + strings.Repeat("0", scale-len(decimals)))
	return minor, err == nil
}

func digits(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// Major is the amount in the currency's own units, for tables.
func (m Money) Major() float64 {
	value := float64(m.Minor)
	for range m.scale() {
		value /= 10
	}
	return value
}

func (m Money) scale() int {
	unit, err := currency.ParseISO(m.Currency)
	if err != nil {
		return 0 // a question refuses such a currency
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}
