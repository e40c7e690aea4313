// Package i18n says things in the reader's language: catalogues of texts, with
// plurals, and numbers, dates, times and lists as each language writes them.
//
// A catalogue is a folder of flat JSON files, one an area and language, named
// "report.fr.json". A value is a text, or {"one": ..., "other": ...} for what
// depends on a number. In a text, {0}, {1} and so on stand for the arguments,
// and {n} for the number that chooses the plural.
package i18n

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Fallback is the language of those whose own has no catalogue.
const Fallback = "en"

// Catalogue holds the texts of every language. It never changes once loaded.
type Catalogue struct {
	languages map[string]*Words
}

// Load reads every catalogue file of a folder. Spaces and apostrophes are set
// as the language's typography wants them, so that files can be edited with an
// ordinary keyboard. [Catalogue.Check] compares the languages.
func Load(fsys fs.FS, dir string) (*Catalogue, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list the catalogues of %s: %w", dir, err)
	}
	c := &Catalogue{languages: map[string]*Words{}}
	for _, name := range names {
		if err := c.add(fsys, name); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", name, err)
		}
	}
	if c.languages[Fallback] == nil {
		return nil, fmt.Errorf("no catalogue of language %q in %s", Fallback, dir)
	}
	return c, nil
}

func (c *Catalogue) add(fsys fs.FS, name string) error {
	parts := strings.Split(path.Base(name), ".")
	if len(parts) != 3 {
		return fmt.Errorf("the name must be area.language.json")
	}
	how, known := locales[parts[1]]
	if !known {
		return fmt.Errorf("language %q is not one of %v", parts[1], slices.Sorted(maps.Keys(locales)))
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	entries, err := parse(data)
	if err != nil {
		return err
	}
	w := c.languages[parts[1]]
	if w == nil {
		w = &Words{lang: parts[1], how: how, entries: map[string]entry{}}
		c.languages[parts[1]] = w
	}
	for key, e := range entries {
		if _, twice := w.entries[key]; twice {
			return fmt.Errorf("key %q is in another file too", key)
		}
		w.entries[key] = e.set(how.typography)
	}
	return nil
}

// Join makes one catalogue of several, so that a reader has one set of words
// for the texts of all packages. A key that two of them have is an error.
func Join(catalogues ...*Catalogue) (*Catalogue, error) {
	all := &Catalogue{languages: map[string]*Words{}}
	for _, c := range catalogues {
		for lang, w := range c.languages {
			if err := all.join(lang, w); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (c *Catalogue) join(lang string, w *Words) error {
	joined := c.languages[lang]
	if joined == nil {
		joined = &Words{lang: lang, how: w.how, entries: map[string]entry{}}
		c.languages[lang] = joined
	}
	for _, key := range w.Keys() {
		if joined.Has(key) {
			return fmt.Errorf("key %q is in two catalogues (%s): rename one", key, lang)
		}
		joined.entries[key] = w.entries[key]
	}
	return nil
}

// For gives the texts of a language such as "fr" or "fr-CA", or those of
// [Fallback] where there is no catalogue for it.
func (c *Catalogue) For(lang string) *Words {
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if w := c.languages[strings.ToLower(base)]; w != nil {
		return w
	}
	return c.languages[Fallback]
}

// Languages lists the languages that have a catalogue, in order.
func (c *Catalogue) Languages() []string {
	return slices.Sorted(maps.Keys(c.languages))
}

// Words are the texts and habits of one language.
type Words struct {
	lang    string
	how     locale
	entries map[string]entry
}

// Lang is the language's code, such as "fr".
func (w *Words) Lang() string { return w.lang }

// Has says whether there is a text under the key.
func (w *Words) Has(key string) bool {
	_, ok := w.entries[key]
	return ok
}

// Keys lists the keys, in order.
func (w *Words) Keys() []string { return slices.Sorted(maps.Keys(w.entries)) }

// Placeholders lists what stands for arguments in a text, such as "0" and "n",
// in order.
func (w *Words) Placeholders(key string) []string { return w.entries[key].placeholders() }

// T is the text of a key, with {0}, {1} and so on replaced by the arguments.
// An int is written as the language writes numbers; anything else as fmt does.
// A key without a text is returned itself: visible, and no reason to stop.
func (w *Words) T(key string, args ...any) string {
	e, ok := w.entries[key]
	if !ok {
		return key
	}
	return w.fill(e.other, "", args)
}

// N is the text of a key in the form that the number asks for; {n} stands for
// the number.
func (w *Words) N(key string, n int, args ...any) string {
	e, ok := w.entries[key]
	if !ok {
		return key
	}
	form := e.other
	if e.plural && w.how.singular(n) {
		form = e.one
	}
	return w.fill(form, w.Number(n), args)
}

func (w *Words) fill(text, n string, args []any) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		name := found[1 : len(found)-1]
		if name == "n" {
			return n
		}
		if i := int(name[0] - '0'); i < len(args) {
			return w.say(args[i])
		}
		return found
	})
}

func (w *Words) say(arg any) string {
	switch a := arg.(type) {
	case string:
		return a
	case int:
		return w.Number(a)
	default:
		return fmt.Sprint(a)
	}
}
