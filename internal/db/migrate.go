package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations are the steps from an empty database to today's schema: those in
// common run on both engines, the few others on the engine they are named
// after. A file is NUMBER_OWNER[_WHAT].sql: its tables belong to the folder
// internal/OWNER, and only that folder's queries write them.
//
//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to date. Several nodes may call it at once: on
// PostgreSQL one does it while the others wait, on SQLite there is one writer.
func (d *DB) Migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return d.Analyse(ctx)
}

// Versions are the schema's present version and the one this program wants.
func (d *DB) Versions(ctx context.Context) (present, wanted int64, err error) {
	p, err := d.provider()
	if err != nil {
		return 0, 0, err
	}
	return p.GetVersions(ctx)
}

func (d *DB) provider() (*goose.Provider, error) {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.write, engineFiles(d.engine), options...)
}

// engineFiles shows the files of both folders of an engine as one folder.
type engineFiles Engine

// Open finds a file in common, or among the engine's own.
func (e engineFiles) Open(name string) (fs.File, error) {
	f, err := migrations.Open(path.Join("migrations", "common", name))
	if err != nil {
		return migrations.Open(path.Join("migrations", string(e), name))
	}
	return f, nil
}

// Glob lists the files of both folders, in the order of their numbers.
func (e engineFiles) Glob(pattern string) ([]string, error) {
	var names []string
	for _, folder := range []string{"common", string(e)} {
		found, err := fs.Glob(migrations, path.Join("migrations", folder, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			names = append(names, path.Base(name))
		}
	}
	slices.Sort(names)
	return names, nil
}
