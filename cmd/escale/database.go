package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"syscall"

	"github.com/escale-hq/escale/internal/backup"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
)

// migrate brings a database to a version of the schema, and the tables of the
// job queue up to date: those are one with the program, at every version.
func migrate(ctx context.Context, d *db.DB, version int64) error {
	if err := d.MigrateTo(ctx, version); err != nil {
		return err
	}
	jobs, err := queueOf(d)
	if err != nil {
		return err
	}
	return jobs.Migrate(ctx)
}

// queueOf is the job queue of a database, on which nobody works.
func queueOf(d *db.DB) (*job.Jobs, error) {
	return job.New(d, slog.New(slog.DiscardHandler), 0)
}

// A version is that of some tables of a database, and the one that this program
// wants.
type version struct{ present, wanted int64 }

func (v version) newer() bool { return v.present > v.wanted }
func (v version) older() bool { return v.present < v.wanted }

// versions are that of the schema, and that of the tables of the job queue.
func versions(ctx context.Context, d *db.DB) (schema, queue version, err error) {
	if schema.present, schema.wanted, err = d.Versions(ctx); err != nil {
		return schema, queue, err
	}
	jobs, err := queueOf(d)
	if err == nil {
		queue.present, queue.wanted, err = jobs.Versions(ctx)
	}
	return schema, queue, err
}

// openDatabase opens a database that may be new.
func openDatabase(ctx context.Context, address string) (*db.DB, error) {
	return db.Open(ctx, address, clock.System())
}

// openExisting opens a database to read it: opening a SQLite file that is not
// there would make an empty one.
func openExisting(ctx context.Context, address string) (*db.DB, error) {
	if file, ok := sqliteFile(address); ok {
		if _, err := os.Stat(file); err != nil {
			return nil, err
		}
	}
	return openDatabase(ctx, address)
}

func sqliteFile(address string) (file string, ok bool) {
	return db.FileOf(address), !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://")
}

// openInstallation gives the installation of the settings.
func openInstallation(ctx context.Context, s config.Settings, how func(context.Context, string) (*db.DB, error)) (backup.Installation, error) {
	d, err := how(ctx, string(s.Database))
	return backup.Installation{DB: d, Files: s.Files, Migrate: migrate}, err
}

// storageSentence says what went wrong with a database or a backup, and what to
// do; it is empty for other errors.
func storageSentence(w *i18n.Words, err error) string {
	var damaged *backup.DamagedError
	var newer *backup.NewerError
	var versions *db.VersionError
	var file *fs.PathError
	switch {
	case errors.As(err, &damaged):
		return w.T("cli.storage.damaged", damaged.File, damaged.Cause.Error())
	case errors.As(err, &newer):
		return w.T("cli.storage.newer", newer.Has, newer.Wanted)
	case errors.As(err, &versions):
		return w.T("cli.storage.versions", versions.From, versions.To)
	case errors.Is(err, db.ErrNoSchema):
		return w.T("cli.storage.no_schema")
	case errors.Is(err, db.ErrNotEmpty):
		return w.T("cli.storage.not_empty")
	case db.IsFull(err), errors.Is(err, syscall.ENOSPC):
		return w.T("cli.storage.full")
	case errors.As(err, &file) && errors.Is(err, fs.ErrExist):
		return w.T("cli.storage.exists", file.Path)
	}
	return ""
}
