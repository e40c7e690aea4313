package record_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

var (
	ctx     = context.Background()
	act     = record.Act{By: history.Actor{ID: "user:1", Name: "Ana"}}
	officer = territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Officer}
)

// A ship is a noun of the tests' own. Its kind is called organisation, so that
// the table of rights knows it.
type ship struct {
	record.Meta
	Name, Flag string
}

func ships() record.Noun[ship] {
	return record.Noun[ship]{
		Name: "organisation",
		Fields: record.Fields[ship]{
			record.TextField("name", func(s *ship) *string { return &s.Name }),
			record.ChoiceField("flag", []string{"FR", "US"}, func(s *ship) *string { return &s.Flag }),
		},
		Meta: func(s *ship) *record.Meta { return &s.Meta },
		Load: func(ctx context.Context, tx *db.Tx, territory int, id string) (*ship, error) {
			s := ship{Meta: record.Meta{Territory: territory, ID: id}}
			err := tx.QueryRowContext(ctx, `SELECT owner_id, name, flag, version, deleted_at FROM ships WHERE territory_id = $1 AND id = $2`,
				territory, id).Scan(&s.Owner, &s.Name, &s.Flag, &s.Version, &s.DeletedAt)
			if errors.Is(err, sql.ErrNoRows) {
				return nil, fault.New(fault.NotFound, "record.none")
			}
			return &s, err
		},
		Insert: func(ctx context.Context, tx *db.Tx, s *ship) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO ships VALUES ($1, $2, $3, $4, $5, $6, NULL)`,
				s.Territory, s.ID, s.Owner, s.Name, s.Flag, s.Version)
			return err
		},
		Update: func(ctx context.Context, tx *db.Tx, s *ship) error {
			_, err := tx.ExecContext(ctx, `UPDATE ships SET name = $1, flag = $2, version = $3, deleted_at = $4 WHERE territory_id = $5 AND id = $6`,
				s.Name, s.Flag, s.Version, s.DeletedAt, s.Territory, s.ID)
			return err
		},
		Settle: func(s *ship) error {
			var p fault.Problems
			if s.Name == "" {
				p.Add("name", "ship.name_needed")
			}
			return p.Or()
		},
		Found: func(s *ship) record.Found {
			return record.Found{Title: s.Name, Words: []string{s.Flag}, Subject: territory.Subject{Owner: s.Owner, Organisation: s.ID}}
		},
	}
}

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func harbour(t *testing.T, d *db.DB) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(`CREATE TABLE ships (territory_id integer, id text, owner_id text, name text, flag text, version integer, deleted_at text)`)
		return err
	})
	for _, slug := range []string{"marseille", "montpellier"} {
		write(t, d, func(tx *db.Tx) error {
			_, err := territory.Add(ctx, tx, act.By, territory.Territory{
				Slug: slug, Name: slug, Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
			})
			return err
		})
	}
}

func add(t *testing.T, d *db.DB, in int, name, owner, batch string) *ship {
	t.Helper()
	s := &ship{Meta: record.Meta{Territory: in, Owner: owner}, Name: name}
	write(t, d, func(tx *db.Tx) error {
		return ships().Add(ctx, tx, record.Act{By: act.By, Batch: batch}, s)
	})
	return s
}

func load(t *testing.T, d *db.DB, id string) (s *ship) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		s, err = ships().Load(ctx, tx, 1, id)
		return err
	})
	return s
}

func found(t *testing.T, d *db.DB, v territory.Viewer, query string) (titles []string) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		hits, err := record.Search(ctx, tx, v, []string{"organisation"}, query, 10)
		for _, hit := range hits {
			titles = append(titles, hit.Title)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return titles
}

func actions(t *testing.T, d *db.DB, s *ship) (list []string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		entries, err := history.Of(ctx, tx, ships().Ref(s), 10)
		for _, e := range entries {
			list = append(list, e.Action)
		}
		return err
	})
	return list
}

func TestARecordsLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		s := add(t, d, 1, "Belem", "", "")
		s.Name = "Bélem II"
		write(t, d, func(tx *db.Tx) error { return ships().Save(ctx, tx, act, s) })
		write(t, d, func(tx *db.Tx) error { return ships().Delete(ctx, tx, act, 1, s.ID) })
		if got := found(t, d, officer, "belem"); len(got) != 0 {
			t.Errorf("found in the trash: %v", got)
		}
		write(t, d, func(tx *db.Tx) error { return ships().Restore(ctx, tx, act, 1, s.ID) })
		if got := load(t, d, s.ID); got.Name != "Bélem II" || got.Version != 4 || got.Deleted() {
			t.Errorf("in the end: %+v", got)
		}
		if got := found(t, d, officer, "belem"); len(got) != 1 {
			t.Errorf("found after all: %v", got)
		}
		if diff := cmp.Diff([]string{"restore", "delete", "edit", "create"}, actions(t, d, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSavingAnOldVersionIsAConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		s := add(t, d, 1, "Belem", "", "")
		first, second := *s, *s
		first.Name, second.Flag = "Belem I", "FR"
		write(t, d, func(tx *db.Tx) error { return ships().Save(ctx, tx, act, &first) })
		err := d.Write(ctx, func(tx *db.Tx) error { return ships().Save(ctx, tx, act, &second) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the second to save: %v", err)
		}
	})
}

func TestSavingNothingNewLeavesNoTrace(t *testing.T) {
	d := dbtest.Open(t)
	harbour(t, d)
	s := add(t, d, 1, "Belem", "", "")
	write(t, d, func(tx *db.Tx) error { return ships().Save(ctx, tx, act, s) })
	if got := actions(t, d, s); len(got) != 1 {
		t.Errorf("the history is %v", got)
	}
}

func TestRefusedRecordsAreNotKept(t *testing.T) {
	d := dbtest.Open(t)
	harbour(t, d)
	kind := ships().Kind()
	for name, texts := range map[string]map[string]string{
		"no name":      {"flag": "FR"},
		"unknown flag": {"name": "Belem", "flag": "IT"},
	} {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := kind.Create(ctx, tx, act, record.Meta{Territory: 1}, texts)
			return err
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUndoABatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		kinds := record.NewKinds(ships().Kind())
		batch := record.Act{By: act.By, Batch: "import"}
		old, touched, gone := add(t, d, 1, "Old", "", ""), add(t, d, 1, "Touched", "", ""), add(t, d, 1, "Gone", "", "")
		made := add(t, d, 1, "Made", "", "import")
		for _, s := range []*ship{old, touched} {
			write(t, d, func(tx *db.Tx) error {
				return kinds["organisation"].Change(ctx, tx, batch, 1, s.ID, map[string]string{"name": s.Name + " changed"})
			})
		}
		write(t, d, func(tx *db.Tx) error { return ships().Delete(ctx, tx, batch, 1, gone.ID) })
		write(t, d, func(tx *db.Tx) error {
			return kinds["organisation"].Change(ctx, tx, act, 1, touched.ID, map[string]string{"name": "Mine"})
		})

		write(t, d, func(tx *db.Tx) error {
			undone, err := kinds.Undo(ctx, tx, act.By, 1, "import")
			want := record.Undone{Done: 3}
			want.Kept = append(want.Kept, ships().Ref(touched))
			if diff := cmp.Diff(want, undone); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if got := load(t, d, old.ID); got.Name != "Old" {
			t.Errorf("what was changed is %q", got.Name)
		}
		if got := load(t, d, touched.ID); got.Name != "Mine" {
			t.Errorf("what was changed since is %q", got.Name)
		}
		if load(t, d, gone.ID).Deleted() || !load(t, d, made.ID).Deleted() {
			t.Error("what was deleted is not back, or what was made is still there")
		}
	})
}

func TestUndoOfAnotherTerritorysBatch(t *testing.T) {
	d := dbtest.Open(t)
	harbour(t, d)
	add(t, d, 1, "Belem", "", "import")
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := record.NewKinds(ships().Kind()).Undo(ctx, tx, act.By, 2, "import")
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("undone: %v", err)
	}
}

func TestSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		for _, name := range []string{"Étang Bleu", "Biogalène", "Port de Miami", "Port Vigie", "נמל כחול", "青島港", "Compagnie des étangs"} {
			add(t, d, 1, name, "", "")
		}
		add(t, d, 2, "Port of the neighbour", "", "")
		for query, want := range map[string][]string{
			"etang":      {"Étang Bleu", "Compagnie des étangs"},
			"ÉTANG bleu": {"Étang Bleu"},
			"galen":      {"Biogalène"},
			"biogalène":  {"Biogalène"},
			"biogalnee":  {"Biogalène"}, // a typo
			"port":       {"Port Vigie", "Port de Miami"},
			"po":         {"Port Vigie", "Port de Miami"},
			"port mi":    {"Port de Miami"},
			"青島":         {"青島港"},
			"נמל":        {"נמל כחול"},
			"":           nil,
			"  %_\"' ":   nil,
			"zzz":        nil,
		} {
			if diff := cmp.Diff(want, found(t, d, officer, query)); diff != "" {
				t.Errorf("%q: %s", query, diff)
			}
		}
	})
}

func TestSearchShowsWhatTheViewerMaySee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		add(t, d, 1, "Ship of the city", "", "")
		add(t, d, 1, "Ship of an agency", "agency", "")
		own := add(t, d, 1, "Ship of nobody", "", "")
		viewer := func(role territory.Role, organisation string) territory.Viewer {
			return territory.Viewer{Territory: territory.Territory{ID: 1}, Role: role, Organisation: organisation}
		}
		for _, c := range []struct {
			who  territory.Viewer
			want []string
		}{
			{officer, []string{"Ship of an agency", "Ship of nobody", "Ship of the city"}},
			{viewer(territory.Partner, "agency"), []string{"Ship of an agency"}},
			{viewer(territory.Partner, "other"), nil},
			{viewer(territory.Company, own.ID), []string{"Ship of nobody"}},
			{viewer(territory.Company, ""), nil},
			{viewer(territory.Observer, ""), nil},
			{territory.Viewer{Territory: territory.Territory{ID: 2}, Role: territory.Officer}, nil},
		} {
			for _, query := range []string{"ship", "shi of", "shipp"} {
				if diff := cmp.Diff(c.want, found(t, d, c.who, query), cmp.Transformer("sort", sorted)); diff != "" {
					t.Errorf("%s of %q looks for %q: %s", c.who.Role, c.who.Organisation, query, diff)
				}
			}
		}
	})
}
