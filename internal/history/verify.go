package history

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
)

// A Report says what was verified, and what does not hold.
type Report struct {
	Entries, Erased, Seals, Unsealed int
	// Last is the hash of the last seal: the one to print or to send elsewhere.
	Last     string
	Problems []string
}

// Verify recomputes every hash of a territory's history and says where it is
// not what was written.
func Verify(ctx context.Context, tx *db.Tx, territory int) (Report, error) {
	v := verifier{q: New(tx), territory: territory}
	if err := v.chains(ctx); err != nil {
		return Report{}, fmt.Errorf("verify the history: %w", err)
	}
	if err := v.seals(ctx); err != nil {
		return Report{}, fmt.Errorf("verify the seals: %w", err)
	}
	return v.report, nil
}

type verifier struct {
	q         *Queries
	territory int
	report    Report
}

func (v *verifier) wrong(format string, args ...any) {
	v.report.Problems = append(v.report.Problems, fmt.Sprintf(format, args...))
}

func (v *verifier) chains(ctx context.Context) error {
	values, err := v.values(ctx)
	if err != nil {
		return err
	}
	rows, err := v.q.chained(ctx, v.territory)
	if err != nil {
		return err
	}
	var previous Entry
	for _, row := range rows {
		e := entryOf(v.territory, recordEntriesRow(row))
		if e.Ref != previous.Ref {
			previous = Entry{}
		}
		v.entry(previous, e, values[e.ID])
		previous = e
	}
	return nil
}

func (v *verifier) entry(previous, e Entry, values []value) {
	v.report.Entries++
	if !e.Sealed {
		v.report.Unsealed++
	}
	if e.Number != previous.Number+1 {
		v.wrong("%s: entry %d follows entry %d", e.Ref, e.Number, previous.Number)
	}
	if e.Hash != e.hash(previous.Hash, values) {
		v.wrong("%s: entry %d is not what was written", e.Ref, e.Number)
	}
}

// values reads the values of every entry and checks those that are not erased
// against their digests.
func (v *verifier) values(ctx context.Context) (map[string][]value, error) {
	rows, err := v.q.territoryValues(ctx, v.territory)
	if err != nil {
		return nil, err
	}
	values := map[string][]value{}
	for _, row := range rows {
		values[row.EntryID] = append(values[row.EntryID], value{Change: Change{Field: row.Field}, digest: row.Digest})
		switch {
		case !row.ErasedAt.IsZero():
			v.report.Erased++
		case row.Digest != digest(row.Salt.String, row.Before.String, row.After.String):
			v.wrong("entry %s: the values of %s are not what was written", row.EntryID, row.Field)
		}
	}
	return values, nil
}

func (v *verifier) seals(ctx context.Context) error {
	seals, err := v.q.seals(ctx, v.territory)
	if err != nil {
		return err
	}
	for i, seal := range seals {
		if seal.Number != i+1 {
			v.wrong("seal %d stands where seal %d should", seal.Number, i+1)
		}
		if err := v.seal(ctx, seal); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) seal(ctx context.Context, seal sealsRow) error {
	rows, err := v.q.sealEntries(ctx, v.territory, sql.NullInt32{Int32: int32(seal.Number), Valid: true})
	if err != nil {
		return err
	}
	entries := make([]hashed, len(rows))
	for i, row := range rows {
		entries[i] = hashed(row)
	}
	if len(entries) != seal.Entries {
		v.wrong("seal %d covers %d entries, and %d are there", seal.Number, seal.Entries, len(entries))
	}
	if seal.Hash != sealHash(v.report.Last, v.territory, seal.Number, seal.At, entries) {
		v.wrong("seal %d is not what was written", seal.Number)
	}
	v.report.Seals, v.report.Last = v.report.Seals+1, seal.Hash
	return nil
}
