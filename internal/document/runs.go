package document

import (
	"slices"
	"strings"
	"unicode"

	"github.com/tdewolff/canvas"
	"github.com/tdewolff/canvas/text"
)

// A run is a stretch of text in one font and one direction: what the shaper
// takes at a time.
type run struct {
	font  font
	text  string
	level int
}

func (r run) rtl() bool { return r.level%2 == 1 }

// prepared is a text with the font and the embedding level of each character.
type prepared struct {
	runes  []rune
	fonts  []font
	levels []int
}

// prepare chooses fonts and directions. The text is its own paragraph, whose
// direction is that of its first strong character: a Hebrew name in a French
// line does not reorder the line.
func (f *fonts) prepare(s string, face Face, language string) prepared {
	p := prepared{runes: []rune(s)}
	if language == "" {
		language = guessLanguage(p.runes)
	}
	p.fonts = make([]font, len(p.runes))
	for i, r := range p.runes {
		if i > 0 && joins(r) && p.fonts[i-1].has(r) {
			p.fonts[i] = p.fonts[i-1]
			continue
		}
		chosen, ok := f.pick(face, r, language)
		if !ok {
			f.missing[r] = true
			p.runes[i] = Replacement
			chosen, _ = f.pick(face, Replacement, language)
		}
		p.fonts[i] = chosen
	}
	p.levels = levels(p.runes)
	return p
}

// guessLanguage tells Japanese by its kana and Korean by its hangul, for the
// Chinese characters beside them.
func guessLanguage(runes []rune) string {
	for _, r := range runes {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		case unicode.Is(unicode.Hangul, r):
			return "ko"
		}
	}
	return ""
}

// joins is true of characters that belong to any script: they stay with what
// is before them.
func joins(r rune) bool {
	return unicode.In(r, unicode.Common, unicode.Inherited) || isInvisible(r)
}

// levels are the embedding levels of the Unicode bidirectional algorithm
// (UAX 9): even from left to right, odd from right to left.
func levels(runes []rune) []int {
	if !slices.ContainsFunc(runes, isRightToLeft) {
		return make([]int, len(runes))
	}
	return text.EmbeddingLevels(runes)
}

// IsRightToLeft says whether a text has characters written from right to left.
func IsRightToLeft(s string) bool { return strings.ContainsFunc(s, isRightToLeft) }

func isRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// runs cuts the characters from start to end, which are on one line, and puts
// the pieces in the order in which they are seen.
func (p prepared) runs(start, end int) []run {
	var runs []run
	for i := start; i < end; {
		j := i + 1
		for j < end && p.levels[j] == p.levels[i] && p.fonts[j] == p.fonts[i] {
			j++
		}
		runs = append(runs, run{p.fonts[i], string(p.runes[i:j]), p.levels[i]})
		i = j
	}
	return visual(runs)
}

// visual applies rule L2 of UAX 9: from the highest level down to the lowest
// odd one, whatever is at that level or higher is reversed.
func visual(runs []run) []run {
	highest := 0
	for _, r := range runs {
		highest = max(highest, r.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(runs); i++ {
			j := i
			for j < len(runs) && runs[j].level >= level {
				j++
			}
			slices.Reverse(runs[i:j])
			i = max(i, j-1)
		}
	}
	return runs
}

// hasOffsets is true of text with marks that the font places.
func (r run) hasOffsets() bool {
	if !slices.ContainsFunc([]rune(r.text), unicode.IsMark) {
		return false
	}
	return slices.ContainsFunc(r.fontFace(1, Ink).Glyphs(r.text), func(g text.Glyph) bool {
		return g.XOffset != 0 || g.YOffset != 0
	})
}

// fontFace is how the run is drawn, at a size in points.
func (r run) fontFace(size float64, color Color) *canvas.FontFace {
	face := r.font.Face(size, color.rgba())
	face.Direction = text.LeftToRight
	if r.rtl() {
		face.Direction = text.RightToLeft
	}
	if r.font.faux {
		face.FauxBold = fauxWeight * face.Size
	}
	return face
}

// fauxWeight is the half width of the stroke that makes a regular cut bold, as
// a share of the size.
const fauxWeight = 0.012

// width is that of the run at a size in points.
func (f *fonts) width(r run, size float64) float64 {
	const reference = 1000
	key := measured{r.font.Font, r.rtl(), r.text}
	w, ok := f.widths[key]
	if !ok {
		w = r.fontFace(reference, Color{}).TextWidth(r.text)
		f.widths[key] = w
	}
	return w * size / reference
}

// textLine shapes the run to be drawn.
func (f *fonts) textLine(r run, size float64, color Color) *canvas.Text {
	key := drawn{measured{r.font.Font, r.rtl(), r.text}, r.font.faux, size, color}
	line, ok := f.lines[key]
	if !ok {
		line = canvas.NewTextLine(r.fontFace(size, color), r.text, canvas.Left)
		f.lines[key] = line
	}
	return line
}
