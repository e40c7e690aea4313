package call

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// put keeps a record that there is at most one of: a new one, one that is
// changed, or one that was undone and comes back.
func put[T any](ctx context.Context, tx *db.Tx, act record.Act, noun record.Noun[T], it *T) error {
	m := noun.Meta(it)
	if m.ID == "" {
		return noun.Add(ctx, tx, act, it)
	}
	if m.Deleted() {
		if err := noun.Restore(ctx, tx, act, m.Territory, m.ID); err != nil {
			return err
		}
		m.DeletedAt, m.Version = db.Instant{}, m.Version+1
	}
	return noun.Save(ctx, tx, act, it)
}

func loadSelection(ctx context.Context, tx *db.Tx, territory int, id string) (*Selection, error) {
	row, err := New(tx).selection(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "selection", id)
	}
	return selectionFrom(row)
}

// selectionOf is that of a call; one that was never set up is as usual.
func selectionOf(ctx context.Context, tx *db.Tx, c *Call, words *i18n.Catalogue) (*Selection, error) {
	row, err := New(tx).selectionByCall(ctx, c.Territory, c.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return c.beginSelection(words), nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the selection of the call %s: %w", c.ID, err)
	}
	s, err := selectionFrom(row)
	if err == nil && s.Deleted() {
		usual := c.beginSelection(words)
		usual.Meta = s.Meta
		return usual, nil
	}
	return s, err
}

func selectionFrom(row selectionRow) (*Selection, error) {
	s := &Selection{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Call: row.CallID, Mission: row.MissionID, Assessors: row.Assessors, Seed: row.Seed, PassMark: row.PassMark,
		Waiting: row.Waiting, DecidedAt: row.DecidedAt,
		Eligibility: Eligibility{Sectors: row.Sectors, Sizes: row.Sizes, Postcodes: row.Postcodes, Answers: row.Answers},
	}
	var wrong [3]error
	s.Criteria, wrong[0] = readEach(row.Criteria, parseCriterion)
	s.Quotas, wrong[1] = readEach(row.Quotas, parseQuota)
	s.Ties, wrong[2] = readEach(row.Ties, parseTie)
	return s, errors.Join(wrong[:]...)
}

func (s *Selection) lines() (criteria, quotas, ties db.Strings) {
	return eachOf(s.Criteria, criterionText), eachOf(s.Quotas, quotaText), eachOf(s.Ties, func(t Tie) string { return string(t) })
}

func insertSelection(ctx context.Context, tx *db.Tx, s *Selection) error {
	criteria, quotas, ties := s.lines()
	return New(tx).addSelection(ctx, addSelectionParams{
		TerritoryID: s.Territory, ID: s.ID, CallID: s.Call, MissionID: s.Mission, OwnerID: s.Owner, Fictional: s.Fictional,
		Criteria: criteria, Assessors: s.Assessors, Quotas: quotas, Ties: ties, Seed: s.Seed, PassMark: s.PassMark,
		Waiting: s.Waiting, Sectors: s.Sectors, Sizes: s.Sizes, Postcodes: s.Postcodes, Answers: s.Answers,
		DecidedAt: s.DecidedAt, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	})
}

func updateSelection(ctx context.Context, tx *db.Tx, s *Selection) error {
	criteria, quotas, ties := s.lines()
	return New(tx).editSelection(ctx, editSelectionParams{
		Criteria: criteria, Assessors: s.Assessors, Quotas: quotas, Ties: ties, Seed: s.Seed, PassMark: s.PassMark,
		Waiting: s.Waiting, Sectors: s.Sectors, Sizes: s.Sizes, Postcodes: s.Postcodes, Answers: s.Answers,
		DecidedAt: s.DecidedAt, Version: s.Version, UpdatedAt: s.UpdatedAt, DeletedAt: s.DeletedAt, TerritoryID: s.Territory,
		ID: s.ID,
	})
}

func loadReview(ctx context.Context, tx *db.Tx, territory int, id string) (*Review, error) {
	row, err := New(tx).review(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "review", id)
	}
	return reviewFrom(row), nil
}

// reviewOf is that of an application, a new one where there is none.
func reviewOf(ctx context.Context, tx *db.Tx, a *Application) (*Review, error) {
	row, err := New(tx).reviewByApplication(ctx, a.Territory, a.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return a.beginReview(), nil
	case err != nil:
		return nil, fmt.Errorf("find the review of the application %s: %w", a.ID, err)
	}
	return a.reviewed(reviewFrom(row)), nil
}

// reviewed is a review as it counts: of one that was undone, nothing does.
func (a *Application) reviewed(r *Review) *Review {
	if !r.Deleted() {
		return r
	}
	blank := a.beginReview()
	blank.Meta = r.Meta
	return blank
}

// reviewsOf are those of a call, by the id of the application.
func reviewsOf(ctx context.Context, tx *db.Tx, c *Call) (map[string]*Review, error) {
	rows, err := New(tx).reviewsOfCall(ctx, c.Territory, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list the reviews of the call %s: %w", c.ID, err)
	}
	reviews := map[string]*Review{}
	for _, row := range rows {
		reviews[row.ApplicationID] = reviewFrom(row)
	}
	return reviews, nil
}

func reviewFrom(row reviewRow) *Review {
	return &Review{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Application: row.ApplicationID, Call: row.CallID, Mission: row.MissionID, Ruling: State(row.Ruling),
		Grounds: row.Grounds, Reason: row.Reason, Turn: row.Turn, DecidedAt: row.DecidedAt, LetterAt: row.LetterAt,
	}
}

func insertReview(ctx context.Context, tx *db.Tx, r *Review) error {
	return New(tx).addReview(ctx, addReviewParams{
		TerritoryID: r.Territory, ID: r.ID, ApplicationID: r.Application, CallID: r.Call, MissionID: r.Mission,
		OwnerID: r.Owner, Fictional: r.Fictional, Ruling: string(r.Ruling), Grounds: r.Grounds, Reason: r.Reason,
		Turn: r.Turn, DecidedAt: r.DecidedAt, LetterAt: r.LetterAt, Version: r.Version, CreatedAt: r.CreatedAt,
		UpdatedAt: r.UpdatedAt,
	})
}

func updateReview(ctx context.Context, tx *db.Tx, r *Review) error {
	return New(tx).editReview(ctx, editReviewParams{
		Ruling: string(r.Ruling), Grounds: r.Grounds, Reason: r.Reason, Turn: r.Turn, DecidedAt: r.DecidedAt,
		LetterAt: r.LetterAt, Version: r.Version, UpdatedAt: r.UpdatedAt, DeletedAt: r.DeletedAt, TerritoryID: r.Territory,
		ID: r.ID,
	})
}
