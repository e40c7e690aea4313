package history

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
)

// A value is a change with what its digest is made of.
type value struct {
	Change
	salt, digest string
}

// sealValues gives each change a salt and a digest, in order of the fields.
func sealValues(changes []Change) []value {
	values := make([]value, len(changes))
	for i, change := range changes {
		salt := rand.Text()
		values[i] = value{change, salt, digest(salt, change.Before, change.After)}
	}
	slices.SortFunc(values, func(a, b value) int { return cmp.Compare(a.Field, b.Field) })
	return values
}

func (v value) params(territory int, entry string) addValueParams {
	return addValueParams{
		TerritoryID: territory, EntryID: entry, Field: v.Field,
		Before: text(v.Before), After: text(v.After), Salt: text(v.salt), Digest: v.digest,
	}
}

func text(s string) sql.NullString { return sql.NullString{String: s, Valid: true} }

// digest is what a chain keeps of a value. Without the salt, nobody can try
// out values against it.
func digest(salt, before, after string) string { return sum("value", salt, before, after) }

// hash covers the entry, the one before it, and the digests of its values. The
// actor's name is not covered: a person's name may have to be erased.
func (e Entry) hash(previous string, values []value) string {
	parts := []string{
		"entry", previous, strconv.Itoa(e.Ref.Territory), e.Ref.Kind, e.Ref.ID, strconv.Itoa(e.Number),
		e.ID, e.Batch, e.Action, e.Actor.ID, e.At.Text(),
	}
	for _, v := range values {
		parts = append(parts, v.Field, v.digest)
	}
	return sum(parts...)
}

// sum is the SHA-256 of the parts, each with its length in front, so that no
// two lists of parts are written alike.
func sum(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		add(h, part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func add(h hash.Hash, part string) { fmt.Fprintf(h, "%d:%s", len(part), part) }

// A hashed is an entry as a seal sees it.
type hashed struct{ ID, Hash string }

func sealHash(previous string, territory, number int, at db.Instant, entries []hashed) string {
	h := sha256.New()
	for _, part := range []string{"seal", previous, strconv.Itoa(territory), strconv.Itoa(number), at.Text()} {
		add(h, part)
	}
	for _, e := range entries {
		add(h, e.ID)
		add(h, e.Hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// SealAll seals the new entries of every territory that has some.
func SealAll(ctx context.Context, d *db.DB) error {
	var territories []int
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		territories, err = New(tx).territoriesToSeal(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("find what to seal: %w", err)
	}
	for _, territory := range territories {
		if err := d.Write(ctx, func(tx *db.Tx) error { return Seal(ctx, tx, territory) }); err != nil {
			return err
		}
	}
	return nil
}

// Seal covers a territory's entries that no seal covers yet with a new one.
func Seal(ctx context.Context, tx *db.Tx, territory int) error {
	q := New(tx)
	rows, err := q.unsealed(ctx, territory)
	if err != nil || len(rows) == 0 {
		return err
	}
	last, err := q.lastSeal(ctx, territory)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find the last seal: %w", err)
	}
	entries := make([]hashed, len(rows))
	for i, row := range rows {
		entries[i] = hashed(row)
	}
	number := last.Number + 1
	seal := addSealParams{territory, number, len(entries), tx.Now, sealHash(last.Hash, territory, number, tx.Now, entries)}
	if err := q.addSeal(ctx, seal); err != nil {
		return fmt.Errorf("seal territory %d: %w", territory, err)
	}
	return q.markSealed(ctx, sql.NullInt32{Int32: int32(number), Valid: true}, territory)
}
