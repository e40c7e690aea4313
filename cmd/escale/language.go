package main

import (
	"embed"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/i18n"
)

//go:embed words/*.json
var wordFiles embed.FS

func loadWords() (*i18n.Catalogue, error) { return i18n.Load(wordFiles, "words") }

// localeOf is the language of the environment, as POSIX has it: the first of
// these variables that is set decides.
func localeOf(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			lang, _, _ := strings.Cut(value, ".")
			return lang
		}
	}
	return i18n.Fallback
}

// helpTexts hands the sentences of the help to kong, which names them without
// the prefix.
func helpTexts(w *i18n.Words) kong.Vars {
	texts := kong.Vars{}
	for _, key := range w.Keys() {
		if name, ok := strings.CutPrefix(key, "cli.help."); ok {
			texts["help_"+name] = holdSpaces(w.T(key))
		}
	}
	return texts
}
