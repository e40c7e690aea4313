package names

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Éléonore  d'Œuvré":    "eleonore d oeuvre",
		"Straße-№ ５":           "strasse no 5",
		"ŁÓDŹ, İzmir, Ålesund": "lodz izmir alesund",
		"Jean.Dupont@ex.fr":    "jean dupont ex fr",
		"R&D":                  "r d",
		"ﬁlière":               "filiere",
		"شَرِكَة أُمّ":         "شركه ام",
		"شـــركة":              "شركه",
		"שָׁלוֹם בע״מ":         "שלום בע מ",
		"株式会社ガス":               "株式会社ガス",
		"ｶﾞｽ":                  "ガス",
		"한국 전력":                "한국 전력",
		"किताब":                "किताब",
		"Αθήνα":                "αθηνα",
		" ... ":                "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldIsDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q", once, twice)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Fatalf("spaces in %q", once)
		}
	})
}

// TestFoldForgetsDress compares a word with the same word in capitals, in
// decomposed form, full-width, and with an accent on each letter.
func TestFoldForgetsDress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{1,12}`).Draw(t, "word")
		accented := strings.Join(strings.Split(word, ""), "\u0301") + "\u0327"
		wide := strings.Map(func(r rune) rune { return r - 'a' + 'ａ' }, word)
		for _, dressed := range []string{strings.ToUpper(word), accented, norm.NFC.String(accented), wide, "\u00ab" + word + "\u00a0\u00bb"} {
			if got := Fold(dressed); got != word {
				t.Fatalf("Fold(%q) = %q, want %q", dressed, got, word)
			}
		}
	})
}

func TestTrigrams(t *testing.T) {
	if got := strings.Join(Trigrams("ab a"), "|"); got != "  a| a | ab|ab " {
		t.Errorf("Trigrams = %q", got)
	}
	if got := Trigrams(""); got != nil {
		t.Errorf("nothing has %q", got)
	}
}

// TestSimilarity compares with sets counted in maps.
func TestSimilarity(t *testing.T) {
	words := rapid.StringMatching(`[abc ]{0,10}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		all, both := map[string]int{}, 0.0
		for _, text := range []string{a, b} {
			for _, three := range Trigrams(text) {
				if all[three]++; all[three] == 2 {
					both++
				}
			}
		}
		want := 0.0
		if len(all) > 0 {
			want = both / float64(len(all))
		}
		if got := Similarity(a, b); got != want || got != Similarity(b, a) {
			t.Fatalf("Similarity(%q, %q) = %v, want %v", a, b, got, want)
		}
	})
	if got := Similarity("dupont jean", "jean dupont"); got != 1 {
		t.Errorf("the order of words matters: %v", got)
	}
}

func TestPlainLettersAreFolded(t *testing.T) {
	for _, r := range "ßςœæøđðħıłþىیکة" {
		if got := plain(r); got == string(r) || !unicode.IsLetter([]rune(got)[0]) {
			t.Errorf("%c stays %q", r, got)
		}
	}
}
