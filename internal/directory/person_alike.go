package directory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/match"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// A keptPerson is a person as they are compared.
type keptPerson struct {
	id, name, organisation string
	emails, numbers        []string
}

func compared(p *Person) keptPerson {
	return keptPerson{id: p.ID, name: p.key(), organisation: p.Organisation, emails: p.Emails(), numbers: p.Numbers()}
}

// keys are the texts of which two records of one person share one.
func (p keptPerson) keys() []string {
	keys := append([]string{p.name}, p.emails...)
	return append(keys, p.numbers...)
}

// What an agreement is worth. A name alone is common, and so is a telephone: a
// pair is shown from two agreements on, or for one address.
const (
	samePersonName, samePersonEmail, samePersonPhone, samePersonPost = 40, 50, 30, 30

	personPossible, personSure = 50, samePersonName + samePersonEmail
)

// A personPair is two people who may be one, by their positions.
type personPair struct {
	first, second int
	score         int
	why           []fault.Problem
}

func (a keptPerson) compare(b keptPerson) (p personPair) {
	add := func(agrees bool, worth int, key string) {
		if agrees {
			p.score += worth
			p.why = append(p.why, fault.Problem{Key: key})
		}
	}
	add(a.name == b.name, samePersonName, "person.same_name")
	add(shareOne(a.emails, b.emails), samePersonEmail, "person.same_email")
	add(shareOne(a.numbers, b.numbers), samePersonPhone, "person.same_phone")
	add(a.organisation != "" && a.organisation == b.organisation, samePersonPost, "person.same_organisation")
	return p
}

func shareOne(a, b []string) bool {
	return slices.ContainsFunc(a, func(one string) bool { return slices.Contains(b, one) })
}

// personPairs are the pairs of people who may be one, in order.
func personPairs(people []keptPerson) []personPair {
	seen := map[[2]int]bool{}
	var pairs []personPair
	for block := range match.Blocks(len(people), func(i int) []string { return people[i].keys() }) {
		for i, first := range block {
			for _, second := range block[i+1:] {
				pair := people[first].compare(people[second])
				pair.first, pair.second = first, second
				if at := [2]int{first, second}; pair.score >= personPossible && first < second && !seen[at] {
					seen[at] = true
					pairs = append(pairs, pair)
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b personPair) int { return cmp.Or(a.first-b.first, a.second-b.second) })
	return pairs
}

// alikePeople says which people some texts may describe: those of the
// directory, and those described before.
func alikePeople(ctx context.Context, tx *db.Tx, in int, texts []map[string]string) ([][]record.Likeness, error) {
	described := make([]keptPerson, len(texts))
	for i, t := range texts {
		p := &Person{}
		_ = personFields().Apply(p, t) // what is wrong with the texts is said elsewhere
		described[i] = compared(p)
	}
	kept, err := peopleLike(ctx, tx, in, described)
	if err != nil {
		return nil, err
	}
	alike := make([][]record.Likeness, len(texts))
	for _, pair := range personPairs(append(kept, described...)) {
		row := pair.second - len(kept)
		if row < 0 {
			continue // both are kept: that is for the list of duplicates
		}
		l := record.Likeness{Earlier: pair.first - len(kept), Sure: pair.score >= personSure, Why: pair.why}
		if l.Earlier < 0 {
			l.Earlier, l.Ref = 0, ref.Ref{Territory: in, Kind: "person", ID: kept[pair.first].id}
		}
		alike[row] = append(alike[row], l)
	}
	for i := range alike {
		slices.SortStableFunc(alike[i], record.Likeness.Compare)
	}
	return alike, nil
}

// peopleLike finds the people who share a name or the main address with some.
func peopleLike(ctx context.Context, tx *db.Tx, in int, some []keptPerson) ([]keptPerson, error) {
	var keys, emails []string
	for _, p := range some {
		keys = append(keys, p.name)
		emails = append(emails, p.emails...)
	}
	found := map[string]keptPerson{}
	for column, values := range map[db.SQL][]string{"p.name_key": keys, "p.email": emails} {
		people, err := among(ctx, tx, values, func(some []string) *db.Query {
			return comparedPeople(in).In(column, some...)
		}, scanCompared)
		if err != nil {
			return nil, fmt.Errorf("find the people who may be meant: %w", err)
		}
		for _, p := range people {
			found[p.id] = p
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b keptPerson) int { return cmp.Compare(a.id, b.id) }), nil
}

func comparedPeople(in int) *db.Query {
	return db.Select(
		`p.id, p.given_name, p.family_name, p.original_name, COALESCE(p.organisation_id, ''), p.country, p.email, p.other_emails, p.phones`,
		"people p",
	).Where("p.territory_id = ? AND p.deleted_at IS NULL", in)
}

func scanCompared(scan db.Scan) (keptPerson, error) {
	var p Person
	err := scan(&p.ID, &p.Given, &p.Family, &p.Original, &p.Organisation, &p.Country, &p.Email,
		(*db.Strings)(&p.OtherEmails), (*db.Strings)(&p.Phones))
	return compared(&p), err
}
