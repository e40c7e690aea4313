package app

import (
	"io"
	"path/filepath"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/record/template"
)

// documents are what the office's documents can tell, of all features.
func documents() template.Sources {
	return template.Sources{mission.Documents(funding.BudgetFields()), funding.Documents(), call.Documents()}
}

// templateShelf keeps the office's templates, apart from the files that are
// swept: undoing may bring any of them back.
func (a *App) templateShelf() template.Shelf {
	folder := panel.NewFolder(filepath.Join(a.settings.Files, "templates"))
	return template.Shelf{
		Put: func(home int, content io.Reader) (string, error) {
			stored, err := folder.Put(home, content)
			return stored.Hash, err
		},
		Open: func(home int, hash string) (io.ReadCloser, error) { return folder.Open(home, hash) },
	}
}

// templates makes the pages of the office's templates.
func (a *App) templates() *template.Pages {
	return template.NewPages(a.db, a.frame, a.kinds, a.words, a.templateShelf(), documents())
}
