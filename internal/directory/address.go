package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// An Address is another place of an organisation, beside its main address: a
// plant, an office abroad.
type Address struct {
	record.Meta
	Organisation     string // id
	Label            string // what is there
	Street, Postcode string
	City             string // id of a city, or ""
	Country          string // ISO 3166, two letters, or ""
	Zone             string // IANA, or ""

	// CityName is what lists show: they fill it in.
	CityName string
}

// Addresses is how the further addresses of organisations are kept.
func Addresses() record.Noun[Address] {
	return record.Noun[Address]{
		Name: "address",
		Fields: record.Fields[Address]{
			record.Unlisted(record.ReferenceField("organisation", "organisation", func(a *Address) *string { return &a.Organisation })),
			record.TextField("label", func(a *Address) *string { return &a.Label }),
			record.TextField("street", func(a *Address) *string { return &a.Street }),
			record.TextField("postcode", func(a *Address) *string { return &a.Postcode }),
			record.ReferenceField("city", "city", func(a *Address) *string { return &a.City }),
			record.ParsedField("country", country, func(a *Address) *string { return &a.Country }),
			record.ParsedField("zone", zone, func(a *Address) *string { return &a.Zone }),
		},
		Meta:   func(a *Address) *record.Meta { return &a.Meta },
		Load:   loadAddress,
		Insert: insertAddress,
		Update: updateAddress,
		Settle: (*Address).settle,
		Found: func(a *Address) record.Found {
			return record.Found{
				Title: a.Label, Detail: joined(a.Street, a.Postcode), Words: []string{a.Street, a.Postcode},
				Subject: territory.Subject{Owner: a.Owner, Organisation: a.Organisation},
				On:      ref.Ref{Territory: a.Territory, Kind: "organisation", ID: a.Organisation},
			}
		},
	}
}

func (a *Address) settle() error {
	var p fault.Problems
	if a.Organisation == "" {
		p.Add("organisation", "address.organisation_needed")
	}
	if a.Label == "" {
		p.Add("label", "address.label_needed")
	}
	if a.Street == "" && a.City == "" {
		p.Add("street", "address.place_needed")
	}
	return p.Or()
}

func loadAddress(ctx context.Context, tx *db.Tx, territory int, id string) (*Address, error) {
	row, err := New(tx).address(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the address %s: %w", id, err)
	}
	return addressOf(row), nil
}

func addressOf(row addressRow) *Address {
	return &Address{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Organisation: row.OrganisationID, Label: row.Label, Street: row.Street, Postcode: row.Postcode,
		City: string(row.CityID), Country: row.Country, Zone: row.Zone,
	}
}

func insertAddress(ctx context.Context, tx *db.Tx, a *Address) error {
	return New(tx).addAddress(ctx, addAddressParams{
		TerritoryID: a.Territory, ID: a.ID, OwnerID: a.Owner, Fictional: a.Fictional, OrganisationID: a.Organisation,
		Label: a.Label, Street: a.Street, Postcode: a.Postcode, CityID: db.ID(a.City), Country: a.Country, Zone: a.Zone,
		Version: a.Version, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	})
}

func updateAddress(ctx context.Context, tx *db.Tx, a *Address) error {
	return New(tx).editAddress(ctx, editAddressParams{
		OrganisationID: a.Organisation, Label: a.Label, Street: a.Street, Postcode: a.Postcode, CityID: db.ID(a.City),
		Country: a.Country, Zone: a.Zone, Version: a.Version, UpdatedAt: a.UpdatedAt, DeletedAt: a.DeletedAt,
		TerritoryID: a.Territory, ID: a.ID,
	})
}

// AddressesOf gives the further addresses of an organisation, in the order in
// which they were noted.
func AddressesOf(ctx context.Context, tx *db.Tx, territory int, organisation string) ([]*Address, error) {
	rows, err := New(tx).addressesOf(ctx, territory, organisation)
	if err != nil {
		return nil, fmt.Errorf("list the addresses of %s: %w", organisation, err)
	}
	addresses := make([]*Address, len(rows))
	for i, row := range rows {
		addresses[i] = addressOf(row.AddressRow)
		addresses[i].CityName = row.CityName
	}
	return addresses, nil
}
