package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"github.com/escale-hq/escale/internal/app"
	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/config"
)

// userCommand is about who can sign in.
type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"${help_user_add}"`
	List    userListCommand    `cmd:"" help:"${help_user_list}"`
	Disable userDisableCommand `cmd:"" help:"${help_user_disable}"`
	Enable  userEnableCommand  `cmd:"" help:"${help_user_enable}"`
	Link    userLinkCommand    `cmd:"" help:"${help_user_link}"`
	Erase   userEraseCommand   `cmd:"" help:"${help_user_erase}"`
}

// onUsers are the options of all commands about users.
type onUsers struct {
	Lang         string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_config_lang}"`
	settingFlags `embed:""`
}

// run opens the installation and does something in it.
func (k *onUsers) run(ctx context.Context, c *console, line *kong.Context, do func(a *app.App) error) (err error) {
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
	return a.InWords(c.lang, do(a))
}

// userAddCommand makes a user.
type userAddCommand struct {
	Email    string `arg:"" placeholder:"E-MAIL" help:"${help_user_email}"`
	Name     string `required:"" placeholder:"NAME" help:"${help_user_name}"`
	Language string `enum:"fr,en" default:"fr" placeholder:"fr|en" help:"${help_user_language}"`
	onUsers  `embed:""`
}

// Run says that the user can sign in.
func (k *userAddCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		if err := a.AddUser(ctx, auth.User{Email: k.Email, Name: k.Name, Language: k.Language}); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say().T("cli.user.added", k.Email))
		return nil
	})
}

// userListCommand lists the users.
type userListCommand struct {
	onUsers `embed:""`
}

// Run prints one user a line.
func (k *userListCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		users, err := a.Users(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
		for _, user := range users {
			state := ""
			if user.Disabled {
				state = "  " + c.say().T("cli.user.is_disabled")
			}
			fmt.Fprintf(table, "%s\t%s\t%s%s\n", user.Email, user.Name, user.Language, state)
		}
		return table.Flush()
	})
}

// userDisableCommand lets a user sign in no more.
type userDisableCommand struct {
	Email   string `arg:"" placeholder:"E-MAIL" help:"${help_user_email}"`
	onUsers `embed:""`
}

// Run signs the user out everywhere.
func (k *userDisableCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		if err := a.DisableUser(ctx, k.Email); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say().T("cli.user.disabled", k.Email))
		return nil
	})
}

// userEnableCommand takes that back.
type userEnableCommand struct {
	Email   string `arg:"" placeholder:"E-MAIL" help:"${help_user_email}"`
	onUsers `embed:""`
}

// Run lets the user sign in again.
func (k *userEnableCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		if err := a.EnableUser(ctx, k.Email); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say().T("cli.user.enabled", k.Email))
		return nil
	})
}

// userLinkCommand makes a link to sign in, for when mail is down.
type userLinkCommand struct {
	Email   string `arg:"" placeholder:"E-MAIL" help:"${help_user_email}"`
	onUsers `embed:""`
}

// Run prints the link alone, so that a script can hand it on.
func (k *userLinkCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		link, err := a.UserLink(ctx, k.Email)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, link)
		fmt.Fprintln(c.stderr, c.say().T("cli.user.link", k.Email))
		return nil
	})
}

// userEraseCommand removes a user for good.
type userEraseCommand struct {
	Email   string `arg:"" placeholder:"E-MAIL" help:"${help_user_email}"`
	onUsers `embed:""`
}

// Run erases the account, and the name wherever the user did something.
func (k *userEraseCommand) Run(ctx context.Context, c *console, line *kong.Context) error {
	return k.run(ctx, c, line, func(a *app.App) error {
		if err := a.EraseUser(ctx, k.Email); err != nil {
			return err
		}
		fmt.Fprintln(c.stdout, c.say().T("cli.user.erased"))
		return nil
	})
}
