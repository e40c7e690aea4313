package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/app"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
)

// demoCommand serves a workspace made for a demonstration, in a folder that is
// made for it and removed in the end.
type demoCommand struct {
	Address string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"${help_set_address}"`
	Lang    string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
}

// Run fills the workspace, prints a link for each role and serves until it is
// interrupted.
func (k *demoCommand) Run(ctx context.Context, c *console, _ *kong.Context) (err error) {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	folder, err := os.MkdirTemp("", "escale-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	settings, _, err := config.Load(map[string]string{
		"address": k.Address, "database": filepath.Join(folder, "demo.db"), "development": "true", "log-level": "warn",
	}, nil)
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, c.logger(settings.Log), clock.System())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	ways, err := a.Demonstrate(ctx, c.lang)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, c.say().T("cli.demo.ready"))
	for _, way := range ways {
		fmt.Fprintf(c.stdout, "  %-18s %-18s %s\n", way.Role, way.Name, way.Link)
	}
	return c.serve(ctx, a, settings)
}
