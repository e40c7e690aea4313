package directory

import (
	"context"
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
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
	f := p.frame(r, "")
	f.Title = f.Words.T("directory.title")
	list := organisationList{listing: newListing(f, r, "/organisations"), filter: filterOf(r)}
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if list.sectors, err = Sectors(r.Context(), tx, v.Territory.ID); err != nil {
			return err
		}
		if list.countries, err = countriesOf(r.Context(), tx, v); err != nil {
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

// showOrganisation answers GET /t/{territory}/organisations/{id}.
func (p *Pages) showOrganisation(w http.ResponseWriter, r *http.Request) error {
	return p.organisationPage(w, r, lastChanges, organisationPage)
}

// organisationHistory answers GET /t/{territory}/organisations/{id}/history.
func (p *Pages) organisationHistory(w http.ResponseWriter, r *http.Request) error {
	return p.organisationPage(w, r, allChanges, historyPage)
}

// lastChanges is how many changes a record's page shows; allChanges how many
// the page of its history does.
const (
	lastChanges = 4
	allChanges  = 500
)

// historyOf gives the changes to a record as a page shows them.
func (p *Pages) historyOf(ctx context.Context, tx *db.Tx, o *Organisation, most int) ([]history.Entry, int, error) {
	of := Organisations().Ref(o)
	entries, err := history.Of(ctx, tx, of, most)
	if err != nil {
		return nil, 0, err
	}
	all, err := history.Count(ctx, tx, of)
	return entries, all, err
}
