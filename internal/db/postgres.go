package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// connections is how many one node opens at most: a database serves several.
const connections = 16

func (d *DB) openPostgres(ctx context.Context) error {
	d.engine = Postgres
	config, err := pgx.ParseConfig(d.address)
	if err != nil {
		return errors.New("the PostgreSQL address cannot be read: it is postgres://USER:PASSWORD@HOST:PORT/NAME")
	}
	d.write = stdlib.OpenDB(*config)
	d.write.SetMaxOpenConns(connections)
	d.write.SetMaxIdleConns(connections)
	d.write.SetConnMaxIdleTime(5 * time.Minute)
	d.read = d.write
	if err := d.write.PingContext(ctx); err != nil {
		return fmt.Errorf("reach PostgreSQL at %s: %w", config.Host, err)
	}
	return nil
}

// Listening gives a pool of its own for the one connection that waits for
// notices; the caller closes it.
func (d *DB) Listening(ctx context.Context) (*pgxpool.Pool, error) {
	if d.engine != Postgres {
		return nil, errors.New("only PostgreSQL sends notices")
	}
	config, err := pgxpool.ParseConfig(d.address)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 1
	return pgxpool.NewWithConfig(ctx, config)
}

// postgresCode is the SQLSTATE of an error, or "".
func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// collided says whether a transaction failed only because of another one.
func collided(err error) bool {
	switch postgresCode(err) {
	case "40001", "40P01": // serialization failure, deadlock
		return true
	}
	return sqliteCollided(err)
}

// IsDuplicate says whether an error is a value that must be unique and is
// there already.
func IsDuplicate(err error) bool {
	return postgresCode(err) == "23505" || sqliteDuplicate(err)
}

// IsFull says whether an error is a disk without room.
func IsFull(err error) bool {
	return postgresCode(err) == "53100" || sqliteFull(err)
}

// IsUnreachable says whether an error, of this database, is that it does not
// answer, or does not any more.
func IsUnreachable(err error) bool { return unconnected(err) || cutOff(err) }

// unconnected says whether no connection could be made.
func unconnected(err error) bool {
	var connect *pgconn.ConnectError
	return errors.As(err, &connect)
}

// cutOff says whether a connection that there was is no more.
func cutOff(err error) bool {
	var network *net.OpError
	code := postgresCode(err)
	return !unconnected(err) && (pgconn.SafeToRetry(err) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		len(code) == 5 && (code[:2] == "08" || code[:3] == "57P"))
}
