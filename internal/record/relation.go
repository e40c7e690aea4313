package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Relation ties two records: what the first is to the second, its role says.
// Features name the roles that they know.
type Relation struct {
	Meta
	From, To     ref.Ref
	Role         string
	Since, Until string // days, or ""
	// Share is how much of the first the second holds, in percent, or "".
	Share  string
	Source string // the document that says so, or ""
}

const relationName = "relation"

// relations is how relations are kept.
func relations() Noun[Relation] {
	return Noun[Relation]{
		Name: relationName,
		Fields: Fields[Relation]{
			endField("from", func(r *Relation) *ref.Ref { return &r.From }),
			endField("to", func(r *Relation) *ref.Ref { return &r.To }),
			TextField("role", func(r *Relation) *string { return &r.Role }),
			DateField("since", func(r *Relation) *string { return &r.Since }),
			DateField("until", func(r *Relation) *string { return &r.Until }),
			ParsedField("share", share, func(r *Relation) *string { return &r.Share }),
			TextField("source", func(r *Relation) *string { return &r.Source }),
		},
		Meta:   func(r *Relation) *Meta { return &r.Meta },
		Load:   loadRelation,
		Insert: insertRelation,
		Update: updateRelation,
		Settle: (*Relation).settle,
		Found:  func(*Relation) Found { return Found{} }, // it is found on its ends
	}
}

// Apply sets some fields by the texts that people wrote, and says all that is
// wrong with them.
func (r *Relation) Apply(texts map[string]string) fault.Problems {
	return relations().Fields.Apply(r, texts)
}

// RelationKind is what others know of relations.
func RelationKind() Kind {
	kind := relations().Kind()
	kind.Points = []Point{
		{Field: "from", Table: "relations", Column: "from_id", KindColumn: "from_kind"},
		{Field: "to", Table: "relations", Column: "to_id", KindColumn: "to_kind"},
	}
	return kind
}

// endField is a field that points to a record of any kind.
func endField(name string, at func(*Relation) *ref.Ref) Field[Relation] {
	return Field[Relation]{
		Info: Info{Name: name, Type: Reference},
		Get: func(r *Relation) string {
			if at(r).IsZero() {
				return ""
			}
			return at(r).String()
		},
		Set: func(r *Relation, text string) (err error) {
			if *at(r), err = ref.Parse(r.Territory, strings.TrimSpace(text)); err != nil {
				return fault.Because(err, fault.Invalid, "record.end")
			}
			return nil
		},
	}
}

// share is a percentage.
func share(text string) (string, error) {
	if percent, err := strconv.Atoi(text); err != nil || percent < 0 || percent > 100 {
		return "", fault.New(fault.Invalid, "record.share", text)
	}
	return text, nil
}

func (r *Relation) settle() error {
	var p fault.Problems
	switch {
	case r.From.IsZero():
		p.Add("from", "record.end")
	case r.To.IsZero():
		p.Add("to", "record.end")
	case r.From == r.To:
		p.Add("to", "record.tied_to_itself")
	}
	if r.Role == "" {
		p.Add("role", "record.role_needed")
	}
	if r.Since != "" && r.Until != "" && r.Until < r.Since {
		p.Add("until", "record.until_before_since")
	}
	return p.Or()
}

func loadRelation(ctx context.Context, tx *db.Tx, territory int, id string) (*Relation, error) {
	row, err := New(tx).relation(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the relation %s: %w", id, err)
	}
	return relationOf(row), nil
}

func relationOf(row relationRow) *Relation {
	return &Relation{
		Meta: Meta{
			Territory: row.TerritoryID, ID: row.ID, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		From: ref.Ref{Territory: row.TerritoryID, Kind: row.FromKind, ID: row.FromID},
		To:   ref.Ref{Territory: row.TerritoryID, Kind: row.ToKind, ID: row.ToID},
		Role: row.Role, Since: row.Since, Until: row.Until, Share: row.Share, Source: row.Source,
	}
}

func insertRelation(ctx context.Context, tx *db.Tx, r *Relation) error {
	return New(tx).addRelation(ctx, addRelationParams{
		TerritoryID: r.Territory, ID: r.ID, FromKind: r.From.Kind, FromID: r.From.ID, ToKind: r.To.Kind, ToID: r.To.ID,
		Role: r.Role, Since: r.Since, Until: r.Until, Share: r.Share, Source: r.Source,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	})
}

func updateRelation(ctx context.Context, tx *db.Tx, r *Relation) error {
	return New(tx).editRelation(ctx, editRelationParams{
		FromKind: r.From.Kind, FromID: r.From.ID, ToKind: r.To.Kind, ToID: r.To.ID, Role: r.Role,
		Since: r.Since, Until: r.Until, Share: r.Share, Source: r.Source,
		Version: r.Version, UpdatedAt: r.UpdatedAt, DeletedAt: r.DeletedAt, TerritoryID: r.Territory, ID: r.ID,
	})
}

// Relate ties two records, both of which the viewer must be able to see. A tie
// that is there already is left as it is.
func (k Kinds) Relate(ctx context.Context, tx *db.Tx, v territory.Viewer, act Act, r *Relation) error {
	r.Territory = v.Territory.ID
	for _, end := range []ref.Ref{r.From, r.To} {
		if _, err := k.See(ctx, tx, v, end); err != nil {
			return err
		}
	}
	if twin, err := r.twin(ctx, tx); err != nil || twin {
		return err
	}
	return relations().Add(ctx, tx, act, r)
}

// twin says whether another relation ties the same records in the same way.
func (r *Relation) twin(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := New(tx).twins(ctx, twinsParams{r.Territory, r.From.Kind, r.From.ID, r.To.Kind, r.To.ID, r.Role, r.ID})
	return n > 0, err
}

// Unrelate takes a tie away, both ends of which the viewer must be able to see.
func (k Kinds) Unrelate(ctx context.Context, tx *db.Tx, v territory.Viewer, act Act, id string) error {
	r, err := loadRelation(ctx, tx, v.Territory.ID, id)
	if err != nil {
		return err
	}
	for _, end := range []ref.Ref{r.From, r.To} {
		if _, err := k.See(ctx, tx, v, end); err != nil {
			return err
		}
	}
	return relations().Delete(ctx, tx, act, r.Territory, r.ID)
}

// A Tie is a relation as seen from one of its ends.
type Tie struct {
	Relation
	// Other is what is at the other end. Forth says that the relation leads there;
	// otherwise it comes from there.
	Other Card
	Forth bool
}

// RelationsOf gives the ties of a record whose other end the viewer may see too,
// in the order in which they were made.
func (k Kinds) RelationsOf(ctx context.Context, tx *db.Tx, v territory.Viewer, of ref.Ref) ([]Tie, error) {
	if _, err := k.See(ctx, tx, v, of); err != nil {
		return nil, err
	}
	rows, err := New(tx).relationsOf(ctx, of.Territory, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("list the relations of %s: %w", of, err)
	}
	var ties []Tie
	for _, row := range rows {
		tie := Tie{Relation: *relationOf(row)}
		tie.Forth = tie.From == of
		other := tie.From
		if tie.Forth {
			other = tie.To
		}
		tie.Other, err = k.See(ctx, tx, v, other)
		switch {
		case fault.Is(err, fault.NotFound), tie.Other.Deleted:
			continue
		case err != nil:
			return nil, err
		}
		ties = append(ties, tie)
	}
	return ties, nil
}
