package record

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSlips: whichever one slip somebody makes in a long word, the word is
// found by what they typed.
func TestSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.RuneFrom([]rune("abcdeéλש")), 8, 14).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-2).Draw(t, "at")
		typed := slices.Clone(word)
		switch rapid.SampledFrom([]string{"wrong", "missing", "too much", "exchanged"}).Draw(t, "slip") {
		case "wrong":
			typed[at] = 'z'
		case "missing":
			typed = slices.Delete(typed, at, at+1)
		case "too much":
			typed = slices.Insert(typed, at, 'z')
		case "exchanged":
			typed[at], typed[at+1] = typed[at+1], typed[at]
		}
		held := func(w way) bool {
			return !slices.ContainsFunc(w, func(part string) bool { return !strings.Contains(string(word), part) })
		}
		if ways := slips(string(typed)); !slices.ContainsFunc(ways, held) {
			t.Errorf("%q is not found by %q: %v", string(word), string(typed), ways)
		}
	})
}
