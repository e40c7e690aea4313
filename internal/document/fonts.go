package document

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"unicode"

	"github.com/tdewolff/canvas"
)

//go:embed fonts/*.woff
var fontFiles embed.FS

// Face is a cut of the house's type.
type Face int

// The faces: Atkinson Hyperlegible Next, and Source Serif 4 for titles.
const (
	Regular Face = iota
	Semibold
	Bold
	Serif
)

// Replacement stands for a character that no font has. An empty box would
// leave the reader to guess; a question mark is known to everyone.
const Replacement = '?'

// A font is one of the files, loaded when it is first needed: those of the CJK
// scripts are large, and most documents do without.
type font struct {
	*canvas.Font
	file string
	// faux is set where a regular cut stands for a bold one.
	faux bool
}

// fonts are the fonts of one document.
type fonts struct {
	loaded  map[string]*canvas.Font
	widths  map[measured]float64
	lines   map[drawn]*canvas.Text
	picked  map[wanted]font
	missing map[rune]bool
}

// measured is a run whose width is known: names come back on every page.
type measured struct {
	font *canvas.Font
	rtl  bool
	text string
}

// drawn is a run that was shaped to be drawn.
type drawn struct {
	measured
	faux  bool
	size  float64
	color Color
}

// wanted is a character for which a font was found.
type wanted struct {
	face     Face
	r        rune
	language string
}

// faceFile is the file of each face.
var faceFile = [...]string{
	Regular:  "atkinson-hyperlegible-next-400",
	Semibold: "atkinson-hyperlegible-next-600",
	Bold:     "atkinson-hyperlegible-next-700",
	Serif:    "source-serif-4-600",
}

func loadFonts() (*fonts, error) {
	f := &fonts{
		loaded:  map[string]*canvas.Font{},
		widths:  map[measured]float64{},
		lines:   map[drawn]*canvas.Text{},
		picked:  map[wanted]font{},
		missing: map[rune]bool{},
	}
	for _, file := range faceFile {
		if _, err := f.load(file); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *fonts) load(file string) (*canvas.Font, error) {
	if loaded := f.loaded[file]; loaded != nil {
		return loaded, nil
	}
	data, err := fontFiles.ReadFile("fonts/" + file + ".woff")
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	loaded, err := canvas.LoadFont(data, 0, canvas.FontRegular)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	f.loaded[file] = loaded
	return loaded, nil
}

// must loads a font of the binary. That it can be loaded is the business of
// the package's tests, not of every caller.
func (f *fonts) must(file string, faux bool) font {
	loaded, err := f.load(file)
	if err != nil {
		panic(err)
	}
	return font{loaded, file, faux}
}

// pick returns the font for a character: that of the face if it has it, else
// one of the character's script. It fails when no font has it.
func (f *fonts) pick(face Face, r rune, language string) (font, bool) {
	key := wanted{face, r, language}
	found, ok := f.picked[key]
	if !ok {
		if found, ok = f.find(face, r, language); ok {
			f.picked[key] = found
		}
	}
	return found, ok
}

func (f *fonts) find(face Face, r rune, language string) (font, bool) {
	own := f.must(faceFile[face], false)
	if own.has(r) {
		return own, true
	}
	for _, file := range candidates(face, r, language) {
		faux := face != Regular && isEastAsian(file)
		if other := f.must(file, faux); other.has(r) {
			return other, true
		}
	}
	return font{}, false
}

// has says whether the font can show the character. Spaces always can be: the
// shaper makes those that a font lacks.
func (f font) has(r rune) bool {
	return unicode.IsSpace(r) || isInvisible(r) || f.SFNT.GlyphIndex(r) != 0
}

// isInvisible is true of the marks that only direct the text.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// candidates are the files that may have the character, best first.
func candidates(face Face, r rune, language string) []string {
	weight := "-700"
	if face == Regular {
		weight = "-400"
	}
	switch {
	case unicode.Is(unicode.Hebrew, r):
		return []string{"noto-sans-hebrew" + weight}
	case unicode.Is(unicode.Arabic, r):
		return []string{"noto-sans-arabic" + weight}
	case unicode.Is(unicode.Armenian, r):
		return []string{"noto-sans-armenian" + weight}
	case unicode.Is(unicode.Georgian, r):
		return []string{"noto-sans-georgian" + weight}
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic):
		return []string{"noto-sans" + weight}
	}
	return append([]string{"noto-sans" + weight}, eastAsian(r, language)...)
}

// eastAsian orders the files of the CJK scripts: the same Chinese character is
// drawn otherwise in Japan.
func eastAsian(r rune, language string) []string {
	const chinese, japanese, korean = "noto-sans-sc-400", "noto-sans-jp-400", "noto-sans-kr-400"
	switch {
	case language == "ja" || unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return []string{japanese, chinese, korean}
	case language == "ko" || unicode.Is(unicode.Hangul, r):
		return []string{korean, chinese, japanese}
	}
	return []string{chinese, japanese, korean}
}

func isEastAsian(file string) bool {
	return slices.Contains(eastAsian(0, ""), file)
}

func (f *fonts) missingRunes() []rune { return slices.Sorted(maps.Keys(f.missing)) }
