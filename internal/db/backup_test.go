package db_test

import (
	"context"
	"os"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

// TestDamage spoils pages of a file, then a foreign key.
func TestDamage(t *testing.T) {
	ctx := context.Background()
	address := dbtest.SQLite(t)
	d := opened(t, address)
	fill(t, d, many())
	for _, depth := range []db.Depth{db.Quick, db.Thorough} {
		if found, err := d.Damage(ctx, depth); err != nil || len(found) > 0 {
			t.Errorf("%s: %q, %v", depth, found, err)
		}
	}
	exec(t, d, `DROP TABLE a_child`)
	exec(t, d, `CREATE TABLE a_child (parent text)`)
	exec(t, d, `INSERT INTO a_child VALUES ('nobody')`)
	writable(t, d, `UPDATE sqlite_schema SET sql = 'CREATE TABLE a_child (parent text REFERENCES "z parent" (id))' WHERE name = 'a_child'`)
	again := reopened(t, address)
	if found, err := again.Damage(ctx, db.Thorough); err != nil || len(found) != 1 || found[0] != "a row of a_child refers to a missing row of z parent" {
		t.Errorf("%q, %v", found, err)
	}
}

// writable changes the schema as SQLite never would.
func writable(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	for _, s := range []string{"PRAGMA writable_schema = on", statement, "PRAGMA wal_checkpoint(truncate)"} {
		if _, err := d.Handle().Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func reopened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// TestDamageOfPages overwrites the end of a file, where the rows are: without
// the schema, further up, it would not even open.
func TestDamageOfPages(t *testing.T) {
	address := dbtest.SQLite(t)
	d := opened(t, address)
	fill(t, d, many())
	if _, err := d.Handle().Exec("PRAGMA wal_checkpoint(truncate)"); err != nil {
		t.Fatal(err)
	}
	file := db.FileOf(address)
	bytes, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(bytes) - 2*4096; i < len(bytes); i++ {
		bytes[i] = 0xff
	}
	spoiled := file + ".spoiled"
	if err := os.WriteFile(spoiled, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := reopened(t, spoiled).Damage(context.Background(), db.Quick)
	if err == nil && len(found) == 0 {
		t.Error("no damage is seen")
	}
}

func TestIsEmpty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		probe(t, d)
		if empty, err := d.IsEmpty(context.Background()); err != nil || !empty {
			t.Errorf("a new database is empty: %v, %v", empty, err)
		}
		exec(t, d, `INSERT INTO probe VALUES ('a', 1, NULL)`)
		if empty, err := d.IsEmpty(context.Background()); err != nil || empty {
			t.Errorf("a database with a row is empty: %v, %v", empty, err)
		}
	})
}
