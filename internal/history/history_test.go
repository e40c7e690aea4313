package history_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/ref"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

var (
	ctx     = context.Background()
	officer = history.Actor{ID: "user:1", Name: "Officer"}
	port    = ref.Ref{Territory: 1, Kind: "organisation", ID: "port"}
	clinic  = ref.Ref{Territory: 1, Kind: "organisation", ID: "clinic"}
)

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func statement(t *testing.T, d *db.DB, text string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(text)
		return err
	})
}

// filled is a territory in which two records were changed, and all was sealed.
func filled(t *testing.T, d *db.DB) {
	t.Helper()
	statement(t, d, `INSERT INTO territories (id, slug, name, country, languages, zone, currency, sea, deep, logo, fictional, version, created_at)
		VALUES (1, 'x', 'X', 'FR', '[]', 'Europe/Paris', 'EUR', '', '', '', TRUE, 1, '2017-01-01T00:00:00.000Z')`)
	for _, e := range []history.Event{
		{Ref: port, Actor: officer, Action: "create", Changes: []history.Change{{Field: "name", After: "Port"}, {Field: "city", After: "Miami"}}},
		{Ref: clinic, Actor: officer, Action: "create", Batch: "import", Changes: []history.Change{{Field: "name", After: "Clinic"}}},
		{Ref: port, Actor: history.System(), Action: "edit", Batch: "import", Changes: []history.Change{{Field: "name", Before: "Port", After: "Harbour"}}},
	} {
		write(t, d, func(tx *db.Tx) error { _, err := history.Write(ctx, tx, e); return err })
	}
	if err := history.SealAll(ctx, d); err != nil {
		t.Fatal(err)
	}
}

func verify(t *testing.T, d *db.DB) (report history.Report) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		report, err = history.Verify(ctx, tx, 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestEntriesComeBackNewestFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		filled(t, d)
		var entries []history.Entry
		write(t, d, func(tx *db.Tx) (err error) {
			entries, err = history.Of(ctx, tx, port, 10)
			return err
		})
		now := db.At(dbtest.Now())
		want := []history.Entry{
			{
				Event: history.Event{Ref: port, Actor: history.System(), Action: "edit", Batch: "import", Changes: []history.Change{{Field: "name", Before: "Port", After: "Harbour"}}}, Number: 2, At: now, Sealed: true,
			},
			{
				Event: history.Event{Ref: port, Actor: officer, Action: "create", Changes: []history.Change{{Field: "city", After: "Miami"}, {Field: "name", After: "Port"}}}, Number: 1, At: now, Sealed: true,
			},
		}
		want[1].Batch = entries[1].ID
		if diff := cmp.Diff(want, entries, cmpopts.IgnoreFields(history.Entry{}, "ID", "Hash")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBatchIsInTheOrderToUndo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		filled(t, d)
		var got []string
		write(t, d, func(tx *db.Tx) error {
			entries, err := history.Batch(ctx, tx, 1, "import")
			for _, e := range entries {
				got = append(got, e.Action+" "+e.Ref.ID)
			}
			return err
		})
		if diff := cmp.Diff([]string{"edit port", "create clinic"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestVerifyAcceptsWhatWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		filled(t, d)
		got := verify(t, d)
		if diff := cmp.Diff(history.Report{Entries: 3, Seals: 1}, got, cmpopts.IgnoreFields(got, "Last")); diff != "" {
			t.Error(diff)
		}
		if len(got.Last) != 64 {
			t.Errorf("the last seal is %q", got.Last)
		}
	})
}

// TestVerifyFindsEveryTampering alters each thing that the chain covers.
func TestVerifyFindsEveryTampering(t *testing.T) {
	for _, tampering := range []string{
		`UPDATE history_values SET after = 'Elsewhere' WHERE field = 'city'`,
		`UPDATE history_values SET before = 'Elsewhere' WHERE field = 'city'`,
		`UPDATE history_values SET digest = 'x' WHERE field = 'city'`,
		`UPDATE history_values SET field = 'place' WHERE field = 'city'`,
		`DELETE FROM history_values WHERE field = 'city'`,
		`UPDATE history_entries SET actor = 'user:2' WHERE number = 2`,
		`UPDATE history_entries SET action = 'create' WHERE number = 2`,
		`UPDATE history_entries SET at = '2017-11-05T00:00:00.000Z' WHERE number = 2`,
		`UPDATE history_entries SET batch = 'other' WHERE number = 2`,
		`UPDATE history_entries SET number = 3 WHERE number = 2`,
		`UPDATE history_entries SET record_id = 'other' WHERE number = 2`,
		`UPDATE history_entries SET seal = NULL WHERE number = 2`,
		`UPDATE history_seals SET at = '2017-11-05T00:00:00.000Z'`,
		`UPDATE history_seals SET hash = 'x'`,
		`UPDATE history_seals SET number = 2`,
	} {
		t.Run(tampering, func(t *testing.T) {
			d := dbtest.Open(t)
			filled(t, d)
			statement(t, d, tampering)
			if report := verify(t, d); len(report.Problems) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

func TestRemovedEntriesAreMissed(t *testing.T) {
	d := dbtest.Open(t)
	filled(t, d)
	statement(t, d, `DELETE FROM history_values WHERE entry_id IN (SELECT id FROM history_entries WHERE number = 2)`)
	statement(t, d, `DELETE FROM history_entries WHERE number = 2`)
	if report := verify(t, d); len(report.Problems) == 0 {
		t.Error("nothing was found")
	}
}

func TestErasingLeavesTheChainWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		filled(t, d)
		write(t, d, func(tx *db.Tx) error { return history.Erase(ctx, tx, port) })
		write(t, d, func(tx *db.Tx) error { return history.EraseActor(ctx, tx, 1, officer.ID) })
		report := verify(t, d)
		if len(report.Problems) > 0 || report.Erased != 3 {
			t.Errorf("%+v", report)
		}
		write(t, d, func(tx *db.Tx) error {
			entries, err := history.Of(ctx, tx, port, 10)
			for _, change := range entries[0].Changes {
				if !change.Erased || change.Before != "" || change.After != "" {
					t.Errorf("left: %+v", change)
				}
			}
			return err
		})
	})
}

func TestSealsFollowOneAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		filled(t, d)
		write(t, d, func(tx *db.Tx) error {
			_, err := history.Write(ctx, tx, history.Event{Ref: clinic, Actor: officer, Action: "delete"})
			return err
		})
		if report := verify(t, d); report.Unsealed != 1 || len(report.Problems) > 0 {
			t.Errorf("before: %+v", report)
		}
		for range 2 {
			if err := history.SealAll(ctx, d); err != nil {
				t.Fatal(err)
			}
		}
		if report := verify(t, d); report.Unsealed != 0 || report.Seals != 2 || len(report.Problems) > 0 {
			t.Errorf("after: %+v", report)
		}
	})
}

func TestDiff(t *testing.T) {
	got := history.Diff(
		map[string]string{"name": "Port", "city": "Miami", "same": "x", "gone": "y"},
		map[string]string{"name": "Harbour", "city": "Miami", "same": "x", "new": "z", "empty": ""},
	)
	want := []history.Change{
		{Field: "gone", Before: "y"}, {Field: "name", Before: "Port", After: "Harbour"}, {Field: "new", After: "z"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
