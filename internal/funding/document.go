package funding

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/document/docx"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// BudgetFields are what documents of a mission tell of its budget, as far as who
// makes them sees it.
func BudgetFields() template.Source {
	return template.Source{
		Of:     "mission",
		Fields: []template.Field{{Name: "budget_planned"}, {Name: "budget_committed"}, {Name: "budget_paid"}},
		Read: func(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error) {
			b, err := BudgetOf(ctx, tx, territory.ViewerOf(ctx), of.ID)
			if err != nil {
				return nil, err
			}
			say := func(a Amount) string { return money(w, a.Gross, b.Currency) }
			return docx.Values{"budget_planned": say(b.Total.Planned), "budget_committed": say(b.Total.Committed), "budget_paid": say(b.Total.Paid)}, nil
		},
	}
}

// Documents are those that are made of a grant.
func Documents() template.Source {
	return template.Source{
		Of: "grant", Makes: []string{"award-letter"},
		Fields: []template.Field{
			{Name: "territory"},
			{Name: "today"},
			{Name: "beneficiary"},
			{Name: "object"},
			{Name: "number"},
			{Name: "requested"},
			{Name: "amount"},
			{Name: "decided_on"},
			{Name: "basis"},
			{Name: "regulation"},
			{Name: "decision"},
			{Name: "conditions"},
			{Name: "reason"},
		},
		Read: func(ctx context.Context, tx *db.Tx, of ref.Ref, w *i18n.Words) (docx.Values, error) {
			v := territory.ViewerOf(ctx)
			g, err := loadGrant(ctx, tx, of.Territory, of.ID)
			if err != nil {
				return nil, err
			}
			regulation := ""
			if g.Regulation != "" {
				regulation = w.T("grant.regulation." + g.Regulation)
			}
			return docx.Values{
				"territory": v.Territory.Name, "today": w.DateOnly(v.Territory.At(tx.Now)), "beneficiary": g.Name, "object": g.Object,
				"number": g.Number, "requested": money(w, g.Requested, g.Currency), "amount": money(w, g.Amount, g.Currency),
				"decided_on": day(w, g.DecidedOn), "basis": g.Basis, "regulation": regulation, "decision": g.Decision,
				"conditions": g.Conditions, "reason": g.Reason,
			}, nil
		},
	}
}
