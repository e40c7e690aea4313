package auth

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
)

// Hand sends somebody a link of a purpose: the one that they have for that
// record, as long as it is open, or else a new one.
func (a *Auth) Hand(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link) error {
	l, err := a.give(ctx, tx, by, p, l)
	if err != nil {
		return err
	}
	return a.SendLink(ctx, tx, by, p, l)
}

// HandWith is Hand with another letter than the purpose's: its key and its args.
func (a *Auth) HandWith(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link, key string, args ...any) error {
	p.Letter = func(context.Context, *db.Tx, Link) (string, []any, error) { return key, args, nil }
	return a.Hand(ctx, tx, by, p, l)
}

// give is the open link of a purpose that somebody has for a record, or a new
// one.
func (a *Auth) give(ctx context.Context, tx *db.Tx, by history.Actor, p Purpose, l Link) (Link, error) {
	links, err := LinksOf(ctx, tx, l.Of())
	if err != nil {
		return l, err
	}
	at := slices.IndexFunc(links, func(had Link) bool {
		return had.Purpose == p.Name && had.SentTo == l.SentTo && had.State(tx.Now) == Open
	})
	if at >= 0 {
		return links[at], nil
	}
	return a.MakeLink(ctx, tx, by, p, l)
}
