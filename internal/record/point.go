package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/ref"
)

// A Point is a field of a kind that points to other records, and the column that
// holds it: what follows when a record is merged into another, and what is known
// of a person beside their own record.
type Point struct {
	Field         string
	Table, Column db.SQL
	// To is the kind that it points to. Where it may be any, KindColumn holds it,
	// and the field's text is a reference: "organisation:0193...".
	To         string
	KindColumn db.SQL
}

// A Use is a record that points to another by one of its fields.
type Use struct {
	Ref   ref.Ref
	Field string
}

// Uses finds every record that points to one, in the trash too.
func (k Kinds) Uses(ctx context.Context, tx *db.Tx, to ref.Ref) ([]Use, error) {
	var uses []Use
	for _, kind := range k.Ordered() {
		for _, point := range kind.Points {
			ids, err := point.uses(ctx, tx, to)
			if err != nil {
				return nil, fmt.Errorf("find what points to %s by the %s of a %s: %w", to, point.Field, kind.Name, err)
			}
			for _, id := range ids {
				uses = append(uses, Use{ref.Ref{Territory: to.Territory, Kind: kind.Name, ID: id}, point.Field})
			}
		}
	}
	return uses, nil
}

func (p Point) uses(ctx context.Context, tx *db.Tx, to ref.Ref) ([]string, error) {
	q := db.Select("u.id", p.Table+" u").Where("u.territory_id = ?", to.Territory).Where("u."+p.Column+" = ?", to.ID)
	switch {
	case p.KindColumn != "":
		q.Where("u."+p.KindColumn+" = ?", to.Kind)
	case p.To != to.Kind:
		return nil, nil
	}
	return db.Collect(ctx, tx, q.Order("u.id"), db.One)
}

// repoint is the text of a field that points to one record, pointing to another
// instead: an id, several, or a reference.
func repoint(text string, from, to ref.Ref) string {
	var items []string
	for _, item := range Split(text) {
		switch item {
		case from.ID:
			item = to.ID
		case from.String():
			item = to.String()
		}
		if !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return joined(items)
}
