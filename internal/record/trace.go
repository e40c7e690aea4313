package record

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/ref"
)

// A Trace is a place where something of a human is kept and no field points to
// their record: it is found by what they are known by.
type Trace struct {
	// Kind names what is kept there, in the proof of an erasure and in the export
	// of what is held: its texts are KIND.one and KIND.field.FIELD.
	Kind string
	Held func(ctx context.Context, tx *db.Tx, who Human) ([]Held, error)
	// Erase empties what is held for good, and says how much there was.
	Erase func(ctx context.Context, tx *db.Tx, act Act, who Human) (int, error)
}

// A Human is what somebody is known by in a territory: their records, those that
// were merged among them, their addresses and their names.
type Human struct {
	Territory int
	Records   []ref.Ref
	Emails    []string
	Names     []string
}
