package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/app"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
)

// serveCommand serves the workspaces of an installation.
type serveCommand struct {
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	settingFlags `embed:""`
}

// Run serves until it is interrupted.
func (k *serveCommand) Run(ctx context.Context, c *console, line *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	settings, _, err := c.settings(line)
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, c.logger(settings.Log), clock.System())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return c.serve(ctx, a, settings)
}

// serve listens where the settings say, and says that it does.
func (c *console) serve(ctx context.Context, a *app.App, settings config.Settings) error {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", settings.Address)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, c.say().T("cli.serve.listening", settings.PublicURL.String()))
	return a.Serve(ctx, listener)
}

// logger writes the log on the error output, as the settings say.
func (c *console) logger(how config.Log) *slog.Logger {
	options := &slog.HandlerOptions{Level: how.Level}
	if how.JSON {
		return slog.New(slog.NewJSONHandler(c.stderr, options))
	}
	return slog.New(slog.NewTextHandler(c.stderr, options))
}
