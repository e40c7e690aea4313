package directory

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// PageSize is how many rows a page of a list has.
const PageSize = 50

// searched bounds how many records a search within a list considers.
const searched = 500

// An OrganisationFilter says which organisations a list shows, in which order.
type OrganisationFilter struct {
	Search    string
	Sectors   []string // any of them
	Countries []string
	Kinds     []string
	Sizes     []string
	City      string // id
	Sort      string // one of OrganisationSorts
	Descending,
	Deleted bool // the trash instead
	Page int // from 1
}

// An OrganisationRow is an organisation as a list shows it.
type OrganisationRow struct {
	ID, Name, Detail          string
	Country, City, Size, Kind string
	SIREN, Logo               string
	Sectors                   []string
	Fictional                 bool
	UpdatedAt                 db.Instant
}

// organisationSorts are the orders of the list, each with an index.
var organisationSorts = map[string][]db.SQL{
	"name":    {"o.name_key", "o.id"},
	"city":    {"o.city_key", "o.name_key", "o.id"},
	"updated": {"o.updated_at", "o.id"},
}

const organisationsWithCity db.SQL = "organisations o LEFT JOIN cities c ON c.territory_id = o.territory_id AND c.id = o.city_id"

// ListOrganisations gives a page of the organisations that the viewer may see,
// and how many there are in all, as far as lists count.
func ListOrganisations(ctx context.Context, tx *db.Tx, v territory.Viewer, f OrganisationFilter) (rows []OrganisationRow, all int, err error) {
	q, err := f.seen(ctx, tx, v)
	if err != nil {
		return nil, 0, err
	}
	f.order(q)
	// The ids of a page are found in an index alone; only its rows are read in full.
	ids, all, err := db.CollectPage(ctx, tx, q.Page(f.Page, PageSize), web.Counted, db.One)
	if err != nil {
		return nil, 0, fmt.Errorf("find the organisations of the page: %w", err)
	}
	page := db.Select(
		`o.id, o.name, o.description, o.country, COALESCE(c.name, ''), o.size, o.kind, o.siren, o.logo, o.sectors, o.fictional, o.updated_at`,
		organisationsWithCity,
	).Where("o.territory_id = ?", v.Territory.ID).In("o.id", ids...)
	f.order(page)
	rows, err = db.Collect(ctx, tx, page, scanOrganisation(v.Language))
	if err != nil {
		return nil, 0, fmt.Errorf("list the organisations: %w", err)
	}
	return rows, all, nil
}

// seen asks for the organisations of the filter that the viewer may see.
func (f OrganisationFilter) seen(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
	q := db.Select("o.id", "organisations o")
	v.Within(q, "organisation", "o.territory_id", territory.Columns{Owner: "o.owner_id", Organisation: "o.id"})
	f.filter(q)
	if f.Search != "" {
		return q, searchWithin(ctx, tx, v, q, "organisation", "o.id", f.Search)
	}
	return q, nil
}

func (f OrganisationFilter) filter(q *db.Query) {
	if f.Deleted {
		q.Where("o.deleted_at IS NOT NULL")
	} else {
		q.Where("o.deleted_at IS NULL")
	}
	for _, among := range []struct {
		column db.SQL
		values []string
	}{{"o.country", f.Countries}, {"o.kind", f.Kinds}, {"o.size", f.Sizes}} {
		if len(among.values) > 0 {
			q.In(among.column, among.values...)
		}
	}
	if f.City != "" {
		q.Where("o.city_id = ?", f.City)
	}
	if len(f.Sectors) > 0 {
		q.Any(holding("o.sectors", f.Sectors)...)
	}
}

// holding are the conditions that a list in a column holds one of some ids: to
// take the id out changes it. To LIKE, some letters of an id stand for others.
func holding(column db.SQL, ids []string) []db.Condition {
	conditions := make([]db.Condition, len(ids))
	for i, id := range ids {
		conditions[i] = db.Condition{SQL: "replace(" + column + ", ?, '') <> " + column, Args: []any{`"` + id + `"`}}
	}
	return conditions
}

func (f OrganisationFilter) order(q *db.Query) {
	inOrder(q, organisationSorts, f.Sort, f.Descending)
}

// searchWithin keeps the rows of a kind that a search finds; the column holds
// their ids.
func searchWithin(ctx context.Context, tx *db.Tx, v territory.Viewer, q *db.Query, kind string, id db.SQL, search string) error {
	hits, err := record.Search(ctx, tx, v, []string{kind}, search, searched)
	if err != nil {
		return err
	}
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.Ref.ID
	}
	q.In(id, ids...)
	return nil
}

func scanOrganisation(language string) func(scan db.Scan) (OrganisationRow, error) {
	return func(scan db.Scan) (r OrganisationRow, err error) {
		var description i18n.Text
		err = scan(&r.ID, &r.Name, &description, &r.Country, &r.City, &r.Size, &r.Kind, &r.SIREN, &r.Logo, (*db.Strings)(&r.Sectors), &r.Fictional, &r.UpdatedAt)
		said, _ := description.In(language)
		r.Detail = shorten(said)
		return r, err
	}
}
