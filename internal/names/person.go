package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// An Order says which of a person's names comes first.
type Order int

// The orders. Most languages put the given name first.
const (
	GivenFirst Order = iota
	FamilyFirst
)

// OrderOf is the order that speakers of a language use, given by its code.
func OrderOf(language string) Order {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(language), "_", "-"), "-")
	switch base {
	case "zh", "ja", "ko", "hu", "vi":
		return FamilyFirst
	}
	return GivenFirst
}

// Person writes a person's names in order. Names in Chinese characters, kana or
// hangul put the family first and take no space, whatever the order.
func Person(given, family string, order Order) string {
	switch {
	case given == "" || family == "":
		return given + family
	case eastAsian(given) && eastAsian(family):
		return family + given
	case order == FamilyFirst:
		return family + " " + given
	}
	return given + " " + family
}

// Initials are the first letters of a person's names in order, for a small
// tile. A name in Chinese characters, kana or hangul is known by its family's
// first character.
func Initials(given, family string, order Order) string {
	first, second := initial(given), initial(family)
	switch {
	case eastAsian(second):
		return second
	case order == FamilyFirst:
		return second + first
	}
	return first + second
}

func initial(name string) string {
	for _, r := range norm.NFC.String(name) {
		if unicode.IsLetter(r) {
			return string(unicode.ToTitle(r))
		}
	}
	return ""
}

func eastAsian(name string) bool {
	for _, r := range name {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Hangul) {
			return false
		}
	}
	return name != ""
}
