package importer

import (
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/sheet"
)

// A valueReader turns what people write in cells into the texts of fields. What
// it cannot read it leaves to the field, which says what is wrong.
type valueReader struct {
	words   *i18n.Catalogue
	choices map[string]map[string]string // by KIND.NAME: folded word -> value
}

func newValueReader(words *i18n.Catalogue) valueReader {
	return valueReader{words, map[string]map[string]string{}}
}

func (r valueReader) read(kind string, info record.Info, text string) string {
	switch info.Type {
	case record.Choice:
		if value, known := r.choicesOf(kind, info)[names.Fold(text)]; known {
			return value
		}
	case record.Number:
		if number, ok := (sheet.Cell{Kind: sheet.Text, Text: text}).Float(); ok {
			return strconv.FormatFloat(number, 'f', -1, 64)
		}
	case record.Date:
		if stamp, ok := (sheet.Cell{Kind: sheet.Text, Text: text}).Stamp(); ok && stamp.HasDate() {
			return stamp.Date.Format(time.DateOnly)
		}
	}
	return text
}

// choicesOf are the values of a choice by their words in every language.
func (r valueReader) choicesOf(kind string, info record.Info) map[string]string {
	key := kind + "." + info.Name
	known, read := r.choices[key]
	if read {
		return known
	}
	known = map[string]string{}
	for _, value := range info.Choices {
		known[names.Fold(value)] = value
	}
	for _, lang := range r.words.Languages() {
		for _, value := range info.Choices {
			known[names.Fold(r.words.For(lang).T(key+"."+value))] = value
		}
	}
	r.choices[key] = known
	return known
}

// yes says whether a cell says so, in any language, as forms are ticked.
func (r valueReader) yes(text string) bool {
	switch folded := names.Fold(text); folded {
	case "", "0", "false", "faux":
		return false
	case "1", "x", "true", "vrai":
		return true
	default:
		for _, lang := range r.words.Languages() {
			if folded == names.Fold(r.words.For(lang).T("export.yes")) {
				return true
			}
		}
		return false
	}
}

// alike says whether two texts say the same, however they are spaced.
func alike(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}
