package funding

import (
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// declarationsView is what the page of the declared aids shows.
type declarationsView struct {
	words        *i18n.Words
	viewer       territory.Viewer
	declarations []*Declaration
	organisation string // id of the one whose they are, or ""
}

func (v declarationsView) may(action string) bool {
	return v.viewer.Reach("declaration", action) != territory.Nothing
}

// mostDeclarations is how many a page shows: those awarded last.
const mostDeclarations = 200

// declarations answers GET /t/{territory}/declarations: those of an organisation
// with ?organisation=ID.
func (p *Pages) declarations(w http.ResponseWriter, r *http.Request) error {
	f, v := p.frame(r), territory.ViewerOf(r.Context())
	view := declarationsView{words: f.Words, viewer: v, organisation: r.URL.Query().Get("organisation")}
	err := p.db.Read(r.Context(), func(tx *db.Tx) error {
		q := db.Select("d.id", "aid_declarations d").Where("d.deleted_at IS NULL").Order("d.awarded_on DESC", "d.id").Page(1, mostDeclarations)
		v.Within(q, "declaration", "d.territory_id", territory.Columns{Owner: "d.owner_id", Organisation: "d.organisation_id"})
		if view.organisation != "" {
			q.Where("d.organisation_id = ?", view.organisation)
		}
		ids, err := db.Collect(r.Context(), tx, q, db.One)
		for _, id := range ids {
			d, err := loadDeclaration(r.Context(), tx, v.Territory.ID, id)
			if err != nil {
				return err
			}
			view.declarations = append(view.declarations, d)
		}
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("declaration.list")
	return web.Render(w, r, http.StatusOK, declarationsPage(f, view))
}

// ceilingsView is what the page of the ceilings shows.
type ceilingsView struct {
	words    *i18n.Words
	viewer   territory.Viewer
	ceilings []*Ceiling
}

func (v ceilingsView) home() string { return v.viewer.Territory.Home() + "/ceilings" }

// ceilings answers GET /t/{territory}/ceilings.
func (p *Pages) ceilings(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	view := ceilingsView{words: f.Words, viewer: territory.ViewerOf(r.Context())}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		view.ceilings, err = CeilingsOf(r.Context(), tx, view.viewer.Territory.ID)
		return err
	})
	if err != nil {
		return err
	}
	f.Title = f.Words.T("ceiling.list")
	return web.Render(w, r, http.StatusOK, ceilingsPage(f, view))
}

// regulations are what can make aid lawful, as options.
func regulations(w *i18n.Words) []web.Option {
	return each(Regulations(), func(name string) web.Option { return web.Option{Value: name, Label: w.T("grant.regulation." + name)} })
}

// say says until when an award is to be in the national register.
func (c Clock) say(w *i18n.Words) (web.State, string) {
	switch {
	case c.Done && c.OnTime:
		return web.Good, w.T("grant.registered")
	case c.Done:
		return web.Changed, w.T("grant.registered_late", day(w, c.Due))
	case c.Late:
		return web.Late, w.T("grant.register_late", day(w, c.Due))
	default:
		return web.ToDecide, w.T("grant.register_by", day(w, c.Due))
	}
}
