package directory

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/match"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Duplicate is two records that may be the same, for somebody to examine.
type Duplicate struct {
	First, Second record.Hit
	// Score says how sure it is, from 0 to 100.
	Score int
}

// duplicate is a pair by its ids, the smaller first.
type duplicate struct {
	first, second string
	score         int
}

func duplicateOf(a, b string, score int) duplicate {
	return duplicate{min(a, b), max(a, b), min(score, 100)}
}

// Examine looks for duplicates in a territory's whole directory, and keeps them
// for its list. What was dismissed stays so. It compares outside of any
// transaction: nobody waits for it.
func Examine(ctx context.Context, d *db.DB, in int) error {
	for kind, compare := range map[string]func(context.Context, *db.Tx, int) (func() []duplicate, error){
		"organisation": everyOrganisation, "person": everyPerson,
	} {
		var pairs func() []duplicate
		err := d.Read(ctx, func(tx *db.Tx) (err error) {
			pairs, err = compare(ctx, tx, in)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for duplicates of the kind %s: %w", kind, err)
		}
		found := pairs()
		if err := d.Write(ctx, func(tx *db.Tx) error { return keepDuplicates(ctx, tx, in, kind, found) }); err != nil {
			return fmt.Errorf("keep the duplicates of the kind %s: %w", kind, err)
		}
	}
	return nil
}

// everyOrganisation reads all that are to be compared.
func everyOrganisation(ctx context.Context, tx *db.Tx, in int) (func() []duplicate, error) {
	all, err := db.Collect(ctx, tx, comparedOrganisations(in), scanKept)
	return func() []duplicate {
		records := make([]match.Record, len(all))
		for i, o := range all {
			records[i] = o.Record
		}
		var pairs []duplicate
		for _, p := range match.Pairs(records) {
			pairs = append(pairs, duplicateOf(all[p.First].id, all[p.Second].id, p.Score))
		}
		return pairs
	}, err
}

// everyPerson reads all who are to be compared.
func everyPerson(ctx context.Context, tx *db.Tx, in int) (func() []duplicate, error) {
	all, err := db.Collect(ctx, tx, comparedPeople(in), scanCompared)
	return func() []duplicate {
		var pairs []duplicate
		for _, p := range personPairs(all) {
			pairs = append(pairs, duplicateOf(all[p.first].id, all[p.second].id, p.score))
		}
		return pairs
	}, err
}

func keepDuplicates(ctx context.Context, tx *db.Tx, in int, kind string, pairs []duplicate) error {
	q := New(tx)
	if err := q.dropDuplicates(ctx, in, kind); err != nil {
		return err
	}
	for _, p := range pairs {
		if err := q.putDuplicate(ctx, putDuplicateParams{in, kind, p.first, p.second, p.score}); err != nil {
			return err
		}
	}
	return nil
}

// Dismiss says that two records are not the same, or takes that back.
func Dismiss(ctx context.Context, tx *db.Tx, in int, kind, first, second string, dismissed bool) error {
	return New(tx).dismissDuplicate(ctx, dismissDuplicateParams{dismissed, in, kind, min(first, second), max(first, second)})
}

// Duplicates gives a page of the pairs to examine, both records of which the
// viewer may see, the surest first, and how many there are.
func Duplicates(ctx context.Context, tx *db.Tx, v territory.Viewer, kind string, page int) (list []Duplicate, all int, err error) {
	// What is in the trash has no words by which it is found.
	q := db.Select("d.first_id, a.title, a.detail, d.second_id, b.title, b.detail, d.score", `duplicates d
		JOIN search_words a ON a.territory_id = d.territory_id AND a.kind = d.kind AND a.record_id = d.first_id
		JOIN search_words b ON b.territory_id = d.territory_id AND b.kind = d.kind AND b.record_id = d.second_id`)
	v.Within(q, kind, "d.territory_id", territory.Columns{Owner: "a.owner_id", Organisation: "a.organisation_id"})
	v.Within(q, kind, "d.territory_id", territory.Columns{Owner: "b.owner_id", Organisation: "b.organisation_id"})
	q.Where("d.kind = ? AND NOT d.dismissed", kind)
	if all, err = q.Count(ctx, tx); err != nil {
		return nil, 0, fmt.Errorf("count the duplicates: %w", err)
	}
	q.Order("d.score DESC", "d.first_id", "d.second_id").Page(page, PageSize)
	list, err = db.Collect(ctx, tx, q, func(scan db.Scan) (d Duplicate, err error) {
		d.First.Ref = ref.Ref{Territory: v.Territory.ID, Kind: kind}
		d.Second.Ref = d.First.Ref
		return d, scan(&d.First.Ref.ID, &d.First.Title, &d.First.Detail, &d.Second.Ref.ID, &d.Second.Title, &d.Second.Detail, &d.Score)
	})
	return list, all, err
}

// Likenesses says why two records may be the same, or are not.
func Likenesses(ctx context.Context, tx *db.Tx, in int, kind, first, second string) ([]fault.Problem, error) {
	if kind == "person" {
		people, err := db.Collect(ctx, tx, comparedPeople(in).In("p.id", first, second), scanCompared)
		if err != nil || len(people) < 2 {
			return nil, err
		}
		return people[0].compare(people[1]).why, nil
	}
	two, err := db.Collect(ctx, tx, comparedOrganisations(in).In("o.id", first, second), scanKept)
	if err != nil || len(two) < 2 {
		return nil, err
	}
	return likeness(two[0], two[1], match.Judge(two[0].Record, two[1].Record)).Why, nil
}
