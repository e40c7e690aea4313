package job

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

// A State is where a job stands.
type State string

// The states, as River names them.
const (
	Waiting   = State(rivertype.JobStateAvailable) // to be done now
	Scheduled = State(rivertype.JobStateScheduled) // to be done later
	Running   = State(rivertype.JobStateRunning)
	Retrying  = State(rivertype.JobStateRetryable) // failed, to be tried again
	Done      = State(rivertype.JobStateCompleted)
	Cancelled = State(rivertype.JobStateCancelled)
	Failed    = State(rivertype.JobStateDiscarded) // tried too often
)

// Ended says whether nothing more is done.
func (s State) Ended() bool { return s == Done || s == Cancelled || s == Failed }

// A Job is one piece of work, as administrators see it. Finished ones are kept
// for a day, failed ones for a week.
type Job struct {
	ID        int64
	Kind      string
	State     State
	Territory int    // 0: the installation's own
	By        string // the user who asked; nobody for periodic jobs
	Attempt   int
	Attempts  int // how often it is tried at most
	AskedAt   db.Instant
	DueAt     db.Instant
	BegunAt   db.Instant // of the last attempt
	EndedAt   db.Instant
	Progress  Progress
	// Failure is the last error, with internals that only administrators see.
	Failure string
}

func jobOf(row *rivertype.JobRow) Job {
	notes := notesOf(row)
	job := Job{
		ID: row.ID, Kind: row.Kind, State: State(row.State), By: notes.By,
		Attempt: row.Attempt, Attempts: row.MaxAttempts,
		AskedAt: db.At(row.CreatedAt), DueAt: db.At(row.ScheduledAt),
	}
	job.Territory, _ = strconv.Atoi(notes.Territory) // nothing is 0
	if row.AttemptedAt != nil {
		job.BegunAt = db.At(*row.AttemptedAt)
	}
	if row.FinalizedAt != nil {
		job.EndedAt = db.At(*row.FinalizedAt)
	}
	if notes.Progress != nil {
		job.Progress = *notes.Progress
	}
	if n := len(row.Errors); n > 0 {
		job.Failure = strings.TrimPrefix(row.Errors[n-1].Error, "JobCancelError: ") // of [Cancel]: ours, not River's
	}
	return job
}

// A Filter says which jobs of a territory are listed.
type Filter struct {
	States []State // any, if none is said
	Kind   string  // any, if none is said
	Before int64   // only those asked for before this one: for the next page
	Limit  int     // 50, if none is said
}

// List gives the jobs of a territory, the newest first.
func (j *Jobs) List(ctx context.Context, territory int, filter Filter) ([]Job, error) {
	params := river.NewJobListParams().First(cmp.Or(filter.Limit, 50)).OrderBy(river.JobListOrderByID, river.SortOrderDesc).
		Where("metadata ->> 'territory' = @territory", river.NamedArgs{"territory": strconv.Itoa(territory)})
	if len(filter.States) > 0 {
		states := make([]rivertype.JobState, len(filter.States))
		for i, state := range filter.States {
			states[i] = rivertype.JobState(state)
		}
		params = params.States(states...)
	}
	if filter.Kind != "" {
		params = params.Kinds(filter.Kind)
	}
	if filter.Before > 0 {
		params = params.Where("id < @before", river.NamedArgs{"before": filter.Before})
	}
	var jobs []Job
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		found, err := j.client.JobListTx(ctx, tx.Tx, params)
		if err != nil {
			return fmt.Errorf("list the jobs: %w", err)
		}
		for _, row := range found.Jobs {
			jobs = append(jobs, jobOf(row))
		}
		return nil
	})
	return jobs, err
}

// Find gives a job of a territory.
func (j *Jobs) Find(ctx context.Context, territory int, id int64) (job Job, err error) {
	err = j.db.Read(ctx, func(tx *db.Tx) error {
		job, err = j.find(ctx, tx, territory, id)
		return err
	})
	return job, err
}

func (j *Jobs) find(ctx context.Context, tx *db.Tx, territory int, id int64) (Job, error) {
	row, err := j.client.JobGetTx(ctx, tx.Tx, id)
	if err == nil {
		if job := jobOf(row); job.Territory == territory {
			return job, nil
		}
		err = river.ErrNotFound
	}
	if errors.Is(err, river.ErrNotFound) {
		return Job{}, fault.Because(err, fault.NotFound, "job.gone", int(id))
	}
	return Job{}, fmt.Errorf("find job %d: %w", id, err)
}

// Cancel has a job of a territory not done, or not tried again. A running one
// is told to stop, on whichever node it runs; a finished one stays as it is.
func (j *Jobs) Cancel(ctx context.Context, territory int, id int64) (Job, error) {
	return j.change(ctx, territory, id, j.client.JobCancelTx)
}

// Again has a job of a territory done now, whether it was waiting or finished.
// A running one stays as it is.
func (j *Jobs) Again(ctx context.Context, territory int, id int64) (Job, error) {
	return j.change(ctx, territory, id, j.client.JobRetryTx)
}

func (j *Jobs) change(ctx context.Context, territory int, id int64,
	how func(context.Context, *sql.Tx, int64) (*rivertype.JobRow, error),
) (job Job, err error) {
	err = j.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := j.find(ctx, tx, territory, id); err != nil {
			return err
		}
		row, err := how(ctx, tx.Tx, id)
		if err != nil {
			return fmt.Errorf("change job %d: %w", id, err)
		}
		job = jobOf(row)
		return nil
	})
	return job, err
}
