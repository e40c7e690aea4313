package web

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

// TestEmbeddedFonts reads the fonts back out of the sheet: each must be the
// woff2 file it claims, and only texts with central European letters pay for
// the files that have them.
func TestEmbeddedFonts(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"Novaport → œuvre", 3},
		{"Łódź Data", 6},
		{"", 0},
	} {
		sheet, err := EmbeddedFonts(test.text)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`base64,([^)]*)\)`).FindAllStringSubmatch(sheet, -1)
		if len(found) != test.want {
			t.Errorf("%q embeds %d fonts, want %d", test.text, len(found), test.want)
		}
		for _, f := range found {
			data, err := base64.StdEncoding.DecodeString(f[1])
			if err != nil || !bytes.HasPrefix(data, []byte("wOF2")) {
				t.Errorf("%q embeds something that is no woff2 font (%v)", test.text, err)
			}
		}
		if strings.Contains(sheet, "http") {
			t.Errorf("%q: the sheet loads from elsewhere", test.text)
		}
	}
}

// TestTokensContrast computes the contrast ratios of WCAG 2.2 for the pairs
// that pages rely on, by day, by night and on paper.
func TestTokensContrast(t *testing.T) {
	screen, paper, _ := strings.Cut(Tokens(), "@media print")
	grounds := []string{"paper", "surface", "sunken"}
	for theme, colours := range map[string]map[string]string{
		"day":   tokenColours(screen, `(?:light-dark\()?`),
		"night": tokenColours(screen, `(?:light-dark\(#\w{6}, )?`),
		"paper": tokenColours(paper, ""),
	} {
		judge := func(text, ground string, least float64) {
			got, err := Contrast(colours[text], colours[ground])
			if err != nil || got < least {
				t.Errorf("%s: %s on %s is %.2f:1, less than %.1f; %v", theme, text, ground, got, least, err)
			}
		}
		for _, ground := range grounds {
			for _, text := range []string{"ink", "muted", "sea", "terra", "sun", "pine", "brick"} {
				judge(text, ground, 4.5)
			}
			for _, mark := range []string{"field", "bar", "bar-2"} {
				judge(mark, ground, 3)
			}
		}
		for _, pair := range [][2]string{
			{"deep-ink", "deep"},
			{"deep-muted", "deep"},
			{"sea-ink", "sea"},
			{"ink", "sea-wash"},
			{"terra", "terra-wash"},
			{"pine", "pine-wash"},
			{"sun", "sun-wash"},
			{"brick", "brick-wash"},
			{"heat-ink", "heat-0"},
			{"heat-ink", "heat-1"},
			{"heat-ink", "heat-2"},
			{"heat-3-ink", "heat-3"},
			{"heat-4-ink", "heat-4"},
		} {
			judge(pair[0], pair[1], 4.5)
		}
		if theme == "paper" {
			continue // sectors keep the colours of the day
		}
		for _, shape := range []string{"hull", "disc", "arch", "pixel", "wing", "cell"} {
			judge("sec-ink", "sec-"+shape, 4.5)
		}
	}
}

// tokenColours reads the colours of a theme: those that follow a pattern.
func tokenColours(css, before string) map[string]string {
	colours := map[string]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+): `+before+`(#\w{6})`).FindAllStringSubmatch(css, -1) {
		colours[m[1]] = m[2]
	}
	return colours
}
