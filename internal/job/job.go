// Package job does work later: outside the request that asked for it, but
// asked for in its transaction, so that work and change are kept or undone
// together. Jobs are rows of the database, worked by any node that runs; the
// library behind is River, which only this package knows.
//
// A job is done at least once. A node that ends as it should finishes its jobs
// or gives them back; those of a node that was killed are taken back by
// another, or by itself once it runs again, within [lease]. So a worker must
// bear being run twice, and holds no transaction while it waits.
package job

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/escale-hq/escale/internal/db"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

const (
	// longest is how long a worker may take.
	longest = time.Hour
	// never is when River takes lost jobs back by itself: see node.go.
	never = time.Duration(math.MaxInt64)
)

// Jobs is the queue of an installation, as one node sees it.
type Jobs struct {
	db       *db.DB
	log      *slog.Logger
	workers  *river.Workers
	periodic []*river.PeriodicJob
	atOnce   int
	// client asks for jobs and looks after them; it works on none.
	client *river.Client[*sql.Tx]
	driver riverdriver.Driver[*sql.Tx]
	node   *node // nil until Start
	pace   pace
	watch  *watch
}

// New gives the queue of a database, to be worked on by so many workers at
// once in this node. What work there is is said by [Do] and [Jobs.Every] before
// [Jobs.Start].
func New(d *db.DB, log *slog.Logger, workers int) (*Jobs, error) {
	j := &Jobs{db: d, log: log, workers: river.NewWorkers(), atOnce: workers, pace: pace{beat, lease, grace}, watch: newWatch()}
	j.driver = riversqlite.New(d.Handle())
	if d.Engine() == db.Postgres {
		j.driver = riverdatabasesql.New(d.Handle())
	}
	var err error
	if j.client, err = river.NewClient(j.driver, j.config()); err != nil {
		return nil, fmt.Errorf("prepare the job queue: %w", err)
	}
	return j, nil
}

func (j *Jobs) config() *river.Config {
	return &river.Config{
		Logger: j.log, Workers: j.workers, MaxAttempts: attempts,
		JobTimeout: longest, RescueStuckJobsAfter: never,
		RetryPolicy: retry{j.db}, ErrorHandler: giveUp{j.log},
		Test: river.TestConfig{Time: timer{j.db}}, // the only way to say which clock is the time
	}
}

// Migrate brings the tables of the queue up to date, after the schema. Several
// nodes of a PostgreSQL database may call it at once; a SQLite file has one.
func (j *Jobs) Migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(j.driver, &rivermigrate.Config{Logger: j.log})
	if err != nil {
		return fmt.Errorf("prepare the tables of the job queue: %w", err)
	}
	err = j.alone(ctx, func() error {
		_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("bring the tables of the job queue up to date: %w", err)
	}
	return nil
}

// Versions are that of the tables of the queue, 0 where there are none, and the
// one that this program wants. It is the library's own count, beside that of the
// schema; its migrator does not read what a newer one wrote.
func (j *Jobs) Versions(ctx context.Context) (present, wanted int64, err error) {
	migrator, err := rivermigrate.New(j.driver, &rivermigrate.Config{Logger: j.log})
	if err != nil {
		return 0, 0, fmt.Errorf("prepare the tables of the job queue: %w", err)
	}
	for _, m := range migrator.AllVersions() {
		wanted = max(wanted, int64(m.Version))
	}
	tables := j.driver.GetExecutor()
	there, err := tables.TableExists(ctx, &riverdriver.TableExistsParams{Table: "river_migration"})
	if err != nil || !there {
		return 0, wanted, err
	}
	done, err := tables.MigrationGetAllAssumingMain(ctx, &riverdriver.MigrationGetAllAssumingMainParams{})
	if err != nil {
		return 0, 0, fmt.Errorf("find the version of the job queue: %w", err)
	}
	for _, m := range done {
		present = max(present, int64(m.Version))
	}
	return present, wanted, nil
}

// migrating is the number of the lock that a node holds while it makes the
// tables: River does so in several transactions.
const migrating = 0x65_73_63_61_6c_65

// alone does something that only one node may do at a time.
func (j *Jobs) alone(ctx context.Context, do func() error) (err error) {
	if j.db.Engine() == db.SQLite {
		return do()
	}
	conn, err := j.db.Handle().Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrating); err != nil {
		return fmt.Errorf("lock the tables: %w", err)
	}
	err = do()
	_, unlocked := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrating)
	return errors.Join(err, unlocked)
}

// Start begins to work on jobs, those that were waiting first. Only Stop ends
// it: the end of ctx does not.
func (j *Jobs) Start(ctx context.Context) error {
	driver, pool, err := j.listeningDriver(context.WithoutCancel(ctx))
	if err != nil {
		return fmt.Errorf("listen for jobs: %w", err)
	}
	config := j.config()
	config.PeriodicJobs = j.periodic
	config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: j.atOnce}}
	n := &node{jobs: j, pool: pool, seen: map[string]sighting{}}
	if n.client, err = river.NewClient(driver, config); err != nil {
		n.close()
		return fmt.Errorf("prepare the workers: %w", err)
	}
	if err := n.start(context.WithoutCancel(ctx)); err != nil {
		n.close()
		return fmt.Errorf("start the workers: %w", err)
	}
	j.node = n
	return nil
}

// Stop takes no more jobs and waits for those at work. When ctx ends they are
// told to stop, too, and given back to be done again.
func (j *Jobs) Stop(ctx context.Context) error {
	if j.node == nil {
		return nil
	}
	err := j.node.stop(ctx)
	j.node = nil
	return err
}

// listeningDriver is the driver that hears at once of new jobs. On PostgreSQL
// it needs a connection of its own.
func (j *Jobs) listeningDriver(ctx context.Context) (riverdriver.Driver[*sql.Tx], *pgxpool.Pool, error) {
	if j.db.Engine() == db.SQLite {
		return j.driver, nil, nil
	}
	pool, err := j.db.Listening(ctx)
	if err != nil {
		return nil, nil, err
	}
	return riverdatabasesql.NewWithPgxListener(j.db.Handle(), pool), pool, nil
}

// A timer tells River the time of the database's clock.
type timer struct{ db *db.DB }

// Now is what time it is.
func (t timer) Now() time.Time { return t.db.Now().Time }

// NowOrNil is what time it is, for rows.
func (t timer) NowOrNil() *time.Time {
	now := t.Now()
	return &now
}
