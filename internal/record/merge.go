package record

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
)

// A Difference is a field that two records to be merged do not have alike.
type Difference struct {
	Info
	Winner, Loser string
	// Take is the text that is proposed: the winner's, if it has one; of a list,
	// what either has.
	Take string
}

// Differences are the fields that a person decides on when two records are merged.
func (k Kind) Differences(winner, loser map[string]string) []Difference {
	var differences []Difference
	for _, info := range k.Fields {
		c := Difference{Info: info, Winner: winner[info.Name], Loser: loser[info.Name]}
		if c.Winner == c.Loser || info.Name == mergedInto {
			continue
		}
		switch {
		case c.Winner == "":
			c.Take = c.Loser
		case c.Loser != "" && (info.Type == List || info.Type == References):
			c.Take = joined(Split(c.Winner + ";" + c.Loser))
		default:
			c.Take = c.Winner
		}
		differences = append(differences, c)
	}
	return differences
}

// mergedInto is the field that says which record a merged one went into.
const mergedInto = "merged_into"

// Merge makes one record of two, in one batch that can be undone: what pointed
// to the loser points to the winner, the winner takes the texts that were
// chosen, and the loser goes to the trash, where it says which one to see.
func (k Kinds) Merge(ctx context.Context, tx *db.Tx, act Act, winner, loser ref.Ref, texts map[string]string) error {
	if act.Batch == "" {
		act.Batch = db.NewID()
	}
	if err := k.checkMerge(ctx, tx, winner, loser, texts); err != nil {
		return err
	}
	uses, err := k.Uses(ctx, tx, loser)
	if err != nil {
		return err
	}
	for _, use := range uses {
		if err := k.follow(ctx, tx, act, use, loser, winner); err != nil {
			return fmt.Errorf("let %s follow %s: %w", use.Ref, winner, err)
		}
	}
	kind := k[winner.Kind]
	if err := kind.Change(ctx, tx, act, winner.Territory, winner.ID, texts); err != nil {
		return err
	}
	if err := kind.Change(ctx, tx, act, loser.Territory, loser.ID, map[string]string{mergedInto: winner.ID}); err != nil {
		return err
	}
	return kind.Delete(ctx, tx, act, loser.Territory, loser.ID)
}

func (k Kinds) checkMerge(ctx context.Context, tx *db.Tx, winner, loser ref.Ref, texts map[string]string) error {
	kind := k[winner.Kind]
	if kind.CheckMerge == nil || winner == loser || winner.Kind != loser.Kind || winner.Territory != loser.Territory {
		return fault.New(fault.Invalid, "record.not_merged")
	}
	for _, of := range []ref.Ref{winner, loser} {
		card, err := k.Card(ctx, tx, of)
		if err != nil {
			return err
		}
		if card.Deleted {
			return fault.New(fault.Invalid, "record.merge_trash")
		}
	}
	return kind.CheckMerge(ctx, tx, winner, loser, texts)
}

// follow lets a record point to the winner that pointed to the loser.
func (k Kinds) follow(ctx context.Context, tx *db.Tx, act Act, use Use, loser, winner ref.Ref) error {
	if use.Ref.Kind == relationName {
		return followRelation(ctx, tx, act, use.Ref, loser, winner)
	}
	kind := k[use.Ref.Kind]
	texts, err := kind.Texts(ctx, tx, use.Ref.Territory, use.Ref.ID)
	if err != nil {
		return err
	}
	return kind.Change(ctx, tx, act, use.Ref.Territory, use.Ref.ID, map[string]string{
		use.Field: repoint(texts[use.Field], loser, winner),
	})
}

// followRelation moves an end of a relation. One that would tie a record to
// itself, or say what another says already, goes to the trash as it is.
func followRelation(ctx context.Context, tx *db.Tx, act Act, of, loser, winner ref.Ref) error {
	r, err := loadRelation(ctx, tx, of.Territory, of.ID)
	if err != nil {
		return err
	}
	for _, end := range []*ref.Ref{&r.From, &r.To} {
		if *end == loser {
			*end = winner
		}
	}
	twin, err := r.twin(ctx, tx)
	if err != nil {
		return err
	}
	if twin || r.From == r.To {
		return relations().Delete(ctx, tx, act, of.Territory, of.ID)
	}
	return relations().Save(ctx, tx, act, r)
}
