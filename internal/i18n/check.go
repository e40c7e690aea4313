package i18n

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check compares the languages: each has every key, no text is empty, a plural
// is one in all of them, and the same arguments appear. It lists all that is
// wrong at once.
func (c *Catalogue) Check() error {
	keys := map[string]bool{}
	for _, w := range c.languages {
		for key := range w.entries {
			keys[key] = true
		}
	}
	var problems []error
	for _, lang := range c.Languages() {
		problems = append(problems, c.checkLanguage(lang, keys)...)
	}
	slices.SortFunc(problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(problems...)
}

func (c *Catalogue) checkLanguage(lang string, keys map[string]bool) []error {
	var problems []error
	w, model := c.languages[lang], c.languages[Fallback]
	for key := range keys {
		e, ok := w.entries[key]
		if !ok {
			problems = append(problems, fmt.Errorf("%s: no text in %q", key, lang))
			continue
		}
		if slices.Contains(e.forms(), "") {
			problems = append(problems, fmt.Errorf("%s: an empty text in %q", key, lang))
		}
		if first, ok := model.entries[key]; ok {
			problems = append(problems, compareEntries(key, lang, e, first)...)
		}
	}
	return problems
}

func compareEntries(key, lang string, e, model entry) []error {
	var problems []error
	if e.plural != model.plural {
		problems = append(problems, fmt.Errorf("%s: has plural forms in %q or in %q, not in both", key, lang, Fallback))
	}
	if have, want := e.placeholders(), model.placeholders(); !slices.Equal(have, want) {
		problems = append(problems, fmt.Errorf("%s: arguments %v in %q, %v in %q", key, have, lang, want, Fallback))
	}
	return problems
}
