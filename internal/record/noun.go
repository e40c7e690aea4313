package record

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Noun says how the records of one type are kept. From it come adding,
// changing, deleting, history, search and undo.
type Noun[T any] struct {
	Name   string // of the kind: "organisation"
	Fields Fields[T]
	Meta   func(record *T) *Meta
	// Load finds a record, in the trash too; none is a NotFound fault.
	Load   func(ctx context.Context, tx *db.Tx, territory int, id string) (*T, error)
	Insert func(ctx context.Context, tx *db.Tx, record *T) error
	// Update writes the record as it stands.
	Update func(ctx context.Context, tx *db.Tx, record *T) error
	// Settle derives what follows from the fields, such as a key to sort by,
	// and says what is wrong with the record.
	Settle func(record *T) error
	// Found says how the record is found, and who may find it.
	Found func(record *T) Found
}

// Found is what search keeps of a record.
type Found struct {
	Title, Detail string
	// Words are all the texts that the record is found by, folded.
	Words   []string
	Subject territory.Subject
	// On is the record that it is on, if any.
	On ref.Ref
}

// Ref points to a record.
func (n Noun[T]) Ref(record *T) ref.Ref {
	m := n.Meta(record)
	return ref.Ref{Territory: m.Territory, Kind: n.Name, ID: m.ID}
}

// Add keeps a new record: Territory, Owner and Fictional are the caller's, the
// rest of its meta is set here.
func (n Noun[T]) Add(ctx context.Context, tx *db.Tx, act Act, record *T) error {
	if err := n.Settle(record); err != nil {
		return err
	}
	m := n.Meta(record)
	m.ID, m.Version, m.CreatedAt, m.UpdatedAt, m.DeletedAt = db.NewID(), 1, tx.Now, tx.Now, db.Instant{}
	if err := n.Insert(ctx, tx, record); err != nil {
		return fmt.Errorf("add the %s: %w", n.Name, err)
	}
	return n.kept(ctx, tx, act, "create", record, nil)
}

// Save keeps the changes to a record, whose version is the one that was read.
func (n Noun[T]) Save(ctx context.Context, tx *db.Tx, act Act, record *T) error {
	m := n.Meta(record)
	before, err := n.Load(ctx, tx, m.Territory, m.ID)
	if err != nil {
		return err
	}
	if n.Meta(before).Version != m.Version {
		return fault.New(fault.Conflict, "record.changed")
	}
	if err := n.Settle(record); err != nil {
		return err
	}
	if len(history.Diff(n.Fields.Texts(before), n.Fields.Texts(record))) == 0 {
		return nil
	}
	return n.update(ctx, tx, act, "edit", record, before)
}

// Delete puts a record into the trash.
func (n Noun[T]) Delete(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error {
	return n.move(ctx, tx, act, "delete", territory, id, tx.Now)
}

// Restore takes a record out of the trash.
func (n Noun[T]) Restore(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error {
	return n.move(ctx, tx, act, "restore", territory, id, db.Instant{})
}

func (n Noun[T]) move(ctx context.Context, tx *db.Tx, act Act, action string, territory int, id string, deletedAt db.Instant) error {
	record, err := n.Load(ctx, tx, territory, id)
	if err != nil {
		return err
	}
	m := n.Meta(record)
	if m.Deleted() == !deletedAt.IsZero() {
		return nil // it is there already
	}
	m.DeletedAt = deletedAt
	return n.update(ctx, tx, act, action, record, record)
}

func (n Noun[T]) update(ctx context.Context, tx *db.Tx, act Act, action string, record, before *T) error {
	m := n.Meta(record)
	m.Version++
	m.UpdatedAt = tx.Now
	if err := n.Update(ctx, tx, record); err != nil {
		return fmt.Errorf("%s the %s: %w", action, n.Name, err)
	}
	return n.kept(ctx, tx, act, action, record, before)
}

// kept writes what follows from a change: its history, and how it is found.
func (n Noun[T]) kept(ctx context.Context, tx *db.Tx, act Act, action string, record, before *T) error {
	texts := map[string]string{}
	if before != nil {
		texts = n.Fields.Texts(before)
	}
	_, err := history.Write(ctx, tx, history.Event{
		Ref: n.Ref(record), Actor: act.By, Action: action, Batch: act.Batch,
		Changes: history.Diff(texts, n.Fields.Texts(record)),
	})
	if err != nil {
		return err
	}
	if n.Meta(record).Deleted() {
		return forget(ctx, tx, n.Ref(record))
	}
	return index(ctx, tx, n.Ref(record), n.Found(record))
}

// Kind is the noun as other folders know it.
func (n Noun[T]) Kind() Kind {
	return Kind{
		Name:   n.Name,
		Fields: n.Fields.Infos(),
		Card: func(ctx context.Context, tx *db.Tx, territory int, id string) (Card, error) {
			record, err := n.Load(ctx, tx, territory, id)
			if err != nil {
				return Card{}, err
			}
			return n.card(record), nil
		},
		Texts: func(ctx context.Context, tx *db.Tx, territory int, id string) (map[string]string, error) {
			record, err := n.Load(ctx, tx, territory, id)
			if err != nil {
				return nil, err
			}
			return n.Fields.Texts(record), nil
		},
		Change: n.change, Delete: n.Delete, Restore: n.Restore, Create: n.create, Draft: n.draft, Erase: n.erase,
	}
}

func (n Noun[T]) card(record *T) Card {
	m, found := n.Meta(record), n.Found(record)
	return Card{
		Ref: n.Ref(record), Title: found.Title, Detail: found.Detail, Subject: found.Subject, On: found.On,
		Fictional: m.Fictional, Deleted: m.Deleted(),
	}
}

// change sets some fields of a record, whatever its version.
func (n Noun[T]) change(ctx context.Context, tx *db.Tx, act Act, territory int, id string, texts map[string]string) error {
	record, err := n.Load(ctx, tx, territory, id)
	if err != nil {
		return err
	}
	if err := n.Fields.Apply(record, texts).Or(); err != nil {
		return err
	}
	return n.Save(ctx, tx, act, record)
}

// create adds a record of which some fields are given.
func (n Noun[T]) create(ctx context.Context, tx *db.Tx, act Act, meta Meta, texts map[string]string) (string, error) {
	record := new(T)
	*n.Meta(record) = meta
	if err := n.Fields.Apply(record, texts).Or(); err != nil {
		return "", err
	}
	err := n.Add(ctx, tx, act, record)
	return n.Meta(record).ID, err
}
