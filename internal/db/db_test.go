package db_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// TestMain draws the same random rows every time; -rapid.seed draws others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

// probe makes a small table of the test's own.
func probe(t *testing.T, d *db.DB) {
	t.Helper()
	exec(t, d, `CREATE TABLE probe (id text PRIMARY KEY, n integer NOT NULL, at text)`)
}

func exec(t *testing.T, d *db.DB, statement string, args ...any) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(context.Background(), statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.Select("id", "probe").Count(context.Background(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWriteIsWholeOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		stop := errors.New("stop")
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			if _, err := tx.Exec(`INSERT INTO probe VALUES ('a', 1, NULL)`); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || count(t, d) != 0 {
			t.Errorf("after %v there are %d rows", err, count(t, d))
		}
	})
}

func TestReadRefusesWrites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO probe VALUES ('a', 1, NULL)`)
			return err
		})
		if err == nil || count(t, d) != 0 {
			t.Errorf("a reader wrote: %v, %d rows", err, count(t, d))
		}
	})
}

// TestWritesCollide adds to one number from several goroutines: each write that
// collided is run again, so nothing is lost.
func TestWritesCollide(t *testing.T) {
	const writers, each = 3, 5
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		exec(t, d, `INSERT INTO probe VALUES ('a', 0, NULL)`)
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range each {
					if err := d.Write(context.Background(), increment); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if n := number(t, d); n != writers*each {
			t.Errorf("the number is %d", n)
		}
	})
}

func increment(tx *db.Tx) error {
	var n int
	if err := tx.QueryRow(`SELECT n FROM probe WHERE id = 'a'`).Scan(&n); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE probe SET n = $1 WHERE id = $2`, n+1, "a")
	return err
}

func number(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT n FROM probe`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDuplicate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		exec(t, d, `INSERT INTO probe VALUES ('a', 1, NULL)`)
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO probe VALUES ('a', 2, NULL)`)
			return err
		})
		if !db.IsDuplicate(err) {
			t.Errorf("%v is no duplicate", err)
		}
	})
}

func TestInstantsComeBack(t *testing.T) {
	zone := time.FixedZone("Miami", -5*3600)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		want := db.At(time.Date(2017, 11, 6, 9, 30, 0, 123_456_789, zone))
		exec(t, d, `INSERT INTO probe VALUES ('a', 1, $1), ('b', 2, $2)`, want, db.Instant{})
		got := instants(t, d)
		if diff := cmp.Diff([]db.Instant{want, {}}, got); diff != "" {
			t.Error(diff)
		}
		if text := got[0].Text(); text != "2017-11-06T14:30:00.123Z" {
			t.Errorf("stored as %s", text)
		}
	})
}

func instants(t *testing.T, d *db.DB) (list []db.Instant) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.Collect(context.Background(), tx, db.Select("at", "probe").Order("id"),
			func(scan db.Scan) (at db.Instant, err error) { return at, scan(&at) })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestQuery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		rows := [][]any{{"a", 1, nil}, {"b", 2, nil}, {"c", 3, nil}, {"d", 4, nil}}
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			return db.Insert(context.Background(), tx, "probe", []db.SQL{"id", "n", "at"}, rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			query *db.Query
			want  []string
			all   int
		}{
			"all":      {db.Select("id", "probe").Order("id"), []string{"a", "b", "c", "d"}, 4},
			"filtered": {db.Select("id", "probe").Where("n > ?", 1).In("id", "a", "b", "d").Order("n DESC"), []string{"d", "b"}, 2},
			"none":     {db.Select("id", "probe").In("id"), nil, 0},
			"page 2":   {db.Select("id", "probe").Order("id").Page(2, 3), []string{"d"}, 4},
			"either":   {db.Select("id", "probe").Where("n = ? OR n = ?", 1, 4).Where("id <> ?", "a"), []string{"d"}, 1},
		} {
			got, n := page(t, d, c.query)
			if diff := cmp.Diff(c.want, got); diff != "" || n != c.all {
				t.Errorf("%s: %d in all, want %d; %s", name, n, c.all, diff)
			}
		}
	})
}

func page(t *testing.T, d *db.DB, q *db.Query) (ids []string, n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		if n, err = q.Count(context.Background(), tx); err != nil {
			return err
		}
		ids, err = db.Collect(context.Background(), tx, q, db.One)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids, n
}

// TestCollectPage: every page of every size is what a list in memory gives, and
// says how many there are exactly up to the bound, and beyond it no more than
// there are and no fewer than it shows.
func TestCollectPage(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e", "f", "g"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		rows := make([][]any, len(ids))
		for i, id := range ids {
			rows[i] = []any{id, i, nil}
		}
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			return db.Insert(context.Background(), tx, "probe", []db.SQL{"id", "n", "at"}, rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		for size := 1; size <= 4; size++ {
			for page := 1; page <= 9; page++ {
				for most := range 9 {
					checkPage(t, d, ids, page, size, most)
				}
			}
		}
	})
}

func checkPage(t *testing.T, d *db.DB, ids []string, page, size, most int) {
	t.Helper()
	var got []string
	var all int
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		q := db.Select("id", "probe").Where("n >= ?", 0).Order("id").Page(page, size)
		got, all, err = db.CollectPage(context.Background(), tx, q, most, db.One)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	from := min((page-1)*size, len(ids))
	until := min(from+size, len(ids))
	if diff := cmp.Diff(ids[from:until], got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("page %d of %d rows: %s", page, size, diff)
	}
	least := min(most+1, len(ids))
	if until > from {
		least = max(least, min(until+1, len(ids)))
	}
	if all < least || all > len(ids) {
		t.Errorf("page %d of %d rows says %d in all, counted to %d of %d", page, size, all, most, len(ids))
	}
}

func TestMigrateTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		present, wanted, err := d.Versions(context.Background())
		if err != nil || present != wanted || present == 0 {
			t.Errorf("version %d of %d, %v", present, wanted, err)
		}
	})
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://host:port:x/": "postgres://USER:PASSWORD@HOST:PORT/NAME",
		"sqlite:missing/x.db":     "missing/x.db",
	} {
		if _, err := db.Open(context.Background(), address, dbtest.Now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
