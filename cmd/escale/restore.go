package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/backup"
)

// restoreCommand puts a backup into an installation that holds nothing.
type restoreCommand struct {
	File         string `arg:"" help:"${help_restore_file}"`
	Replace      bool   `help:"${help_restore_replace}"`
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	JSON         bool   `help:"${help_json}"`
	settingFlags `embed:""`
}

// Run restores.
func (k *restoreCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	to, err := openInstallation(ctx, settings, openDatabase)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.DB.Close()) }()
	keep := ""
	if k.Replace {
		keep = filepath.Join(filepath.Dir(k.File), "before-restore-"+time.Now().UTC().Format("20060102-150405")+".zip")
	}
	m, kept, err := backup.Restore(ctx, k.File, to, keep)
	w := c.say()
	if kept {
		fmt.Fprintln(c.stderr, w.T("cli.restore.kept", keep))
	}
	switch {
	case err != nil:
		return err
	case k.JSON:
		return c.printJSON(m)
	}
	fmt.Fprintln(c.stdout, w.T("cli.restore.done", k.File, w.Stamp(m.Made), counted(w, m)))
	fmt.Fprintln(c.stdout, w.T("cli.restore.key"))
	return nil
}
