package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/app"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/territory"
)

// initCommand makes a territory with its administrator: the first of an
// installation, or another.
type initCommand struct {
	Territory    string   `arg:"" placeholder:"SLUG" help:"${help_init_slug}"`
	Name         string   `required:"" placeholder:"NAME" help:"${help_init_name}"`
	Admin        string   `required:"" placeholder:"E-MAIL" help:"${help_init_admin}"`
	AdminName    string   `required:"" placeholder:"NAME" help:"${help_init_admin_name}"`
	Country      string   `default:"FR" placeholder:"FR" help:"${help_init_country}"`
	Zone         string   `default:"Europe/Paris" placeholder:"Europe/Paris" help:"${help_init_zone}"`
	Currency     string   `default:"EUR" placeholder:"EUR" help:"${help_init_currency}"`
	Languages    []string `default:"fr,en" placeholder:"fr,en" help:"${help_init_languages}"`
	Lang         string   `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	settingFlags `embed:""`
}

// Run makes both and prints a link by which the administrator comes in.
func (k *initCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, c.logger(config.Log{Level: slog.LevelWarn, JSON: settings.Log.JSON}), clock.System())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	link, err := a.Found(ctx, territory.Territory{
		Slug: k.Territory, Name: k.Name, Country: k.Country, Zone: k.Zone, Currency: k.Currency, Languages: k.Languages,
	}, k.Admin, k.AdminName)
	if err != nil {
		return a.InWords(c.lang, err)
	}
	fmt.Fprintln(c.stdout, c.say().T("cli.init.done", k.Name, k.AdminName, link))
	return nil
}
