package link

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
)

// mostHistory bounds how many changes of one link are given.
const mostHistory = 1000

// Trace is what personal links hold of people: those for their record, those
// sent to their addresses and, of those sent to nobody, the ones in their name.
func Trace() record.Trace { return record.Trace{Kind: "link", Held: held, Erase: erase} }

func held(ctx context.Context, tx *db.Tx, who record.Human) ([]record.Held, error) {
	links, err := linksOf(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	all := make([]record.Held, len(links))
	for i, l := range links {
		entries, err := history.Of(ctx, tx, l.Ref(), mostHistory)
		if err != nil {
			return nil, err
		}
		all[i] = record.Held{Ref: l.Ref(), Field: "name", Texts: l.Texts(), History: entries}
	}
	return all, nil
}

func erase(ctx context.Context, tx *db.Tx, act record.Act, who record.Human) (int, error) {
	links, err := linksOf(ctx, tx, who)
	if err != nil {
		return 0, err
	}
	for _, l := range links {
		if err := auth.EraseLink(ctx, tx, act.By, l); err != nil {
			return 0, err
		}
	}
	return len(links), nil
}

// linksOf are the links of somebody, each once; what was erased is nobody's.
func linksOf(ctx context.Context, tx *db.Tx, who record.Human) ([]auth.Link, error) {
	links, err := auth.LinksTo(ctx, tx, who.Territory, who.Emails, who.Names)
	if err != nil {
		return nil, err
	}
	for _, of := range who.Records {
		theirs, err := auth.LinksOf(ctx, tx, of)
		if err != nil {
			return nil, fmt.Errorf("find the links of somebody: %w", err)
		}
		for _, l := range theirs {
			if !l.Erased() && !slices.Contains(links, l) {
				links = append(links, l)
			}
		}
	}
	return links, nil
}
