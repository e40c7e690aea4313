package main

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
)

// database looks at the database, if it is there.
func (d *doctor) database(ctx context.Context) {
	address := string(d.settings.Database)
	file, _ := sqliteFile(address)
	base, err := openExisting(ctx, address)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.note("database", warning, "cli.doctor.database_absent", file)
		return
	case err != nil:
		d.note("database", wrong, "cli.doctor.database_closed", err.Error())
		return
	}
	defer base.Close()
	d.version(ctx, base)
	if base.Engine() == db.SQLite {
		d.file(ctx, base, file)
	} else {
		d.server(ctx, base)
	}
}

func (d *doctor) version(ctx context.Context, base *db.DB) {
	schema, queue, err := versions(ctx, base)
	switch {
	case err != nil:
		d.note("database", wrong, "cli.doctor.database_closed", err.Error())
	case schema.present == 0:
		d.note("database", warning, "cli.doctor.version_none")
	case schema.newer():
		d.note("database", wrong, "cli.doctor.version_newer", schema.present, schema.wanted)
	case queue.newer():
		d.note("database", wrong, "cli.doctor.queue_newer", queue.present, queue.wanted)
	case schema.older():
		d.note("database", warning, "cli.doctor.version_older", schema.present, schema.wanted)
	case queue.older():
		d.note("database", warning, "cli.doctor.queue_older", queue.present, queue.wanted)
	default:
		d.note("database", fine, "cli.doctor.version", schema.present)
	}
}

// file looks into a SQLite file.
func (d *doctor) file(ctx context.Context, base *db.DB, file string) {
	found, err := base.Damage(ctx, db.Quick)
	switch {
	case err != nil:
		d.note("database", wrong, "cli.doctor.database_closed", err.Error())
	case len(found) > 0:
		d.note("database", wrong, "cli.doctor.database_damaged", file, strings.Join(found, "; "))
	default:
		d.note("database", fine, "cli.doctor.database_whole", file)
	}
	var mode string
	if d.ask(ctx, base, "SELECT journal_mode FROM pragma_journal_mode", &mode) && mode != "wal" {
		d.note("database", wrong, "cli.doctor.database_journal", file, mode)
	}
}

// clockSlack is how far two clocks may stand apart: links and sessions end by
// the second, and nobody notices two.
const clockSlack = 2 * time.Second

// server looks at a PostgreSQL server: the order of its texts, and its clock.
func (d *doctor) server(ctx context.Context, base *db.DB) {
	var bytewise bool
	if d.ask(ctx, base, `SELECT 'Z' < 'a' AND 'z' < 'é'`, &bytewise) {
		if bytewise {
			d.note("database", fine, "cli.doctor.collation")
		} else {
			d.note("database", wrong, "cli.doctor.collation_other")
		}
	}
	before := time.Now()
	var there time.Time
	if !d.ask(ctx, base, `SELECT clock_timestamp()`, &there) {
		return
	}
	if off := apart(there, before, time.Now()); off > clockSlack {
		d.note("clock", wrong, "cli.doctor.clock_apart", d.words.Seconds(off))
	} else {
		d.note("clock", fine, "cli.doctor.clock_agrees")
	}
}

// apart is how far a time lies outside of a span, in which it was read.
func apart(read, from, to time.Time) time.Duration {
	return max(from.Sub(read), read.Sub(to), 0)
}

// ask reads one value; a question without an answer is a finding.
func (d *doctor) ask(ctx context.Context, base *db.DB, query string, into any) bool {
	err := base.Read(ctx, func(tx *db.Tx) error { return tx.QueryRowContext(ctx, query).Scan(into) })
	if err != nil {
		d.note("database", wrong, "cli.doctor.database_closed", err.Error())
	}
	return err == nil
}

// clock looks for the zones of the world, the summer of both hemispheres among
// them.
func (d *doctor) clock(context.Context) {
	for _, zone := range []string{"Europe/Paris", "America/New_York", "Australia/Sydney", "Asia/Tokyo"} {
		if _, err := time.LoadLocation(zone); err != nil {
			d.note("clock", wrong, "cli.doctor.zones_absent", zone)
			return
		}
	}
	d.note("clock", fine, "cli.doctor.clock_now", d.words.Stamp(time.Now().UTC()))
}
