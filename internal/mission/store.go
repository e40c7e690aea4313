package mission

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

func loadMission(ctx context.Context, tx *db.Tx, territory int, id string) (*Mission, error) {
	row, err := New(tx).mission(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "mission", id)
	}
	return missionOf(row), nil
}

func missionOf(row missionRow) *Mission {
	return &Mission{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Source: row.Source, Title: row.Title, Pitch: row.Pitch, Kind: row.Kind, Origin: row.Origin,
		Sectors: row.SectorIds, Stage: Stage(row.Stage), StartsOn: row.StartsOn, EndsOn: row.EndsOn,
		CallFrom: row.CallFrom, CallTo: row.CallTo, Companies: row.Companies, Meetings: row.Meetings,
		RoundTables: row.RoundTables, Language: row.Language, MeetingMinutes: row.MeetingMinutes,
		GapMinutes: row.GapMinutes, Lead: row.LeadID, EditionOf: string(row.EditionOf),
	}
}

func insertMission(ctx context.Context, tx *db.Tx, m *Mission) error {
	return New(tx).addMission(ctx, addMissionParams{
		TerritoryID: m.Territory, ID: m.ID, OwnerID: m.Owner, Fictional: m.Fictional, Source: m.Source, Title: m.Title,
		Pitch: m.Pitch, Kind: m.Kind, Origin: m.Origin, SectorIds: m.Sectors, Stage: string(m.Stage),
		StartsOn: m.StartsOn, EndsOn: m.EndsOn, CallFrom: m.CallFrom, CallTo: m.CallTo, Companies: m.Companies,
		Meetings: m.Meetings, RoundTables: m.RoundTables, Language: m.Language, MeetingMinutes: m.MeetingMinutes,
		GapMinutes: m.GapMinutes, LeadID: m.Lead, EditionOf: db.ID(m.EditionOf), Version: m.Version,
		CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt,
	})
}

func updateMission(ctx context.Context, tx *db.Tx, m *Mission) error {
	return New(tx).editMission(ctx, editMissionParams{
		Source: m.Source, Title: m.Title, Pitch: m.Pitch, Kind: m.Kind, Origin: m.Origin, SectorIds: m.Sectors,
		Stage: string(m.Stage), StartsOn: m.StartsOn, EndsOn: m.EndsOn, CallFrom: m.CallFrom, CallTo: m.CallTo,
		Companies: m.Companies, Meetings: m.Meetings, RoundTables: m.RoundTables, Language: m.Language,
		MeetingMinutes: m.MeetingMinutes, GapMinutes: m.GapMinutes, LeadID: m.Lead, EditionOf: db.ID(m.EditionOf),
		Version: m.Version, UpdatedAt: m.UpdatedAt, DeletedAt: m.DeletedAt, TerritoryID: m.Territory, ID: m.ID,
	})
}

func loadLeg(ctx context.Context, tx *db.Tx, territory int, id string) (*Leg, error) {
	row, err := New(tx).leg(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "leg", id)
	}
	return legOf(row), nil
}

func legOf(row legRow) *Leg {
	return &Leg{
		Part: Part{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID, Position: row.Position,
		},
		Name: row.Name, City: string(row.CityID), Zone: row.Zone, StartsOn: row.StartsOn, EndsOn: row.EndsOn,
		Grid: row.Grid,
	}
}

func insertLeg(ctx context.Context, tx *db.Tx, l *Leg) error {
	return New(tx).addLeg(ctx, addLegParams{
		TerritoryID: l.Territory, ID: l.ID, MissionID: l.Mission, Fictional: l.Fictional, Position: l.Position,
		Name: l.Name, CityID: db.ID(l.City), Zone: l.Zone, StartsOn: l.StartsOn, EndsOn: l.EndsOn, Grid: l.Grid,
		Version: l.Version, CreatedAt: l.CreatedAt, UpdatedAt: l.UpdatedAt,
	})
}

func updateLeg(ctx context.Context, tx *db.Tx, l *Leg) error {
	return New(tx).editLeg(ctx, editLegParams{
		Position: l.Position, Name: l.Name, CityID: db.ID(l.City), Zone: l.Zone, StartsOn: l.StartsOn, EndsOn: l.EndsOn,
		Grid: l.Grid, Version: l.Version, UpdatedAt: l.UpdatedAt, DeletedAt: l.DeletedAt, TerritoryID: l.Territory,
		ID: l.ID,
	})
}

// LegsOf lists those of a mission, in order.
func LegsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Leg, error) {
	rows, err := New(tx).legsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the legs of the mission %s: %w", mission, err)
	}
	return each(rows, legOf), nil
}
