package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// Organisations is how organisations are kept.
func Organisations() record.Noun[Organisation] {
	return record.Noun[Organisation]{
		Name:   "organisation",
		Fields: organisationFields(),
		Meta:   func(o *Organisation) *record.Meta { return &o.Meta },
		Load:   loadOrganisation,
		Insert: insertOrganisation,
		Update: updateOrganisation,
		Settle: (*Organisation).settle,
		Found:  (*Organisation).found,
	}
}

func loadOrganisation(ctx context.Context, tx *db.Tx, territory int, id string) (*Organisation, error) {
	row, err := New(tx).organisation(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the organisation %s: %w", id, err)
	}
	return organisationOf(row), nil
}

func organisationOf(row organisationRow) *Organisation {
	return &Organisation{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Name: row.Name, LegalName: row.LegalName, OtherNames: row.OtherNames, Kind: row.Kind,
		Country: row.Country, City: string(row.CityID), Street: row.Street, Postcode: row.Postcode,
		SIREN: row.Siren, SIRET: row.Siret, ForeignID: row.ForeignID, NAF: row.Naf, NAF25: row.Naf25,
		Size: row.Size, Founded: row.Founded, Site: row.Site, Email: row.Email, Phone: row.Phone,
		Description: row.Description, Offers: row.Offers, Needs: row.Needs, Logo: row.Logo, Sectors: row.Sectors,
		Source: row.Source, MergedInto: string(row.MergedInto), key: row.NameKey,
	}
}

func insertOrganisation(ctx context.Context, tx *db.Tx, o *Organisation) error {
	q := New(tx)
	err := q.addOrganisation(ctx, addOrganisationParams{
		TerritoryID: o.Territory, ID: o.ID, OwnerID: o.Owner, Fictional: o.Fictional, Source: o.Source,
		Name: o.Name, NameKey: o.key, LegalName: o.LegalName, OtherNames: o.OtherNames, Kind: o.Kind,
		Country: o.Country, CityID: db.ID(o.City), Street: o.Street, Postcode: o.Postcode,
		Siren: o.SIREN, Siret: o.SIRET, ForeignID: o.ForeignID, Naf: o.NAF, Naf25: o.NAF25,
		Size: o.Size, Founded: o.Founded, Site: o.Site, Email: o.Email, Phone: o.Phone,
		Description: o.Description, Offers: o.Offers, Needs: o.Needs, Logo: o.Logo,
		Version: o.Version, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt, Sectors: o.listed(),
	})
	if err != nil {
		return err
	}
	return q.tieSectors(ctx, o)
}

func updateOrganisation(ctx context.Context, tx *db.Tx, o *Organisation) error {
	q := New(tx)
	if err := q.renameOrganisation(ctx, o.key, o.Territory, db.ID(o.ID)); err != nil {
		return fmt.Errorf("tell its people the organisation's name: %w", err)
	}
	err := q.editOrganisation(ctx, editOrganisationParams{
		Source: o.Source, Name: o.Name, NameKey: o.key, LegalName: o.LegalName, OtherNames: o.OtherNames, Kind: o.Kind,
		Country: o.Country, CityID: db.ID(o.City), Street: o.Street, Postcode: o.Postcode,
		Siren: o.SIREN, Siret: o.SIRET, ForeignID: o.ForeignID, Naf: o.NAF, Naf25: o.NAF25,
		Size: o.Size, Founded: o.Founded, Site: o.Site, Email: o.Email, Phone: o.Phone,
		Description: o.Description, Offers: o.Offers, Needs: o.Needs, Logo: o.Logo, MergedInto: db.ID(o.MergedInto),
		Version: o.Version, UpdatedAt: o.UpdatedAt, DeletedAt: o.DeletedAt, Sectors: o.listed(), TerritoryID: o.Territory, ID: o.ID,
	})
	if err != nil {
		return err
	}
	if err := q.clearOrganisationSectors(ctx, o.Territory, o.ID); err != nil {
		return err
	}
	return q.tieSectors(ctx, o)
}

// listed are the sectors in the order of their ids, as the record holds them; the
// ties beside it let the database refuse those of another territory.
func (o *Organisation) listed() db.Strings { return slices.Sorted(slices.Values(o.Sectors)) }

func (q *Queries) tieSectors(ctx context.Context, o *Organisation) error {
	for _, sector := range o.Sectors {
		if err := q.addOrganisationSector(ctx, o.Territory, o.ID, sector); err != nil {
			return fmt.Errorf("tie the sector %q: %w", sector, err)
		}
	}
	return nil
}
