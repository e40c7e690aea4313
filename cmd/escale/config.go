package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/i18n"
)

// configCommand says which settings are in force, and where each came from.
type configCommand struct {
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	JSON         bool   `help:"${help_json}"`
	settingFlags `embed:""`
}

// Run prints the settings, or all that is wrong with them.
func (k *configCommand) Run(c *console, line *kong.Context) error {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	_, entries, err := c.settings(line)
	var problems config.Problems
	switch {
	case errors.As(err, &problems) && k.JSON:
		return errors.Join(err, c.printJSON(map[string]any{"errors": refused(c.say(), problems)}))
	case err != nil:
		return err
	case k.JSON:
		return c.printJSON(map[string]any{"settings": entries})
	}
	return c.tellSettings(entries)
}

func (c *console) tellSettings(entries []config.Entry) error {
	w := c.say()
	table := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\t%s\t%s\n", w.T("cli.settings.name"), w.T("cli.settings.value"), w.T("cli.settings.source"))
	for _, e := range entries {
		fmt.Fprintf(table, "%s\t%s\t%s\n", e.Name, shownValue(w, e), shownSource(w, e.Source))
	}
	return table.Flush()
}

func shownValue(w *i18n.Words, e config.Entry) string {
	switch {
	case !e.Set:
		return w.T("cli.settings.not_set")
	case e.Secret:
		return w.T("cli.settings.set")
	}
	return e.Value
}

func shownSource(w *i18n.Words, from config.Source) string {
	switch {
	case from.Kind != config.Default:
		return from.Where
	case from.Where != "":
		return w.T("cli.settings.kept", from.Where)
	}
	return w.T("cli.settings.default")
}
