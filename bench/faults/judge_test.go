package main

import (
	"os"
	"testing"

	"github.com/escale-hq/escale/bench/internal/workspace"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

// TestJudge breaks a database in each way that a fault could, and asks the
// judge.
func TestJudge(t *testing.T) {
	tests := []struct {
		name, breaks string
		count        func(verdict) int
	}{
		{"nothing", "", func(v verdict) int { return 1 - v.problems() }},
		{"a record lost", "UPDATE organisations SET deleted_at = NULL, id = id || 'x' WHERE id = $1", func(v verdict) int { return len(v.Lost) }},
		{"a change lost", "UPDATE organisations SET street = 'elsewhere' WHERE id = $1", func(v verdict) int { return len(v.Lost) }},
		{"a record without its words", "DELETE FROM search_words WHERE record_id = $1", func(v verdict) int { return len(v.Halved) }},
		{"an entry altered", "UPDATE history_entries SET action = 'edit' WHERE record_id = $1", func(v verdict) int { return len(v.Chain) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := dbtest.Open(t)
			if err := workspace.Fill(t.Context(), d, workspace.Size{Organisations: 1}, 1, func(int, int) {}); err != nil {
				t.Fatal(err)
			}
			w := &writer{kept: map[string]written{}}
			id := adopt(t, d, w)
			if test.breaks != "" {
				harm(t, d, "PRAGMA foreign_keys = off")
				harm(t, d, test.breaks, id)
			}
			v, err := judgeAll(t.Context(), d, 1, []*writer{w})
			if err != nil || test.count(v) < 1 {
				t.Errorf("%+v, %v", v, err)
			}
		})
	}
}

func harm(t *testing.T, d *db.DB, statement string, args ...any) {
	t.Helper()
	if _, err := d.Handle().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// adopt makes the writer the one who added an organisation of the database.
func adopt(t *testing.T, d *db.DB, w *writer) (id string) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		var as written
		err := tx.QueryRowContext(t.Context(), "SELECT id, name, street, version FROM organisations WHERE street <> ''").
			Scan(&id, &as.name, &as.street, &as.version)
		w.keep(id, as)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
