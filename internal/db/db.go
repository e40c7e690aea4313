// Package db is the one door to storage. Behind it stands a SQLite file or a
// PostgreSQL database; every query of Escale is one text that both understand,
// and only the few files named after an engine look at which one it is.
//
// What changes is written in a transaction handed out by [DB.Write], what is
// read in one handed out by [DB.Read], so that a page never mixes two states.
// Instants are text of fixed width ([Instant]), ids are UUIDv7 as text, so that
// both order as they sort.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/clock"
)

// An Engine is the kind of database behind the door.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	engine  Engine
	address string
	write   *sql.DB // on SQLite one connection: writers wait in line, not on a lock
	read    *sql.DB // on PostgreSQL the same as write
	now     clock.Clock
}

// Open opens the database at an address: "sqlite:FILE", a bare FILE, or
// "postgres://...". It answers only once the database does. The schema is left
// as it is: see [DB.Migrate].
func Open(ctx context.Context, address string, now clock.Clock) (*DB, error) {
	d := &DB{address: address, now: now}
	open := d.openSQLite
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		open = d.openPostgres
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Engine tells which kind of database it is.
func (d *DB) Engine() Engine { return d.engine }

// Handle is the connection pool that writes, for the libraries that bring
// their own queries (migrations, jobs). On SQLite it is the single writer.
func (d *DB) Handle() *sql.DB { return d.write }

// Now is the present instant by the database's clock.
func (d *DB) Now() Instant { return At(d.now()) }

// Close closes every connection.
func (d *DB) Close() error {
	var errs []error
	if d.read != nil && d.read != d.write {
		errs = append(errs, d.read.Close())
	}
	if d.write != nil {
		errs = append(errs, d.write.Close())
	}
	return errors.Join(errs...)
}

// Ping says whether the database answers, and takes writes.
func (d *DB) Ping(ctx context.Context) error {
	return d.Write(ctx, func(tx *Tx) error { return nil })
}

// A Tx is a transaction in progress. Everything in it happens at one instant.
type Tx struct {
	*sql.Tx
	Now    Instant
	Engine Engine
}

// attempts bounds how often a write that collided with another is tried.
const attempts = 10

// Write runs a function in a transaction that is kept if it returns nil and
// undone otherwise. Transactions behave as if they ran one after the other; one
// that collides with another is run again, so the function must not change
// anything but the database.
func (d *DB) Write(ctx context.Context, do func(tx *Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := d.transact(ctx, d.write, &sql.TxOptions{Isolation: d.isolation()}, do)
		if err == nil || attempt == attempts || !collided(err) || ctx.Err() != nil {
			return err
		}
		pause(ctx, attempt)
	}
}

// pause waits before another attempt: the longer, the more there were, and each
// writer for a time of its own, so that they do not collide again.
func pause(ctx context.Context, attempt int) {
	timer := time.NewTimer(rand.N(min(time.Millisecond<<attempt, longestPause)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

const longestPause = 200 * time.Millisecond

// Read runs a function in a transaction that sees one state of the database.
// Collisions concern writers only.
func (d *DB) Read(ctx context.Context, do func(tx *Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	return d.transact(ctx, d.read, options, do)
}

func (d *DB) isolation() sql.IsolationLevel {
	if d.engine == Postgres {
		return sql.LevelSerializable
	}
	return sql.LevelDefault // a SQLite transaction is always serializable
}

func (d *DB) transact(ctx context.Context, pool *sql.DB, options *sql.TxOptions, do func(tx *Tx) error) (err error) {
	tx, err := begin(ctx, pool, options)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer func() {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("undo the transaction: %w", undo))
		}
	}()
	if err := do(&Tx{Tx: tx, Now: d.Now(), Engine: d.engine}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// begin begins a transaction. A connection that was cut off while it lay in the
// pool tells so only when it is used; the next one may hold, or is new.
func begin(ctx context.Context, pool *sql.DB, options *sql.TxOptions) (tx *sql.Tx, err error) {
	for range connections + 1 {
		tx, err = pool.BeginTx(ctx, options)
		if err == nil || !cutOff(err) {
			break
		}
	}
	return tx, err
}
