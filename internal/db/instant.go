package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// layout writes every instant in 24 characters, so that text orders as time.
const layout = "2006-01-02T15:04:05.000Z"

// An Instant is a point in time, in UTC, to the millisecond, stored as text of
// fixed width. The zero value is no instant, and stored as NULL.
type Instant struct{ time.Time }

// At is the instant of a time, cut to the millisecond.
func At(t time.Time) Instant {
	if t.IsZero() {
		return Instant{}
	}
	return Instant{t.UTC().Truncate(time.Millisecond)}
}

// Add moves an instant.
func (i Instant) Add(d time.Duration) Instant { return At(i.Time.Add(d)) }

// Value writes the instant for a database.
func (i Instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.Text(), nil
}

// Text is the instant as it is stored.
func (i Instant) Text() string { return i.UTC().Format(layout) }

// Scan reads what Value wrote.
func (i *Instant) Scan(stored any) error {
	var text string
	switch s := stored.(type) {
	case nil:
		*i = Instant{}
		return nil
	case string:
		text = s
	case []byte:
		text = string(s)
	default:
		return fmt.Errorf("an instant is text, not %T", stored)
	}
	t, err := time.Parse(layout, text)
	if err != nil {
		return fmt.Errorf("%q is no instant: it is written as %s", text, layout)
	}
	*i = Instant{t}
	return nil
}
