package programme

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

// listed makes a list of rows, unless they could not be read.
func listed[A, B any](rows []A, err error, kind, mission string, one func(A) B) ([]B, error) {
	if err != nil {
		return nil, fmt.Errorf("list the %s of the mission %s: %w", kind, mission, err)
	}
	return each(rows, one), nil
}

// each makes a list of another.
func each[A, B any](list []A, one func(A) B) []B {
	made := make([]B, len(list))
	for i, a := range list {
		made[i] = one(a)
	}
	return made
}

func loadSession(ctx context.Context, tx *db.Tx, territory int, id string) (*Session, error) {
	row, err := New(tx).session(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "session", id)
	}
	return sessionOf(row), nil
}

func sessionOf(row programmeRow) *Session {
	return &Session{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Leg: string(row.LegID), Venue: string(row.VenueID), Spot: row.Spot, Kind: row.Kind,
		Level: Level(row.Level), Title: row.Title, About: row.About, Start: row.StartsAt, End: row.EndsAt,
		Participants: row.ParticipantIds, SignUp: row.SignUp, Capacity: capacityOf(row.Capacity), Languages: row.Languages,
		Interpreters: row.InterpreterIds, Host: row.Host, Dress: row.Dress, TransportFrom: row.TransportFrom,
		TransportAt: row.TransportAt, Published: row.Published,
	}
}

func insertSession(ctx context.Context, tx *db.Tx, s *Session) error {
	return New(tx).addSession(ctx, addSessionParams{
		TerritoryID: s.Territory, ID: s.ID, MissionID: s.Mission, Fictional: s.Fictional, LegID: db.ID(s.Leg),
		VenueID: db.ID(s.Venue), Spot: s.Spot, Kind: s.Kind, Level: string(s.Level), Title: s.Title, About: s.About,
		StartsAt: s.Start, EndsAt: s.End, ParticipantIds: s.Participants, SignUp: s.SignUp, Capacity: s.Capacity.texts(),
		Languages: s.Languages, InterpreterIds: s.Interpreters, Host: s.Host, Dress: s.Dress, TransportFrom: s.TransportFrom,
		TransportAt: s.TransportAt, Published: s.Published, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateSession(ctx context.Context, tx *db.Tx, s *Session) error {
	return New(tx).editSession(ctx, editSessionParams{
		LegID: db.ID(s.Leg), VenueID: db.ID(s.Venue), Spot: s.Spot, Kind: s.Kind, Level: string(s.Level), Title: s.Title,
		About: s.About, StartsAt: s.Start, EndsAt: s.End, ParticipantIds: s.Participants, SignUp: s.SignUp,
		Capacity: s.Capacity.texts(), Languages: s.Languages, InterpreterIds: s.Interpreters, Host: s.Host, Dress: s.Dress,
		TransportFrom: s.TransportFrom, TransportAt: s.TransportAt, Published: s.Published, Version: s.Version,
		UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt, TerritoryID: s.Territory, ID: s.ID,
	})
}

// SessionsOf lists the sessions of a mission, in order, drafts too.
func SessionsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Session, error) {
	rows, err := New(tx).sessionsOf(ctx, territory, mission)
	return listed(rows, err, "sessions", mission, sessionOf)
}

func loadSpeaker(ctx context.Context, tx *db.Tx, territory int, id string) (*Speaker, error) {
	row, err := New(tx).speaker(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "speaker", id)
	}
	return speakerOf(row), nil
}

func speakerOf(row speakerRow) *Speaker {
	return &Speaker{
		part: part{record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		}, row.MissionID, row.SessionID},
		Position: row.Position, Seat: string(row.SeatID), Name: row.Name, Role: row.Role, Minutes: row.Minutes,
	}
}

func insertSpeaker(ctx context.Context, tx *db.Tx, s *Speaker) error {
	return New(tx).addSpeaker(ctx, addSpeakerParams{
		TerritoryID: s.Territory, ID: s.ID, MissionID: s.Mission, SessionID: s.Session, Fictional: s.Fictional,
		Position: s.Position, SeatID: db.ID(s.Seat), Name: s.Name, Role: s.Role, Minutes: s.Minutes, Version: s.Version,
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateSpeaker(ctx context.Context, tx *db.Tx, s *Speaker) error {
	return New(tx).editSpeaker(ctx, editSpeakerParams{
		Position: s.Position, SeatID: db.ID(s.Seat), Name: s.Name, Role: s.Role, Minutes: s.Minutes, Version: s.Version,
		UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt, TerritoryID: s.Territory, ID: s.ID,
	})
}

// SpeakersOf lists who speaks at the sessions of a mission, in the order of speech.
func SpeakersOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Speaker, error) {
	rows, err := New(tx).speakersOf(ctx, territory, mission)
	return listed(rows, err, "speakers", mission, speakerOf)
}
