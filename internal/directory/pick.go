package directory

import (
	"context"
	"net/http"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// mostPicked is how many records a picker offers.
const mostPicked = 8

// Pick finds the organisations that a form may point to: those that a query
// finds, or the first by name.
func Pick(ctx context.Context, tx *db.Tx, v territory.Viewer, query string) ([]web.Option, error) {
	if query = strings.TrimSpace(query); query == "" {
		rows, _, err := ListOrganisations(ctx, tx, v, OrganisationFilter{})
		var options []web.Option
		for _, row := range rows {
			options = append(options, web.Option{Value: row.ID, Label: row.Name, Note: row.Detail})
		}
		return options, err
	}
	hits, err := record.Search(ctx, tx, v, []string{"organisation"}, query, mostPicked)
	options := make([]web.Option, len(hits))
	for i, hit := range hits {
		options[i] = web.Option{Value: hit.Ref.ID, Label: hit.Title, Note: hit.Detail}
	}
	return options, err
}

// pickOrganisation answers GET /t/{territory}/organisations/pick: what a picker
// offers as its reader types.
func (p *Pages) pickOrganisation(w http.ResponseWriter, r *http.Request) error {
	v := territory.ViewerOf(r.Context())
	name := r.URL.Query().Get("for")
	var options []web.Option
	err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		options, err = Pick(r.Context(), tx, v, r.URL.Query().Get(name+".q"))
		return err
	})
	if err != nil {
		return err
	}
	form := web.Form{Words: p.frame(r).Words}
	return web.Render(w, r, http.StatusOK, form.Found(web.Field{Name: name}, options))
}
