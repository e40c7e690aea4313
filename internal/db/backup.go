package db

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoSchema says that a database was never brought to any version.
var ErrNoSchema = errors.New("the database holds no schema of Escale")

// MigrateTo brings an older schema up to a version, which may be older than the
// program's: what was written before an update is copied as it was.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	if version == 0 {
		return ErrNoSchema
	}
	p, err := d.provider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("bring the schema to version %d: %w", version, err)
	}
	return nil
}

// A Depth is how closely a SQLite file is looked at.
type Depth string

// Quick looks at the pages; Thorough at indexes and foreign keys as well.
const (
	Quick    Depth = "quick_check"
	Thorough Depth = "integrity_check"
)

// Damage says what is damaged inside a SQLite file; nothing in a sound one.
// PostgreSQL looks after its own files.
func (d *DB) Damage(ctx context.Context, depth Depth) (found []string, err error) {
	if d.engine != SQLite {
		return nil, nil
	}
	queries := []string{"SELECT " + string(depth) + " FROM pragma_" + string(depth) + " WHERE " + string(depth) + " <> 'ok'"}
	if depth == Thorough {
		queries = append(queries, `SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check`)
	}
	err = d.Read(ctx, func(tx *Tx) error {
		for _, query := range queries {
			rows, err := tx.QueryContext(ctx, query)
			if err != nil {
				return fmt.Errorf("check the SQLite file: %w", err)
			}
			more, err := collect(rows, One)
			if err != nil {
				return fmt.Errorf("check the SQLite file: %w", err)
			}
			found = append(found, more...)
		}
		return nil
	})
	return found, err
}
