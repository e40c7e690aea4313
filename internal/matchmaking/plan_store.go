package matchmaking

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
)

func loadPlan(ctx context.Context, tx *db.Tx, territory int, id string) (*Plan, error) {
	row, err := New(tx).plan(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "plan", id)
	}
	return planFrom(row), nil
}

func planFrom(row planRow) *Plan {
	return &Plan{
		ofMission: ofMission{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID,
		},
		Number: row.Number, State: row.State, Seconds: row.Seconds, Slack: row.Slack, Seed: row.Seed,
		Previous: string(row.PreviousID), Job: row.JobID, Meetings: row.Meetings, Unmet: row.Unmet, Value: row.Value, Bound: row.Bound,
		Proven: row.Proven, Causes: row.Causes,
	}
}

func insertPlan(ctx context.Context, tx *db.Tx, p *Plan) error {
	return New(tx).addPlan(ctx, addPlanParams{
		TerritoryID: p.Territory, ID: p.ID, MissionID: p.Mission, Fictional: p.Fictional, Number: p.Number,
		State: p.State, Seconds: p.Seconds, Slack: p.Slack, Seed: p.Seed, PreviousID: db.ID(p.Previous), JobID: p.Job,
		Meetings: p.Meetings, Unmet: p.Unmet, Value: p.Value, Bound: p.Bound, Proven: p.Proven, Causes: p.Causes,
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
}

func updatePlan(ctx context.Context, tx *db.Tx, p *Plan) error {
	return New(tx).editPlan(ctx, editPlanParams{
		State: p.State, JobID: p.Job, Meetings: p.Meetings, Unmet: p.Unmet, Value: p.Value, Bound: p.Bound, Proven: p.Proven,
		Causes: p.Causes, Version: p.Version, UpdatedAt: p.UpdatedAt, DeletedAt: p.DeletedAt, TerritoryID: p.Territory,
		ID: p.ID,
	})
}

// PlansOf lists those of a mission, in order.
func PlansOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Plan, error) {
	rows, err := New(tx).plansOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the plans of the mission %s: %w", mission, err)
	}
	return each(rows, planFrom), nil
}

func loadMeeting(ctx context.Context, tx *db.Tx, territory int, id string) (*Meeting, error) {
	row, err := New(tx).meeting(ctx, territory, id)
	if err != nil {
		return nil, missing(err, "meeting", id)
	}
	return meetingFrom(row), nil
}

func meetingFrom(row meetingRow) *Meeting {
	return &Meeting{
		ofMission: ofMission{
			Meta: record.Meta{
				Territory: row.TerritoryID, ID: row.ID, Fictional: row.Fictional, Version: row.Version,
				CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
			},
			Mission: row.MissionID,
		},
		UID: row.Uid, Start: row.StartsAt, End: row.EndsAt, Seats: row.Seats, Venue: string(row.VenueID), Spot: row.Spot,
		Interpreter: row.InterpretedBy, Locked: row.Locked, State: row.State,
	}
}

func insertMeeting(ctx context.Context, tx *db.Tx, m *Meeting) error {
	return New(tx).addMeeting(ctx, addMeetingParams{
		TerritoryID: m.Territory, ID: m.ID, MissionID: m.Mission, Fictional: m.Fictional, Uid: m.UID, StartsAt: m.Start,
		EndsAt: m.End, Seats: m.Seats, VenueID: db.ID(m.Venue), Spot: m.Spot, InterpretedBy: m.Interpreter,
		Locked: m.Locked, State: m.State, Version: m.Version, CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt,
	})
}

func updateMeeting(ctx context.Context, tx *db.Tx, m *Meeting) error {
	return New(tx).editMeeting(ctx, editMeetingParams{
		StartsAt: m.Start, EndsAt: m.End, Seats: m.Seats, VenueID: db.ID(m.Venue), Spot: m.Spot,
		InterpretedBy: m.Interpreter, Locked: m.Locked, State: m.State, Version: m.Version, UpdatedAt: m.UpdatedAt,
		DeletedAt: m.DeletedAt, TerritoryID: m.Territory, ID: m.ID,
	})
}

// MeetingsOf lists those of a mission, in order.
func MeetingsOf(ctx context.Context, tx *db.Tx, territory int, mission string) ([]*Meeting, error) {
	rows, err := New(tx).meetingsOf(ctx, territory, mission)
	if err != nil {
		return nil, fmt.Errorf("list the meetings of the mission %s: %w", mission, err)
	}
	return each(rows, meetingFrom), nil
}
