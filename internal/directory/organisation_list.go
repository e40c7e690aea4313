package directory

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
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
	SIREN                     string
	Sectors                   []string
	Fictional                 bool
	UpdatedAt                 db.Instant
}

// organisationSorts are the orders of the list.
var organisationSorts = map[string]db.SQL{
	"name":    "o.name_key",
	"city":    "c.name_key",
	"updated": "o.updated_at",
}

const organisationsWithCity db.SQL = "organisations o LEFT JOIN cities c ON c.territory_id = o.territory_id AND c.id = o.city_id"

// ListOrganisations gives a page of the organisations that the viewer may see,
// and how many there are in all.
func ListOrganisations(ctx context.Context, tx *db.Tx, v territory.Viewer, f OrganisationFilter) (rows []OrganisationRow, all int, err error) {
	q, err := f.seen(ctx, tx, v)
	if err != nil {
		return nil, 0, err
	}
	if all, err = q.Count(ctx, tx); err != nil {
		return nil, 0, fmt.Errorf("count the organisations: %w", err)
	}
	f.order(q.Page(f.Page, PageSize))
	// The ids of a page are found in an index alone; only its rows are read in full.
	page := db.Select(
		`o.id, o.name, o.description, o.country, COALESCE(c.name, ''), o.size, o.kind, o.siren, o.fictional, o.updated_at`,
		organisationsWithCity,
	).Where("o.territory_id = ?", v.Territory.ID).InQuery("o.id", q)
	f.order(page)
	rows, err = db.Collect(ctx, tx, page, scanOrganisation(v.Language))
	if err != nil {
		return nil, 0, fmt.Errorf("list the organisations: %w", err)
	}
	return rows, all, addSectors(ctx, tx, v.Territory.ID, rows)
}

// seen asks for the organisations of the filter that the viewer may see.
func (f OrganisationFilter) seen(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
	q := db.Select("o.id", "organisations o")
	if f.Sort == "city" {
		q = db.Select("o.id", organisationsWithCity)
	}
	v.Within(q, "organisation", "o.territory_id", territory.Columns{Owner: "o.owner_id", Organisation: "o.id"})
	f.filter(q, v.Territory.ID)
	if f.Search != "" {
		return q, searchWithin(ctx, tx, v, q, "organisation", "o.id", f.Search)
	}
	return q, nil
}

func (f OrganisationFilter) filter(q *db.Query, territory int) {
	if f.Deleted {
		q.Where("o.deleted_at IS NOT NULL")
	} else {
		q.Where("o.deleted_at IS NULL")
	}
	for column, values := range map[db.SQL][]string{"o.country": f.Countries, "o.kind": f.Kinds, "o.size": f.Sizes} {
		if len(values) > 0 {
			q.In(column, values...)
		}
	}
	if f.City != "" {
		q.Where("o.city_id = ?", f.City)
	}
	if len(f.Sectors) > 0 {
		in := db.Select("s.organisation_id", "organisation_sectors s").
			Where("s.territory_id = ?", territory).In("s.sector_id", f.Sectors...)
		q.InQuery("o.id", in)
	}
}

func (f OrganisationFilter) order(q *db.Query) {
	order, known := organisationSorts[f.Sort]
	if !known {
		order = organisationSorts["name"]
	}
	if f.Descending {
		q.Order(order+" DESC", "o.id DESC")
	} else {
		q.Order(order, "o.id")
	}
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
		err = scan(&r.ID, &r.Name, &description, &r.Country, &r.City, &r.Size, &r.Kind, &r.SIREN, &r.Fictional, &r.UpdatedAt)
		said, _ := description.In(language)
		r.Detail = shorten(said)
		return r, err
	}
}

// addSectors fills in the sectors of a page of rows with one query.
func addSectors(ctx context.Context, tx *db.Tx, territory int, rows []OrganisationRow) error {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	type tie struct{ organisation, sector string }
	q := db.Select("s.organisation_id, s.sector_id", "organisation_sectors s").
		Where("s.territory_id = ?", territory).In("s.organisation_id", ids...).Order("s.sector_id")
	ties, err := db.Collect(ctx, tx, q, func(scan db.Scan) (t tie, err error) { return t, scan(&t.organisation, &t.sector) })
	if err != nil {
		return fmt.Errorf("list the sectors of a page: %w", err)
	}
	for _, t := range ties {
		at := slices.Index(ids, t.organisation)
		rows[at].Sectors = append(rows[at].Sectors, t.sector)
	}
	return nil
}
