package mission

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/geo"
	"github.com/escale-hq/escale/internal/record"
)

func loadVenue(ctx context.Context, tx *db.Tx, territory int, id string) (*Venue, error) {
	row, err := New(tx).venue(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "venue", id)
	}
	return venueOf(row), nil
}

func venueOf(row venueRow) *Venue {
	return &Venue{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Code: row.Code, Name: row.Name, Address: row.Address, Legs: row.LegIds, Closed: row.Closed,
		At:     geo.Point{Latitude: row.Latitude.Float64, Longitude: row.Longitude.Float64},
		Placed: row.Latitude.Valid && row.Longitude.Valid,
	}
}

func insertVenue(ctx context.Context, tx *db.Tx, v *Venue) error {
	return New(tx).addVenue(ctx, addVenueParams{
		TerritoryID: v.Territory, ID: v.ID, MissionID: v.Mission, Fictional: v.Fictional, Position: v.Position,
		Code: v.Code, Name: v.Name, Address: v.Address, Latitude: v.degrees(v.At.Latitude),
		Longitude: v.degrees(v.At.Longitude), LegIds: v.Legs, Closed: v.Closed, Version: v.Version,
		CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	})
}

func updateVenue(ctx context.Context, tx *db.Tx, v *Venue) error {
	return New(tx).editVenue(ctx, editVenueParams{
		Position: v.Position, Code: v.Code, Name: v.Name, Address: v.Address, Latitude: v.degrees(v.At.Latitude),
		Longitude: v.degrees(v.At.Longitude), LegIds: v.Legs, Closed: v.Closed, Version: v.Version,
		UpdatedAt: v.UpdatedAt, DeletedAt: v.DeletedAt, TerritoryID: v.Territory, ID: v.ID,
	})
}

// VenuesOf lists those of a mission, in order.
func VenuesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Venue, error) {
	rows, err := New(tx).venuesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the venues of the mission %s: %w", mission, err)
	}
	return each(rows, venueOf), nil
}

func (v *Venue) degrees(x float64) sql.NullFloat64 {
	return sql.NullFloat64{Float64: x, Valid: v.Placed}
}

func loadPlace(ctx context.Context, tx *db.Tx, territory int, id string) (*Place, error) {
	row, err := New(tx).place(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "place", id)
	}
	return placeOf(row), nil
}

func placeOf(row placeRow) *Place {
	return &Place{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Venue: row.VenueID, Tables: row.Tables, First: row.First, Label: row.Label, Reserved: row.Reserved,
		Closed: row.Closed,
	}
}

func insertPlace(ctx context.Context, tx *db.Tx, p *Place) error {
	return New(tx).addPlace(ctx, addPlaceParams{
		TerritoryID: p.Territory, ID: p.ID, MissionID: p.Mission, VenueID: p.Venue, Fictional: p.Fictional,
		Position: p.Position, Tables: p.Tables, First: p.First, Label: p.Label, Reserved: p.Reserved, Closed: p.Closed,
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
}

func updatePlace(ctx context.Context, tx *db.Tx, p *Place) error {
	return New(tx).editPlace(ctx, editPlaceParams{
		VenueID: p.Venue, Position: p.Position, Tables: p.Tables, First: p.First, Label: p.Label, Reserved: p.Reserved,
		Closed: p.Closed, Version: p.Version, UpdatedAt: p.UpdatedAt, DeletedAt: p.DeletedAt, TerritoryID: p.Territory,
		ID: p.ID,
	})
}

// PlacesOf lists those of a mission, in order.
func PlacesOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Place, error) {
	rows, err := New(tx).placesOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the places of the mission %s: %w", mission, err)
	}
	return each(rows, placeOf), nil
}
