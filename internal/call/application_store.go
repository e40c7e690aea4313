package call

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadApplication(ctx context.Context, tx *db.Tx, territory int, id string) (*Application, error) {
	row, err := New(tx).application(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "application", id)
	}
	return applicationOf(row)
}

func applicationOf(row applicationRow) (*Application, error) {
	a := &Application{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Call: row.CallID, Mission: row.MissionID, Organisation: string(row.OrganisationID), State: State(row.State),
		Name: row.Name, SIRET: row.Siret, Contact: row.Contact, Function: row.Function, Phone: row.Phone, Email: row.Email,
		Language: row.Language, Form: row.FormID, FormNumber: row.FormNumber, OpenedAt: row.OpenedAt,
		SubmittedAt: row.SubmittedAt, LateUntil: row.LateUntil, DoubleOf: string(row.DoubleOf),
	}
	for text, into := range map[string]any{row.Company: &a.Company, row.Typed: &a.Typed, row.Answers: &a.Answers} {
		if err := fromJSON(text, into); err != nil {
			return nil, fmt.Errorf("read the application %s: %w", row.ID, err)
		}
	}
	return a, nil
}

func fromJSON(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// toJSON writes a map; an empty one is "". Maps of texts can always be written.
func toJSON[V any](m map[string]V) string {
	if len(m) == 0 {
		return ""
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func insertApplication(ctx context.Context, tx *db.Tx, a *Application) error {
	return New(tx).addApplication(ctx, addApplicationParams{
		TerritoryID: a.Territory, ID: a.ID, CallID: a.Call, MissionID: a.Mission, OwnerID: a.Owner, Fictional: a.Fictional,
		OrganisationID: db.ID(a.Organisation), State: string(a.State), Name: a.Name, NameKey: a.key(), Siret: a.SIRET,
		Company: toJSON(a.Company), Contact: a.Contact, Function: a.Function, Phone: a.Phone, Email: a.Email,
		Language: a.Language, FormID: a.Form, FormNumber: a.FormNumber, Typed: toJSON(a.Typed),
		Answers: toJSON(a.Answers), OpenedAt: a.OpenedAt, SubmittedAt: a.SubmittedAt, LateUntil: a.LateUntil,
		DoubleOf: db.ID(a.DoubleOf), Version: a.Version, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	})
}

// updateApplication writes an application. One whose address was erased loses
// what it said of people: all that was typed and answered.
func updateApplication(ctx context.Context, tx *db.Tx, a *Application) error {
	if a.Email == "" {
		a.Typed, a.Answers = nil, nil
	}
	return New(tx).editApplication(ctx, editApplicationParams{
		OrganisationID: db.ID(a.Organisation), State: string(a.State), Name: a.Name, NameKey: a.key(), Siret: a.SIRET,
		Company: toJSON(a.Company), Contact: a.Contact, Function: a.Function, Phone: a.Phone, Email: a.Email,
		Typed: toJSON(a.Typed), Answers: toJSON(a.Answers), SubmittedAt: a.SubmittedAt,
		LateUntil: a.LateUntil, DoubleOf: db.ID(a.DoubleOf), Version: a.Version, UpdatedAt: a.UpdatedAt,
		DeletedAt: a.DeletedAt, TerritoryID: a.Territory, ID: a.ID,
	})
}

// keepTyped keeps what was typed, as it is. It is no change that history tells:
// a draft is its author's own. False says that it is no draft any more.
func (a *Application) keepTyped(ctx context.Context, tx *db.Tx, typed url.Values) (bool, error) {
	a.Typed, a.Name, a.SIRET, a.UpdatedAt = typed, typed.Get("name"), typed.Get("siret"), tx.Now
	if a.OpenedAt.IsZero() {
		a.OpenedAt = tx.Now
	}
	kept, err := New(tx).keepTyped(ctx, keepTypedParams{
		Typed: toJSON(typed), Name: a.Name, NameKey: a.key(), Siret: a.SIRET, UpdatedAt: tx.Now, TerritoryID: a.Territory, ID: a.ID,
	})
	if err != nil {
		return false, fmt.Errorf("keep the draft of the application %s: %w", a.ID, err)
	}
	return kept > 0, nil
}

// applicationFor finds the application to a call that was begun with an
// address; nil where there is none.
func applicationFor(ctx context.Context, tx *db.Tx, c *Call, email string) (*Application, error) {
	row, err := New(tx).applicationByEmail(ctx, c.Territory, c.ID, email)
	return one(row, err)
}

// applicationOfCompany finds the application to the same call that the company
// of another had handed in before it; nil where there is none.
func applicationOfCompany(ctx context.Context, tx *db.Tx, a *Application) (*Application, error) {
	row, err := New(tx).applicationByCompany(ctx, applicationByCompanyParams{a.Territory, a.Call, db.ID(a.Organisation), a.ID})
	return one(row, err)
}

func one(row applicationRow, err error) (*Application, error) {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("find an application: %w", err)
	}
	return applicationOf(row)
}

// nameSectors keeps the sectors that the application names, to be counted.
func (a *Application) nameSectors(ctx context.Context, tx *db.Tx, sectors []string) error {
	q := New(tx)
	if err := q.clearApplicationSectors(ctx, a.Territory, a.ID); err != nil {
		return err
	}
	for _, sector := range sectors {
		if err := q.addApplicationSector(ctx, a.Territory, a.ID, sector); err != nil {
			return fmt.Errorf("name the sector %q: %w", sector, err)
		}
	}
	return nil
}
