package ident

import (
	"regexp"

	"github.com/escale-hq/escale/internal/fault"
)

var leiShape = regexp.MustCompile(`^[A-Z0-9]{18}\d{2}$`)

// ParseLEI reads a legal entity identifier (ISO 17442): 18 letters or digits
// and 2 check digits, which make the whole 1 modulo 97.
func ParseLEI(text string) (string, error) {
	lei := compact(text)
	switch {
	case !leiShape.MatchString(lei):
		return "", fault.New(fault.Invalid, "ident.lei_shape", len([]rune(lei)))
	case remainder(lei, 97) != 1:
		return "", fault.New(fault.Invalid, "ident.lei_check")
	}
	return lei, nil
}
