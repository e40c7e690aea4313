package directory

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A PersonFilter says which people a list shows, in which order.
type PersonFilter struct {
	Search       string
	Organisation string // id: those whose post that counts, or another, is there
	Countries    []string
	Consents     []string
	Sort         string // one of the keys of personSorts; "": by name
	Descending,
	Deleted bool // the trash instead
	Page int // from 1
}

// A PersonRow is a person as a list shows them.
type PersonRow struct {
	Person
	OrganisationName string
}

// personSorts are the orders of the list, each with an index.
var personSorts = map[string][]db.SQL{
	"name":         {"p.name_key", "p.id"},
	"organisation": {"p.organisation_key", "p.name_key", "p.id"},
	"contact":      {"p.last_contact", "p.id"},
	"updated":      {"p.updated_at", "p.id"},
}

const peopleWithOrganisation db.SQL = "people p LEFT JOIN organisations o ON o.territory_id = p.territory_id AND o.id = p.organisation_id"

// personColumns are what scanPerson reads.
const personColumns db.SQL = `p.id, p.owner_id, p.fictional, p.given_name, p.family_name, p.name_order, p.original_name, p.title,
	p.languages, COALESCE(p.organisation_id, ''), p.function, p.country, p.email, p.consent, p.last_contact, p.updated_at,
	COALESCE(o.name, '')`

// ListPeople gives a page of the people that the viewer may see, and how many
// there are in all, as far as lists count.
func ListPeople(ctx context.Context, tx *db.Tx, v territory.Viewer, f PersonFilter) (rows []PersonRow, all int, err error) {
	q, err := f.seen(ctx, tx, v)
	if err != nil {
		return nil, 0, err
	}
	f.order(q)
	// The ids of a page are found in an index alone; only its rows are read in full.
	ids, all, err := db.CollectPage(ctx, tx, q.Page(f.Page, PageSize), web.Counted, db.One)
	if err != nil {
		return nil, 0, fmt.Errorf("find the people of the page: %w", err)
	}
	page := db.Select(personColumns, peopleWithOrganisation).
		Where("p.territory_id = ?", v.Territory.ID).In("p.id", ids...)
	f.order(page)
	rows, err = db.Collect(ctx, tx, page, func(scan db.Scan) (PersonRow, error) {
		return scanPerson(scan, v.Territory.ID)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the people: %w", err)
	}
	return rows, all, nil
}

// seen asks for the people of the filter whom the viewer may see.
func (f PersonFilter) seen(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
	q := db.Select("p.id", "people p")
	v.Within(q, "person", "p.territory_id", territory.Columns{Owner: "p.owner_id", Organisation: "p.organisation_id"})
	f.filter(q, v.Territory.ID)
	if f.Search != "" {
		return q, searchWithin(ctx, tx, v, q, "person", "p.id", f.Search)
	}
	return q, nil
}

func scanPerson(scan db.Scan, territory int) (r PersonRow, err error) {
	r.Territory = territory
	err = scan(&r.ID, &r.Owner, &r.Fictional, &r.Given, &r.Family, &r.Order, &r.Original, &r.Title, (*db.Strings)(&r.Languages),
		&r.Organisation, &r.Function, &r.Country, &r.Email, &r.Consent, &r.LastContact, &r.UpdatedAt, &r.OrganisationName)
	return r, err
}

func (f PersonFilter) filter(q *db.Query, territory int) {
	if f.Deleted {
		// What was erased is no trash: nothing can be taken out.
		q.Where("p.deleted_at IS NOT NULL AND (p.given_name <> '' OR p.family_name <> '' OR p.original_name <> '')")
	} else {
		q.Where("p.deleted_at IS NULL")
	}
	if len(f.Countries) > 0 {
		q.In("p.country", f.Countries...)
	}
	if len(f.Consents) > 0 {
		q.In("p.consent", f.Consents...)
	}
	if f.Organisation != "" {
		q.Where(`p.id IN (SELECT h.id FROM people h WHERE h.territory_id = ? AND h.organisation_id = ?
			UNION ALL SELECT t.person_id FROM posts t WHERE t.territory_id = ? AND t.organisation_id = ? AND t.deleted_at IS NULL)`,
			territory, f.Organisation, territory, f.Organisation)
	}
}

func (f PersonFilter) order(q *db.Query) {
	inOrder(q, personSorts, f.Sort, f.Descending)
}
