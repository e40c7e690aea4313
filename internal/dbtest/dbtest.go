// Package dbtest gives tests databases of their own: a SQLite file, and a
// PostgreSQL database in a cluster that the test program itself starts in a
// temporary folder, on a socket only. What is stored is tested on both:
//
//	func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }
//
//	func TestX(t *testing.T) {
//		dbtest.Each(t, func(t *testing.T, d *db.DB) { ... })
//	}
package dbtest

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest/cluster"
)

// settings trade safety for speed: the cluster does not outlive the tests.
var settings = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"max_connections=200", "shared_buffers=32MB", "autovacuum=off",
}

// Now is what time it is in tests until the clock is moved: the Monday of the
// recorded mission to Miami.
func Now() time.Time { return time.Date(2017, time.November, 6, 13, 0, 0, 0, time.UTC) }

// shared is the cluster of the test program, started by the first test that
// needs it and stopped by Run.
var shared struct {
	sync.Mutex
	cluster *cluster.Cluster
	names   atomic.Int64
}

// Run runs the tests of a package and stops the cluster that they started. It
// gives the code to exit with.
func Run(m *testing.M) int {
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster != nil {
		shared.cluster.Stop()
	}
	return code
}

// Each runs a test on a fresh, migrated database of each engine.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachAt(t, clock.At(Now()).Now, test)
}

// EachAt is Each with a clock that the test moves.
func EachAt(t *testing.T, now clock.Clock, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, SQLite(t), now)) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, Postgres(t), now)) })
}

// Open gives a fresh, migrated SQLite database, for tests of what does not
// depend on the engine.
func Open(t testing.TB) *db.DB {
	t.Helper()
	return open(t, SQLite(t), clock.At(Now()).Now)
}

// SQLite is the address of a SQLite file that does not exist yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "escale.db")
}

// Postgres is the address of an empty PostgreSQL database, dropped at the end
// of the test.
func Postgres(t testing.TB) string {
	t.Helper()
	c := running(t)
	name := fmt.Sprintf("test%d", shared.names.Add(1))
	run := func(statement string) {
		t.Helper()
		if err := c.Run(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run("CREATE DATABASE " + name + " TEMPLATE template0")
	t.Cleanup(func() { run("DROP DATABASE " + name + " WITH (FORCE)") })
	return c.Address(name)
}

func open(t testing.TB, address string, now clock.Clock) *db.DB {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, address, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return d
}

func running(t testing.TB) *cluster.Cluster {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil {
		c, err := cluster.Start(settings...)
		if err != nil {
			t.Fatalf("PostgreSQL does not start: %v", err)
		}
		shared.cluster = c
	}
	return shared.cluster
}
