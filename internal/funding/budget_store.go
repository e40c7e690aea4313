package funding

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadExpense(ctx context.Context, tx *db.Tx, territory int, id string) (*Expense, error) {
	row, err := New(tx).expense(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "expense", id)
	}
	return expenseOf(row), nil
}

func expenseOf(row expenseRow) *Expense {
	return &Expense{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Label: row.Label, Category: row.Category, Partner: string(row.PartnerID),
		PartnerName: row.Partner, Currency: row.Currency, Planned: Amount{row.PlannedNet, row.PlannedGross},
		PlannedOn: row.PlannedOn, AidCountry: row.AidCountry,
	}
}

func insertExpense(ctx context.Context, tx *db.Tx, e *Expense) error {
	return New(tx).addExpense(ctx, addExpenseParams{
		TerritoryID: e.Territory, ID: e.ID, MissionID: e.Mission, OwnerID: e.Owner, Fictional: e.Fictional, Label: e.Label,
		Category: e.Category, PartnerID: db.ID(e.Partner), Currency: e.Currency, PlannedNet: e.Planned.Net,
		PlannedGross: e.Planned.Gross, PlannedOn: e.PlannedOn, AidCountry: e.AidCountry, Version: e.Version,
		CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt,
	})
}

func updateExpense(ctx context.Context, tx *db.Tx, e *Expense) error {
	return New(tx).editExpense(ctx, editExpenseParams{
		Label: e.Label, Category: e.Category, PartnerID: db.ID(e.Partner), Currency: e.Currency, PlannedNet: e.Planned.Net,
		PlannedGross: e.Planned.Gross, PlannedOn: e.PlannedOn, AidCountry: e.AidCountry, Version: e.Version,
		UpdatedAt: e.UpdatedAt, DeletedAt: e.DeletedAt, TerritoryID: e.Territory, ID: e.ID,
	})
}

// ExpensesOf lists the lines of the budget of a mission.
func ExpensesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Expense, error) {
	rows, err := New(tx).expensesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the expenses of the mission %s: %w", mission, err)
	}
	return each(rows, func(row expensesOfRow) *Expense { return expenseOf(expenseRow(row)) }), nil
}

func loadPosting(ctx context.Context, tx *db.Tx, territory int, id string) (*Posting, error) {
	row, err := New(tx).posting(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "posting", id)
	}
	return postingOf(row), nil
}

func postingOf(row postingRow) *Posting {
	return &Posting{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Expense: string(row.ExpenseID), Grant: string(row.GrantID), Mission: row.MissionID, Organisation: row.OrganisationID,
		Kind: row.Kind, Label: row.Label, PostedOn: row.PostedOn, Reference: row.Reference, Currency: row.Currency,
		Amount: Amount{row.Net, row.Gross}, ReconciledOn: row.ReconciledOn,
	}
}

func insertPosting(ctx context.Context, tx *db.Tx, p *Posting) error {
	return New(tx).addPosting(ctx, addPostingParams{
		TerritoryID: p.Territory, ID: p.ID, ExpenseID: db.ID(p.Expense), GrantID: db.ID(p.Grant), OwnerID: p.Owner,
		Fictional: p.Fictional, Kind: p.Kind, Label: p.Label, PostedOn: p.PostedOn, Reference: p.Reference,
		Currency: p.Currency, Net: p.Amount.Net, Gross: p.Amount.Gross, ReconciledOn: p.ReconciledOn, Version: p.Version,
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
}

func updatePosting(ctx context.Context, tx *db.Tx, p *Posting) error {
	return New(tx).editPosting(ctx, editPostingParams{
		Kind: p.Kind, Label: p.Label, PostedOn: p.PostedOn, Reference: p.Reference, Currency: p.Currency, Net: p.Amount.Net,
		Gross: p.Amount.Gross, ReconciledOn: p.ReconciledOn, Version: p.Version, UpdatedAt: p.UpdatedAt,
		DeletedAt: p.DeletedAt, TerritoryID: p.Territory, ID: p.ID,
	})
}

// PostingsOf lists those of the lines of the budget of a mission, by day.
func PostingsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Posting, error) {
	rows, err := New(tx).postingsOfMission(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the postings of the mission %s: %w", mission, err)
	}
	return each(rows, func(row postingsOfMissionRow) *Posting { return postingOf(postingRow(row)) }), nil
}

// PostingsOfGrant lists those of a grant, by day.
func PostingsOfGrant(ctx context.Context, tx *db.Tx, territory int, grant string) ([]*Posting, error) {
	rows, err := New(tx).postingsOfGrant(ctx, territory, db.ID(grant))
	if err != nil {
		return nil, fmt.Errorf("list the postings of the grant %s: %w", grant, err)
	}
	return each(rows, func(row postingsOfGrantRow) *Posting { return postingOf(postingRow(row)) }), nil
}

func loadFee(ctx context.Context, tx *db.Tx, territory int, id string) (*Fee, error) {
	row, err := New(tx).fee(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "fee", id)
	}
	return feeOf(row), nil
}

func feeOf(row feeRow) *Fee {
	return &Fee{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Organisation: row.OrganisationID, Name: row.Name, Label: row.Label, Currency: row.Currency,
		Amount: Amount{row.Net, row.Gross}, DueOn: row.DueOn, PaidOn: row.PaidOn, Reference: row.Reference,
		ReconciledOn: row.ReconciledOn,
	}
}

func insertFee(ctx context.Context, tx *db.Tx, f *Fee) error {
	return New(tx).addFee(ctx, addFeeParams{
		TerritoryID: f.Territory, ID: f.ID, MissionID: f.Mission, OrganisationID: f.Organisation, OwnerID: f.Owner,
		Fictional: f.Fictional, Label: f.Label, Currency: f.Currency, Net: f.Amount.Net, Gross: f.Amount.Gross, DueOn: f.DueOn,
		PaidOn: f.PaidOn, Reference: f.Reference, ReconciledOn: f.ReconciledOn, Version: f.Version, CreatedAt: f.CreatedAt,
		UpdatedAt: f.UpdatedAt,
	})
}

func updateFee(ctx context.Context, tx *db.Tx, f *Fee) error {
	return New(tx).editFee(ctx, editFeeParams{
		OrganisationID: f.Organisation, Label: f.Label, Currency: f.Currency, Net: f.Amount.Net, Gross: f.Amount.Gross,
		DueOn: f.DueOn, PaidOn: f.PaidOn, Reference: f.Reference, ReconciledOn: f.ReconciledOn, Version: f.Version,
		UpdatedAt: f.UpdatedAt, DeletedAt: f.DeletedAt, TerritoryID: f.Territory, ID: f.ID,
	})
}

// FeesOf lists the fees of a mission, the first due first.
func FeesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Fee, error) {
	rows, err := New(tx).feesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the fees of the mission %s: %w", mission, err)
	}
	return each(rows, func(row feesOfRow) *Fee { return feeOf(feeRow(row)) }), nil
}
