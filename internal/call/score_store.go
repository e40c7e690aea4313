package call

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadScore(ctx context.Context, tx *db.Tx, territory int, id string) (*Score, error) {
	row, err := New(tx).score(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "score", id)
	}
	return scoreFrom(row)
}

func scoreFrom(row scoreRow) (*Score, error) {
	points, err := readEach(row.Points, parsePoints)
	return &Score{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Application: row.ApplicationID, Call: row.CallID, Mission: row.MissionID, User: row.UserID, Points: points,
		Comment: row.Comment, Conflict: row.Conflict,
	}, err
}

func insertScore(ctx context.Context, tx *db.Tx, s *Score) error {
	return New(tx).addScore(ctx, addScoreParams{
		TerritoryID: s.Territory, ID: s.ID, ApplicationID: s.Application, CallID: s.Call, MissionID: s.Mission,
		OwnerID: s.Owner, Fictional: s.Fictional, UserID: s.User, Points: eachOf(s.Points, pointsText), Comment: s.Comment,
		Conflict: s.Conflict, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateScore(ctx context.Context, tx *db.Tx, s *Score) error {
	return New(tx).editScore(ctx, editScoreParams{
		Points: eachOf(s.Points, pointsText), Comment: s.Comment, Conflict: s.Conflict, Version: s.Version,
		UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt, TerritoryID: s.Territory, ID: s.ID,
	})
}

// scoreBy is what a user thought of an application, a new score where they said
// nothing yet.
func scoreBy(ctx context.Context, tx *db.Tx, a *Application, user string) (*Score, error) {
	row, err := New(tx).scoreByAssessor(ctx, a.Territory, a.ID, user)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return &Score{
			Meta:        record.Meta{Territory: a.Territory, Owner: a.Owner, Fictional: a.Fictional},
			Application: a.ID, Call: a.Call, Mission: a.Mission, User: user,
		}, nil
	case err != nil:
		return nil, fmt.Errorf("find the score of the application %s: %w", a.ID, err)
	}
	return scoreFrom(row)
}

// scoresOf are those of a call, by the id of the application. They are for
// computing: an assessor sees them as [ScoresSeenBy] says.
func scoresOf(ctx context.Context, tx *db.Tx, c *Call) (map[string][]*Score, error) {
	rows, err := New(tx).scoresOfCall(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list the scores of the call %s: %w", c.ID, err)
	}
	scores := map[string][]*Score{}
	for _, row := range rows {
		s, err := scoreFrom(row)
		if err != nil {
			return nil, err
		}
		scores[s.Application] = append(scores[s.Application], s)
	}
	return scores, nil
}

// ScoresSeenBy are the scores of an application that one of its assessors sees:
// their own, and those of others once theirs is given. Who stays out of it sees
// no other.
func ScoresSeenBy(ctx context.Context, tx *db.Tx, a *Application, assessor string) ([]*Score, error) {
	rows, err := New(tx).scoresSeenBy(ctx, a.Territory, a.ID, assessor)
	if err != nil {
		return nil, fmt.Errorf("list the scores of the application %s: %w", a.ID, err)
	}
	return readScores(rows)
}

func readScores(rows []scoreRow) ([]*Score, error) {
	scores := make([]*Score, len(rows))
	for i, row := range rows {
		s, err := scoreFrom(row)
		if err != nil {
			return nil, err
		}
		scores[i] = s
	}
	return scores, nil
}
