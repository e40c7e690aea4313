package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// ErrNotEmpty refuses to copy into a database that holds something.
var ErrNotEmpty = errors.New("the database is not empty")

// A VersionError refuses to copy between schemas of different versions.
type VersionError struct{ From, To int64 }

// Error names both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the schemas differ: version %d is to be copied into version %d", e.From, e.To)
}

// Content says what a database holds: two that hold the same rows have the same
// content, on whichever engines.
type Content []TableContent

// TableContent is a table's number of rows, and a digest of them all that does
// not depend on their order.
type TableContent struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

// Rows is how many rows there are in all.
func (c Content) Rows() (n int64) {
	for _, t := range c {
		n += t.Rows
	}
	return n
}

// compare says the first difference between two contents.
func (c Content) compare(other Content) error {
	if len(c) != len(other) {
		return fmt.Errorf("there are %d tables here and %d there", len(c), len(other))
	}
	for i, t := range c {
		if t != other[i] {
			return fmt.Errorf("table %s has %d rows with digest %.12s here, and %s %d with %.12s there",
				t.Table, t.Rows, t.Digest, other[i].Table, other[i].Rows, other[i].Digest)
		}
	}
	return nil
}

// Content reads every row, in one snapshot.
func (d *DB) Content(ctx context.Context) (content Content, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		list, err := tables(ctx, tx)
		if err == nil {
			content, err = measure(ctx, tx, list)
		}
		return err
	})
	return content, err
}

// IsEmpty says whether no table has a row.
func (d *DB) IsEmpty(ctx context.Context) (empty bool, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		list, err := tables(ctx, tx)
		if err == nil {
			empty, err = allEmpty(ctx, tx, list)
		}
		return err
	})
	return empty, err
}

// Copy writes all that one database holds into another, between any two
// engines, and gives what it wrote. It reads one snapshot of the source, while
// others may go on writing there, and writes in one transaction that is kept
// only when what is read back from the target is what was read from the
// source. The target has the same version of the schema. It is empty, unless
// it is to be replaced: then its rows go, in the same transaction.
func Copy(ctx context.Context, from, to *DB, replace bool) (content Content, err error) {
	if err := sameVersion(ctx, from, to); err != nil {
		return nil, err
	}
	err = from.Read(ctx, func(source *Tx) error {
		return to.Write(ctx, func(target *Tx) (err error) {
			content, err = copyRows(ctx, source, target, replace)
			return err
		})
	})
	return content, err
}

func sameVersion(ctx context.Context, from, to *DB) error {
	here, _, err := from.Versions(ctx)
	if err != nil {
		return err
	}
	there, _, err := to.Versions(ctx)
	if err == nil && here != there {
		err = &VersionError{here, there}
	}
	return err
}

func copyRows(ctx context.Context, source, target *Tx, replace bool) (Content, error) {
	list, into, err := bothTables(ctx, source, target)
	if err != nil {
		return nil, err
	}
	if err := makeRoom(ctx, target, into, replace); err != nil {
		return nil, err
	}
	resume, err := postpone(ctx, target)
	if err != nil {
		return nil, err
	}
	var read Content
	for i, t := range list {
		content, err := t.copy(ctx, source, into[i], target)
		if err != nil {
			return nil, err
		}
		read = append(read, content)
	}
	if err := resume(); err != nil {
		return nil, err
	}
	written, err := measure(ctx, target, into)
	if err != nil {
		return nil, err
	}
	if err := read.compare(written); err != nil {
		return nil, fmt.Errorf("what was written is not what was read: %w", err)
	}
	return written, countOn(ctx, target, into)
}

// bothTables lists the tables of source and target, in the same order.
func bothTables(ctx context.Context, source, target *Tx) (list, into []table, err error) {
	if list, err = tables(ctx, source); err != nil {
		return nil, nil, err
	}
	if into, err = tables(ctx, target); err != nil {
		return nil, nil, err
	}
	same := func(a, b column) bool { return a.name == b.name && a.kind == b.kind }
	for i, t := range list {
		if i >= len(into) || t.name != into[i].name || !slices.EqualFunc(t.columns, into[i].columns, same) {
			return nil, nil, fmt.Errorf("the target has no table %s with the same columns", t.name)
		}
	}
	if len(into) > len(list) {
		return nil, nil, fmt.Errorf("the source has no table %s", into[len(list)].name)
	}
	return list, into, nil
}

func makeRoom(ctx context.Context, tx *Tx, list []table, replace bool) error {
	if !replace {
		empty, err := allEmpty(ctx, tx, list)
		if err == nil && !empty {
			err = ErrNotEmpty
		}
		return err
	}
	for _, t := range slices.Backward(list) {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+quoted(t.name)); err != nil {
			return fmt.Errorf("empty %s: %w", t.name, err)
		}
	}
	return nil
}

func allEmpty(ctx context.Context, tx *Tx, list []table) (bool, error) {
	for _, t := range list {
		if empty, err := t.isEmpty(ctx, tx); err != nil || !empty {
			return false, err
		}
	}
	return true, nil
}

// chunk is how many rows are written at a time, where they have few columns.
const chunk = 500

// copy writes the table's rows into another, and measures them on the way.
func (t table) copy(ctx context.Context, source *Tx, into table, target *Tx) (TableContent, error) {
	size := max(min(chunk, parameters/len(t.columns)), 1)
	var sum digest
	var waiting [][]any
	write := func() error {
		if len(waiting) == 0 {
			return nil
		}
		err := into.insert(ctx, target, waiting)
		waiting = waiting[:0]
		return err
	}
	err := t.each(ctx, source, func(row []any) error {
		sum.add(row)
		if waiting = append(waiting, slices.Clone(row)); len(waiting) < size {
			return nil
		}
		return write()
	})
	if err == nil {
		err = write()
	}
	return sum.of(t), err
}

func measure(ctx context.Context, tx *Tx, list []table) (Content, error) {
	var content Content
	for _, t := range list {
		var sum digest
		if err := t.each(ctx, tx, func(row []any) error { sum.add(row); return nil }); err != nil {
			return nil, err
		}
		content = append(content, sum.of(t))
	}
	return content, nil
}

// A digest adds up the hashes of rows, so that their order does not count.
type digest struct {
	rows  int64
	parts [sha256.Size / 8]uint64
}

func (d *digest) add(row []any) {
	var text []byte
	for _, value := range row {
		text = appendValue(text, value)
	}
	hash := sha256.Sum256(text)
	for i := range d.parts {
		d.parts[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
	d.rows++
}

func (d *digest) of(t table) TableContent {
	var sum []byte
	for _, part := range d.parts {
		sum = binary.BigEndian.AppendUint64(sum, part)
	}
	return TableContent{Table: t.name, Rows: d.rows, Digest: hex.EncodeToString(sum)}
}

// appendValue writes a plain value so that no two rows are written alike.
func appendValue(text []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		text = binary.AppendUvarint(append(text, 's'), uint64(len(v)))
		return append(text, v...)
	case []byte:
		text = binary.AppendUvarint(append(text, 'x'), uint64(len(v)))
		return append(text, v...)
	case int64:
		return binary.BigEndian.AppendUint64(append(text, 'i'), uint64(v))
	case float64:
		return binary.BigEndian.AppendUint64(append(text, 'r'), math.Float64bits(v))
	case time.Time:
		return binary.BigEndian.AppendUint64(append(text, 't'), uint64(v.UnixMilli()))
	case bool:
		if v {
			return append(text, 'y')
		}
		return append(text, 'n')
	default:
		return append(text, '0') // NULL: each gives nothing else
	}
}

// countOn lets PostgreSQL number new rows from where the copied ones end;
// SQLite does so by itself.
func countOn(ctx context.Context, tx *Tx, list []table) error {
	if tx.Engine != Postgres {
		return nil
	}
	for _, t := range list {
		for _, c := range t.columns {
			if c.kind != ofInteger || c.declared == "bit" {
				continue
			}
			_, err := tx.ExecContext(ctx, "SELECT setval(CAST(s AS regclass), max("+quoted(c.name)+")) FROM "+quoted(t.name)+
				", pg_get_serial_sequence($1, $2) AS s WHERE s IS NOT NULL GROUP BY s", quoted(t.name), c.name)
			if err != nil {
				return fmt.Errorf("number %s on: %w", t.name, err)
			}
		}
	}
	return nil
}
