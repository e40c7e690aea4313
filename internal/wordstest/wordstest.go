// Package wordstest holds the words of a package against its source: every key
// that the source names has a text, every text is named, with the arguments
// that it wants, in every language; and French is set with care. A package
// tests its words so:
//
//	func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, Words)) }
package wordstest

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/i18n"
)

// Load reads the catalogue files in the folder "words" of a package.
func Load(t *testing.T, words fs.FS) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(words, "words")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Check compares a catalogue with the Go files of the folder that the test runs
// in, those made of its templates included, and reads its French. Keys that
// begin with one of the exceptions are not sentences.
func Check(t *testing.T, c *i18n.Catalogue, exceptions ...string) {
	t.Helper()
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	for _, problem := range compare(c, ".") {
		t.Error(problem)
	}
	for _, problem := range french(c.For("fr"), exceptions) {
		t.Error(problem)
	}
}

// areas are what keys begin with, up to the first dot.
func areas(w *i18n.Words) []string {
	var all []string
	for _, key := range w.Keys() {
		area, _, _ := strings.Cut(key, ".")
		all = append(all, area)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// notKeys are endings of names of files, which look like keys.
var notKeys = []string{".html", ".json", ".css", ".js", ".svg", ".sql", ".pdf", ".xlsx", ".csv", ".ics"}

// isKey says whether a text of the source looks like a key, or like what a key
// begins with, of one of the areas.
func isKey(text string, areas []string) bool {
	area, rest, dotted := strings.Cut(text, ".")
	return dotted && slices.Contains(areas, area) && !slices.Contains(notKeys, path.Ext(text)) &&
		strings.Trim(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == ""
}
