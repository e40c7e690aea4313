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

func loadSession(ctx context.Context, tx *db.Tx, territory int, id string) (*Session, error) {
	row, err := New(tx).session(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the session %s: %w", id, err)
	}
	return sessionOf(row), nil
}

func sessionOf(row programmeRow) *Session {
	return &Session{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Mission: row.MissionID, Leg: string(row.LegID), Venue: string(row.VenueID), Kind: row.Kind, Title: row.Title,
		Start: row.StartsAt, End: row.EndsAt, Participants: row.ParticipantIds, Published: row.Published,
	}
}

func insertSession(ctx context.Context, tx *db.Tx, s *Session) error {
	return New(tx).addSession(ctx, addSessionParams{
		TerritoryID: s.Territory, ID: s.ID, MissionID: s.Mission, Fictional: s.Fictional, LegID: db.ID(s.Leg),
		VenueID: db.ID(s.Venue), Kind: s.Kind, Title: s.Title, StartsAt: s.Start, EndsAt: s.End,
		ParticipantIds: s.Participants, Published: s.Published, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateSession(ctx context.Context, tx *db.Tx, s *Session) error {
	return New(tx).editSession(ctx, editSessionParams{
		LegID: db.ID(s.Leg), VenueID: db.ID(s.Venue), Kind: s.Kind, Title: s.Title, StartsAt: s.Start, EndsAt: s.End,
		ParticipantIds: s.Participants, Published: s.Published, Version: s.Version, UpdatedAt: s.UpdatedAt,
		DeletedAt: s.DeletedAt, TerritoryID: s.Territory, ID: s.ID,
	})
}

// SessionsOf lists the sessions of a mission, in order, drafts too.
func SessionsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Session, error) {
	rows, err := New(tx).sessionsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the sessions of the mission %s: %w", mission, err)
	}
	sessions := make([]*Session, len(rows))
	for i, row := range rows {
		sessions[i] = sessionOf(row)
	}
	return sessions, nil
}
