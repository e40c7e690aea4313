package workbook

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/i18n"
)

// digits writes a row or an id: without the thousands' separator of figures.
func digits(n int) string { return strconv.Itoa(n) }

// ligatures are letters that do not come apart by themselves.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss")

// fold makes two spellings of a word one: small letters and digits without
// accents, and one space for all that stands between words.
func fold(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(ligatures.Replace(strings.ToLower(text))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// zerosBefore finds the zeros that a spreadsheet drops from a number.
var zerosBefore = regexp.MustCompile(`(^|\D)0+(\d)`)

// loose makes ids one that differ by what a spreadsheet or a hand changes: case,
// spaces and marks, zeros before a number.
func loose(id string) string {
	return zerosBefore.ReplaceAllString(strings.ReplaceAll(fold(id), " ", ""), "$1$2")
}

// heading is the word of a key that Escale itself writes.
func heading(w *i18n.Words, key string) string {
	first, _, _ := strings.Cut(w.T(key), "|")
	return strings.TrimSpace(first)
}

// vocabulary is all the ways, in every language, to write a key: the catalogues
// list them with | between.
type vocabulary map[string][]string

// of gives the spellings of a key, folded.
func (v vocabulary) of(key string) []string {
	if known, ok := v[key]; ok {
		return known
	}
	var spellings []string
	for _, lang := range catalogue().Languages() {
		for spelling := range strings.SplitSeq(wordsFor(lang).T(key), "|") {
			spellings = append(spellings, fold(spelling))
		}
	}
	v[key] = spellings
	return spellings
}

// aside is what people put around a word: a number before, brackets after.
var aside = regexp.MustCompile(`^[\d\s._-]+|\([^)]*\)|\[[^\]]*\]`)

// find says which of the names, prefixed to make keys, the text is a spelling
// of.
func (v vocabulary) find(prefix, text string, names ...string) (string, bool) {
	for _, folded := range []string{fold(text), fold(aside.ReplaceAllString(text, ""))} {
		for _, name := range names {
			if folded != "" && slices.Contains(v.of(prefix+name), folded) {
				return name, true
			}
		}
	}
	return "", false
}

// sheetSpec is what the reader knows of a sheet.
type sheetSpec struct {
	name     string
	required bool
	columns  []columnSpec
}

// columnSpec is what the reader knows of a column. A lenient one is read where
// it is found and not asked for.
type columnSpec struct {
	name              string
	required, lenient bool
}

// columns makes the columns of a sheet: * marks a required one, ? a lenient
// one.
func columns(names string) []columnSpec {
	var specs []columnSpec
	for name := range strings.FieldsSeq(names) {
		specs = append(specs, columnSpec{
			name:     strings.TrimRight(name, "*?"),
			required: strings.HasSuffix(name, "*"),
			lenient:  strings.HasSuffix(name, "?"),
		})
	}
	return specs
}

// schema is every sheet, in the order in which people fill them in.
func schema() []sheetSpec {
	return []sheetSpec{
		{"mission", false, columns("key* value*")},
		{"slots", true, columns("leg date* start* end* timezone")},
		{"venues", false, columns("id name address latitude longitude tables closed leg")},
		{"participants", true, columns("id* name* side contact email languages people representatives " +
			"min max max_day venue table unavailable sectors offers needs leg")},
		{"wishes", true, columns("from* to* wish weight minutes venue person note")},
		{"meetings", false, columns("participants* date? start venue table locked")},
		{"sessions", false, columns("name* date? start* end* venue participants")},
		{"travel", false, columns("from* to* minutes*")},
		{"interpreters", false, columns("languages* count unavailable leg")},
	}
}

// settings are the lines of the sheet of the mission.
var settings = [...]string{"name", "timezone", "language", "meeting_minutes", "gap_minutes", "fictional"}

// names lists the columns, or only those that are required.
func (s sheetSpec) names(requiredOnly bool) []string {
	var names []string
	for _, column := range s.columns {
		if column.required || !requiredOnly {
			names = append(names, column.name)
		}
	}
	return names
}
