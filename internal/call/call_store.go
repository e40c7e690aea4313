package call

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

func loadCall(ctx context.Context, tx *db.Tx, territory int, id string) (*Call, error) {
	row, err := New(tx).call(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "call", id)
	}
	return callOf(row), nil
}

func callOf(row callRow) *Call {
	return &Call{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Slug: row.Slug, Title: row.Title, Intro: row.Intro, Criteria: row.Criteria, Costs: row.Costs,
		OpensAt: row.OpensAt, ClosesAt: row.ClosesAt, Form: string(row.FormID), FormNumber: row.FormNumber,
		Places: row.Places, Published: row.Published,
	}
}

func insertCall(ctx context.Context, tx *db.Tx, c *Call) error {
	err := New(tx).addCall(ctx, addCallParams{
		TerritoryID: c.Territory, ID: c.ID, MissionID: c.Mission, OwnerID: c.Owner, Fictional: c.Fictional, Slug: c.Slug,
		Title: c.Title, Intro: c.Intro, Criteria: c.Criteria, Costs: c.Costs, OpensAt: c.OpensAt, ClosesAt: c.ClosesAt,
		FormID: db.ID(c.Form), FormNumber: c.FormNumber, Places: c.Places, Published: c.Published, Version: c.Version,
		CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	})
	if err != nil {
		return err
	}
	return tellMission(ctx, tx, c)
}

func updateCall(ctx context.Context, tx *db.Tx, c *Call) error {
	err := New(tx).editCall(ctx, editCallParams{
		Slug: c.Slug, Title: c.Title, Intro: c.Intro, Criteria: c.Criteria, Costs: c.Costs, OpensAt: c.OpensAt,
		ClosesAt: c.ClosesAt, FormID: db.ID(c.Form), FormNumber: c.FormNumber, Places: c.Places, Published: c.Published,
		Version: c.Version, UpdatedAt: c.UpdatedAt, DeletedAt: c.DeletedAt, TerritoryID: c.Territory, ID: c.ID,
	})
	if err != nil {
		return err
	}
	return tellMission(ctx, tx, c)
}

// tellMission sets the days of the mission's call: from the first opening of
// those that are published to the last closing.
func tellMission(ctx context.Context, tx *db.Tx, changed *Call) error {
	home, err := territory.ByID(ctx, tx, changed.Territory)
	if err != nil {
		return err
	}
	calls, err := CallsOf(ctx, tx, changed.Territory, changed.Mission)
	if err != nil {
		return err
	}
	var first, last string
	for _, c := range calls {
		if !c.Published {
			continue
		}
		from, to := c.days(home)
		if first == "" || from < first {
			first = from
		}
		last = max(last, to)
	}
	return mission.SetCall(ctx, tx, changed.Territory, changed.Mission, first, last)
}

// CallsOf lists the calls of a mission, the oldest first.
func CallsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Call, error) {
	rows, err := New(tx).callsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the calls of the mission %s: %w", mission, err)
	}
	calls := make([]*Call, len(rows))
	for i, row := range rows {
		calls[i] = callOf(row)
	}
	return calls, nil
}

// bySlug finds the call of an address; none is a NotFound fault.
func bySlug(ctx context.Context, tx *db.Tx, territory int, slug string) (*Call, error) {
	row, err := New(tx).callBySlug(ctx, territory, slug)
	if err != nil {
		return nil, missing(err, "call", slug)
	}
	return callOf(row), nil
}

// ListCalls gives the calls that the viewer may see, the last to close first; a
// mission narrows them.
func ListCalls(ctx context.Context, tx *db.Tx, v territory.Viewer, of string) ([]*Call, error) {
	q := v.Within(db.Select("c.id", "calls c"), "call", "c.territory_id", territory.Columns{
		Owner: "c.owner_id", Organisation: "''", Mission: "c.mission_id",
	}).Where("c.deleted_at IS NULL").Order("c.closes_at DESC", "c.id")
	if of != "" {
		q.Where("c.mission_id = ?", of)
	}
	ids, err := db.Collect(ctx, tx, q, db.One)
	if err != nil {
		return nil, fmt.Errorf("list the calls: %w", err)
	}
	calls := make([]*Call, len(ids))
	for i, id := range ids {
		if calls[i], err = loadCall(ctx, tx, v.Territory.ID, id); err != nil {
			return nil, err
		}
	}
	return calls, nil
}
