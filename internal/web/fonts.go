package web

import (
	"embed"
	"encoding/base64"
	"fmt"
	"strings"
)

//go:embed tokens.css
var tokens string

//go:embed fonts/*.woff2
var fonts embed.FS

// Tokens is the style sheet that names the colours, by day and by night, on
// screen and on paper.
func Tokens() string { return tokens }

// A face is one file of a font, and the characters that it is for.
type face struct {
	family, weight, file string
	ranges               []span
}

// A span is a range of characters, both ends included.
type span struct{ first, last rune }

// latin and latinExt are what the two files of each face cover, as their
// makers say: western and central European languages.
func latin() []span {
	return []span{
		{0x00, 0xFF},
		{0x131, 0x131},
		{0x152, 0x153},
		{0x2BB, 0x2BC},
		{0x2C6, 0x2C6},
		{0x2DA, 0x2DA},
		{0x2DC, 0x2DC},
		{0x304, 0x304},
		{0x308, 0x308},
		{0x329, 0x329},
		{0x2000, 0x206F},
		{0x20AC, 0x20AC},
		{0x2122, 0x2122},
		{0x2191, 0x2191},
		{0x2193, 0x2193},
		{0x2212, 0x2212},
		{0x2215, 0x2215},
		{0xFEFF, 0xFEFF},
		{0xFFFD, 0xFFFD},
	}
}

func latinExt() []span {
	return []span{
		{0x100, 0x130},
		{0x132, 0x151},
		{0x154, 0x2BA},
		{0x2BD, 0x2C5},
		{0x2C7, 0x2CC},
		{0x2CE, 0x2D7},
		{0x2DD, 0x2FF},
		{0x1D00, 0x1DBF},
		{0x1E00, 0x1E9F},
		{0x1EF2, 0x1EFF},
		{0x2C60, 0x2C7F},
		{0xA720, 0xA7FF},
	}
}

// faces are the fonts in the order in which a page should load them.
func faces() []face {
	const sans, serif = "Atkinson Hyperlegible Next", "Source Serif 4"
	return []face{
		{sans, "400 700", "atkinson-hyperlegible-next-latin-wght-normal", latin()},
		{serif, "600", "source-serif-4-latin-600-normal", latin()},
		{serif, "400", "source-serif-4-latin-400-normal", latin()},
		{sans, "400 700", "atkinson-hyperlegible-next-latin-ext-wght-normal", latinExt()},
		{serif, "600", "source-serif-4-latin-ext-600-normal", latinExt()},
		{serif, "400", "source-serif-4-latin-ext-400-normal", latinExt()},
	}
}

// EmbeddedFonts is a style sheet that carries, within itself, the fonts that
// the text needs: a page with it loads nothing from elsewhere.
func EmbeddedFonts(text string) (string, error) {
	var sheet strings.Builder
	for _, f := range faces() {
		if !f.covers(text) {
			continue
		}
		data, err := fonts.ReadFile("fonts/" + f.file + ".woff2")
		if err != nil {
			return "", fmt.Errorf("reading the font %s: %w", f.file, err)
		}
		fmt.Fprintf(&sheet, `@font-face{font-family:"%s";font-weight:%s;font-display:swap;`+
			"src:url(data:font/woff2;base64,%s)format(\"woff2\");unicode-range:%s}\n",
			f.family, f.weight, base64.StdEncoding.EncodeToString(data), f.unicodeRange())
	}
	return sheet.String(), nil
}

// linkedFonts is a style sheet that names the fonts beside it.
func linkedFonts() string {
	var sheet strings.Builder
	for _, f := range faces() {
		fmt.Fprintf(&sheet, `@font-face{font-family:"%s";font-weight:%s;font-display:swap;`+
			"src:url(%s.woff2)format(\"woff2\");unicode-range:%s}\n", f.family, f.weight, f.file, f.unicodeRange())
	}
	return sheet.String()
}

// earlyFonts are those that every page needs at once.
func earlyFonts() []string {
	return []string{faces()[0].file + ".woff2", faces()[1].file + ".woff2"}
}

// covers says whether the text has a character of the face.
func (f face) covers(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		for _, s := range f.ranges {
			if s.first <= r && r <= s.last {
				return true
			}
		}
		return false
	})
}

func (f face) unicodeRange() string {
	ranges := make([]string, len(f.ranges))
	for i, s := range f.ranges {
		ranges[i] = fmt.Sprintf("U+%X-%X", s.first, s.last)
	}
	return strings.Join(ranges, ",")
}
