package app

import (
	"context"
	"errors"

	"github.com/escale-hq/escale/internal/app/demo"
	"github.com/escale-hq/escale/internal/db"
)

// A Way is how somebody signs in to a demonstration: a link that works once.
type Way struct{ Role, Name, Link string }

// Demonstrate fills the empty installation with a demonstration, and gives a
// link to sign in for each role, which is named in a language.
func (a *App) Demonstrate(ctx context.Context, lang string) (ways []Way, err error) {
	empty, err := a.db.IsEmpty(ctx)
	switch {
	case err != nil:
		return nil, err
	case !empty:
		return nil, errors.New("a demonstration needs an empty database")
	}
	people, err := demo.Fill(ctx, a.db, a.objections)
	if err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		ways = nil
		for _, p := range people {
			link, err := a.auth.SignInLink(ctx, tx, p.User, p.Home.Home())
			if err != nil {
				return err
			}
			ways = append(ways, Way{a.words.For(lang).T("territory.role." + string(p.Role)), p.User.Name, link})
		}
		return nil
	})
	return ways, err
}
