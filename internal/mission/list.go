package mission

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Filter says which missions a list shows.
type Filter struct {
	Search                              string
	Years, Statuses, Sectors, Countries []string // any of each
	City                                string   // id of one that a leg is in
	Deleted                             bool     // the trash instead
	Page                                int      // from 1
}

// A Row is a mission as a list shows it.
type Row struct {
	Mission
	// Cities are the names of its legs' cities, or of the legs, in order.
	Cities []string
	// Delegates counts the companies that take part.
	Delegates int
}

// searched bounds how many missions a search within the list considers.
const searched = 200

// seenBy asks for the missions that the viewer may see.
func seenBy(v territory.Viewer, columns db.SQL) *db.Query {
	q := db.Select(columns, "missions m")
	return v.Within(q, "mission", "m.territory_id", territory.Columns{Owner: "m.owner_id", Organisation: "''", Mission: "m.id"})
}

// Today is the day of the viewer's territory.
func Today(v territory.Viewer, now db.Instant) string {
	return v.Territory.At(now).Format(time.DateOnly)
}

// List gives a page of the missions that the viewer may see, and how many there
// are: those ahead and under way first, the next first; those without a day;
// those of the past, the last first.
func List(ctx context.Context, tx *db.Tx, v territory.Viewer, f Filter) (rows []Row, all int, err error) {
	today := Today(v, tx.Now)
	q := seenBy(v, "m.id")
	if err := f.narrow(ctx, tx, v, q, today); err != nil {
		return nil, 0, err
	}
	order(q, today)
	ids, all, err := db.CollectPage(ctx, tx, q.Page(f.Page, web.PageSize), web.Counted, db.One)
	if err != nil {
		return nil, 0, fmt.Errorf("find the missions of the page: %w", err)
	}
	page := db.Select(
		`m.id, m.title, m.kind, m.stage, m.starts_on, m.ends_on, m.call_from, m.call_to, m.companies, m.sector_ids, m.language, m.fictional,
			(SELECT count(*) FROM participants p WHERE p.territory_id = m.territory_id AND p.mission_id = m.id
				AND p.side = 'delegate' AND p.state = 'takes_part' AND p.deleted_at IS NULL)`,
		"missions m",
	).Where("m.territory_id = ?", v.Territory.ID).In("m.id", ids...)
	order(page, today)
	rows, err = db.Collect(ctx, tx, page, func(scan db.Scan) (r Row, err error) {
		err = scan(&r.ID, &r.Title, &r.Kind, (*string)(&r.Stage), &r.StartsOn, &r.EndsOn, &r.CallFrom, &r.CallTo, &r.Companies,
			(*db.Strings)(&r.Sectors), &r.Language, &r.Fictional, &r.Delegates)
		r.Territory = v.Territory.ID
		return r, err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the missions: %w", err)
	}
	return rows, all, addCities(ctx, tx, v.Territory.ID, rows)
}

func order(q *db.Query, today string) {
	q.OrderBy("CASE WHEN m.ends_on >= ? THEN 0 WHEN m.ends_on = '' AND m.stage IN ('idea', 'preparation', 'confirmed') THEN 1 ELSE 2 END", today)
	q.OrderBy("CASE WHEN m.ends_on >= ? THEN m.starts_on ELSE '' END", today)
	q.Order("m.starts_on DESC", "m.id")
}

// addCities says where the missions of a list go.
func addCities(ctx context.Context, tx *db.Tx, territory int, rows []Row) error {
	at := map[string]*Row{}
	ids := make([]string, len(rows))
	for i := range rows {
		at[rows[i].ID], ids[i] = &rows[i], rows[i].ID
	}
	_, err := db.Collect(ctx, tx, db.Select("l.mission_id, COALESCE(c.name, l.name)",
		"legs l LEFT JOIN cities c ON c.territory_id = l.territory_id AND c.id = l.city_id").
		Where("l.territory_id = ? AND l.deleted_at IS NULL", territory).In("l.mission_id", ids...).Order("l.position", "l.id"),
		func(scan db.Scan) (name string, err error) {
			var mission string
			err = scan(&mission, &name)
			if row := at[mission]; row != nil {
				row.Cities = append(row.Cities, name)
			}
			return name, err
		})
	if err != nil {
		return fmt.Errorf("find where missions go: %w", err)
	}
	return nil
}

// narrow keeps the missions of the filter.
func (f Filter) narrow(ctx context.Context, tx *db.Tx, v territory.Viewer, q *db.Query, today string) error {
	if f.Deleted {
		q.Where("m.deleted_at IS NOT NULL")
	} else {
		q.Where("m.deleted_at IS NULL")
	}
	anyOf(q, f.Years, inYear)
	anyOf(q, f.Statuses, func(status string) db.Condition { return Status(status).on(today) })
	anyOf(q, f.Sectors, func(sector string) db.Condition {
		// Without the id, the list would be another. LIKE would take some letters of an id for others.
		return db.Condition{SQL: "replace(m.sector_ids, ?, '') <> m.sector_ids", Args: []any{`"` + sector + `"`}}
	})
	legs := db.Select("l.mission_id", "legs l JOIN cities c ON c.territory_id = l.territory_id AND c.id = l.city_id").
		Where("l.territory_id = ? AND l.deleted_at IS NULL", v.Territory.ID)
	switch {
	case f.City != "":
		q.InQuery("m.id", legs.Where("c.id = ?", f.City))
	case len(f.Countries) > 0:
		q.InQuery("m.id", legs.In("c.country", f.Countries...))
	}
	if f.Search == "" {
		return nil
	}
	hits, err := record.Search(ctx, tx, v, []string{"mission"}, f.Search, searched)
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.Ref.ID
	}
	q.In("m.id", ids...)
	return err
}

func anyOf(q *db.Query, values []string, condition func(string) db.Condition) {
	if len(values) == 0 {
		return
	}
	conditions := make([]db.Condition, len(values))
	for i, value := range values {
		conditions[i] = condition(value)
	}
	q.Any(conditions...)
}

// inYear holds for the missions that have a day in a year.
func inYear(year string) db.Condition {
	n, err := strconv.Atoi(year)
	if err != nil {
		return db.Either() // no mission is in such a year
	}
	first, next := fmt.Sprintf("%04d-01-01", n), fmt.Sprintf("%04d-01-01", n+1)
	return db.Condition{SQL: "m.starts_on <> '' AND m.starts_on < ? AND (m.ends_on >= ? OR m.starts_on >= ?)", Args: []any{next, first, first}}
}

// on holds for the missions that have a status on a day: it says for many what
// [Mission.Status] says for one.
func (s Status) on(today string) db.Condition {
	is := func(condition db.SQL, args ...any) db.Condition { return db.Condition{SQL: condition, Args: args} }
	going := is("m.ends_on = '' OR m.ends_on >= ?", today)
	preparing := db.Both(is("m.stage = 'preparation'"), going)
	confirmed := db.Both(is("m.stage = 'confirmed'"), going)
	switch s {
	case Status(Idea), Status(Followed), Status(Closed), Status(Cancelled):
		return is("m.stage = ?", string(s))
	case Done:
		return is("m.stage IN ('preparation', 'confirmed') AND m.ends_on <> '' AND m.ends_on < ?", today)
	case UnderWay:
		return db.Both(confirmed, is("m.starts_on <> '' AND m.starts_on <= ?", today))
	case Status(Confirmed):
		return db.Both(confirmed, is("m.starts_on = '' OR m.starts_on > ?", today))
	case Status(Preparation):
		return db.Both(preparing, is("m.call_from = '' OR m.call_from > ?", today))
	case CallOpen:
		return db.Both(preparing, is("m.call_from <> '' AND m.call_from <= ? AND (m.call_to = '' OR m.call_to >= ?)", today, today))
	case Selection:
		return db.Both(preparing, is("m.call_from <> '' AND m.call_from <= ? AND m.call_to <> '' AND m.call_to < ?", today, today))
	default:
		return db.Either() // there is no such status
	}
}

// spread is what a list can be filtered by: the years and the countries of the
// missions that the viewer may see.
func spread(ctx context.Context, tx *db.Tx, v territory.Viewer) (years, countries []string, err error) {
	q := seenBy(v, "DISTINCT substr(m.starts_on, 1, 4)").Where("m.deleted_at IS NULL AND m.starts_on <> ''")
	if years, err = db.Collect(ctx, tx, q.Order("1 DESC"), db.One); err != nil {
		return nil, nil, fmt.Errorf("find the years of missions: %w", err)
	}
	countries, err = db.Collect(ctx, tx, db.Select("DISTINCT c.country",
		"legs l JOIN cities c ON c.territory_id = l.territory_id AND c.id = l.city_id").
		Where("l.territory_id = ? AND l.deleted_at IS NULL", v.Territory.ID).
		InQuery("l.mission_id", seenBy(v, "m.id").Where("m.deleted_at IS NULL")).Order("1"), db.One)
	if err != nil {
		return nil, nil, fmt.Errorf("find the countries of missions: %w", err)
	}
	return years, countries, nil
}
