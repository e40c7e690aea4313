package workspace

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

func TestFill(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var told [][2]int
		err := Fill(t.Context(), d, Size{Organisations: 30, People: 40}, 1, func(done, of int) { told = append(told, [2]int{done, of}) })
		if err != nil {
			t.Fatal(err)
		}
		if len(told) != 2 || told[0] != [2]int{30, 30} || told[1] != [2]int{40, 40} {
			t.Errorf("it tells %v", told)
		}
		organisations, err := Organisations(t.Context(), d)
		if err != nil || len(organisations) != 31 { // with the agency
			t.Fatalf("%d organisations, %v", len(organisations), err)
		}
		people, err := People(t.Context(), d)
		if err != nil || len(people) != 40 {
			t.Fatalf("%d people, %v", len(people), err)
		}
		holds(t, d, people[7])
		signIns(t, d)
	})
}

// holds says that a record is found by its name, and that all have a history.
func holds(t *testing.T, d *db.DB, one Item) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		home, err := territory.BySlug(t.Context(), tx, Slug)
		if err != nil {
			return err
		}
		v := territory.Viewer{Territory: home, Role: territory.Administrator}
		hits, err := record.Search(t.Context(), tx, v, []string{"person"}, one.Name, 10)
		if err != nil || len(hits) == 0 || hits[0].Ref.ID != one.ID {
			t.Errorf("%s is not found by %q: %v", one.ID, one.Name, hits)
		}
		report, err := history.Verify(t.Context(), tx, home.ID)
		if err != nil || len(report.Problems) > 0 || report.Entries < 70 {
			t.Errorf("the history: %+v", report)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func signIns(t *testing.T, d *db.DB) {
	t.Helper()
	site := &url.URL{Scheme: "http", Host: "banc.example"}
	links, err := Links(t.Context(), d, site, []byte(strings.Repeat("k", 32)))
	if err != nil || len(links) != Members+1 || !strings.HasPrefix(links[0], "http://banc.example/sign-in/") {
		t.Errorf("links %v, %v", links, err)
	}
}
