package mission

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadParticipant(ctx context.Context, tx *db.Tx, territory int, id string) (*Participant, error) {
	row, err := New(tx).participant(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "participant", id)
	}
	return participantOf(row), nil
}

func participantOf(row participantRow) *Participant {
	return &Participant{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional,
				Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Organisation: row.OrganisationID, Name: row.Name, Code: row.Code, Side: Side(row.Side), State: row.State,
		Contact: string(row.ContactID), Languages: row.Languages, Legs: row.LegIds, Places: row.PlaceIds, Busy: row.Busy,
		Least: row.Least, Most: row.Most, MostADay: row.MostADay, Rank: row.Rank,
	}
}

func insertParticipant(ctx context.Context, tx *db.Tx, p *Participant) error {
	return New(tx).addParticipant(ctx, addParticipantParams{
		TerritoryID: p.Territory, ID: p.ID, MissionID: p.Mission, OrganisationID: p.Organisation, OwnerID: p.Owner,
		Fictional: p.Fictional, Position: p.Position, Code: p.Code, Side: string(p.Side), State: p.State,
		ContactID: db.ID(p.Contact), Languages: p.Languages, LegIds: p.Legs, PlaceIds: p.Places, Busy: p.Busy,
		Least: p.Least, Most: p.Most, MostADay: p.MostADay, Rank: p.Rank, Version: p.Version, CreatedAt: p.CreatedAt,
		UpdatedAt: p.UpdatedAt,
	})
}

func updateParticipant(ctx context.Context, tx *db.Tx, p *Participant) error {
	return New(tx).editParticipant(ctx, editParticipantParams{
		OrganisationID: p.Organisation, Position: p.Position, Code: p.Code, Side: string(p.Side), State: p.State,
		ContactID: db.ID(p.Contact), Languages: p.Languages, LegIds: p.Legs, PlaceIds: p.Places, Busy: p.Busy,
		Least: p.Least, Most: p.Most, MostADay: p.MostADay, Rank: p.Rank, Version: p.Version, UpdatedAt: p.UpdatedAt,
		DeletedAt: p.DeletedAt, TerritoryID: p.Territory, ID: p.ID,
	})
}

// ParticipantsOf lists those of a mission, in order.
func ParticipantsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Participant, error) {
	rows, err := New(tx).participantsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the participants of the mission %s: %w", mission, err)
	}
	return each(rows, func(row participantsOfRow) *Participant { return participantOf(participantRow(row)) }), nil
}

func loadSeat(ctx context.Context, tx *db.Tx, territory int, id string) (*Seat, error) {
	row, err := New(tx).seat(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "seat", id)
	}
	return seatOf(row), nil
}

func seatOf(row seatRow) *Seat {
	return &Seat{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID,
		},
		Participant: row.ParticipantID, Number: row.Number, Person: string(row.PersonID),
	}
}

func insertSeat(ctx context.Context, tx *db.Tx, s *Seat) error {
	return New(tx).addSeat(ctx, addSeatParams{
		TerritoryID: s.Territory, ID: s.ID, MissionID: s.Mission, ParticipantID: s.Participant, Fictional: s.Fictional,
		Number: s.Number, PersonID: db.ID(s.Person), Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateSeat(ctx context.Context, tx *db.Tx, s *Seat) error {
	return New(tx).editSeat(ctx, editSeatParams{
		ParticipantID: s.Participant, Number: s.Number, PersonID: db.ID(s.Person), Version: s.Version,
		UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt, TerritoryID: s.Territory, ID: s.ID,
	})
}

// SeatsOf lists those of a mission, in order.
func SeatsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Seat, error) {
	rows, err := New(tx).seatsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the seats of the mission %s: %w", mission, err)
	}
	return each(rows, seatOf), nil
}

func loadInterpreters(ctx context.Context, tx *db.Tx, territory int, id string) (*Interpreters, error) {
	row, err := New(tx).interpreter(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "interpreters", id)
	}
	return interpreterOf(row), nil
}

func interpreterOf(row interpretersRow) *Interpreters {
	return &Interpreters{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Languages: row.Languages, Number: row.Number, Legs: row.LegIds, Busy: row.Busy,
	}
}

func insertInterpreters(ctx context.Context, tx *db.Tx, i *Interpreters) error {
	return New(tx).addInterpreters(ctx, addInterpretersParams{
		TerritoryID: i.Territory, ID: i.ID, MissionID: i.Mission, Fictional: i.Fictional, Position: i.Position,
		Languages: i.Languages, Number: i.Number, LegIds: i.Legs, Busy: i.Busy, Version: i.Version,
		CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
	})
}

func updateInterpreters(ctx context.Context, tx *db.Tx, i *Interpreters) error {
	return New(tx).editInterpreters(ctx, editInterpretersParams{
		Position: i.Position, Languages: i.Languages, Number: i.Number, LegIds: i.Legs, Busy: i.Busy, Version: i.Version,
		UpdatedAt: i.UpdatedAt, DeletedAt: i.DeletedAt, TerritoryID: i.Territory, ID: i.ID,
	})
}

// InterpretersOf lists those of a mission, in order.
func InterpretersOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Interpreters, error) {
	rows, err := New(tx).interpretersOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the interpreters of the mission %s: %w", mission, err)
	}
	return each(rows, interpreterOf), nil
}
