package outcome

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

func loadOutcome(ctx context.Context, tx *db.Tx, territory int, id string) (*Outcome, error) {
	row, err := New(tx).outcome(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the outcome %s: %w", id, err)
	}
	return outcomeOf(row), nil
}

func outcomeOf(row outcomeRow) *Outcome {
	return &Outcome{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Organisation: row.OrganisationID, Name: row.Name, Participant: string(row.ParticipantID),
		Meeting: string(row.MeetingID), Kind: row.Kind, State: row.State, Text: row.Text, HappenedOn: row.HappenedOn,
		Amount: row.Amount, Currency: row.Currency, Publishable: row.Publishable, DeclaredBy: row.DeclaredBy,
	}
}

func insertOutcome(ctx context.Context, tx *db.Tx, o *Outcome) error {
	return New(tx).addOutcome(ctx, addOutcomeParams{
		TerritoryID: o.Territory, ID: o.ID, MissionID: o.Mission, OrganisationID: o.Organisation,
		ParticipantID: db.ID(o.Participant), MeetingID: db.ID(o.Meeting), OwnerID: o.Owner, Fictional: o.Fictional, Kind: o.Kind,
		State: o.State, Text: o.Text, HappenedOn: o.HappenedOn, Amount: o.Amount, Currency: o.Currency,
		Publishable: o.Publishable, DeclaredBy: o.DeclaredBy, Version: o.Version, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt,
	})
}

func updateOutcome(ctx context.Context, tx *db.Tx, o *Outcome) error {
	return New(tx).editOutcome(ctx, editOutcomeParams{
		Kind: o.Kind, State: o.State, Text: o.Text, HappenedOn: o.HappenedOn, Amount: o.Amount, Currency: o.Currency,
		Publishable: o.Publishable, MeetingID: db.ID(o.Meeting), OrganisationID: o.Organisation, Version: o.Version,
		UpdatedAt: o.UpdatedAt, DeletedAt: o.DeletedAt, TerritoryID: o.Territory, ID: o.ID,
	})
}

// OutcomesOf lists the outcomes of a mission, in the order in which they were
// declared.
func OutcomesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Outcome, error) {
	rows, err := New(tx).outcomesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the outcomes of the mission %s: %w", mission, err)
	}
	list := make([]*Outcome, len(rows))
	for i, row := range rows {
		list[i] = outcomeOf(outcomeRow(row))
	}
	return list, nil
}
