package mission

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Cover opens every page of a mission, those of other features too: the way
// to it, its title, its tabs.
type Cover struct {
	words   *i18n.Words
	viewer  territory.Viewer
	mission *Mission
	bar     panel.Bar
	path    string
}

// NewCover makes the cover of the page of a mission that ends in a path:
// "/participants".
func NewCover(ctx context.Context, tx *db.Tx, kinds record.Kinds, w *i18n.Words, m *Mission, path string) (c Cover, err error) {
	c = Cover{words: w, viewer: territory.ViewerOf(ctx), mission: m, path: path}
	c.bar, err = panel.NewBar(ctx, tx, kinds, c.viewer, Missions().Ref(m))
	return c, err
}

// Href is the address of the mission's page.
func (c Cover) Href() string { return href(c.viewer, c.mission.ID) }

// May says whether the viewer may do something to a noun of the mission.
func (c Cover) May(noun, action string) bool { return c.viewer.May(noun, action, c.mission.Subject()) }

func (c Cover) name() string { return c.mission.Name(c.words.Lang()) }

func (c Cover) trail() []web.Link {
	trail := []web.Link{{Label: c.words.T("mission.list"), Href: c.viewer.Territory.Home() + "/missions"}}
	if c.path == "" {
		return append(trail, web.Link{Label: c.name(), Current: true})
	}
	return append(trail, web.Link{Label: c.name(), Href: c.Href()})
}
