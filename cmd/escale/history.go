package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/territory"
)

// historyCommand is about the history of records.
type historyCommand struct {
	Verify verifyCommand `cmd:"" help:"${help_history_verify}"`
}

// verifyCommand recomputes the chains of every territory's history.
type verifyCommand struct {
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	settingFlags `embed:""`
}

// Run says of each territory what was verified, and what does not hold.
func (k *verifyCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	d, err := openExisting(ctx, string(settings.Database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	whole := true
	err = d.Read(ctx, func(tx *db.Tx) error {
		territories, err := territory.Territories(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range territories {
			report, err := history.Verify(ctx, tx, t.ID)
			if err != nil {
				return err
			}
			c.printReport(t, report)
			whole = whole && len(report.Problems) == 0
		}
		return nil
	})
	if err == nil && !whole {
		return errJudged
	}
	return err
}

func (c *console) printReport(t territory.Territory, r history.Report) {
	w := c.say()
	fmt.Fprintln(c.stdout, w.T("cli.history.verified", t.Name, r.Entries, r.Seals, r.Erased, r.Unsealed))
	if r.Last != "" {
		fmt.Fprintln(c.stdout, "  "+w.T("cli.history.last", r.Last))
	}
	for _, problem := range r.Problems {
		fmt.Fprintln(c.stdout, "  "+w.T("cli.history.problem", problem))
	}
}
