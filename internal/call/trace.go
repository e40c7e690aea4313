package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
)

// mostHistory bounds how many changes of one application are given.
const mostHistory = 1000

// Trace is what applications hold of people: those that were begun with one of
// their addresses, with all that was typed and answered.
func Trace() record.Trace { return record.Trace{Kind: "application", Held: held, Erase: erase} }

func held(ctx context.Context, tx *db.Tx, who record.Human) ([]record.Held, error) {
	ids, err := begunBy(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	all := make([]record.Held, len(ids))
	for i, id := range ids {
		a, err := loadApplication(ctx, tx, who.Territory, id)
		if err != nil {
			return nil, err
		}
		texts := Applications().Fields.Texts(a)
		texts["answers"] = toJSON(a.Answers) + toJSON(a.Typed) // it has one of the two
		all[i] = record.Held{Ref: Applications().Ref(a), Field: "email", Title: a.Title(), Texts: texts, Deleted: a.Deleted()}
		if all[i].History, err = history.Of(ctx, tx, all[i].Ref, mostHistory); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func erase(ctx context.Context, tx *db.Tx, act record.Act, who record.Human) (int, error) {
	ids, err := begunBy(ctx, tx, who)
	if err != nil {
		return 0, err
	}
	kind := Applications().Kind()
	for _, id := range ids {
		if err := kind.Erase(ctx, tx, act, who.Territory, id); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// begunBy are the applications that were begun with an address of somebody.
func begunBy(ctx context.Context, tx *db.Tx, who record.Human) ([]string, error) {
	q := db.Select("a.id", "applications a").Where("a.territory_id = ?", who.Territory).In("a.email", who.Emails...).Order("a.id")
	ids, err := db.Collect(ctx, tx, q, db.One)
	if err != nil {
		return nil, fmt.Errorf("find the applications of somebody: %w", err)
	}
	return ids, nil
}
