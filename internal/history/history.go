// Package history keeps what became of every record: who changed what, when,
// from what to what. An entry is written in the transaction of the change.
//
// The entries of a record form a chain: the hash of each covers the previous
// one and a salted digest of each value. So nobody can alter or remove an entry
// unseen, and yet a value can be erased for good, with its salt, without
// breaking the chain. A territory's entries are sealed every minute in a second
// chain, whose last hash can be printed or sent elsewhere: see [Seal] and
// [Verify].
package history

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/ref"
)

// An Actor is who did something: a user, a visitor by a personal link, or the
// program itself. The id is for the chain, the name for people.
type Actor struct{ ID, Name string }

// System is the program, at work by itself.
func System() Actor { return Actor{ID: "system"} }

// A Change is what became of one field, as the text that the field is written
// as.
type Change struct {
	Field         string
	Before, After string
	// Erased says that both were erased since.
	Erased bool
}

// An Event is something done to a record.
type Event struct {
	Ref    ref.Ref
	Actor  Actor
	Action string // "create", "edit", "delete", ...
	// Batch is an id shared by what was done together, such as an import, and
	// can be undone together. Empty: the event stands alone.
	Batch   string
	Changes []Change
}

// An Entry is an event as it was kept.
type Entry struct {
	Event
	ID     string
	Number int // among the record's entries, from 1
	At     db.Instant
	Hash   string
	Sealed bool
}

// Write adds an event to the history of its record, and gives the batch that it
// belongs to.
func Write(ctx context.Context, tx *db.Tx, e Event) (batch string, err error) {
	q := New(tx)
	last, err := q.lastEntry(ctx, e.Ref.Territory, e.Ref.Kind, e.Ref.ID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find the last entry of %s: %w", e.Ref, err)
	}
	entry := Entry{Event: e, ID: db.NewID(), Number: last.Number + 1, At: tx.Now}
	entry.Batch = cmp.Or(e.Batch, entry.ID)
	values := sealValues(e.Changes)
	entry.Hash = entry.hash(last.Hash, values)
	if err := q.addEntry(ctx, entry.params()); err != nil {
		return "", fmt.Errorf("add to the history of %s: %w", e.Ref, err)
	}
	for _, v := range values {
		if err := q.addValue(ctx, v.params(e.Ref.Territory, entry.ID)); err != nil {
			return "", fmt.Errorf("add to the history of %s: %w", e.Ref, err)
		}
	}
	return entry.Batch, nil
}

func (e Entry) params() addEntryParams {
	return addEntryParams{
		TerritoryID: e.Ref.Territory, ID: e.ID, Kind: e.Ref.Kind, RecordID: e.Ref.ID, Number: e.Number,
		Batch: e.Batch, Action: e.Action, Actor: e.Actor.ID, ActorName: e.Actor.Name, At: e.At, Hash: e.Hash,
	}
}

// Of gives the last entries of a record, the newest first.
func Of(ctx context.Context, tx *db.Tx, of ref.Ref, limit int) ([]Entry, error) {
	q := New(tx)
	rows, err := q.recordEntries(ctx, recordEntriesParams{of.Territory, of.Kind, of.ID, int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", of, err)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		if entries[i], err = q.full(ctx, of.Territory, row); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// Count is how many entries a record has.
func Count(ctx context.Context, tx *db.Tx, of ref.Ref) (int, error) {
	n, err := New(tx).countEntries(ctx, of.Territory, of.Kind, of.ID)
	return int(n), err
}

// Latest gives the last entries of a whole territory about some kinds of
// records, the newest first, without their values.
func Latest(ctx context.Context, tx *db.Tx, territory int, kinds []string, limit int) ([]Entry, error) {
	q := db.Select("e.id, e.kind, e.record_id, e.number, e.batch, e.action, e.actor, e.actor_name, e.at, e.hash, e.seal", "history_entries e").
		Where("e.territory_id = ?", territory).In("e.kind", kinds...).Order("e.id DESC").Page(1, limit)
	entries, err := db.Collect(ctx, tx, q, func(scan db.Scan) (Entry, error) {
		var row recordEntriesRow
		err := scan(&row.ID, &row.Kind, &row.RecordID, &row.Number, &row.Batch, &row.Action, &row.Actor, &row.ActorName, &row.At, &row.Hash, &row.Seal)
		return entryOf(territory, row), err
	})
	if err != nil {
		return nil, fmt.Errorf("read the latest history: %w", err)
	}
	return entries, nil
}

// Batch gives what was done together, the last first: the order to undo it in.
func Batch(ctx context.Context, tx *db.Tx, territory int, batch string) ([]Entry, error) {
	q := New(tx)
	rows, err := q.batchEntries(ctx, territory, batch)
	if err != nil {
		return nil, fmt.Errorf("read the batch %s: %w", batch, err)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		if entries[i], err = q.full(ctx, territory, recordEntriesRow(row)); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (q *Queries) full(ctx context.Context, territory int, row recordEntriesRow) (Entry, error) {
	e := entryOf(territory, row)
	values, err := q.entryValues(ctx, territory, row.ID)
	if err != nil {
		return Entry{}, fmt.Errorf("read the values of entry %s: %w", row.ID, err)
	}
	for _, v := range values {
		e.Changes = append(e.Changes, Change{v.Field, v.Before.String, v.After.String, !v.ErasedAt.IsZero()})
	}
	return e, nil
}

func entryOf(territory int, row recordEntriesRow) Entry {
	return Entry{
		Event: Event{
			Ref:   ref.Ref{Territory: territory, Kind: row.Kind, ID: row.RecordID},
			Actor: Actor{row.Actor, row.ActorName}, Action: row.Action, Batch: row.Batch,
		},
		ID: row.ID, Number: row.Number, At: row.At, Hash: row.Hash, Sealed: row.Seal.Valid,
	}
}

// Erase makes every value in the history of a record unreadable, for good. The
// chain stays whole.
func Erase(ctx context.Context, tx *db.Tx, of ref.Ref) error {
	_, err := New(tx).eraseValues(ctx, eraseValuesParams{
		ErasedAt: tx.Now, TerritoryID: of.Territory, Kind: of.Kind, RecordID: of.ID,
	})
	if err != nil {
		return fmt.Errorf("erase the history of %s: %w", of, err)
	}
	return nil
}

// EraseActor removes the name of somebody who did things; the id stays.
func EraseActor(ctx context.Context, tx *db.Tx, territory int, id string) error {
	_, err := New(tx).eraseActor(ctx, territory, id)
	return err
}

// Diff lists the fields that differ, in order of their names. Both maps are
// field -> text; a field that is missing is empty.
func Diff(before, after map[string]string) []Change {
	var changes []Change
	for field, text := range before {
		if text != after[field] {
			changes = append(changes, Change{Field: field, Before: text, After: after[field]})
		}
	}
	for field, text := range after {
		if _, known := before[field]; !known && text != "" {
			changes = append(changes, Change{Field: field, After: text})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Field, b.Field) })
	return changes
}
