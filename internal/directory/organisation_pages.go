package directory

import (
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// organisationHref is the page of an organisation.
func organisationHref(v territory.Viewer, id string) string {
	return v.Territory.Home() + "/organisations/" + id
}

// listOrganisations answers GET /t/{territory}/organisations.
func (p *Pages) listOrganisations(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	f := p.frame(r)
	f.Title = f.Words.T("directory.title")
	list := organisationList{listing: newListing(f, r, "/organisations"), filter: filterOf(r)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.sectors, err = Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if list.countries, err = countriesOf(r.Context(), tx, v); err != nil {
			return err
		}
		if list.views, err = panel.ViewsOf(r.Context(), tx, v, "organisation"); err != nil {
			return err
		}
		list.rows, list.all, err = ListOrganisations(r.Context(), tx, v, list.filter)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, organisationsPage(f, list))
}
