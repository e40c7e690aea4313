package app

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// AddUser makes somebody able to sign in. What they may do comes with their
// memberships.
func (a *App) AddUser(ctx context.Context, user auth.User) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		_, err := auth.AddUser(ctx, tx, user)
		return err
	})
}

// Users lists everybody who can sign in, or could.
func (a *App) Users(ctx context.Context) (users []auth.User, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) (err error) {
		users, err = auth.Users(ctx, tx)
		return err
	})
	return users, err
}

// DisableUser signs a user out everywhere, and lets them sign in no more.
func (a *App) DisableUser(ctx context.Context, email string) error {
	return a.toUser(ctx, email, func(tx *db.Tx, user auth.User) error { return auth.Disable(ctx, tx, user.ID) })
}

// EnableUser lets a user who was disabled sign in again.
func (a *App) EnableUser(ctx context.Context, email string) error {
	return a.toUser(ctx, email, func(tx *db.Tx, user auth.User) error { return auth.Enable(ctx, tx, user.ID) })
}

// EraseUser removes a user for good: the account, the memberships, and their
// name wherever they did something. What they did stays, as done by somebody.
func (a *App) EraseUser(ctx context.Context, email string) error {
	return a.toUser(ctx, email, func(tx *db.Tx, user auth.User) error {
		homes, err := territory.Territories(ctx, tx)
		if err != nil {
			return err
		}
		for _, home := range homes {
			if err := forgetUser(ctx, tx, home, user); err != nil {
				return fmt.Errorf("erase a user from %s: %w", home.Slug, err)
			}
		}
		return auth.EraseUser(ctx, tx, user.ID)
	})
}

// forgetUser removes what a territory keeps of a user, who may have left it.
func forgetUser(ctx context.Context, tx *db.Tx, home territory.Territory, user auth.User) error {
	err := territory.Leave(ctx, tx, history.System(), home.ID, user.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	actor := user.Actor().ID
	for _, forget := range []func() error{
		func() error { return panel.ForgetUser(ctx, tx, home.ID, user.ID) },
		func() error { return importer.ForgetActor(ctx, tx, home.ID, actor) },
		func() error { return history.EraseActor(ctx, tx, home.ID, actor) },
	} {
		if err := forget(); err != nil {
			return err
		}
	}
	return nil
}

// UserLink makes a link by which a user signs in once: for when mail is down.
func (a *App) UserLink(ctx context.Context, email string) (link string, err error) {
	err = a.toUser(ctx, email, func(tx *db.Tx, user auth.User) (err error) {
		if user.Disabled {
			return fault.New(fault.Forbidden, "app.user_disabled", user.Email)
		}
		link, err = a.auth.SignInLink(ctx, tx, user, "/")
		return err
	})
	return link, err
}

func (a *App) toUser(ctx context.Context, email string, do func(tx *db.Tx, user auth.User) error) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		user, err := auth.ByEmail(ctx, tx, email)
		if err != nil {
			return err
		}
		return do(tx, user)
	})
}
