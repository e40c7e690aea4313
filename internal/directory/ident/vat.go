package ident

import (
	"fmt"
	"regexp"

	"github.com/escale-hq/escale/internal/fault"
)

// vatShapes are the VAT numbers of the Union's members, after the two letters
// that begin them. Greece writes EL, Northern Ireland XI.
var vatShapes = map[string]*regexp.Regexp{
	"AT": shape(`U\d{8}`),
	"BE": shape(`[01]\d{9}`),
	"BG": shape(`\d{9,10}`),
	"CY": shape(`\d{8}[A-Z]`),
	"CZ": shape(`\d{8,10}`),
	"DE": shape(`\d{9}`),
	"DK": shape(`\d{8}`),
	"EE": shape(`\d{9}`),
	"EL": shape(`\d{9}`),
	"ES": shape(`[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z]`),
	"FI": shape(`\d{8}`),
	"FR": shape(`[A-HJ-NP-Z\d]{2}\d{9}`),
	"HR": shape(`\d{11}`),
	"HU": shape(`\d{8}`),
	"IE": shape(`\d[A-Z\d+*]\d{5}[A-Z]{1,2}`),
	"IT": shape(`\d{11}`),
	"LT": shape(`\d{9}|\d{12}`),
	"LU": shape(`\d{8}`),
	"LV": shape(`\d{11}`),
	"MT": shape(`\d{8}`),
	"NL": shape(`[A-Z\d+*]{12}`),
	"PL": shape(`\d{10}`),
	"PT": shape(`\d{9}`),
	"RO": shape(`\d{2,10}`),
	"SE": shape(`\d{12}`),
	"SI": shape(`\d{8}`),
	"SK": shape(`\d{10}`),
	"XI": shape(`\d{9}|\d{12}|GD\d{3}|HA\d{3}`),
}

func shape(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// ParseVAT reads a VAT number of the European Union, such as "FR 83 404 833
// 048". It checks the shape for each country, and the key and the SIREN of a
// French one.
func ParseVAT(text string) (string, error) {
	number := compact(text)
	if len(number) < 2 || vatShapes[number[:2]] == nil {
		return "", fault.New(fault.Invalid, "ident.vat_country")
	}
	country, rest := number[:2], number[2:]
	if !vatShapes[country].MatchString(rest) {
		return "", fault.New(fault.Invalid, "ident.vat_shape", country)
	}
	if country == "FR" && !frenchVAT(rest) {
		return "", fault.New(fault.Invalid, "ident.vat_check")
	}
	return number, nil
}

// frenchVAT judges the key and SIREN of a French number. A key with a letter
// follows rules that are not published: its SIREN alone is judged.
func frenchVAT(rest string) bool {
	key, siren := rest[:2], rest[2:]
	if !luhn(siren) {
		return false
	}
	return notDigit(rune(key[0])) || notDigit(rune(key[1])) || key == vatKey(siren)
}

// VATOfSIREN is the VAT number of a French company, whether or not it has asked
// for one.
func VATOfSIREN(siren string) string { return "FR" + vatKey(siren) + siren }

func vatKey(siren string) string {
	return fmt.Sprintf("%02d", (12+3*remainder(siren, 97))%97)
}
