package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/backup"
)

// migrateCommand brings the schema of the database up to date.
type migrateCommand struct {
	Check        bool   `help:"${help_migrate_check}"`
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	settingFlags `embed:""`
}

// Run migrates, or says whether there is anything to do.
func (k *migrateCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	how := openDatabase
	if k.Check {
		how = openExisting
	}
	d, err := how(ctx, string(settings.Database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	schema, queue, err := versions(ctx, d)
	switch {
	case err != nil:
		return err
	case schema.newer():
		return &backup.NewerError{Has: schema.present, Wanted: schema.wanted}
	case queue.newer():
		return &backup.NewerError{Has: queue.present, Wanted: queue.wanted}
	case k.Check:
		return c.sayPending(schema, queue)
	}
	if err := migrate(ctx, d, schema.wanted); err != nil {
		return err
	}
	if schema.older() {
		fmt.Fprintln(c.stdout, c.say().T("cli.migrate.done", schema.present, schema.wanted))
	} else {
		fmt.Fprintln(c.stdout, c.say().T("cli.migrate.same", schema.present))
	}
	return nil
}

// sayPending says what escale migrate would do, and judges a database that it
// would change.
func (c *console) sayPending(schema, queue version) error {
	w := c.say()
	switch {
	case schema.older():
		fmt.Fprintln(c.stdout, w.T("cli.migrate.pending", schema.present, schema.wanted))
	case queue.older():
		fmt.Fprintln(c.stdout, w.T("cli.migrate.queue_pending", queue.present, queue.wanted))
	default:
		fmt.Fprintln(c.stdout, w.T("cli.migrate.same", schema.present))
		return nil
	}
	return errJudged
}
