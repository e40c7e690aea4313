package main

import (
	"context"
	"errors"
	"fmt"

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
	version, _, err := from.Versions(ctx)
	if err != nil {
		return err
	}
	if err := migrate(ctx, to, version); err != nil {
		return err
	}
	content, err := db.Copy(ctx, from, to, false)
	switch {
	case err != nil:
		return err
	case k.JSON:
		return c.printJSON(map[string]any{"version": version, "content": content})
	}
	w := c.say()
	fmt.Fprintln(c.stdout, w.T("cli.copy.done", w.N("cli.backup.rows", int(content.Rows())), w.N("cli.copy.tables", len(content))))
	fmt.Fprintln(c.stdout, w.T("cli.copy.others"))
	return nil
}
