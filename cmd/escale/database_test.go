package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/backup"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/job"
)

type errand struct {
	To string `json:"to"`
}

func (errand) Kind() string { return "errand" }

// TestPendingJobsGoAlong: work that was asked for and not done yet is still to
// be done after a backup and its restore, and in a copy, on either engine.
func TestPendingJobsGoAlong(t *testing.T) {
	ways := map[string]func(t *testing.T, from, to *db.DB){"backup": backUpAndRestore, "copy": copyAll}
	engines := map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}
	for name, way := range ways {
		for one, from := range engines {
			for other, to := range engines {
				t.Run(name+" from "+one+" to "+other, func(t *testing.T) {
					source, target := opened(t, from(t)), opened(t, to(t))
					newest(t, source)
					ask(t, source)
					way(t, source, target)
					before, after := pending(t, source), pending(t, target)
					if diff := cmp.Diff(before, after); diff != "" || len(before) != 2 {
						t.Errorf("%d jobs: %s", len(before), diff)
					}
				})
			}
		}
	}
}

func backUpAndRestore(t *testing.T, from, to *db.DB) {
	file := filepath.Join(t.TempDir(), "escale.zip")
	source := backup.Installation{DB: from, Files: t.TempDir(), Migrate: migrate}
	if _, err := backup.Write(context.Background(), source, file); err != nil {
		t.Fatal(err)
	}
	target := backup.Installation{DB: to, Files: filepath.Join(t.TempDir(), "files"), Migrate: migrate}
	if _, _, err := backup.Restore(context.Background(), file, target, ""); err != nil {
		t.Fatal(err)
	}
}

func copyAll(t *testing.T, from, to *db.DB) {
	if _, err := copyInto(context.Background(), from, to); err != nil {
		t.Fatal(err)
	}
}

// opened is a database without tables.
func opened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := openDatabase(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// newest brings a database to the newest version, as `escale migrate` does.
func newest(t *testing.T, d *db.DB) {
	t.Helper()
	_, wanted, err := d.Versions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate(context.Background(), d, wanted); err != nil {
		t.Fatal(err)
	}
}

func queue(t *testing.T, d *db.DB) *job.Jobs {
	t.Helper()
	jobs, err := job.New(d, slog.New(slog.DiscardHandler), 1)
	if err != nil {
		t.Fatal(err)
	}
	job.Do(jobs, func(context.Context, errand) error { return nil })
	return jobs
}

// ask asks for a job to be done now, and for one in a day.
func ask(t *testing.T, d *db.DB) {
	t.Helper()
	jobs := queue(t, d)
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		if err := jobs.Later(context.Background(), tx, errand{"Miami"}, job.For(3), job.By("anna")); err != nil {
			return err
		}
		return jobs.Later(context.Background(), tx, errand{"Québec"}, job.For(3), job.At(tx.Now.Add(24*time.Hour)), job.Once())
	})
	if err != nil {
		t.Fatal(err)
	}
}

func pending(t *testing.T, d *db.DB) []job.Job {
	t.Helper()
	found, err := queue(t, d).List(context.Background(), 3, job.Filter{States: []job.State{job.Waiting, job.Scheduled}, Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
