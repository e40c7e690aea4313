package job_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) {
	if address := os.Getenv(killed); address != "" {
		workUntilKilled(address)
	}
	os.Exit(dbtest.Run(m))
}

var quiet = slog.New(slog.DiscardHandler)

// A note is what the tests have done: the kind is the work, the text what the
// worker is told.
type note struct {
	Text string `json:"text"`
}

func (note) Kind() string { return "note" }

// patience is how long a test waits for what must happen soon.
const patience = time.Minute

// gate holds workers back until a test opens it.
type gate struct{ begun, open chan string }

func newGate() gate { return gate{make(chan string, 9), make(chan string)} }

// pass tells that a worker has begun, and waits until it may go on.
func (g gate) pass(ctx context.Context, text string) error {
	g.begun <- text
	select {
	case <-g.open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// each runs a test on both engines, with a clock that starts near the present
// (River clears away old jobs by the machine's) and moves when told to. The
// tests wait more than they work, so they do so side by side.
func each(t *testing.T, test func(t *testing.T, d *db.DB, hand *clock.Hand)) {
	t.Helper()
	t.Parallel()
	hand := clock.At(time.Now().Truncate(24 * time.Hour).Add(time.Hour))
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) { test(t, d, hand) })
}

// queue gives the jobs of a database, not started.
func queue(t *testing.T, d *db.DB) *job.Jobs {
	t.Helper()
	jobs, err := job.New(d, quiet, 4)
	if err != nil {
		t.Fatal(err)
	}
	if err := jobs.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return jobs
}

// start starts a node that ends with the test.
func start(t *testing.T, jobs *job.Jobs) {
	t.Helper()
	if err := jobs.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := jobs.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func later(t *testing.T, d *db.DB, jobs *job.Jobs, args job.Args, options ...job.Option) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		return jobs.Later(context.Background(), tx, args, options...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// next waits for what a worker sends.
func next[T any](t *testing.T, from <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-from:
	case <-time.After(patience):
		t.Fatal("nothing happens")
	}
	return value
}

// await asks again and again until something holds.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	end := time.After(patience)
	for !holds() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("this does not come about: %s", what)
		}
	}
}

// until waits for a job to be in a state.
func until(t *testing.T, jobs *job.Jobs, id int64, state job.State) (found job.Job) {
	t.Helper()
	await(t, "the job is "+string(state), func() bool {
		var err error
		if found, err = jobs.Find(context.Background(), 0, id); err != nil {
			t.Fatal(err)
		}
		return found.State == state
	})
	return found
}

// only is the one job there is.
func only(t *testing.T, jobs *job.Jobs) int64 {
	t.Helper()
	found := list(t, jobs, job.Filter{})
	if len(found) != 1 {
		t.Fatalf("there are %d jobs, not one", len(found))
	}
	return found[0].ID
}

func list(t *testing.T, jobs *job.Jobs, filter job.Filter) []job.Job {
	t.Helper()
	found, err := jobs.List(context.Background(), 0, filter)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestJobIsKeptOrUndoneWithTheTransaction(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		done := make(chan string, 3)
		job.Do(jobs, func(_ context.Context, n note) error {
			done <- n.Text
			return nil
		})
		undone := errors.New("undone")
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			return errors.Join(jobs.Later(context.Background(), tx, note{"never"}), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		later(t, d, jobs, note{"kept"}, job.By("anna"))
		start(t, jobs)
		if got := next(t, done); got != "kept" {
			t.Errorf("done: %s", got)
		}
		got, now := until(t, jobs, only(t, jobs), job.Done), d.Now()
		want := job.Job{
			ID: got.ID, Kind: "note", State: job.Done, By: "anna", Attempt: 1, Attempts: 20,
			AskedAt: now, DueAt: now, BegunAt: now, EndedAt: now,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, job.Words)) }

func TestNothingIsLeftRunning(t *testing.T) { // beside no other test
	dbtest.EachAt(t, time.Now, func(t *testing.T, d *db.DB) {
		before := goleak.IgnoreCurrent()
		jobs := queue(t, d)
		job.Do(jobs, func(context.Context, note) error { return nil })
		for range 2 {
			if err := jobs.Start(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := jobs.Stop(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		goleak.VerifyNone(t, before)
	})
}
