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
	links, err := LinksOf(ctx, tx, l.Of())
	if err != nil {
		return err
	}
	at := slices.IndexFunc(links, func(had Link) bool {
		return had.Purpose == p.Name && had.SentTo == l.SentTo && had.State(tx.Now) == Open
	})
	if at >= 0 {
		l = links[at]
	} else if l, err = a.MakeLink(ctx, tx, by, p, l); err != nil {
		return err
	}
	return a.SendLink(ctx, tx, by, p, l)
}
