package matchmaking

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// missing says that there is no such record, or what kept it from being found.
func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

// each makes a list of another.
func each[A, B any](list []A, one func(A) B) []B {
	made := make([]B, len(list))
	for i, a := range list {
		made[i] = one(a)
	}
	return made
}

func loadWish(ctx context.Context, tx *db.Tx, territory int, id string) (*Wish, error) {
	row, err := New(tx).wish(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "wish", id)
	}
	return wishFrom(row), nil
}

func wishFrom(row wishRow) *Wish {
	return &Wish{
		ofMission: ofMission{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID,
		},
		From: row.FromID, To: row.ToID, Kind: row.Kind, Weight: row.Weight, Minutes: row.Minutes, Venues: row.VenueIds,
		FromSeat: row.FromSeat, ToSeat: row.ToSeat, Note: row.Remark,
	}
}

func insertWish(ctx context.Context, tx *db.Tx, w *Wish) error {
	return New(tx).addWish(ctx, addWishParams{
		TerritoryID: w.Territory, ID: w.ID, MissionID: w.Mission, FromID: w.From, ToID: w.To, Fictional: w.Fictional,
		Kind: w.Kind, Weight: w.Weight, Minutes: w.Minutes, VenueIds: w.Venues, FromSeat: w.FromSeat, ToSeat: w.ToSeat,
		Remark: w.Note, Version: w.Version, CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
	})
}

func updateWish(ctx context.Context, tx *db.Tx, w *Wish) error {
	return New(tx).editWish(ctx, editWishParams{
		Kind: w.Kind, Weight: w.Weight, Minutes: w.Minutes, VenueIds: w.Venues, FromSeat: w.FromSeat, ToSeat: w.ToSeat,
		Remark: w.Note, Version: w.Version, UpdatedAt: w.UpdatedAt, DeletedAt: w.DeletedAt, TerritoryID: w.Territory,
		ID: w.ID,
	})
}

// WishesOf lists those of a mission, in order.
func WishesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Wish, error) {
	rows, err := New(tx).wishesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the wishes of the mission %s: %w", mission, err)
	}
	return each(rows, wishFrom), nil
}

func loadRequest(ctx context.Context, tx *db.Tx, territory int, id string) (*Request, error) {
	row, err := New(tx).request(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "request", id)
	}
	return requestFrom(row), nil
}

func requestFrom(row requestRow) *Request {
	return &Request{
		ofMission: ofMission{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID,
		},
		Seats: row.Seats, Start: row.StartsAt, Place: string(row.PlaceID), Table: row.TableNumber, Venues: row.VenueIds,
		Locked: row.Locked,
	}
}

func insertRequest(ctx context.Context, tx *db.Tx, r *Request) error {
	return New(tx).addRequest(ctx, addRequestParams{
		TerritoryID: r.Territory, ID: r.ID, MissionID: r.Mission, Fictional: r.Fictional, Seats: r.Seats,
		StartsAt: r.Start, PlaceID: db.ID(r.Place), TableNumber: r.Table, VenueIds: r.Venues, Locked: r.Locked,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	})
}

func updateRequest(ctx context.Context, tx *db.Tx, r *Request) error {
	return New(tx).editRequest(ctx, editRequestParams{
		Seats: r.Seats, StartsAt: r.Start, PlaceID: db.ID(r.Place), TableNumber: r.Table, VenueIds: r.Venues,
		Locked: r.Locked, Version: r.Version, UpdatedAt: r.UpdatedAt, DeletedAt: r.DeletedAt, TerritoryID: r.Territory,
		ID: r.ID,
	})
}

// RequestsOf lists those of a mission, in order.
func RequestsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Request, error) {
	rows, err := New(tx).requestsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the requests of the mission %s: %w", mission, err)
	}
	return each(rows, requestFrom), nil
}
