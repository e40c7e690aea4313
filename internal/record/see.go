package record

import (
	"context"
	"maps"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// See finds what there is to know of a record that the viewer may see. What is
// on another record is seen only with that one, and is as good as deleted where
// that one is.
func (k Kinds) See(ctx context.Context, tx *db.Tx, v territory.Viewer, of ref.Ref) (Card, error) {
	if of.Territory != v.Territory.ID {
		return Card{}, fault.New(fault.NotFound, "record.none")
	}
	card, err := k.Card(ctx, tx, of)
	if err != nil {
		return Card{}, err
	}
	if !card.On.IsZero() {
		on, err := k.See(ctx, tx, v, card.On)
		if err != nil {
			return Card{}, err
		}
		// What the record itself keeps of the other may be older than that one.
		card.Subject, card.Deleted = on.Subject, card.Deleted || on.Deleted
	}
	if !v.May(of.Kind, "see", card.Subject) {
		return Card{}, fault.New(fault.NotFound, "record.none")
	}
	return card, nil
}

// Search finds the records of any kind that the viewer may see, as [Search]
// does.
func (k Kinds) Search(ctx context.Context, tx *db.Tx, v territory.Viewer, query string, limit int) ([]Hit, error) {
	hits, err := Search(ctx, tx, v, slices.Sorted(maps.Keys(k)), query, limit)
	if err != nil {
		return nil, err
	}
	seen := hits[:0]
	for _, hit := range hits {
		if k[hit.Ref.Kind].Attached {
			card, err := k.See(ctx, tx, v, hit.Ref)
			switch {
			case fault.Is(err, fault.NotFound), card.Deleted:
				continue
			case err != nil:
				return nil, err
			}
		}
		seen = append(seen, hit)
	}
	return seen, nil
}
