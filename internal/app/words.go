package app

import (
	"embed"
	"io/fs"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/desk"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/match"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/mail"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/record/link"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/gallery"
	"github.com/escale-hq/escale/internal/web/picture"
)

//go:embed words/*.json
var ownWords embed.FS

// words joins the texts of every folder into one catalogue.
func words() (*i18n.Catalogue, error) {
	folders := []fs.FS{
		ownWords, web.Words, auth.Words, territory.Words, record.Words, directory.Words, ident.Words, match.Words,
		register.Words, panel.Words, exporter.Words, importer.Words, link.Words, template.Words, desk.Words, job.Words, mail.Words, mission.Words, agenda.Words, programme.Words, matchmaking.Words, outcome.Words, funding.Words, form.Words, call.Words, gallery.Words, picture.Words,
	}
	catalogues := make([]*i18n.Catalogue, len(folders))
	for i, folder := range folders {
		c, err := i18n.Load(folder, "words")
		if err != nil {
			return nil, err
		}
		catalogues[i] = c
	}
	return i18n.Join(catalogues...)
}
