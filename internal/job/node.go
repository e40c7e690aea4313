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

// A node counts every beat that it is there; one whose count has not moved for
// a lease is taken for dead, and its jobs for undone. Each node waits by its
// own watch, so that a clock that is wrong robs nobody of their jobs. River
// itself would wait until a job has run longer than any may.
const (
	beat  = 3 * time.Second
	lease = 15 * time.Second
	// grace is how long jobs that were told to stop may take to do so.
	grace = 5 * time.Second
	// many is more jobs than all nodes run at once.
	many = 10_000
)

// A pace is how fast nodes do so: as the constants say, but in tests.
type pace struct{ beat, lease, grace time.Duration }

// A node works on jobs, in this process.
type node struct {
	jobs   *Jobs
	client *river.Client[*sql.Tx]
	pool   *pgxpool.Pool // nil on SQLite
	seen   map[string]sighting
	// stopBeating ends the beats; still is closed once none comes any more.
	stopBeating context.CancelFunc
	still       chan struct{}
}

// A sighting is when a node's count was first seen where it stands.
type sighting struct {
	beats int
	since time.Time
}

func (n *node) start(ctx context.Context) error {
	if err := n.beat(ctx); err != nil {
		return err
	}
	if err := n.client.Start(ctx); err != nil {
		return err
	}
	beating, stop := context.WithCancel(ctx)
	n.stopBeating, n.still = stop, make(chan struct{})
	go n.keepBeating(beating)
	return nil
}

func (n *node) keepBeating(ctx context.Context) {
	defer close(n.still)
	tick := time.NewTicker(n.jobs.pace.beat)
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
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), n.jobs.pace.grace)
		defer cancel()
		err = n.client.StopAndCancel(last)
	}
	n.stopBeating()
	<-n.still
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
			INSERT INTO job_nodes (id, beats) VALUES ($1, 1)
			ON CONFLICT (id) DO UPDATE SET beats = job_nodes.beats + 1`, n.client.ID())
		if err != nil {
			return fmt.Errorf("say that the node is alive: %w", err)
		}
		alive, err := n.alive(ctx, tx)
		if err != nil {
			return err
		}
		return n.takeBack(ctx, tx, alive)
	})
}

// alive lists the nodes that are there, and forgets those that are not.
func (n *node) alive(ctx context.Context, tx *db.Tx) (alive []string, err error) {
	type count struct {
		id    string
		beats int
	}
	counts, err := db.Collect(ctx, tx, db.Select("id, beats", "job_nodes"), func(scan db.Scan) (c count, err error) {
		return c, scan(&c.id, &c.beats)
	})
	if err != nil {
		return nil, fmt.Errorf("list the nodes: %w", err)
	}
	for _, c := range counts {
		last, known := n.seen[c.id]
		if !known || last.beats != c.beats {
			last = sighting{c.beats, time.Now()}
			n.seen[c.id] = last
		}
		if time.Since(last.since) < n.jobs.pace.lease {
			alive = append(alive, c.id)
			continue
		}
		delete(n.seen, c.id) // it counts anew if it comes back
		if _, err := tx.ExecContext(ctx, `DELETE FROM job_nodes WHERE id = $1`, c.id); err != nil {
			return nil, fmt.Errorf("forget a node that is gone: %w", err)
		}
	}
	return alive, nil
}

// takeBack gives the running jobs of all other nodes back to the queue.
func (n *node) takeBack(ctx context.Context, tx *db.Tx, alive []string) error {
	running, err := n.client.JobListTx(ctx, tx.Tx, river.NewJobListParams().States(rivertype.JobStateRunning).First(many))
	if err != nil {
		return fmt.Errorf("list the running jobs: %w", err)
	}
	lost := slices.DeleteFunc(running.Jobs, func(row *rivertype.JobRow) bool {
		by := row.AttemptedBy
		return len(by) > 0 && slices.Contains(alive, by[len(by)-1])
	})
	if len(lost) == 0 {
		return nil
	}
	rescue, err := rescueOf(lost, tx.Now.Time)
	if err == nil {
		_, err = n.jobs.driver.UnwrapExecutor(tx.Tx).JobRescueMany(ctx, rescue)
	}
	if err != nil {
		return fmt.Errorf("take jobs back: %w", err)
	}
	n.jobs.log.Warn("jobs of a node that is gone are taken back", "jobs", rescue.ID)
	return nil
}

// rescueOf says what becomes of jobs whose node is gone.
func rescueOf(lost []*rivertype.JobRow, now time.Time) (*riverdriver.JobRescueManyParams, error) {
	rescue := &riverdriver.JobRescueManyParams{StuckHorizon: now.Add(time.Minute)} // whenever they began
	for _, row := range lost {
		failure, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: row.Attempt, Error: "the node that worked on it is gone"})
		if err != nil {
			return nil, err
		}
		state, ended := afterLoss(row), (*time.Time)(nil)
		if state != rivertype.JobStateAvailable {
			ended = &now
		}
		rescue.ID = append(rescue.ID, row.ID)
		rescue.Error = append(rescue.Error, failure)
		rescue.FinalizedAt = append(rescue.FinalizedAt, ended)
		rescue.ScheduledAt = append(rescue.ScheduledAt, now)
		rescue.State = append(rescue.State, string(state))
	}
	return rescue, nil
}

// afterLoss is the state of a job whose node is gone: it is done again at once,
// unless it was to be cancelled or had its last attempt.
func afterLoss(row *rivertype.JobRow) rivertype.JobState {
	switch {
	case notesOf(row).CancelledAt != nil:
		return rivertype.JobStateCancelled
	case row.Attempt >= row.MaxAttempts:
		return rivertype.JobStateDiscarded
	default:
		return rivertype.JobStateAvailable
	}
}
