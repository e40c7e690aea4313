package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// People is how people are kept. The objections say who wants to hear nothing.
func People(objections Objections) record.Noun[Person] {
	return record.Noun[Person]{
		Name:   "person",
		Fields: personFields(),
		Meta:   func(p *Person) *record.Meta { return &p.Meta },
		Load:   loadPerson,
		Insert: func(ctx context.Context, tx *db.Tx, p *Person) error {
			if err := objections.heed(ctx, tx, p); err != nil {
				return err
			}
			return insertPerson(ctx, tx, p)
		},
		Update: func(ctx context.Context, tx *db.Tx, p *Person) error {
			if err := objections.heed(ctx, tx, p); err != nil {
				return err
			}
			return updatePerson(ctx, tx, p)
		},
		Settle: (*Person).settle,
		Found:  (*Person).found,
	}
}

func loadPerson(ctx context.Context, tx *db.Tx, territory int, id string) (*Person, error) {
	row, err := New(tx).person(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the person %s: %w", id, err)
	}
	return &Person{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Given: row.GivenName, Family: row.FamilyName, Order: row.NameOrder, Original: row.OriginalName,
		Honorific: row.Honorific, Title: row.Title,
		Organisation: string(row.OrganisationID), Function: row.Function, Since: row.Since,
		Country: row.Country, Languages: row.Languages, Email: row.Email, OtherEmails: row.OtherEmails, Phones: row.Phones,
		Consent: row.Consent, ConsentDate: row.ConsentDate, ConsentSource: row.ConsentSource,
		AddressSource: row.AddressSource, Told: row.Told, LastContact: row.LastContact,
		Source: row.Source, MergedInto: string(row.MergedInto),
	}, nil
}

// countedFrom is the day from which the time to keep the person runs.
func (p *Person) countedFrom() string {
	if p.LastContact != "" {
		return p.LastContact
	}
	return p.CreatedAt.Format(time.DateOnly)
}

func insertPerson(ctx context.Context, tx *db.Tx, p *Person) error {
	return New(tx).addPerson(ctx, addPersonParams{
		TerritoryID: p.Territory, ID: p.ID, OwnerID: p.Owner, Fictional: p.Fictional, Source: p.Source,
		GivenName: p.Given, FamilyName: p.Family, NameKey: p.key(), NameOrder: p.Order, OriginalName: p.Original,
		Honorific: p.Honorific, Title: p.Title, OrganisationID: db.ID(p.Organisation), Function: p.Function, Since: p.Since,
		Country: p.Country, Languages: p.Languages, Email: p.Email, OtherEmails: p.OtherEmails, Phones: p.Phones,
		Consent: p.Consent, ConsentDate: p.ConsentDate, ConsentSource: p.ConsentSource,
		AddressSource: p.AddressSource, Told: p.Told, LastContact: p.LastContact, CountedFrom: p.countedFrom(),
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
}

// updatePerson writes a person as they stand. Whoever was erased stays in the
// trash, where nothing but the shell of the record is left.
func updatePerson(ctx context.Context, tx *db.Tx, p *Person) error {
	if p.Erased() && !p.Deleted() {
		return fault.New(fault.Invalid, "person.erased")
	}
	return New(tx).editPerson(ctx, editPersonParams{
		Source: p.Source, GivenName: p.Given, FamilyName: p.Family, NameKey: p.key(), NameOrder: p.Order, OriginalName: p.Original,
		Honorific: p.Honorific, Title: p.Title, OrganisationID: db.ID(p.Organisation), Function: p.Function, Since: p.Since,
		Country: p.Country, Languages: p.Languages, Email: p.Email, OtherEmails: p.OtherEmails, Phones: p.Phones,
		Consent: p.Consent, ConsentDate: p.ConsentDate, ConsentSource: p.ConsentSource,
		AddressSource: p.AddressSource, Told: p.Told, LastContact: p.LastContact, CountedFrom: p.countedFrom(),
		MergedInto: db.ID(p.MergedInto), Version: p.Version, UpdatedAt: p.UpdatedAt, DeletedAt: p.DeletedAt,
		TerritoryID: p.Territory, ID: p.ID,
	})
}
