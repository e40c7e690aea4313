package app

import (
	"context"
	"errors"
	"strings"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Found makes a territory and its first administrator, who may be a user
// already, and gives a link by which they come in.
func (a *App) Found(ctx context.Context, t territory.Territory, email, name string) (link string, err error) {
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		made, err := territory.Add(ctx, tx, history.System(), t)
		if err != nil {
			return err
		}
		user, err := auth.ByEmailOrAdd(ctx, tx, auth.User{Email: email, Name: name, Language: t.Languages[0]})
		if err != nil {
			return err
		}
		member := territory.Member{User: user.ID, Role: territory.Administrator}
		if err := territory.Join(ctx, tx, history.System(), made.ID, member); err != nil {
			return err
		}
		link, err = a.auth.SignInLink(ctx, tx, user, made.Home())
		return err
	})
	return link, err
}

// InWords says a fault in a language, for a command: on a page it is the page
// that does. Other errors stay as they are.
func (a *App) InWords(lang string, err error) error {
	var problems fault.Problems
	if !errors.As(err, &problems) && fault.Of(err) == nil {
		return err
	}
	return errors.New(explain(a.words.For(lang), err, problems))
}

func explain(w *i18n.Words, err error, problems fault.Problems) string {
	if len(problems) == 0 {
		return web.Explain(w, err)
	}
	said := make([]string, len(problems))
	for i, p := range problems {
		said[i] = p.Field + ": " + w.T(p.Key, p.Args...)
	}
	return strings.Join(said, "\n")
}
