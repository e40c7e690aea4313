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
	present, wanted, err := d.Versions(ctx)
	w := c.say()
	switch {
	case err != nil:
		return err
	case present > wanted:
		return &backup.NewerError{Has: present, Wanted: wanted}
	case k.Check && present < wanted:
		fmt.Fprintln(c.stdout, w.T("cli.migrate.pending", present, wanted))
		return errJudged
	case !k.Check:
		if err := migrate(ctx, d, wanted); err != nil {
			return err
		}
	}
	if present == wanted {
		fmt.Fprintln(c.stdout, w.T("cli.migrate.same", present))
	} else {
		fmt.Fprintln(c.stdout, w.T("cli.migrate.done", present, wanted))
	}
	return nil
}
