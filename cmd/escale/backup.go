package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/backup"
	"github.com/escale-hq/escale/internal/i18n"
)

// backupCommand writes all that the installation holds into one file.
type backupCommand struct {
	File         string `arg:"" help:"${help_backup_file}"`
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	JSON         bool   `help:"${help_json}"`
	settingFlags `embed:""`
}

// Run takes the backup.
func (k *backupCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	from, err := openInstallation(ctx, settings, openExisting)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.DB.Close()) }()
	m, err := backup.Write(ctx, from, k.File)
	if err != nil {
		return err
	}
	if k.JSON {
		return c.printJSON(m)
	}
	w := c.say()
	fmt.Fprintln(c.stdout, w.T("cli.backup.done", k.File, counted(w, m)))
	if settings.Key.Text != "" {
		fmt.Fprintln(c.stdout, w.T("cli.backup.key_given"))
	} else {
		fmt.Fprintln(c.stdout, w.T("cli.backup.key", settings.Key.File))
	}
	return nil
}

// counted says how much a backup holds.
func counted(w *i18n.Words, m *backup.Manifest) string {
	return w.T("cli.backup.counted", w.N("cli.backup.rows", int(m.Content.Rows())), w.N("cli.backup.files", len(m.Files)))
}
