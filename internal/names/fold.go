// Package names compares, sorts and shows what organisations and people are
// called: in any script, however it was typed.
package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the words of a text as search sees them, one space between: no
// case, accents, ligatures or width, no vowel points of Hebrew and Arabic, and
// the letters of Arabic that are typed one for another made one. Marks that
// make another letter (Devanagari, Thai, kana) stay.
func Fold(text string) string {
	var folded strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFKD.String(text)) {
		switch {
		case ornament(r):
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			if gap && folded.Len() > 0 {
				folded.WriteByte(' ')
			}
			gap = false
			folded.WriteString(plain(r))
		default:
			gap = true
		}
	}
	return norm.NFC.String(folded.String())
}

// ornament says whether a rune only dresses the letter before it: accents,
// points of Hebrew, vowels of Arabic, the Arabic stroke that stretches a line,
// marks that are not seen.
func ornament(r rune) bool {
	switch {
	case 0x0300 <= r && r <= 0x036f, 0x0591 <= r && r <= 0x05bd, 0x05bf <= r && r <= 0x05c7 && unicode.IsMark(r):
		return true
	case 0x064b <= r && r <= 0x065f, r == 0x0670, r == 'ـ':
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// plain gives the letters that stand for one which does not decompose.
func plain(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ς':
		return "σ"
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ł':
		return "l"
	case 'þ':
		return "th"
	case 'ى', 'ی':
		return "ي"
	case 'ک':
		return "ك"
	case 'ة':
		return "ه"
	}
	return string(r)
}
