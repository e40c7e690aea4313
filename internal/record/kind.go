package record

import (
	"context"
	"maps"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Kind is a noun as other folders know it: by its fields and what can be done
// to any record. [Noun.Kind] makes it, and the feature adds the rest.
type Kind struct {
	Name   string
	Fields []Info
	Card   func(ctx context.Context, tx *db.Tx, territory int, id string) (Card, error)
	// Texts are the fields of a record that are not empty.
	Texts func(ctx context.Context, tx *db.Tx, territory int, id string) (map[string]string, error)
	// Create adds a record with a meta's territory, owner and flag.
	Create  func(ctx context.Context, tx *db.Tx, act Act, meta Meta, texts map[string]string) (id string, err error)
	Change  func(ctx context.Context, tx *db.Tx, act Act, territory int, id string, texts map[string]string) error
	Delete  func(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error
	Restore func(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error

	// Erase empties the personal fields of a record for good, in its history and in
	// search too.
	Erase func(ctx context.Context, tx *db.Tx, act Act, territory int, id string) error
	// CheckMerge says why a record cannot be merged into another with the texts
	// chosen. Records of a kind without it are never merged; one with it has a field
	// merged_into.
	CheckMerge func(ctx context.Context, tx *db.Tx, winner, loser ref.Ref, texts map[string]string) error

	// Draft gives what a record that has some texts would be with others, and what
	// is wrong with it. Nothing is read or written.
	Draft func(before, texts map[string]string) (Draft, error)
	// Alike finds, for each of many sets of texts, the records that may be the one
	// they describe, the likest first, among those that are kept and among the
	// texts before it. Without it, nothing is a duplicate.
	Alike func(ctx context.Context, tx *db.Tx, territory int, texts []map[string]string) ([][]Likeness, error)
	// Resolve finds, for each of many texts that people wrote, the records of this
	// kind that it can mean. A kind without it is pointed to by ids only.
	Resolve func(ctx context.Context, tx *db.Tx, territory int, asked []Asked) ([][]Meaning, error)

	// Address is where a record's page is, below the territory's home:
	// "/organisations/0193...".
	Address func(id string) string
	// Attached says that these records are on others: who may not see the other
	// does not see them either.
	Attached bool
	// Quiet says that a change to one is no news of its own, such as that of a seat:
	// it is told in its history only.
	Quiet bool
	// List is where the list of them is, below the territory's home, and Count how
	// many of them a viewer may see. A kind without a list of its own has neither.
	List  string
	Count func(ctx context.Context, tx *db.Tx, v territory.Viewer) (int, error)
	// Points are the fields by which records of this kind point to others.
	Points []Point
	// Pages are those that a record has beside its own and its panels: the tabs
	// between the two.
	Pages []Page
}

// A Page is one of a record, below its address, for those who may see the noun
// that it shows. Label is the key of its text.
type Page struct{ Noun, Path, Label string }

// Kinds are all those that the program knows, by name. The app makes it once.
type Kinds map[string]Kind

// Ordered lists the kinds by name.
func (k Kinds) Ordered() []Kind {
	ordered := make([]Kind, 0, len(k))
	for _, name := range slices.Sorted(maps.Keys(k)) {
		ordered = append(ordered, k[name])
	}
	return ordered
}

// News names the kinds of which a change is news, in order.
func (k Kinds) News() []string {
	var names []string
	for _, kind := range k.Ordered() {
		if !kind.Quiet {
			names = append(names, kind.Name)
		}
	}
	return names
}

// NewKinds puts kinds together.
func NewKinds(kinds ...Kind) Kinds {
	all := Kinds{}
	for _, kind := range kinds {
		all[kind.Name] = kind
	}
	return all
}

// Card finds what there is to know of any record.
func (k Kinds) Card(ctx context.Context, tx *db.Tx, of ref.Ref) (Card, error) {
	kind, known := k[of.Kind]
	if !known {
		return Card{}, fault.New(fault.NotFound, "record.none")
	}
	return kind.Card(ctx, tx, of.Territory, of.ID)
}
