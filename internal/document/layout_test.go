package document

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/canvas"
	"github.com/tdewolff/canvas/renderers/pdf"
	"pgregory.net/rapid"
)

// seen is a line as the eye meets it, from left to right, run by run.
func seen(l line) string {
	var b strings.Builder
	for _, p := range l.pieces {
		for _, r := range p.runs {
			runes := []rune(r.text)
			if r.rtl() {
				for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
					runes[i], runes[j] = runes[j], runes[i]
				}
			}
			b.WriteString(string(runes))
		}
	}
	return b.String()
}

func seenLines(b *Block) []string {
	var lines []string
	for _, l := range b.lines {
		lines = append(lines, seen(l))
	}
	return lines
}

func TestLineBreaks(t *testing.T) {
	tests := []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"words", "le réseau hospitalier", 20, []string{"le réseau", "hospitalier"}},
		{"no-break spaces hold", "quoi\u202F? «\u00A0oui\u00A0»", 12, []string{"quoi\u202F?", "«\u00A0oui\u00A0»"}},
		{"hyphens let go", "porte-conteneurs", 18, []string{"porte-", "conteneurs"}},
		{"hyphens in numbers hold", "au 06-07-08", 20, []string{"au", "06-07-08"}},
		{"long words are cut", "aaaaaaaaaa bb", 10, []string{"aaaaa", "aaaaa", "bb"}},
		{"Japanese breaks anywhere but before a closing mark", "東京都、大阪", 12, []string{"東京", "都、大", "阪"}},
		{"line feeds end lines", "a\r\nb\rc", 50, []string{"a", "b", "c"}},
		{"an empty text is a line", "", 50, []string{""}},
		{"a right-to-left line is ordered by itself", "שלום עולם", 14, []string{"םולש", "םלוע"}},
		{"numbers keep their order in Hebrew", "טל 050-1234", 0, []string{"050-1234 לט"}},
		{"Latin in Hebrew", "חברת Nacre בע", 0, []string{"עב Nacre תרבח"}},
		{"Hebrew in Latin", "Nacre שלום עולם Ltd", 0, []string{"Nacre םלוע םולש Ltd"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := newDocument(t)
			got := d.Layout(test.width, Span{test.text, Style{Size: 10}})
			if diff := cmp.Diff(test.want, seenLines(got)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSpansAreIsolated checks that a name written from right to left does not
// pull along what stands beside it.
func TestSpansAreIsolated(t *testing.T) {
	d := newDocument(t)
	style := Style{Size: 10}
	got := d.Layout(0, Span{"10:30 ", style}, Span{"שלום", style}, Span{" 11:00", style})
	if diff := cmp.Diff([]string{"10:30 םולש 11:00"}, seenLines(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHanFollowsTheLanguage(t *testing.T) {
	tests := []struct{ text, language, want string }{
		{"骨", "", "noto-sans-sc-400"},
		{"骨", "ja", "noto-sans-jp-400"},
		{"骨の", "", "noto-sans-jp-400"},
		{"のA骨", "", "noto-sans-jp-400"},
		{"부산", "", "noto-sans-kr-400"},
	}
	f, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		ready := f.prepare(test.text, Regular, test.language)
		if got := ready.fonts[len(ready.fonts)-1].file; got != test.want {
			t.Errorf("%q in %q is set in %s, want %s", test.text, test.language, got, test.want)
		}
	}
}

// TestLinesFit: whatever the text and the width, no line is wider than it may
// be unless it holds one character only, and no character is lost.
func TestLinesFit(t *testing.T) {
	d := newDocument(t)
	word := rapid.StringMatching(`[a-zéèŁשלם三の-]{1,25}`)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.Float64Range(8, 90).Draw(t, "width")
		var spans []Span
		var text strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "spans") {
			s := strings.Join(rapid.SliceOfN(word, 1, 8).Draw(t, "words"), " ")
			size := rapid.Float64Range(6, 20).Draw(t, "size")
			spans = append(spans, Span{s, Style{Face: Face(rapid.IntRange(0, 3).Draw(t, "face")), Size: size}})
			text.WriteString(s)
		}
		b := d.Layout(width, spans...)
		kept := 0
		for _, l := range b.lines {
			shown := seen(l)
			if l.width > width+1e-9 && utf8.RuneCountInString(shown) > 1 {
				t.Fatalf("line %q is %.2f wide, over %.2f", shown, l.width, width)
			}
			kept += utf8.RuneCountInString(strings.ReplaceAll(shown, " ", ""))
		}
		if want := utf8.RuneCountInString(strings.ReplaceAll(text.String(), " ", "")); kept != want {
			t.Fatalf("%d characters of %d are shown", kept, want)
		}
	})
}

// TestAnyTextIsPrinted lays out and writes whatever a cell may hold: controls,
// marks without a letter, characters of no font, directions that never end.
func TestAnyTextIsPrinted(t *testing.T) {
	d := newDocument(t)
	strange := rapid.StringOf(rapid.OneOf(
		rapid.Rune(),
		rapid.SampledFrom([]rune("\u202E\u2067\u2068\u2069\u200F\u200D\u0301\u05B8\u064E\uFEFF\n\t \x00אבש日aé")),
	))
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.Float64Range(0, 60).Draw(t, "width")
		face := Face(rapid.IntRange(0, 3).Draw(t, "face"))
		p := &Page{canvas: canvas.New(Width, Height), fonts: d.fonts}
		b := d.Layout(width, Span{strange.Draw(t, "text"), Style{Face: face, Size: 10}})
		p.Text(Margin, Margin, Left, b)
		out := pdf.New(&bytes.Buffer{}, Width, Height, nil)
		p.canvas.RenderTo(out)
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
