package workbook

import (
	"slices"
	"strings"
)

// whole reads the cell as a whole number between two others; an empty cell is
// 0 and not ok.
func (f field) whole(least, most int) (int, bool) {
	if f.blank() {
		return 0, false
	}
	n, ok := f.cell.Whole()
	if !ok || n < least || n > most {
		f.fail("read.error.whole", least, most)
		return 0, false
	}
	return n, true
}

// count reads the cell as a number of things, 0 when it is empty.
func (f field) count() int {
	n, _ := f.whole(0, mostCount)
	return n
}

// yes reads the cell as yes or no; an empty one is no.
func (f field) yes() bool {
	if f.blank() {
		return false
	}
	word, known := f.r.spellings.find("read.word.", f.cell.Text, "yes", "no")
	if !known {
		f.fail("read.error.yes_no")
	}
	return word == "yes"
}

// list reads the cell as texts joined by any of the marks.
func (f field) list(marks string) []string {
	return slices.Collect(splitSeq(f.cell.Text, marks))
}

// spokenLanguages are those whose names are known.
var spokenLanguages = [...]string{
	"en", "fr", "es", "it", "de", "pt", "nl", "he", "ar", "zh", "ja", "ko", "ru", "el", "tr", "pl", "hy", "vi", "ca", "ro",
}

// languageCode reads a language: a code such as fr or fr-CA, or its name.
func (r *reader) languageCode(text string) (string, bool) {
	if code, known := r.spellings.find("read.language.", text, spokenLanguages[:]...); known {
		return code, true
	}
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(text), "_", "-"), "-")
	code = strings.TrimSpace(code)
	other := strings.ContainsFunc(code, func(r rune) bool { return r < 'a' || r > 'z' })
	return code, !other && (len(code) == 2 || len(code) == 3)
}

// spokenLanguage reads a part of the cell as a language, known or not.
func (f field) spokenLanguage(text string) string {
	code, known := f.r.languageCode(text)
	if !known {
		code = fold(text)
		f.part(text).noteOnce("read.note.languages_unknown")
	}
	return code
}

// languages reads the languages that somebody speaks.
func (f field) languages() []string {
	var codes []string
	for _, part := range f.list(";,/+\n") {
		if code := f.spokenLanguage(part); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// legList reads the legs that a row concerns, empty for all. Where the mission
// has one leg, there is nothing to say.
func (f field) legList() []int {
	if len(f.r.book.Legs) < 2 {
		return nil
	}
	if f.blank() {
		f.noteOnce("read.note.all_legs")
		return nil
	}
	var legs []int
	for _, part := range f.list(";,\n") {
		leg, _, found := f.r.legs.find(part)
		switch {
		case !found:
			f.part(part).fail("read.error.leg", f.r.legNames())
		case !slices.Contains(legs, leg):
			legs = append(legs, leg)
		}
	}
	slices.Sort(legs)
	return legs
}

func (r *reader) legNames() string {
	names := make([]string, len(r.book.Legs))
	for i, leg := range r.book.Legs {
		names[i] = leg.Name
	}
	return strings.Join(names, ", ")
}
