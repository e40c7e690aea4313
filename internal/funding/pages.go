package funding

import (
	"context"
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the pages about money.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
	doors Doors
}

// Doors are what features above hand in.
type Doors struct {
	// Meetings counts the published meetings of a mission.
	Meetings func(ctx context.Context, tx *db.Tx, territory int, mission string) (int, error)
}

// NewPages makes the pages.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds, doors Doors) *Pages {
	return &Pages{d, frame, kinds, doors}
}

// MissionPage is the page of a mission's budget.
func MissionPage() record.Page {
	return record.Page{Noun: "budget", Path: "/budget", Label: "budget.title"}
}

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	const home = "/t/{territory}"
	routes := []web.Route{
		{Pattern: "GET " + home + "/missions/{id}/budget", Noun: "budget", Action: "see", Handle: p.budget},
		{Pattern: "GET " + home + "/development-aid", Noun: "budget", Action: "export", Handle: p.aidStatement},
		{Pattern: "GET " + home + "/reconciliation", Noun: "budget", Action: "reconcile", Handle: p.reconciliation},
		{Pattern: "POST " + home + "/reconciliation", Noun: "budget", Action: "reconcile", Handle: p.reconcile},
		{Pattern: "GET " + home + "/rates", Noun: "rate", Action: "see", Handle: p.rates},
		{Pattern: "POST " + home + "/rates", Noun: "rate", Action: "edit", Handle: p.putRate},
		{Pattern: "POST " + home + "/rates/import", Noun: "rate", Action: "edit", Handle: p.importRates},
		{Pattern: "GET " + home + "/grants", Noun: "grant", Action: "see", Handle: p.grants},
		{Pattern: "GET " + home + "/grants/register", Noun: "grant", Action: "export", Handle: p.registerFile},
		{Pattern: "GET " + home + "/grants/open-data", Noun: "grant", Action: "export", Handle: p.openData},
		{Pattern: "GET " + home + "/grants/{id}", Noun: "grant", Action: "see", Handle: p.grant},
		{Pattern: "GET " + home + "/grants/{id}/decision", Noun: "grant", Action: "edit", Handle: p.decision},
		{Pattern: "POST " + home + "/grants/{id}/decision", Noun: "grant", Action: "edit", Handle: p.decide},
		{Pattern: "GET " + home + "/declarations", Noun: "declaration", Action: "see", Handle: p.declarations},
		{Pattern: "GET " + home + "/ceilings", Noun: "ceiling", Action: "see", Handle: p.ceilings},
		{Pattern: "GET " + home + "/expenses/{id}", Noun: "expense", Action: "see", Handle: leadTo(p, Expenses(), expenseHome)},
		{Pattern: "GET " + home + "/postings/{id}", Noun: "posting", Action: "see", Handle: leadTo(p, Postings(), postingHome)},
		{Pattern: "GET " + home + "/fees/{id}", Noun: "fee", Action: "see", Handle: leadTo(p, Fees(), feeHome)},
		{Pattern: "GET " + home + "/costs/{id}", Noun: "cost", Action: "see", Handle: leadTo(p, Costs(), costHome)},
		{Pattern: "GET " + home + "/declarations/{id}", Noun: "declaration", Action: "see", Handle: leadTo(p, Declarations(), declarationHome)},
	}
	routes = append(routes, p.grantEditor().Routes()...)
	routes = append(routes, p.expenseEditor().Routes()...)
	routes = append(routes, p.postingEditor().Routes()...)
	routes = append(routes, p.feeEditor().Routes()...)
	routes = append(routes, p.costEditor().Routes()...)
	routes = append(routes, p.declarationEditor().Routes()...)
	return append(routes, p.ceilingEditor().Routes()...)
}

// leadTo makes the page of a record that is shown on another lead there.
func leadTo[T any](p *Pages, noun record.Noun[T], home func(territory.Viewer, *T) string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var it *T
		err := p.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			it, err = noun.Find(r.Context(), tx, r, "see")
			return err
		})
		if err != nil {
			return err
		}
		http.Redirect(w, r, home(territory.ViewerOf(r.Context()), it), http.StatusSeeOther)
		return nil
	}
}

func budgetHref(v territory.Viewer, mission string) string {
	return v.Territory.Home() + "/missions/" + mission + "/budget"
}

func grantHref(v territory.Viewer, id string) string { return v.Territory.Home() + "/grants/" + id }

func expenseHome(v territory.Viewer, e *Expense) string { return budgetHref(v, e.Mission) }

func postingHome(v territory.Viewer, p *Posting) string {
	if p.Grant != "" {
		return grantHref(v, p.Grant)
	}
	return budgetHref(v, p.Mission)
}

func feeHome(v territory.Viewer, f *Fee) string { return budgetHref(v, f.Mission) }

func costHome(v territory.Viewer, c *Cost) string { return grantHref(v, c.Grant) }

func declarationHome(v territory.Viewer, d *Declaration) string {
	return v.Territory.Home() + "/declarations?organisation=" + d.Organisation
}

func ceilingHome(v territory.Viewer, _ *Ceiling) string { return v.Territory.Home() + "/ceilings" }
