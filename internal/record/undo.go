package record

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
)

// Undone says what undoing came to.
type Undone struct {
	// Done counts the changes taken back.
	Done int
	// Kept are the records that were changed again since: they are left alone.
	Kept []ref.Ref
}

// Undo takes back what was done together, the last first. What somebody changed
// since is left as it is, and said.
func (k Kinds) Undo(ctx context.Context, tx *db.Tx, by history.Actor, territory int, batch string) (Undone, error) {
	entries, err := history.Batch(ctx, tx, territory, batch)
	if err != nil {
		return Undone{}, err
	}
	if len(entries) == 0 {
		return Undone{}, fault.New(fault.NotFound, "record.nothing_to_undo")
	}
	var undone Undone
	act := Act{By: by, Batch: db.NewID()}
	for _, entry := range entries {
		kept, err := k.undo(ctx, tx, act, entry)
		if err != nil {
			return Undone{}, fmt.Errorf("undo what was done to %s: %w", entry.Ref, err)
		}
		if kept {
			undone.Kept = append(undone.Kept, entry.Ref)
		} else {
			undone.Done++
		}
	}
	return undone, nil
}

// mostOfBatch bounds how often one record is changed in a batch.
const mostOfBatch = 100

// UndoOne takes back what was done to one record in a batch: a large batch is
// undone record by record, in several transactions.
func (k Kinds) UndoOne(ctx context.Context, tx *db.Tx, act Act, of ref.Ref, batch string) (kept bool, err error) {
	entries, err := history.Of(ctx, tx, of, mostOfBatch)
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		if entry.Batch != batch || kept {
			continue
		}
		if kept, err = k.undo(ctx, tx, act, entry); err != nil {
			return false, fmt.Errorf("undo what was done to %s: %w", of, err)
		}
	}
	return kept, nil
}

func (k Kinds) undo(ctx context.Context, tx *db.Tx, act Act, e history.Entry) (kept bool, err error) {
	kind, known := k[e.Ref.Kind]
	if !known {
		return true, nil
	}
	switch e.Action {
	case "erase":
		return true, nil // nothing is left to put back
	case "create":
		return k.undoCreate(ctx, tx, act, kind, e)
	case "delete":
		return false, kind.Restore(ctx, tx, act, e.Ref.Territory, e.Ref.ID)
	case "restore":
		return false, kind.Delete(ctx, tx, act, e.Ref.Territory, e.Ref.ID)
	default:
		return undoEdit(ctx, tx, act, kind, e)
	}
}

// undoCreate deletes what was made, unless somebody worked on it since.
func (k Kinds) undoCreate(ctx context.Context, tx *db.Tx, act Act, kind Kind, e history.Entry) (kept bool, err error) {
	texts, err := kind.Texts(ctx, tx, e.Ref.Territory, e.Ref.ID)
	if err != nil {
		return false, err
	}
	for _, change := range e.Changes {
		if texts[change.Field] != change.After {
			return true, nil
		}
	}
	return false, kind.Delete(ctx, tx, act, e.Ref.Territory, e.Ref.ID)
}

// undoEdit puts the former values back, unless one was changed since.
func undoEdit(ctx context.Context, tx *db.Tx, act Act, kind Kind, e history.Entry) (kept bool, err error) {
	texts, err := kind.Texts(ctx, tx, e.Ref.Territory, e.Ref.ID)
	if err != nil {
		return false, err
	}
	former := map[string]string{}
	for _, change := range e.Changes {
		if change.Erased || texts[change.Field] != change.After {
			return true, nil
		}
		former[change.Field] = change.Before
	}
	return false, kind.Change(ctx, tx, act, e.Ref.Territory, e.Ref.ID, former)
}
