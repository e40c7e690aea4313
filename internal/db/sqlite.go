package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is how many connections read at once. Each keeps the two megabytes of
// pages that SQLite does unless told otherwise: the system keeps the rest, for
// all of them, and with four times as much pages took as long.
const readers = 8

// writing lets large transactions change many pages before they reach the log.
const writing = "cache_size(-8000)"

// pragmas hold on every connection. The log is written through to the disk at
// each commit: what was acknowledged survives a power cut, too.
var pragmas = []string{
	"journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "busy_timeout(10000)",
	"temp_store(memory)",
}

func (d *DB) openSQLite(ctx context.Context) error {
	d.engine = SQLite
	file := FileOf(d.address)
	if err := private(file); err != nil {
		return err
	}
	write, err := openFile(file, "immediate", writing)
	if err != nil {
		return err
	}
	d.write = write
	d.write.SetMaxOpenConns(1)
	if err := d.write.PingContext(ctx); err != nil {
		return fmt.Errorf("open the SQLite file %s: %w", file, err)
	}
	if d.read, err = openFile(file, "deferred", "query_only(on)"); err != nil {
		return err
	}
	d.read.SetMaxOpenConns(readers)
	d.read.SetMaxIdleConns(readers)
	return d.read.PingContext(ctx)
}

// FileOf is the file of a SQLite address.
func FileOf(address string) string { return strings.TrimPrefix(address, "sqlite:") }

func openFile(file, lock string, more ...string) (*sql.DB, error) {
	query := url.Values{"_txlock": {lock}, "_pragma": append(pragmas[:len(pragmas):len(pragmas)], more...)}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: query.Encode()}).String())
}

// private makes the file before SQLite does, so that only its owner reads it.
func private(file string) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	f, err := os.OpenFile(filepath.Clean(file), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make the SQLite file: %w", err)
	}
	return f.Close()
}

// sqliteCode is the extended result code of an error, or 0.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func sqliteCollided(err error) bool {
	primary := sqliteCode(err) & 0xff
	return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
}

func sqliteDuplicate(err error) bool {
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

func sqliteFull(err error) bool { return sqliteCode(err)&0xff == sqlite3.SQLITE_FULL }

// Analyse lets SQLite look at what it holds where that has changed, a sample of
// each index: without, it takes all rows of a territory for a few, and reads
// 300,000 people to find five. The sample is also the most rows that it thinks a
// territory has: of a small one, what an agency owns would seem to be as much as
// all there is. PostgreSQL does so by itself.
func (d *DB) Analyse(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	for _, statement := range []string{"PRAGMA analysis_limit = 20000", "PRAGMA optimize = 0x10002"} {
		if _, err := d.write.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("analyse the SQLite file: %w", err)
		}
	}
	return nil
}
