// Package record is what any record of a territory has, so that no feature
// writes it again: how it is added, changed, deleted and put back with its
// history, how two people's changes meet, how what was done together is undone,
// how it is found, and what ties it to others.
//
// A feature describes its noun once, as a [Noun]; other folders know it as a
// [Kind].
package record

import (
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// Meta is what every record has beside its own fields. A noun's type embeds it.
type Meta struct {
	Territory int
	ID        string
	// Owner is the partner agency that the record belongs to; empty for the
	// territory's own.
	Owner string
	// Fictional records are for demonstrations: everything that shows them says so.
	Fictional bool
	// Version counts the changes: a change of an older version is a conflict.
	Version   int
	CreatedAt db.Instant
	UpdatedAt db.Instant
	// DeletedAt is when the record went to the trash; zero: it is not there.
	DeletedAt db.Instant
}

// Deleted says whether the record is in the trash.
func (m Meta) Deleted() bool { return !m.DeletedAt.IsZero() }

// An Act is who does something, and what it is done together with.
type Act struct {
	By history.Actor
	// Batch is an id that all that is done together shares, so that it can be
	// undone together. Empty: each change is a batch of its own.
	Batch string
}

// A Card is what others need to know of a record to point to it.
type Card struct {
	Ref           ref.Ref
	Title, Detail string
	// Names are the title in several languages, where it has them.
	Names   i18n.Text
	Subject territory.Subject
	// On is the record that this one is on, such as that of a note; zero: none.
	On        ref.Ref
	Fictional bool
	Deleted   bool
}
