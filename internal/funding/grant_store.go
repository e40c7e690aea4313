package funding

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

const (
	grantColumns db.SQL = `g.territory_id, g.id, g.owner_id, g.fictional, g.organisation_id, o.name, g.mission_id, g.authority_id,
		g.funder_id, g.number, g.object, g.state, g.requested_on, g.currency, g.requested, g.opinion, g.decided_on, g.amount,
		g.instrument, g.regulation, g.basis, g.decision, g.reason, g.conditions, g.pays_from, g.pays_to, g.scheme,
		g.register_number, g.registered_on, g.version, g.created_at, g.updated_at, g.deleted_at`
	grantsNamed db.SQL = "grants g JOIN organisations o ON o.territory_id = g.territory_id AND o.id = g.organisation_id"
)

func scanGrant(scan db.Scan) (*Grant, error) {
	g := &Grant{}
	return g, scan(&g.Territory, &g.ID, &g.Owner, &g.Fictional, &g.Organisation, &g.Name, (*db.ID)(&g.Mission),
		(*db.ID)(&g.Authority), (*db.ID)(&g.Funder), &g.Number, &g.Object, &g.State, &g.RequestedOn, &g.Currency,
		&g.Requested, &g.Opinion, &g.DecidedOn, &g.Amount, &g.Instrument, &g.Regulation, &g.Basis, &g.Decision, &g.Reason,
		&g.Conditions, &g.PaysFrom, &g.PaysTo, &g.Scheme, &g.RegisterNumber, &g.RegisteredOn, &g.Version, &g.CreatedAt,
		&g.UpdatedAt, &g.DeletedAt)
}

func loadGrant(ctx context.Context, tx *db.Tx, territory int, id string) (*Grant, error) {
	q := db.Select(grantColumns, grantsNamed).Where("g.territory_id = ? AND g.id = ?", territory, id)
	found, err := db.Collect(ctx, tx, q, scanGrant)
	switch {
	case err != nil:
		return nil, fmt.Errorf("find the grant %s: %w", id, err)
	case len(found) == 0:
		return nil, fault.New(fault.NotFound, "record.none")
	}
	return found[0], nil
}

func insertGrant(ctx context.Context, tx *db.Tx, g *Grant) error {
	if err := holdCeiling(ctx, tx, nil, g); err != nil {
		return err
	}
	return New(tx).addGrant(ctx, addGrantParams{
		TerritoryID: g.Territory, ID: g.ID, OwnerID: g.Owner, Fictional: g.Fictional, OrganisationID: g.Organisation,
		MissionID: db.ID(g.Mission), AuthorityID: db.ID(g.Authority), FunderID: db.ID(g.Funder), Number: g.Number,
		Object: g.Object, State: g.State, RequestedOn: g.RequestedOn, Currency: g.Currency, Requested: g.Requested,
		Opinion: g.Opinion, DecidedOn: g.DecidedOn, Amount: g.Amount, Instrument: g.Instrument, Regulation: g.Regulation,
		Basis: g.Basis, Decision: g.Decision, Reason: g.Reason, Conditions: g.Conditions, PaysFrom: g.PaysFrom,
		PaysTo: g.PaysTo, Scheme: g.Scheme, RegisterNumber: g.RegisterNumber, RegisteredOn: g.RegisteredOn,
		Version: g.Version, CreatedAt: g.CreatedAt, UpdatedAt: g.UpdatedAt,
	})
}

func updateGrant(ctx context.Context, tx *db.Tx, g *Grant) error {
	before, err := loadGrant(ctx, tx, g.Territory, g.ID)
	if err != nil {
		return err
	}
	if err := holdCeiling(ctx, tx, before, g); err != nil {
		return err
	}
	return New(tx).editGrant(ctx, editGrantParams{
		OrganisationID: g.Organisation, MissionID: db.ID(g.Mission), AuthorityID: db.ID(g.Authority),
		FunderID: db.ID(g.Funder), Number: g.Number, Object: g.Object, State: g.State, RequestedOn: g.RequestedOn,
		Currency: g.Currency, Requested: g.Requested, Opinion: g.Opinion, DecidedOn: g.DecidedOn, Amount: g.Amount,
		Instrument: g.Instrument, Regulation: g.Regulation, Basis: g.Basis, Decision: g.Decision, Reason: g.Reason,
		Conditions: g.Conditions, PaysFrom: g.PaysFrom, PaysTo: g.PaysTo, Scheme: g.Scheme,
		RegisterNumber: g.RegisterNumber, RegisteredOn: g.RegisteredOn, Version: g.Version, UpdatedAt: g.UpdatedAt,
		DeletedAt: g.DeletedAt, TerritoryID: g.Territory, ID: g.ID,
	})
}

// A GrantFilter says which grants a list shows.
type GrantFilter struct {
	Search  string
	States  []string // any of them
	Mission string   // id
	Deleted bool     // the trash instead
	Page    int      // from 1; 0: all, for exports
}

// searched bounds how many grants a search within the list considers.
const searched = 500

func grantsSeenBy(v territory.Viewer, columns db.SQL) *db.Query {
	q := db.Select(columns, grantsNamed)
	return v.Within(q, "grant", "g.territory_id",
		territory.Columns{Owner: "g.owner_id", Organisation: "g.organisation_id", Mission: "COALESCE(g.mission_id, '')"})
}

func countGrants(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error) {
	return grantsSeenBy(v, "g.id").Where("g.deleted_at IS NULL").Count(ctx, tx)
}

// countUnpublishable counts the awards that the open data leave out: they say in
// SQL what [Award.Publishable] says of one.
func countUnpublishable(ctx context.Context, tx *db.Tx, territory int) (int, error) {
	return db.Select("g.id", grantsNamed+" LEFT JOIN organisations a ON a.territory_id = g.territory_id AND a.id = g.authority_id").
		Where("g.territory_id = ? AND g.state = ? AND g.deleted_at IS NULL", territory, Awarded).
		Where("g.currency <> 'EUR' OR o.siret = '' OR COALESCE(a.siret, '') = ''").Count(ctx, tx)
}

// ListGrants gives a page of the grants that the viewer may see, the latest
// request first, and how many there are.
func ListGrants(ctx context.Context, tx *db.Tx, v territory.Viewer, f GrantFilter) (grants []*Grant, all int, err error) {
	q := grantsSeenBy(v, grantColumns).Order("g.requested_on DESC", "g.id DESC")
	if f.Deleted {
		q.Where("g.deleted_at IS NOT NULL")
	} else {
		q.Where("g.deleted_at IS NULL")
	}
	if len(f.States) > 0 {
		q.In("g.state", f.States...)
	}
	if f.Mission != "" {
		q.Where("g.mission_id = ?", f.Mission)
	}
	if f.Search != "" {
		hits, err := record.Search(ctx, tx, v, []string{"grant"}, f.Search, searched)
		if err != nil {
			return nil, 0, err
		}
		q.In("g.id", each(hits, func(h record.Hit) string { return h.Ref.ID })...)
	}
	if f.Page > 0 {
		grants, all, err = db.CollectPage(ctx, tx, q.Page(f.Page, web.PageSize), web.Counted, scanGrant)
	} else {
		grants, err = db.Collect(ctx, tx, q, scanGrant)
		all = len(grants)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("list the grants: %w", err)
	}
	return grants, all, nil
}

func loadCost(ctx context.Context, tx *db.Tx, territory int, id string) (*Cost, error) {
	row, err := New(tx).cost(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "cost", id)
	}
	return costOf(row), nil
}

func costOf(row costRow) *Cost {
	return &Cost{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Grant: row.GrantID, Label: row.Label, Amount: row.Amount, Eligible: row.Eligible, Reason: row.Reason,
		Organisation: row.OrganisationID, Currency: row.Currency,
	}
}

func insertCost(ctx context.Context, tx *db.Tx, c *Cost) error {
	return New(tx).addCost(ctx, addCostParams{
		TerritoryID: c.Territory, ID: c.ID, GrantID: c.Grant, OwnerID: c.Owner, Fictional: c.Fictional, Label: c.Label,
		Amount: c.Amount, Eligible: c.Eligible, Reason: c.Reason, Version: c.Version, CreatedAt: c.CreatedAt,
		UpdatedAt: c.UpdatedAt,
	})
}

func updateCost(ctx context.Context, tx *db.Tx, c *Cost) error {
	return New(tx).editCost(ctx, editCostParams{
		Label: c.Label, Amount: c.Amount, Eligible: c.Eligible, Reason: c.Reason, Version: c.Version, UpdatedAt: c.UpdatedAt,
		DeletedAt: c.DeletedAt, TerritoryID: c.Territory, ID: c.ID,
	})
}

// CostsOf lists the costs of a grant, in the order in which they were noted.
func CostsOf(ctx context.Context, tx *db.Tx, territory int, grant string) ([]*Cost, error) {
	rows, err := New(tx).costsOf(ctx, territory, grant)
	if err != nil {
		return nil, fmt.Errorf("list the costs of the grant %s: %w", grant, err)
	}
	return each(rows, func(row costsOfRow) *Cost { return costOf(costRow(row)) }), nil
}

func loadDeclaration(ctx context.Context, tx *db.Tx, territory int, id string) (*Declaration, error) {
	row, err := New(tx).declaration(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "declaration", id)
	}
	return &Declaration{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Organisation: row.OrganisationID, Name: row.Name, Funder: row.Funder, Regulation: row.Regulation,
		AwardedOn: row.AwardedOn, Amount: row.Amount, DeclaredOn: row.DeclaredOn, Source: row.Source,
	}, nil
}

func insertDeclaration(ctx context.Context, tx *db.Tx, d *Declaration) error {
	return New(tx).addDeclaration(ctx, addDeclarationParams{
		TerritoryID: d.Territory, ID: d.ID, OrganisationID: d.Organisation, OwnerID: d.Owner, Fictional: d.Fictional,
		Funder: d.Funder, Regulation: d.Regulation, AwardedOn: d.AwardedOn, Amount: d.Amount, DeclaredOn: d.DeclaredOn,
		Source: d.Source, Version: d.Version, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt,
	})
}

func updateDeclaration(ctx context.Context, tx *db.Tx, d *Declaration) error {
	return New(tx).editDeclaration(ctx, editDeclarationParams{
		OrganisationID: d.Organisation, Funder: d.Funder, Regulation: d.Regulation, AwardedOn: d.AwardedOn, Amount: d.Amount,
		DeclaredOn: d.DeclaredOn, Source: d.Source, Version: d.Version, UpdatedAt: d.UpdatedAt, DeletedAt: d.DeletedAt,
		TerritoryID: d.Territory, ID: d.ID,
	})
}

func loadCeiling(ctx context.Context, tx *db.Tx, territory int, id string) (*Ceiling, error) {
	row, err := New(tx).ceiling(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "ceiling", id)
	}
	return ceilingOf(row), nil
}

func ceilingOf(row ceilingRow) *Ceiling {
	return &Ceiling{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Regulation: row.Regulation, Amount: row.Amount, Years: row.Years, From: row.ValidFrom, To: row.ValidTo,
		Counts: row.Counts, RegisterFrom: row.RegisterFrom, RegisterDays: row.RegisterDays, Source: row.Source,
	}
}

func insertCeiling(ctx context.Context, tx *db.Tx, c *Ceiling) error {
	return New(tx).addCeiling(ctx, addCeilingParams{
		TerritoryID: c.Territory, ID: c.ID, OwnerID: c.Owner, Fictional: c.Fictional, Regulation: c.Regulation,
		Amount: c.Amount, Years: c.Years, ValidFrom: c.From, ValidTo: c.To, Counts: c.Counts,
		RegisterFrom: c.RegisterFrom, RegisterDays: c.RegisterDays, Source: c.Source, Version: c.Version,
		CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	})
}

func updateCeiling(ctx context.Context, tx *db.Tx, c *Ceiling) error {
	return New(tx).editCeiling(ctx, editCeilingParams{
		Regulation: c.Regulation, Amount: c.Amount, Years: c.Years, ValidFrom: c.From, ValidTo: c.To, Counts: c.Counts,
		RegisterFrom: c.RegisterFrom, RegisterDays: c.RegisterDays, Source: c.Source, Version: c.Version,
		UpdatedAt: c.UpdatedAt, DeletedAt: c.DeletedAt, TerritoryID: c.Territory, ID: c.ID,
	})
}
