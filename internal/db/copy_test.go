package db_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// opened gives a fresh database at an address, with a table that has every
// type of ours, a key that refers to it, and rows numbered by the engine.
func opened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	blob, number := "blob", "integer PRIMARY KEY AUTOINCREMENT"
	if d.Engine() == db.Postgres {
		blob, number = "bytea", "bigserial PRIMARY KEY"
	}
	// Named so that the order of names is not the order of references.
	exec(t, d, `CREATE TABLE "z parent" (id text PRIMARY KEY, i bigint, r double precision, b boolean, x `+blob+`)`)
	exec(t, d, `CREATE TABLE a_child (n `+number+`, parent text NOT NULL REFERENCES "z parent" (id))`)
	return d
}

// pair runs a test from each engine to each.
func pair(t *testing.T, test func(t *testing.T, from, to *db.DB)) {
	engines := map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}
	for one, from := range engines {
		for other, to := range engines {
			t.Run(one+" to "+other, func(t *testing.T) { test(t, opened(t, from(t)), opened(t, to(t))) })
		}
	}
}

// optional draws a value, or none.
func optional[T any](t *rapid.T, g *rapid.Generator[T], label string) any {
	if rapid.IntRange(0, 3).Draw(t, "none") == 0 {
		return nil
	}
	return g.Draw(t, label)
}

func drawParents(t *rapid.T) [][]any {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aé'\"\\{}%_, \n雪🛳")), 0, 8, -1)
	var rows [][]any
	for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
		rows = append(rows, []any{
			fmt.Sprint(i, text.Draw(t, "id")), optional(t, rapid.Int64(), "i"),
			optional(t, rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 1e300, math.Inf(-1)})), "r"),
			optional(t, rapid.Bool(), "b"), optional(t, rapid.SliceOf(rapid.Byte()), "x"),
		})
	}
	return rows
}

// fill replaces the rows of the two tables.
func fill(t interface{ Fatal(...any) }, d *db.DB, parents [][]any) {
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"a_child", `"z parent"`} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		children := make([][]any, len(parents))
		for i, row := range parents {
			children[i] = row[:1]
		}
		return errors.Join(
			db.Insert(ctx, tx, `"z parent"`, []db.SQL{"id", "i", "r", "b", "x"}, parents),
			db.Insert(ctx, tx, "a_child", []db.SQL{"parent"}, children),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func content(t interface{ Fatal(...any) }, d *db.DB) db.Content {
	c, err := d.Content(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// parents reads the table with queries of the test's own.
func parents(t interface{ Fatal(...any) }, d *db.DB) (list []string) {
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = db.Collect(context.Background(), tx, db.Select("id, i, r, b, x", `"z parent"`).Order("id"),
			func(scan db.Scan) (string, error) {
				var id string
				var i, r, b any
				var x []byte
				err := scan(&id, &i, &r, &b, &x)
				if n, ok := b.(int64); ok {
					b = n != 0
				}
				return fmt.Sprintf("%q %v %v %v %x", id, i, r, b, x), err
			})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestCopyGoesRoundBothEngines(t *testing.T) {
	first, second, third := opened(t, dbtest.SQLite(t)), opened(t, dbtest.Postgres(t)), opened(t, dbtest.SQLite(t))
	rapid.Check(t, func(t *rapid.T) {
		fill(t, first, drawParents(t))
		for _, pair := range [][2]*db.DB{{first, second}, {second, third}} {
			got, err := db.Copy(context.Background(), pair[0], pair[1], true)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(content(t, first), got); diff != "" {
				t.Fatal(diff)
			}
			if diff := cmp.Diff(parents(t, first), parents(t, pair[1])); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// TestContentTellsRowsApart: the order of rows does not count, and any other
// change does.
func TestContentTellsRowsApart(t *testing.T) {
	d := opened(t, dbtest.SQLite(t))
	digest := func(t *rapid.T, rows [][]any) string {
		fill(t, d, rows)
		for _, table := range content(t, d) {
			if table.Table == "z parent" {
				return table.Digest
			}
		}
		t.Fatal("the table is not in the content")
		return ""
	}
	rapid.Check(t, func(t *rapid.T) {
		rows := drawParents(t)
		first := digest(t, rows)
		if again := digest(t, rapid.Permutation(rows).Draw(t, "order")); again != first {
			t.Fatal("the order of rows counts")
		}
		if len(rows) == 0 {
			return
		}
		changed := rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")]
		i := rapid.IntRange(0, 4).Draw(t, "column")
		other := []any{"another", int64(7), 0.5, true, []byte("x")}[i]
		if cmp.Equal(changed[i], other) {
			other = []any{"yet another", nil, nil, nil, nil}[i]
		}
		if changed[i] = other; digest(t, rows) == first {
			t.Fatalf("column %d does not count", i)
		}
	})
}

// many are more rows than one statement writes.
func many() [][]any {
	var rows [][]any
	for i := range 1203 {
		rows = append(rows, []any{fmt.Sprintf("%04d", i), int64(i), float64(i) / 3, i%2 == 0, []byte{byte(i)}})
	}
	return rows
}

func TestCopyBetweenEngines(t *testing.T) {
	pair(t, func(t *testing.T, from, to *db.DB) {
		fillSchema(t, from)
		got, err := db.Copy(context.Background(), from, to, false)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(content(t, from), got); diff != "" || got.Rows() < int64(3*len(got)) {
			t.Errorf("%d rows, %s", got.Rows(), diff)
		}
		// What comes next is numbered on, and is found by its words.
		exec(t, to, `INSERT INTO a_child (parent) VALUES ('value 1')`)
		if found := search(t, to, "ue 2"); found != "value 2" {
			t.Errorf("found %q", found)
		}
	})
}

// fillSchema writes rows to every table of the schema, whatever they are. All
// texts and numbers of a row are made of its number, so that what refers to a
// row finds it once it is there: tables that come too early are tried again.
func fillSchema(t *testing.T, d *db.DB) {
	t.Helper()
	var err error
	waiting := content(t, d)
	for range len(waiting) {
		var again db.Content
		for _, table := range waiting {
			if e := fillTable(d, table.Table); e != nil {
				again, err = append(again, table), e
			}
		}
		waiting = again
	}
	if len(waiting) > 0 {
		t.Fatal(err)
	}
}

func fillTable(d *db.DB, table string) error {
	ctx := context.Background()
	return d.Write(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT * FROM "` + table + `" WHERE 1 = 0`)
		if err != nil {
			return err
		}
		types, err := rows.ColumnTypes()
		if err = errors.Join(err, rows.Close()); err != nil {
			return err
		}
		var columns []db.SQL
		values := make([][]any, 3)
		for _, column := range types {
			columns = append(columns, db.SQL(column.Name()))
			for i := range values {
				values[i] = append(values[i], made(column.DatabaseTypeName(), i+1))
			}
		}
		return db.Insert(ctx, tx, db.SQL(`"`+table+`"`), columns, values)
	})
}

func made(declared string, n int) any {
	switch strings.ToUpper(declared) {
	case "INTEGER", "INT4", "BIGINT", "INT8":
		return n
	case "DOUBLE PRECISION", "FLOAT8":
		return float64(n) / 3
	case "BOOLEAN", "BOOL":
		return n%2 == 0
	case "BLOB", "BYTEA":
		return []byte{byte(n)}
	}
	return fmt.Sprint("value ", n)
}

func search(t *testing.T, d *db.DB, word string) (id string) {
	t.Helper()
	query := `SELECT record_id FROM search_words WHERE words LIKE '%' || $1 || '%'`
	if d.Engine() == db.SQLite {
		query = `SELECT record_id FROM search_words WHERE rowid IN (SELECT rowid FROM search_trigrams WHERE words MATCH '"' || $1 || '"')`
	}
	err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.QueryRow(query, word).Scan(&id) })
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestCopyRefusesAFullTarget(t *testing.T) {
	pair(t, func(t *testing.T, from, to *db.DB) {
		fill(t, from, many())
		fill(t, to, many()[:3])
		before := content(t, to)
		if _, err := db.Copy(context.Background(), from, to, false); !errors.Is(err, db.ErrNotEmpty) {
			t.Errorf("copied: %v", err)
		}
		if diff := cmp.Diff(before, content(t, to)); diff != "" {
			t.Error(diff)
		}
		if got, err := db.Copy(context.Background(), from, to, true); err != nil || !cmp.Equal(got, content(t, from)) {
			t.Errorf("not replaced: %v", err)
		}
	})
}

// TestInterruptedCopyLeavesNothing: PostgreSQL refuses a text that SQLite
// holds, long after the first rows; then the one who waits gives up.
func TestInterruptedCopyLeavesNothing(t *testing.T) {
	from, to := opened(t, dbtest.SQLite(t)), opened(t, dbtest.Postgres(t))
	fill(t, from, append(many(), []any{"zero \x00", nil, nil, nil, nil}))
	fill(t, to, many()[:3])
	before := content(t, to)
	_, err := db.Copy(context.Background(), from, to, true)
	if err == nil || !strings.Contains(err.Error(), "write z parent") {
		t.Errorf("copied: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Copy(ctx, to, from, true); !errors.Is(err, context.Canceled) {
		t.Errorf("copied: %v", err)
	}
	if diff := cmp.Diff(before, content(t, to)); diff != "" {
		t.Error(diff)
	}
}

// TestCopyReadsOneState moves amounts between two rows, far apart, while
// copies are taken: their sum never changes.
func TestCopyReadsOneState(t *testing.T) {
	pair(t, func(t *testing.T, from, to *db.DB) {
		fill(t, from, many())
		want := total(t, from)
		ctx, stop := context.WithCancel(context.Background())
		stopped := make(chan error)
		go func() {
			var err error
			for err == nil && ctx.Err() == nil {
				err = from.Write(context.Background(), func(tx *db.Tx) error {
					_, err := tx.Exec(`UPDATE "z parent" SET i = i + CASE id WHEN '0000' THEN 1 ELSE -1 END WHERE id IN ('0000', '1202')`)
					return err
				})
			}
			stopped <- err
		}()
		for range 5 {
			if _, err := db.Copy(context.Background(), from, to, true); err != nil {
				t.Error(err)
			}
			if got := total(t, to); got != want {
				t.Errorf("the sum is %d, not %d", got, want)
			}
		}
		stop()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
}

func total(t *testing.T, d *db.DB) (sum int64) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT CAST(sum(i) AS bigint) FROM "z parent"`).Scan(&sum)
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestCopyOfATree: each row refers to the next, which is written after it.
func TestCopyOfATree(t *testing.T) {
	var rows [][]any
	for i := range 1203 {
		rows = append(rows, []any{i, i + 1})
	}
	rows[len(rows)-1][1] = nil
	slices.Reverse(rows) // to make it, what is referred to comes first
	pair(t, func(t *testing.T, from, to *db.DB) {
		for _, d := range []*db.DB{from, to} {
			exec(t, d, `CREATE TABLE tree (id integer PRIMARY KEY, up integer REFERENCES tree (id))`)
		}
		err := from.Write(context.Background(), func(tx *db.Tx) error {
			return db.Insert(context.Background(), tx, "tree", []db.SQL{"id", "up"}, rows)
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Copy(context.Background(), from, to, false); err != nil {
			t.Fatal(err)
		}
		err = to.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO tree (id, up) VALUES (2000, 3000)`)
			return err
		})
		if err == nil {
			t.Error("a row that refers to nothing is taken")
		}
	})
}

func TestCopyWantsTheSameSchema(t *testing.T) {
	sqlite, postgres := opened(t, dbtest.SQLite(t)), opened(t, dbtest.Postgres(t))
	for name, c := range map[string]struct{ from, to, want string }{
		"a table more":   {`CREATE TABLE m (id text)`, `SELECT 1`, "no table m"},
		"a table less":   {`SELECT 1`, `CREATE TABLE zz (id text)`, "no table zz"},
		"another column": {`CREATE TABLE m (id text)`, `CREATE TABLE m (key text)`, "no table m"},
		"another kind":   {`CREATE TABLE m (id text)`, `CREATE TABLE m (id integer)`, "no table m"},
		"a strange type": {`CREATE TABLE m (id numeric)`, `SELECT 1`, "m.id is of type numeric"},
		"a circle": {
			`CREATE TABLE m (id text PRIMARY KEY, other text REFERENCES zz (id)); CREATE TABLE zz (id text PRIMARY KEY, other text REFERENCES m (id))`,
			`SELECT 1`, "in a circle",
		},
	} {
		t.Run(name, func(t *testing.T) {
			exec(t, sqlite, c.from)
			exec(t, postgres, c.to)
			if _, err := db.Copy(context.Background(), sqlite, postgres, false); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			for _, d := range []*db.DB{sqlite, postgres} {
				exec(t, d, `DROP TABLE IF EXISTS m`)
				exec(t, d, `DROP TABLE IF EXISTS zz`)
			}
		})
	}
}
