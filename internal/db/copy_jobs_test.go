package db_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"github.com/escale-hq/escale/internal/db"
)

type letter struct {
	To    string  `json:"to"`
	Share float64 `json:"share"`
	Large int64   `json:"large"`
	Lines []string
}

func (letter) Kind() string { return "letter" }

// queue makes the tables of the job queue, and gives who writes them.
func queue(t *testing.T, d *db.DB) (*river.Client[*sql.Tx], riverdriver.Executor) {
	t.Helper()
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(d.Handle())
	if d.Engine() == db.Postgres {
		driver = riverdatabasesql.New(d.Handle())
	}
	migrator, err := rivermigrate.New(driver, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.Migrate(context.Background(), rivermigrate.DirectionUp, nil); err != nil {
		t.Fatal(err)
	}
	client, err := river.NewClient(driver, &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return client, driver.GetExecutor()
}

func jobs(t *testing.T, client *river.Client[*sql.Tx]) []*rivertype.JobRow {
	t.Helper()
	list, err := client.JobList(context.Background(), river.NewJobListParams().First(100).OrderBy(river.JobListOrderByID, river.SortOrderAsc))
	if err != nil {
		t.Fatal(err)
	}
	return list.Jobs
}

// TestCopyCarriesJobs: the queue itself reads in the target what it wrote in
// the source: arguments, tags, errors, times; what was unique stays so.
func TestCopyCarriesJobs(t *testing.T) {
	pair(t, func(t *testing.T, from, to *db.DB) {
		ctx := context.Background()
		source, writer := queue(t, from)
		target, _ := queue(t, to)
		unique := &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}, Tags: []string{"mail", "fr-fr"}}
		once := letter{To: `Zoé "Z" {\}`, Share: 1e-9, Large: 1<<62 + 1, Lines: []string{"a,b", "c\nd"}}
		if _, err := source.Insert(ctx, once, unique); err != nil {
			t.Fatal(err)
		}
		later := &river.InsertOpts{ScheduledAt: time.Date(2100, 1, 2, 3, 4, 5, 6_700_000, time.UTC)}
		if _, err := source.Insert(ctx, letter{}, later); err != nil {
			t.Fatal(err)
		}
		failed(t, writer)
		if _, err := db.Copy(ctx, from, to, false); err != nil {
			t.Fatal(err)
		}
		moment := cmp.Comparer(func(a, b time.Time) bool { return a.Truncate(time.Millisecond).Equal(b.Truncate(time.Millisecond)) })
		document := cmp.Transformer("JSON", func(text []byte) (value any) {
			if err := json.Unmarshal(text, &value); err != nil {
				return string(text)
			}
			return value
		})
		if diff := cmp.Diff(jobs(t, source), jobs(t, target), moment, document); diff != "" || len(jobs(t, source)) != 3 {
			t.Error(diff)
		}
		again, err := target.Insert(ctx, once, unique)
		if err != nil || !again.UniqueSkippedAsDuplicate {
			t.Errorf("the unique job is there twice, %v", err)
		}
		if next, err := target.Insert(ctx, letter{}, nil); err != nil || next.Job.ID <= 3 {
			t.Errorf("the next job is %+v, %v", next, err)
		}
	})
}

// failed writes a job that was tried twice.
func failed(t *testing.T, writer riverdriver.Executor) {
	t.Helper()
	at := time.Date(2017, 11, 6, 13, 0, 0, 0, time.UTC)
	_, err := writer.JobInsertFull(context.Background(), &riverdriver.JobInsertFullParams{
		Attempt: 2, AttemptedAt: &at, AttemptedBy: []string{"node 1", "node,2"}, CreatedAt: &at, EncodedArgs: []byte(`{}`),
		Errors: [][]byte{[]byte(`{"at":"2017-11-06T13:00:00Z","attempt":1,"error":"a \"b\" \\ {c}","trace":""}`)},
		Kind:   "letter", MaxAttempts: 25, Metadata: []byte(`{"b": 1, "a": {"x": null}}`), Priority: 2, Queue: "default",
		ScheduledAt: &at, State: rivertype.JobStateRetryable, Tags: []string{},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMigrateToAnOlderVersion(t *testing.T) {
	pair(t, func(t *testing.T, from, to *db.DB) {
		var versions *db.VersionError
		exec(t, to, `DELETE FROM goose_db_version WHERE version_id > 4`)
		_, err := db.Copy(context.Background(), from, to, false)
		if !errors.As(err, &versions) || versions.To != 4 || versions.From <= 4 {
			t.Errorf("copied: %v", err)
		}
		if err := to.MigrateTo(context.Background(), 0); !errors.Is(err, db.ErrNoSchema) {
			t.Errorf("version 0: %v", err)
		}
	})
}
