package directory

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
)

// mostGathered is how many people and tasks the page of a city shows.
const mostGathered = 20

// An Acquaintance is somebody known in a city, and by whom: the agency whose
// record it is, and those who wrote notes on it.
type Acquaintance struct {
	PersonRow
	By []string
}

// organisationsIn asks for the organisations that have an address in a city.
// Its arguments are the territory and the city, twice.
const organisationsIn db.SQL = `SELECT o.id FROM organisations o
	WHERE o.territory_id = ? AND o.city_id = ? AND o.deleted_at IS NULL
	UNION ALL SELECT a.organisation_id FROM organisation_addresses a
	WHERE a.territory_id = ? AND a.city_id = ? AND a.deleted_at IS NULL`

// peopleIn asks for the people who hold a post in one of them. Its arguments are
// the territory, and those of organisationsIn, twice.
const peopleIn = `SELECT h.id FROM people h WHERE h.territory_id = ? AND h.organisation_id IN (` + organisationsIn + `)
	UNION ALL SELECT t.person_id FROM posts t
	WHERE t.territory_id = ? AND t.until = '' AND t.deleted_at IS NULL AND t.organisation_id IN (` + organisationsIn + `)`

func argumentsIn(city *City) (organisations, people []any) {
	organisations = []any{city.Territory, city.ID, city.Territory, city.ID}
	people = slices.Concat([]any{city.Territory}, organisations, []any{city.Territory}, organisations)
	return organisations, people
}

// AcquaintancesIn gives the people known in a city whom the viewer may see:
// those who hold a post there, who gave a sign last first.
func AcquaintancesIn(ctx context.Context, tx *db.Tx, v territory.Viewer, city *City) ([]Acquaintance, error) {
	q := db.Select("p.id", "people p")
	v.Within(q, "person", "p.territory_id", territory.Columns{Owner: "p.owner_id", Organisation: "p.organisation_id"})
	_, args := argumentsIn(city)
	q.Where("p.deleted_at IS NULL").Where("p.id IN ("+peopleIn+")", args...)
	ids, err := db.Collect(ctx, tx, q.Order("p.last_contact DESC", "p.id DESC").Page(1, mostGathered), db.One)
	if err != nil {
		return nil, fmt.Errorf("find the people known in %s: %w", city.Name, err)
	}
	rows, err := db.Collect(ctx, tx, db.Select(personColumns, peopleWithOrganisation).
		Where("p.territory_id = ?", city.Territory).In("p.id", ids...).Order("p.last_contact DESC", "p.id DESC"),
		func(scan db.Scan) (a Acquaintance, err error) {
			a.PersonRow, err = scanPerson(scan, city.Territory)
			return a, err
		})
	if err != nil {
		return nil, fmt.Errorf("list the people known in %s: %w", city.Name, err)
	}
	return rows, addKnowers(ctx, tx, v, rows)
}

// addKnowers says by whom people are known, as far as the viewer may see it.
func addKnowers(ctx context.Context, tx *db.Tx, v territory.Viewer, rows []Acquaintance) error {
	ids, owners := make([]string, len(rows)), make([]string, len(rows))
	for i, row := range rows {
		ids[i], owners[i] = row.ID, row.Owner
	}
	pair := func(scan db.Scan) (p [2]string, err error) { return p, scan(&p[0], &p[1]) }
	agencies := db.Select("o.id, o.name", "organisations o")
	v.Within(agencies, "organisation", "o.territory_id", territory.Columns{Owner: "o.owner_id", Organisation: "o.id"})
	named, err := db.Collect(ctx, tx, agencies.In("o.id", owners...), pair)
	if err != nil {
		return fmt.Errorf("name the agencies of people: %w", err)
	}
	notes := db.Select("DISTINCT n.record_id, n.author_name", "notes n")
	v.Within(notes, "note", "n.territory_id", territory.Columns{Owner: "n.owner_id", Organisation: "n.organisation_id"})
	notes.Where("n.kind = 'person' AND n.author_name <> '' AND n.deleted_at IS NULL").In("n.record_id", ids...)
	wrote, err := db.Collect(ctx, tx, notes.Order("n.record_id", "n.author_name"), pair)
	if err != nil {
		return fmt.Errorf("find who wrote notes on people: %w", err)
	}
	for i := range rows {
		for _, agency := range named {
			if agency[0] == rows[i].Owner {
				rows[i].By = append(rows[i].By, agency[1])
			}
		}
		for _, author := range wrote {
			if author[0] == rows[i].ID {
				rows[i].By = append(rows[i].By, author[1])
			}
		}
	}
	return nil
}

// OpenTasksIn gives the open tasks about a city, its organisations and the people
// known there, those due first.
func OpenTasksIn(ctx context.Context, tx *db.Tx, kinds record.Kinds, v territory.Viewer, city *City) ([]panel.Task, error) {
	organisations, people := argumentsIn(city)
	return panel.ListTasks(ctx, tx, kinds, v, panel.Choice{Most: mostGathered, On: db.Either(
		db.Condition{SQL: "n.kind = 'city' AND n.record_id = ?", Args: []any{city.ID}},
		db.Condition{SQL: "n.kind = 'organisation' AND n.record_id IN (" + organisationsIn + ")", Args: organisations},
		db.Condition{SQL: "n.kind = 'person' AND n.record_id IN (" + peopleIn + ")", Args: people},
	)})
}
