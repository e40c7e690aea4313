package auth

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/web"
)

// LinksOf lists the links that are for a record, the oldest first.
func LinksOf(ctx context.Context, tx *db.Tx, of ref.Ref) ([]Link, error) {
	rows, err := New(tx).linksOf(ctx, of.Territory, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("list the links of %s: %w", of, err)
	}
	links := make([]Link, len(rows))
	for i, row := range rows {
		links[i] = Link(row)
	}
	return links, nil
}

// CountLinks counts the links that are for a record.
func CountLinks(ctx context.Context, tx *db.Tx, of ref.Ref) (int, error) {
	n, err := New(tx).countLinksOf(ctx, of.Territory, of.Kind, of.ID)
	return int(n), err
}

// LinksTo gives the links that were sent to one of some addresses, and those for
// one of some names that were sent to nobody.
func LinksTo(ctx context.Context, tx *db.Tx, territory int, emails, people []string) ([]Link, error) {
	keys := []string{""}
	for _, email := range emails {
		if key, err := emailKey(email); err == nil {
			keys = append(keys, key)
		}
	}
	links, err := db.Collect(ctx, tx, linkQuery().Where("l.territory_id = ?", territory).In("l.sent_key", keys...).Order("l.id"), scanLink)
	if err != nil {
		return nil, fmt.Errorf("find the links of somebody: %w", err)
	}
	return slices.DeleteFunc(links, func(l Link) bool {
		named := func(name string) bool { return names.Fold(name) == names.Fold(l.Name) }
		return l.SentTo == "" && (l.Erased() || !slices.ContainsFunc(people, named))
	}), nil
}

// A LinkFilter says which links of a territory are listed.
type LinkFilter struct {
	Territory int
	State     LinkState // "": all
	Page      int       // from 1
}

// ListLinks gives a page of the links of a territory, the newest first, and how
// many there are in all.
func ListLinks(ctx context.Context, tx *db.Tx, f LinkFilter) ([]Link, int, error) {
	q := linkQuery().Where("l.territory_id = ?", f.Territory)
	switch f.State {
	case Open:
		q.Where("l.revoked_at IS NULL AND l.expires_at > ?", tx.Now)
	case Expired:
		q.Where("l.revoked_at IS NULL AND l.expires_at <= ?", tx.Now)
	case Revoked:
		q.Where("l.revoked_at IS NOT NULL")
	}
	q.Order("l.created_at DESC", "l.id DESC").Page(f.Page, web.PageSize)
	links, all, err := db.CollectPage(ctx, tx, q, web.Counted, scanLink)
	if err != nil {
		return nil, 0, fmt.Errorf("list the links: %w", err)
	}
	return links, all, nil
}

func linkQuery() *db.Query {
	return db.Select("l.territory_id, l.id, l.generation, l.purpose, l.kind, l.record_id, l.sent_to, l.name, l.language, "+
		"l.created_at, l.expires_at, l.revoked_at, l.used_at", "auth_links l")
}

func scanLink(scan db.Scan) (l Link, err error) {
	err = scan(&l.TerritoryID, &l.ID, &l.Generation, &l.Purpose, &l.Kind, &l.RecordID, &l.SentTo, &l.Name, &l.Language,
		&l.CreatedAt, &l.ExpiresAt, &l.RevokedAt, &l.UsedAt)
	return l, err
}
