package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"github.com/escale-hq/escale/internal/db"
)

// A node says every beat that it is there; one that has not for a lease is
// taken for dead, and its jobs for undone. River itself would wait until a job
// has run longer than any may.
const (
	beat  = 5 * time.Second
	lease = 20 * time.Second
	// grace is how long jobs that were told to stop may take to do so.
	grace = 5 * time.Second
	// many is more jobs than all nodes run at once.
	many = 10_000
)

// A node works on jobs, in this process.
type node struct {
	jobs   *Jobs
	client *river.Client[*sql.Tx]
	pool   *pgxpool.Pool // nil on SQLite
	quiet  context.CancelFunc
	silent chan struct{} // closed when no more beats come
}

func (n *node) start(ctx context.Context) error {
	err := n.beat(ctx)
	if err == nil {
		err = n.client.Start(ctx)
	}
	if err != nil {
		n.close()
		return fmt.Errorf("start the workers: %w", err)
	}
	beating, quiet := context.WithCancel(ctx)
	n.quiet, n.silent = quiet, make(chan struct{})
	go n.keepBeating(beating)
	return nil
}

func (n *node) keepBeating(ctx context.Context) {
	defer close(n.silent)
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := n.beat(ctx); err != nil && ctx.Err() == nil {
				n.jobs.log.Error("the node cannot say that it is alive", "error", err)
			}
		}
	}
}

// stop ends the node. Jobs that do not even stop when told are given back by
// the node's leaving.
func (n *node) stop(ctx context.Context) error {
	err := n.client.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err = n.client.StopAndCancel(last)
	}
	n.quiet()
	<-n.silent
	left := n.jobs.db.Write(context.WithoutCancel(ctx), n.leave)
	n.close()
	if err = errors.Join(err, left); err != nil {
		return fmt.Errorf("stop the workers: %w", err)
	}
	return nil
}

func (n *node) close() {
	if n.pool != nil {
		n.pool.Close()
	}
}

func (n *node) leave(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM job_nodes WHERE id = $1`, n.client.ID())
	return err
}

// beat says that this node is there, and gives the jobs of those that are not
// back to the queue.
func (n *node) beat(ctx context.Context) error {
	return n.jobs.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO job_nodes (id, seen_at) VALUES ($1, $2)
			ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`, n.client.ID(), tx.Now)
		if err != nil {
			return fmt.Errorf("say that the node is alive: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM job_nodes WHERE seen_at < $1`, tx.Now.Add(-lease)); err != nil {
			return fmt.Errorf("forget the nodes that are gone: %w", err)
		}
		return n.takeBack(ctx, tx)
	})
}

func (n *node) takeBack(ctx context.Context, tx *db.Tx) error {
	alive, err := db.Collect(ctx, tx, db.Select("id", "job_nodes"), db.One)
	if err != nil {
		return fmt.Errorf("list the nodes: %w", err)
	}
	running, err := n.client.JobListTx(ctx, tx.Tx, river.NewJobListParams().States(rivertype.JobStateRunning).First(many))
	if err != nil {
		return fmt.Errorf("list the running jobs: %w", err)
	}
	lost := riverdriver.JobRescueManyParams{StuckHorizon: tx.Now.Add(time.Minute).Time} // whenever they began
	for _, row := range running.Jobs {
		if by := row.AttemptedBy; len(by) == 0 || !slices.Contains(alive, by[len(by)-1]) {
			if err := give(&lost, row, tx.Now.Time); err != nil {
				return err
			}
		}
	}
	if len(lost.ID) == 0 {
		return nil
	}
	n.jobs.log.Warn("jobs of a node that is gone are taken back", "jobs", lost.ID)
	_, err = n.jobs.driver.UnwrapExecutor(tx.Tx).JobRescueMany(ctx, &lost)
	return err
}

// give adds a job to those that are given back: to be done again at once,
// unless it was to be cancelled or had its last attempt.
func give(lost *riverdriver.JobRescueManyParams, row *rivertype.JobRow, now time.Time) error {
	failure, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: row.Attempt, Error: "the node that worked on it is gone"})
	if err != nil {
		return err
	}
	state, ended := rivertype.JobStateAvailable, (*time.Time)(nil)
	switch {
	case noted(row).CancelledAt != nil:
		state, ended = rivertype.JobStateCancelled, &now
	case row.Attempt >= row.MaxAttempts:
		state, ended = rivertype.JobStateDiscarded, &now
	}
	lost.ID = append(lost.ID, row.ID)
	lost.Error = append(lost.Error, failure)
	lost.FinalizedAt = append(lost.FinalizedAt, ended)
	lost.ScheduledAt = append(lost.ScheduledAt, now)
	lost.State = append(lost.State, string(state))
	return nil
}
