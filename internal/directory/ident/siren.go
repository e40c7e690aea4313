package ident

import (
	"github.com/escale-hq/escale/internal/fault"
)

const (
	sirenDigits = 9
	siretDigits = 14
	// laPoste has more establishments than Luhn's check leaves numbers for.
	laPoste = "356000000"
)

// ParseSIREN reads the number of a French company: 9 digits that pass Luhn's
// check.
func ParseSIREN(text string) (string, error) {
	if siret, err := ParseSIRET(text); err == nil {
		return "", fault.New(fault.Invalid, "ident.siren_is_siret", FormatSIREN(SIRENOf(siret)))
	}
	siren, err := digits(text, sirenDigits)
	if err != nil {
		return "", err
	}
	if !luhn(siren) {
		return "", fault.New(fault.Invalid, "ident.siren_check")
	}
	return siren, nil
}

// ParseSIRET reads the number of a French establishment: the company's SIREN
// and 5 digits. All 14 pass Luhn's check; La Poste's may have a sum that 5
// divides instead.
func ParseSIRET(text string) (string, error) {
	if found := compact(text); len(found) == sirenDigits && luhn(found) {
		return "", fault.New(fault.Invalid, "ident.siret_is_siren")
	}
	siret, err := digits(text, siretDigits)
	if err != nil {
		return "", err
	}
	siren := SIRENOf(siret)
	if !luhn(siren) || !luhn(siret) && !(siren == laPoste && sum(siret)%5 == 0) {
		return "", fault.New(fault.Invalid, "ident.siret_check")
	}
	return siret, nil
}

// SIRENOf is the company of an establishment.
func SIRENOf(siret string) string { return siret[:sirenDigits] }

// FormatSIREN writes a SIREN as people read it: "123 456 782".
func FormatSIREN(siren string) string {
	if len(siren) != sirenDigits {
		return siren
	}
	return siren[:3] + " " + siren[3:6] + " " + siren[6:]
}

// FormatSIRET writes a SIRET as people read it: "123 456 782 00012".
func FormatSIRET(siret string) string {
	if len(siret) != siretDigits {
		return siret
	}
	return FormatSIREN(SIRENOf(siret)) + " " + siret[sirenDigits:]
}

// luhn says whether digits pass Luhn's check: from the right, every second one
// doubled, the digits of all sum to a multiple of 10.
func luhn(number string) bool {
	total := 0
	for i, r := range number {
		if notDigit(r) {
			return false
		}
		value := int(r - '0')
		if (len(number)-i)%2 == 0 {
			value *= 2
		}
		total += value/10 + value%10
	}
	return total%10 == 0
}

func sum(number string) int {
	total := 0
	for _, r := range number {
		total += int(r - '0')
	}
	return total
}
