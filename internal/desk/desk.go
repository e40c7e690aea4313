// Package desk holds the pages that show many nouns at once: the home of a
// workspace and the search over everything.
package desk

import (
	"context"
	"embed"
	"net/http"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Pages are the desk's pages.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
	doors Doors
}

// Doors are what features say on the home.
type Doors struct {
	// Dates are those of the calendar.
	Dates mission.Dates
	// Waiting are what waits for the viewer, beside their tasks.
	Waiting []Waiting
}

// A Waiting finds what of a feature waits for the viewer.
type Waiting func(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words) ([]web.Entry, error)

// NewPages makes the pages over the records of all kinds.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, doors Doors) *Pages {
	return &Pages{d, frame, kinds, doors}
}

// Routes are the desk's addresses.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /t/{territory}", Noun: "workspace", Action: "see", Handle: p.home},
		{Pattern: "GET /t/{territory}/search", Noun: "workspace", Action: "see", Handle: p.search},
		{Pattern: "POST /t/{territory}/undo/{batch}", Noun: "workspace", Action: "see", Handle: p.undo},
	}
}

// found is what the page of a search shows.
type found struct {
	query string
	hits  []hit
}

type hit struct{ kind, title, detail, href string }

// mostHits is how many records a search over everything shows.
const mostHits = 50

// search answers GET /t/{territory}/search?q=...
func (p *Pages) search(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = f.Words.T("desk.search")
	page := found{query: strings.TrimSpace(r.URL.Query().Get("q"))}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		hits, err := p.kinds.Search(r.Context(), tx, v, page.query, mostHits)
		for _, h := range hits {
			page.hits = append(page.hits, p.hit(f.Words, v, h))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, searchPage(f, page))
}

func (p *Pages) hit(w *i18n.Words, v territory.Viewer, h record.Hit) hit {
	return hit{
		kind: w.T(h.Ref.Kind + ".one"), title: h.Title, detail: h.Detail,
		href: v.Territory.Home() + p.kinds[h.Ref.Kind].Address(h.Ref.ID),
	}
}
