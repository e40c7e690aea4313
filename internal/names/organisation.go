package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Organisation is the folded name of an organisation without its legal form,
// by which two spellings of one name are compared: "Ateliers Dupré, S.A.S." and
// "ATELIERS DUPRE" give the same. A name that is nothing but a legal form stays.
func Organisation(name string) string {
	words := strings.Fields(Fold(glued.Replace(name)))
	if len(words) == 0 {
		return Fold(name)
	}
	for rest := cutForm(words); rest != nil; rest = cutForm(rest) {
		words = rest
	}
	return strings.Join(slices.DeleteFunc(words, conjunction), " ")
}

// conjunction says whether a word is what "&" stands for, which folding drops.
func conjunction(word string) bool { return word == "et" || word == "and" || word == "und" }

// cutForm takes one legal form off the words, or gives nil.
func cutForm(words []string) []string {
	for n := min(maxFormWords, len(words)-1); n > 0; n-- {
		if rest := len(words) - n; lastForms[form(words[rest:])] {
			return words[:rest]
		}
		if firstForms[form(words[:n])] {
			return words[n:]
		}
	}
	return nil
}

// form writes words as the tables of forms do: letters that had points between
// them, as in "s a de c v", are one word.
func form(words []string) string {
	var text strings.Builder
	for i, word := range words {
		if i > 0 && (utf8.RuneCountInString(word) > 1 || utf8.RuneCountInString(words[i-1]) > 1) {
			text.WriteByte(' ')
		}
		text.WriteString(word)
	}
	return text.String()
}
