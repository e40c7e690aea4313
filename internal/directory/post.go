package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Post is what a person did before the post that counts, or does beside it.
type Post struct {
	record.Meta
	Person, Organisation string // ids
	Function             string
	Since, Until         string // days, or ""
}

// Posts is how posts are kept.
func Posts() record.Noun[Post] {
	personal := func(field record.Field[Post]) record.Field[Post] {
		field.Personal = true
		return field
	}
	return record.Noun[Post]{
		Name: "post",
		Fields: record.Fields[Post]{
			record.ReferenceField("person", "person", func(p *Post) *string { return &p.Person }),
			record.ReferenceField("organisation", "organisation", func(p *Post) *string { return &p.Organisation }),
			personal(record.TextField("function", func(p *Post) *string { return &p.Function })),
			personal(record.DateField("since", func(p *Post) *string { return &p.Since })),
			personal(record.DateField("until", func(p *Post) *string { return &p.Until })),
		},
		Meta:   func(p *Post) *record.Meta { return &p.Meta },
		Load:   loadPost,
		Insert: insertPost,
		Update: updatePost,
		Settle: (*Post).settle,
		Found: func(p *Post) record.Found {
			return record.Found{ // without a title: it is found with its person
				Subject: territory.Subject{Owner: p.Owner, Organisation: p.Organisation},
				On:      ref.Ref{Territory: p.Territory, Kind: "person", ID: p.Person},
			}
		},
	}
}

func (p *Post) settle() error {
	var problems fault.Problems
	if p.Person == "" {
		problems.Add("person", "post.person_needed")
	}
	if p.Organisation == "" {
		problems.Add("organisation", "post.organisation_needed")
	}
	if p.Since != "" && p.Until != "" && p.Until < p.Since {
		problems.Add("until", "post.until_before_since")
	}
	return problems.Or()
}

func loadPost(ctx context.Context, tx *db.Tx, territory int, id string) (*Post, error) {
	row, err := New(tx).post(ctx, territory, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "record.none")
	case err != nil:
		return nil, fmt.Errorf("find the post %s: %w", id, err)
	}
	return &Post{
		Meta: record.Meta{
			Territory: row.TerritoryID, ID: row.ID, Owner: row.OwnerID, Fictional: row.Fictional, Version: row.Version,
			CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, DeletedAt: row.DeletedAt,
		},
		Person: row.PersonID, Organisation: row.OrganisationID, Function: row.Function, Since: row.Since, Until: row.Until,
	}, nil
}

func insertPost(ctx context.Context, tx *db.Tx, p *Post) error {
	return New(tx).addPost(ctx, addPostParams{
		TerritoryID: p.Territory, ID: p.ID, OwnerID: p.Owner, Fictional: p.Fictional,
		PersonID: p.Person, OrganisationID: p.Organisation, Function: p.Function, Since: p.Since, Until: p.Until,
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	})
}

func updatePost(ctx context.Context, tx *db.Tx, p *Post) error {
	return New(tx).editPost(ctx, editPostParams{
		PersonID: p.Person, OrganisationID: p.Organisation, Function: p.Function, Since: p.Since, Until: p.Until,
		Version: p.Version, UpdatedAt: p.UpdatedAt, DeletedAt: p.DeletedAt, TerritoryID: p.Territory, ID: p.ID,
	})
}

// PostsOf gives the other posts of a person, the latest first.
func PostsOf(ctx context.Context, tx *db.Tx, territory int, person string) ([]*Post, error) {
	q := db.Select("p.id", "posts p").
		Where("p.territory_id = ? AND p.person_id = ? AND p.deleted_at IS NULL", territory, person).
		Order("p.since DESC", "p.id")
	ids, err := db.Collect(ctx, tx, q, db.One)
	if err != nil {
		return nil, fmt.Errorf("list the posts of a person: %w", err)
	}
	posts := make([]*Post, len(ids))
	for i, id := range ids {
		if posts[i], err = loadPost(ctx, tx, territory, id); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// Appoint gives a person another post that counts, from a day on. The one they
// held stays among their posts, as ended on that day.
func Appoint(ctx context.Context, tx *db.Tx, people record.Noun[Person], act record.Act, p *Person, organisation, function, since string) error {
	if p.Organisation != "" {
		held := &Post{
			Meta:   record.Meta{Territory: p.Territory, Owner: p.Owner, Fictional: p.Fictional},
			Person: p.ID, Organisation: p.Organisation, Function: p.Function, Since: p.Since, Until: since,
		}
		if err := Posts().Add(ctx, tx, act, held); err != nil {
			return err
		}
	}
	p.Organisation, p.Function, p.Since = organisation, function, since
	return people.Save(ctx, tx, act, p)
}
