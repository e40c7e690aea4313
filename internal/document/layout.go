package document

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Style is how a span of text is set.
type Style struct {
	Face Face
	// Size is in points.
	Size  float64
	Color Color
	// Leading is the height of a line over its size; 0 stands for 1.4.
	Leading float64
	// Language of the text, when it is known to be another than the
	// document's: it decides how Chinese characters are drawn.
	Language string
	// Raised lifts the text to a superscript, in ems.
	Raised float64
}

const defaultLeading = 1.4

// lineHeight is in millimetres.
func (s Style) lineHeight() float64 {
	if s.Leading == 0 {
		return s.Size * mmPerPoint * defaultLeading
	}
	return s.Size * mmPerPoint * s.Leading
}

const mmPerPoint = 25.4 / 72

// Span is a text in one style. Each is a paragraph of its own as far as the
// direction of writing goes, and so is what [Isolate] marks within it.
type Span struct {
	Text  string
	Style Style
}

// The marks of an isolate in Unicode (UAX 9).
const (
	isolateStart = "\u2068"
	isolateEnd   = "\u2069"
)

// Isolate marks a name within a sentence, so that a name that is written from
// right to left does not reorder the sentence.
func Isolate(name string) string { return isolateStart + name + isolateEnd }

// Block is text that was cut into lines.
type Block struct {
	// Width is that of the widest line; Height that of all lines together.
	Width, Height float64
	lines         []line
}

// Lines counts the lines.
func (b *Block) Lines() int { return len(b.lines) }

// FirstBaseline is how far the first baseline is below the top of the block:
// what stands beside it aligns on it.
func (b *Block) FirstBaseline() float64 {
	if len(b.lines) == 0 {
		return 0
	}
	return b.lines[0].baseline
}

type line struct {
	pieces []piece
	width  float64
	// height is from this line's top to the next one's; baseline from its top.
	height, baseline float64
}

// piece is a part of a span on a line.
type piece struct {
	style Style
	runs  []run
	width float64
}

// Layout cuts the spans into lines of at most the given width; 0 means one
// line. A word that is too long for a line is cut, rather than left to run
// into the margin.
func (d *Document) Layout(width float64, spans ...Span) *Block {
	b := &Block{}
	for _, paragraph := range paragraphs(spans) {
		s := newSetter(d.fonts, paragraph, width)
		for _, cut := range s.breakLines() {
			b.add(s.line(cut.start, cut.end))
		}
	}
	return b
}

func (b *Block) add(l line) {
	b.lines = append(b.lines, l)
	b.Height += l.height
	b.Width = max(b.Width, l.width)
}

// paragraphs cuts the spans at line feeds, and takes isolates apart.
func paragraphs(spans []Span) [][]Span {
	all := [][]Span{nil}
	for _, span := range spans {
		for i, part := range strings.Split(clean(span.Text), "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			last := len(all) - 1
			all[last] = append(all[last], isolates(Span{part, span.Style})...)
		}
	}
	return all
}

// isolates cuts a span at the marks of [Isolate]. An empty span stays: it has
// the height of a line.
func isolates(span Span) []Span {
	parts := strings.FieldsFunc(span.Text, func(r rune) bool {
		return strings.ContainsRune(isolateStart+isolateEnd, r)
	})
	if len(parts) == 0 {
		return []Span{{"", span.Style}}
	}
	cut := make([]Span, len(parts))
	for i, part := range parts {
		cut[i] = Span{part, span.Style}
	}
	return cut
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n")

// clean drops the control characters that a cell of a spreadsheet may hold,
// makes all its line ends line feeds, and joins accents to their letters.
func clean(s string) string {
	s = norm.NFC.String(s)
	s = lineEnds.Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// setter sets one paragraph.
type setter struct {
	fonts *fonts
	limit float64
	spans []Span
	ready []prepared
	// starts are where the spans begin; text is all of them together.
	starts []int
	text   []rune
}

func newSetter(f *fonts, spans []Span, limit float64) *setter {
	s := &setter{fonts: f, limit: limit, spans: spans}
	for _, span := range spans {
		ready := f.prepare(span.Text, span.Style.Face, span.Style.Language)
		s.ready = append(s.ready, ready)
		s.starts = append(s.starts, len(s.text))
		s.text = append(s.text, ready.runes...)
	}
	return s
}

// stretch is a part of the text, by its characters.
type stretch struct{ start, end int }

// breakLines fills one line after the other with as many words as fit.
func (s *setter) breakLines() []stretch {
	if s.limit == 0 || len(s.text) == 0 {
		return []stretch{{0, s.trim(0, len(s.text))}}
	}
	var lines []stretch
	start, fits := 0, 0
	for _, next := range opportunities(s.text) {
		if s.width(start, s.trim(start, next)) <= s.limit {
			fits = next
			continue
		}
		if fits > start {
			lines = append(lines, stretch{start, s.trim(start, fits)})
			start = fits
		}
		for s.width(start, s.trim(start, next)) > s.limit {
			cut := s.cutWord(start, next)
			lines = append(lines, stretch{start, cut})
			start = cut
		}
		fits = next
	}
	return append(lines, stretch{start, s.trim(start, fits)})
}

// cutWord is how much of a word that is wider than a line fits on one: at
// least a character, so that there is an end to it.
func (s *setter) cutWord(start, end int) int {
	cut := start + 1
	for cut < end && s.width(start, cut+1) <= s.limit {
		cut++
	}
	whole := cut
	for whole > start+1 && unicode.IsMark(s.text[whole]) {
		whole--
	}
	return whole
}

// trim drops the spaces at the end of a line.
func (s *setter) trim(start, end int) int {
	for end > start && s.text[end-1] == ' ' {
		end--
	}
	return end
}

// parts calls f with each span's own share of a stretch.
func (s *setter) parts(start, end int, f func(span, from, to int)) {
	for i, at := range s.starts {
		from, to := max(start, at), min(end, at+len(s.ready[i].runes))
		if from < to {
			f(i, from-at, to-at)
		}
	}
}

func (s *setter) width(start, end int) float64 {
	total := 0.0
	s.parts(start, end, func(span, from, to int) {
		for _, r := range s.ready[span].runs(from, to) {
			total += s.fonts.width(r, s.spans[span].Style.Size)
		}
	})
	return total
}

func (s *setter) line(start, end int) line {
	var l line
	s.parts(start, end, func(span, from, to int) {
		p := piece{style: s.spans[span].Style, runs: s.ready[span].runs(from, to)}
		for _, r := range p.runs {
			p.width += s.fonts.width(r, p.style.Size)
		}
		l.width += p.width
		l.pieces = append(l.pieces, p)
		l.grow(s.fonts, p.style)
	})
	if len(l.pieces) == 0 && len(s.spans) > 0 {
		l.grow(s.fonts, s.spans[0].Style)
	}
	return l
}

// grow makes room for a style: half of the leading goes above, half below.
func (l *line) grow(f *fonts, style Style) {
	own := f.must(faceFile[style.Face], false)
	metrics := own.Face(style.Size, style.Color.rgba()).Metrics()
	height := style.lineHeight()
	baseline := (height + metrics.Ascent - metrics.Descent) / 2
	below := max(l.height-l.baseline, height-baseline)
	l.baseline = max(l.baseline, baseline)
	l.height = l.baseline + below
}

// opportunities are the places where a line may end, as positions after the
// character; the end of the text is the last one. It keeps the rules of UAX 14
// that matter to names, addresses and sentences: no-break spaces hold, hyphens
// and dashes let go, Chinese and Japanese break anywhere but before a closing
// mark.
func opportunities(text []rune) []int {
	var places []int
	for i := 1; i < len(text); i++ {
		if mayBreak(text[i-1], text[i]) {
			places = append(places, i)
		}
	}
	return append(places, len(text))
}

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ', unicode.IsMark(after), slices.Contains(holdTogether, before), slices.Contains(holdTogether, after):
		return false
	case before == ' ', before == '\u200B':
		return true
	case before == '-', before == '\u2013', before == '/':
		return unicode.IsLetter(after)
	case strings.ContainsRune("([{«“（「『《", before), strings.ContainsRune(")]}»”,.;:!?、。，．：；！？）」』》ー・", after):
		return false
	}
	return isIdeographic(before) || isIdeographic(after)
}

// holdTogether are the spaces and joiners that no line ends at.
var holdTogether = []rune{'\u00A0', '\u202F', '\u2007', '\u2060', '\uFEFF', '\u2011', '\u200D'}

func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || (r >= 0x3000 && r <= 0x303F)
}
