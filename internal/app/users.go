package app

import (
	"context"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
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
