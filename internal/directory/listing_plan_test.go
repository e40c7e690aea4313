package directory

import (
	"context"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

// TestListsAreNotSorted: SQLite reads each order of a list from an index that is
// in that order and holds all that lists are filtered by.
func TestListsAreNotSorted(t *testing.T) {
	d := dbtest.Open(t)
	v := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Officer}
	for _, descending := range []bool{false, true} {
		for sort := range organisationSorts {
			f := OrganisationFilter{Sectors: []string{"health"}, Sizes: []string{"1-2"}, Sort: sort, Descending: descending}
			plan := planOf(t, d, func(tx *db.Tx) (*db.Query, error) {
				q, err := f.seen(context.Background(), tx, v)
				f.order(q)
				return q, err
			})
			unsorted(t, "organisations by "+sort, plan)
		}
		for sort := range personSorts {
			f := PersonFilter{Consents: []string{"given"}, Sort: sort, Descending: descending}
			plan := planOf(t, d, func(tx *db.Tx) (*db.Query, error) {
				q, err := f.seen(context.Background(), tx, v)
				f.order(q)
				return q, err
			})
			unsorted(t, "people by "+sort, plan)
		}
	}
}

func unsorted(t *testing.T, list, plan string) {
	t.Helper()
	if strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "COVERING INDEX") {
		t.Errorf("%s: %s", list, plan)
	}
}

func planOf(t *testing.T, d *db.DB, ask func(tx *db.Tx) (*db.Query, error)) string {
	t.Helper()
	var plan []string
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		q, err := ask(tx)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+q.Text(), q.Args()...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				return err
			}
			plan = append(plan, step)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "; ")
}
