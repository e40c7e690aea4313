package mission

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
)

func loadTraveller(ctx context.Context, tx *db.Tx, territory int, id string) (*Traveller, error) {
	row, err := New(tx).traveller(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "traveller", id)
	}
	return travellerOf(row), nil
}

func travellerOf(row travellerRow) *Traveller {
	person := directory.Person{
		Given: row.GivenName, Family: row.FamilyName, Order: row.NameOrder, Original: row.OriginalName, Languages: row.Languages,
	}
	return &Traveller{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Person: row.PersonID, Name: person.Name(), Function: row.Function, Email: row.Email, Organisation: row.Employer,
		OrderKind: row.OrderKind, OrderNumber: row.OrderNumber, OrderOn: row.OrderOn, PassportTo: row.PassportTo,
		EntryKind: row.EntryKind, EntryState: row.EntryState, EntryTo: row.EntryTo, Insurance: row.Insurance,
		Flights: row.Flights, Stays: row.Stays, Room: row.Room, RoomWith: row.RoomWith, Transfers: row.Transfers,
		Meal: row.Meal, EmergencyName: row.EmergencyName, EmergencyPhone: row.EmergencyPhone, ErasedAt: row.ErasedAt,
	}
}

func insertTraveller(ctx context.Context, tx *db.Tx, t *Traveller) error {
	return New(tx).addTraveller(ctx, addTravellerParams{
		TerritoryID: t.Territory, ID: t.ID, MissionID: t.Mission, PersonID: t.Person, Fictional: t.Fictional,
		Position: t.Position, OrderKind: t.OrderKind, OrderNumber: t.OrderNumber, OrderOn: t.OrderOn,
		PassportTo: t.PassportTo, EntryKind: t.EntryKind, EntryState: t.EntryState, EntryTo: t.EntryTo,
		Insurance: t.Insurance, Flights: t.Flights, Stays: t.Stays, Room: t.Room, RoomWith: t.RoomWith,
		Transfers: t.Transfers, Meal: t.Meal, EmergencyName: t.EmergencyName, EmergencyPhone: t.EmergencyPhone,
		Version: t.Version, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt,
	})
}

func updateTraveller(ctx context.Context, tx *db.Tx, t *Traveller) error {
	return New(tx).editTraveller(ctx, editTravellerParams{
		PersonID: t.Person, Position: t.Position, OrderKind: t.OrderKind, OrderNumber: t.OrderNumber, OrderOn: t.OrderOn,
		PassportTo: t.PassportTo, EntryKind: t.EntryKind, EntryState: t.EntryState, EntryTo: t.EntryTo,
		Insurance: t.Insurance, Flights: t.Flights, Stays: t.Stays, Room: t.Room, RoomWith: t.RoomWith,
		Transfers: t.Transfers, Meal: t.Meal, EmergencyName: t.EmergencyName, EmergencyPhone: t.EmergencyPhone,
		Version: t.Version, UpdatedAt: t.UpdatedAt, DeletedAt: t.DeletedAt, TerritoryID: t.Territory, ID: t.ID,
	})
}

// TravellersOf lists those of a mission, by name.
func TravellersOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Traveller, error) {
	rows, err := New(tx).travellersOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the travellers of the mission %s: %w", mission, err)
	}
	return each(rows, func(row travellersOfRow) *Traveller { return travellerOf(travellerRow(row)) }), nil
}

// takeIn makes travellers of the people of the seats of a mission on our side who
// are none yet, and gives how many.
func takeIn(ctx context.Context, tx *db.Tx, act record.Act, w *Whole) (int, error) {
	known, err := TravellersOf(ctx, tx, w.Territory, w.ID)
	if err != nil {
		return 0, err
	}
	goes := map[string]bool{}
	for _, t := range known {
		goes[t.Person] = true
	}
	var ours []string
	for _, p := range w.Participants {
		if p.Side != Counterpart {
			ours = append(ours, p.ID)
		}
	}
	if len(ours) == 0 {
		return 0, nil
	}
	added := 0
	for _, s := range w.SeatsAt(ours) {
		person := w.People[s.Person]
		if person == nil || goes[s.Person] {
			continue
		}
		goes[s.Person] = true
		t := &Traveller{
			Part:   Part{Meta: record.Meta{Territory: w.Territory, Fictional: w.Fictional}, Mission: w.ID, Position: len(known) + added},
			Person: s.Person, Name: person.Name(),
		}
		if err := Travellers().Add(ctx, tx, act, t); err != nil {
			return 0, err
		}
		added++
	}
	return added, nil
}
