package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
)

// erase empties the personal fields of a record, and makes its history
// unreadable. What the noun demands of a record does not hold any more.
func (n Noun[T]) erase(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error {
	record, err := n.Load(ctx, tx, territory, id)
	if err != nil {
		return err
	}
	for _, field := range n.Fields {
		if !field.Personal {
			continue
		}
		if err := field.Set(record, ""); err != nil {
			return fmt.Errorf("empty the field %s: %w", field.Name, err)
		}
	}
	m := n.Meta(record)
	m.Version++
	m.UpdatedAt = tx.Now
	if err := n.Update(ctx, tx, record); err != nil {
		return fmt.Errorf("erase the %s: %w", n.Name, err)
	}
	if err := history.Erase(ctx, tx, n.Ref(record)); err != nil {
		return err
	}
	return n.kept(ctx, tx, act, "erase", record, record)
}

// Personal says whether records of the kind tell something of a human.
func (k Kind) Personal() bool {
	return slices.ContainsFunc(k.Fields, func(info Info) bool { return info.Personal })
}

// Erase removes what is known of a human for good: their record, those that were
// merged into it, and what other records say of them. It gives how many records
// of each kind were emptied. The record itself stays in the trash, empty, so
// that what points to it still counts.
func (k Kinds) Erase(ctx context.Context, tx *db.Tx, act Act, of ref.Ref) (map[string]int, error) {
	if _, known := k[of.Kind]; !known {
		return nil, fault.New(fault.NotFound, "record.none")
	}
	if act.Batch == "" {
		act.Batch = db.NewID()
	}
	about, err := k.about(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, held := range about {
		kind := k[held.Ref.Kind]
		if !kind.Personal() {
			continue
		}
		if held.Ref.Kind == of.Kind || kind.Attached {
			if err := kind.Delete(ctx, tx, act, held.Ref.Territory, held.Ref.ID); err != nil {
				return nil, err
			}
		}
		if err := kind.Erase(ctx, tx, act, held.Ref.Territory, held.Ref.ID); err != nil {
			return nil, err
		}
		counts[held.Ref.Kind]++
	}
	return counts, nil
}

// about lists a record, those that were merged into it, and all that points to
// any of them, each once.
func (k Kinds) about(ctx context.Context, tx *db.Tx, of ref.Ref) ([]Use, error) {
	all := []Use{{Ref: of}}
	for i := 0; i < len(all); i++ {
		if all[i].Ref.Kind != of.Kind {
			continue
		}
		uses, err := k.Uses(ctx, tx, all[i].Ref)
		if err != nil {
			return nil, err
		}
		for _, use := range uses {
			known := slices.ContainsFunc(all, func(u Use) bool { return u.Ref == use.Ref })
			if !known && (use.Ref.Kind != of.Kind || use.Field == mergedInto) {
				all = append(all, use)
			}
		}
	}
	return all, nil
}

// A Held is a record that holds something of a human.
type Held struct {
	Ref ref.Ref
	// Field is the one by which it points to them; "": it is their own record.
	Field string
	Title string
	// Texts are all that it says, where it is about them; otherwise only the field.
	Texts   map[string]string
	Deleted bool
	History []history.Entry
}

// mostHistory bounds how many changes of one record are given.
const mostHistory = 10_000

// Held gives all that is held of a human, their own record first: what they may
// ask for.
func (k Kinds) Held(ctx context.Context, tx *db.Tx, of ref.Ref) ([]Held, error) {
	about, err := k.about(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	all := make([]Held, len(about))
	for i, use := range about {
		if all[i], err = k.held(ctx, tx, use); err != nil {
			return nil, fmt.Errorf("collect what %s holds: %w", use.Ref, err)
		}
	}
	return all, nil
}

func (k Kinds) held(ctx context.Context, tx *db.Tx, use Use) (Held, error) {
	card, err := k.Card(ctx, tx, use.Ref)
	if err != nil {
		return Held{}, err
	}
	kind := k[use.Ref.Kind]
	h := Held{Ref: use.Ref, Field: use.Field, Title: card.Title, Deleted: card.Deleted}
	if h.Texts, err = kind.Texts(ctx, tx, use.Ref.Territory, use.Ref.ID); err != nil {
		return Held{}, err
	}
	if !kind.Personal() && kind.Name != relationName {
		h.Texts = map[string]string{use.Field: h.Texts[use.Field]}
		return h, nil // the rest is about others
	}
	h.History, err = history.Of(ctx, tx, use.Ref, mostHistory)
	return h, err
}
