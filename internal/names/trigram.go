package names

import (
	"slices"
	"strings"
)

// Trigrams are the runs of three characters of a folded text, each once, in
// order. Each word counts with two spaces before it and one after, so that its
// beginning weighs more than its end and a word of one letter has some too.
func Trigrams(folded string) []string {
	var found []string
	for word := range strings.FieldsSeq(folded) {
		padded := []rune("  " + word + " ")
		for i := range len(padded) - 2 {
			found = append(found, string(padded[i:i+3]))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Similarity is the share of the trigrams of two folded texts that both have:
// 1 for the same words in any order, 0 for nothing in common.
func Similarity(a, b string) float64 { return Overlap(Trigrams(a), Trigrams(b)) }

// Overlap is the [Similarity] of texts whose trigrams are known.
func Overlap(a, b []string) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch order := strings.Compare(a[i], b[j]); {
		case order < 0:
			i++
		case order > 0:
			j++
		default:
			common++
			i++
			j++
		}
	}
	all := len(a) + len(b) - common
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}
