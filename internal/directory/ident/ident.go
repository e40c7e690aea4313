// Package ident reads the identifiers of organisations and people as they come
// from forms and spreadsheets, checks them, and gives each one form to store
// and to compare. What it refuses it refuses with words that say what to do.
package ident

import (
	"embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/fault"
)

// Words are the texts of this package's faults.
//
//go:embed words/*.json
var Words embed.FS

// compact takes out what people put between the characters of an identifier:
// spaces of any kind, dots, dashes, invisible marks. Full-width characters
// become ordinary ones and letters capitals.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Pd) || r == '.' || r == '·' || r == '\'' {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(text))
}

// digits reads an identifier of exactly so many digits.
func digits(text string, want int) (string, error) {
	found := compact(text)
	if i := strings.IndexFunc(found, notDigit); i >= 0 {
		return "", fault.New(fault.Invalid, "ident.digits_only", string([]rune(found[i:])[:1]))
	}
	switch have := len(found); {
	case have == 0:
		return "", fault.New(fault.Invalid, "ident.digits_none", want)
	case have == want-1:
		return "", fault.New(fault.Invalid, "ident.digits_one_short", have, want)
	case have < want:
		return "", fault.New(fault.Invalid, "ident.digits_short", have, want, want-have)
	case have == want+1:
		return "", fault.New(fault.Invalid, "ident.digits_one_long", have, want)
	case have > want:
		return "", fault.New(fault.Invalid, "ident.digits_long", have, want, have-want)
	}
	return found, nil
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

// remainder is the number that the digits of a text write, modulo m. A letter
// counts for two digits, from A = 10 to Z = 35.
func remainder(text string, m int) int {
	rest := 0
	for _, r := range text {
		if value := int(r - '0'); value < 10 {
			rest = (rest*10 + value) % m
		} else {
			rest = (rest*100 + int(r-'A') + 10) % m
		}
	}
	return rest
}
