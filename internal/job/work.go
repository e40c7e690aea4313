package job

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/escale-hq/escale/internal/db"
)

// Do says who does the jobs of a kind. The worker's context ends when the job
// is cancelled, when the node stops or after an hour. An error has the job
// tried again, later each time; but see [Cancel] and [Snooze].
func Do[A Args](j *Jobs, work func(ctx context.Context, args A) error) {
	river.AddWorker(j.workers, river.WorkFunc(func(ctx context.Context, row *river.Job[A]) error {
		ctx = context.WithValue(ctx, atWork{}, &running{jobs: j, id: row.ID})
		return work(ctx, row.Args)
	}))
}

// Cancel gives a job up for an error: it is not tried again.
func Cancel(err error) error { return river.JobCancel(err) }

// Snooze has a job done later, which counts as no attempt.
func Snooze(wait time.Duration) error { return river.JobSnooze(wait) }

// Progress is how far a job has come. Stage is a text of the catalogue, or
// nothing. Total is 0 where nobody can tell. A job that looks for the best has
// the Value of what it has found, and the Bound that no other can pass.
type Progress struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Stage string `json:"stage,omitempty"`
	Value int    `json:"value,omitempty"`
	Bound int    `json:"bound,omitempty"`
}

// whole says whether there is nothing left to tell.
func (p Progress) whole() bool { return p.Total > 0 && p.Done >= p.Total }

type atWork struct{}

// running is the job that a worker is at.
type running struct {
	jobs *Jobs
	id   int64
	told time.Time
}

// often is how much time passes at least between two reports of progress.
const often = 500 * time.Millisecond

// Tell says how far the job has come, for every node to see. It may be called
// as often as one likes, from the worker's own goroutine: only the first, the
// last and now and then one between are written. It writes by itself: call it
// outside transactions. Outside a job it does nothing.
func Tell(ctx context.Context, progress Progress) error {
	r, ok := ctx.Value(atWork{}).(*running)
	if !ok || time.Since(r.told) < often && !progress.whole() {
		return nil
	}
	r.told = time.Now()
	if _, err := r.jobs.client.JobUpdate(ctx, r.id, &river.JobUpdateParams{Output: progress}); err != nil {
		return fmt.Errorf("tell the progress of a job: %w", err)
	}
	r.jobs.watch.soon()
	return nil
}

// retry waits twice as long after each failure, from five seconds to six hours.
type retry struct{ db *db.DB }

// NextRetry is when a job that just failed is tried again.
func (r retry) NextRetry(row *rivertype.JobRow) time.Time {
	return r.db.Now().Add(backOff(len(row.Errors) + 1)).Time
}

func backOff(failures int) time.Duration {
	const first, last = 5 * time.Second, 6 * time.Hour
	if failures > 12 { // 5 s x 2^12 is just under 6 h
		return last
	}
	return first << (failures - 1)
}

// giveUp logs the jobs that are not tried again. Why each attempt failed is
// kept with the job.
type giveUp struct{ log *slog.Logger }

// HandleError logs the last error of a job.
func (g giveUp) HandleError(ctx context.Context, row *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	if row.Attempt >= row.MaxAttempts {
		g.log.ErrorContext(ctx, "a job is given up", "kind", row.Kind, "job", row.ID, "error", err)
	}
	return nil
}

// HandlePanic logs the panic of a job's last attempt.
func (g giveUp) HandlePanic(ctx context.Context, row *rivertype.JobRow, panicked any, _ string) *river.ErrorHandlerResult {
	return g.HandleError(ctx, row, fmt.Errorf("panic: %v", panicked))
}
