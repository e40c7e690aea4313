package workbook

import (
	"embed"
	"sync"

	"github.com/escale-hq/escale/internal/i18n"
)

//go:embed words/*.json
var wordFiles embed.FS

// catalogue is loaded once and never changes. The files are part of the
// program, so one that cannot be read is a mistake in the program.
var catalogue = sync.OnceValue(func() *i18n.Catalogue {
	c, err := i18n.Load(wordFiles, "words")
	if err != nil {
		panic(err)
	}
	return c
})

// wordsFor gives the texts of a language such as "fr", or English ones.
func wordsFor(lang string) *i18n.Words { return catalogue().For(lang) }
