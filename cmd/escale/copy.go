package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/backup"
	"github.com/escale-hq/escale/internal/db"
)

// copyCommand copies a database into an empty one, of either engine.
type copyCommand struct {
	From string `required:"" placeholder:"DATABASE" help:"${help_copy_from}"`
	To   string `required:"" placeholder:"DATABASE" help:"${help_copy_to}"`
	Lang string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	JSON bool   `help:"${help_json}"`
}

// Run copies.
func (k *copyCommand) Run(ctx context.Context, c *console) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	from, err := openExisting(ctx, k.From)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := openDatabase(ctx, k.To)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	content, err := copyInto(ctx, from, to)
	switch {
	case err != nil:
		return err
	case k.JSON:
		return c.printJSON(map[string]any{"content": content})
	}
	w := c.say()
	fmt.Fprintln(c.stdout, w.T("cli.copy.done", w.N("cli.backup.rows", int(content.Rows())), w.N("cli.copy.tables", len(content))))
	fmt.Fprintln(c.stdout, w.T("cli.copy.others"))
	return nil
}

// copyInto brings the target to the schema of the source first.
func copyInto(ctx context.Context, from, to *db.DB) (db.Content, error) {
	version, wanted, err := from.Versions(ctx)
	if err != nil {
		return nil, err
	}
	if version > wanted {
		return nil, &backup.NewerError{Has: version, Wanted: wanted}
	}
	if err := migrate(ctx, to, version); err != nil {
		return nil, err
	}
	return db.Copy(ctx, from, to, false)
}
