package job_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/job"
)

// stepping has a worker that tells of each step that it is sent, and ends when
// no more come.
func stepping(jobs *job.Jobs) (steps chan job.Progress) {
	steps = make(chan job.Progress)
	job.Do(jobs, func(ctx context.Context, _ note) error {
		for {
			select {
			case step, more := <-steps:
				if !more {
					return nil
				}
				if err := job.Tell(ctx, step); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	return steps
}

// watched watches a job from a node, until the end of the test.
func watched(t *testing.T, jobs *job.Jobs, id int64) <-chan job.Job {
	t.Helper()
	seen, err := jobs.Watch(t.Context(), 1, id)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// sees reads what a watcher is told until something holds.
func sees(t *testing.T, seen <-chan job.Job, what string, holds func(job.Job) bool) job.Job {
	t.Helper()
	for {
		got, more := <-seen
		if !more {
			t.Fatalf("the watcher is told no more before this comes about: %s", what)
		}
		if holds(got) {
			return got
		}
	}
}

// closed reads what is left, until there is no more.
func closed(t *testing.T, seen <-chan job.Job) (last job.Job) {
	t.Helper()
	for end := time.After(patience); ; {
		select {
		case got, more := <-seen:
			if !more {
				return last
			}
			last = got
		case <-end:
			t.Fatal("the watcher waits for ever")
		}
	}
}

// TestWatch: a job is followed from the node that works on it and from another,
// by several at once, from before it is begun until it is done.
func TestWatch(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs, elsewhere := queue(t, d), queue(t, d)
		steps := stepping(jobs)
		var id int64
		err := d.Write(context.Background(), func(tx *db.Tx) (err error) {
			id, err = jobs.Ask(context.Background(), tx, note{}, job.For(1))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		here, there, too := watched(t, jobs, id), watched(t, elsewhere, id), watched(t, elsewhere, id)
		watchers := []<-chan job.Job{here, there, too}
		for _, seen := range watchers {
			sees(t, seen, "it waits", func(j job.Job) bool { return j.State == job.Waiting })
		}
		start(t, jobs)
		step := job.Progress{Done: 2, Total: 5, Stage: "job.gone", Value: 70, Bound: 90}
		steps <- step
		for _, seen := range watchers {
			got := sees(t, seen, "it is at its second step", func(j job.Job) bool { return j.Progress.Done == 2 })
			if diff := cmp.Diff(step, got.Progress); diff != "" || got.State != job.Running {
				t.Errorf("%s: %s", got.State, diff)
			}
		}
		steps <- job.Progress{Done: 5, Total: 5}
		close(steps)
		for _, seen := range watchers {
			if last := closed(t, seen); last.State != job.Done || last.Progress.Done != 5 {
				t.Errorf("the last that is told: %+v", last)
			}
		}
		if last := closed(t, watched(t, elsewhere, id)); last.State != job.Done {
			t.Errorf("of a job that is done: %+v", last)
		}
	})
}

// TestWatchEnds: who goes is told no more, and the others are.
func TestWatchEnds(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		stepping(jobs)
		later(t, d, jobs, note{"1"}, job.For(1))
		found, err := jobs.List(context.Background(), 1, job.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		going, leave := context.WithCancel(context.Background())
		seen, err := jobs.Watch(going, 1, found[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		stays := watched(t, jobs, found[0].ID)
		leave()
		if last := closed(t, seen); last.State != job.Waiting {
			t.Errorf("who went was told %+v", last)
		}
		if _, err := jobs.Cancel(context.Background(), 1, found[0].ID); err != nil {
			t.Fatal(err)
		}
		if last := closed(t, stays); last.State != job.Cancelled {
			t.Errorf("who stayed was told %+v", last)
		}
	})
}

// TestWatchOfStrangers: the jobs of a territory are not there for another.
func TestWatchOfStrangers(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		stepping(jobs)
		later(t, d, jobs, note{}, job.For(1))
		for _, territory := range []int{0, 2} {
			if _, err := jobs.Watch(t.Context(), territory, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("territory %d: %v", territory, err)
			}
		}
	})
}

// TestWatchingLeavesNothing: once the last has gone, nobody asks the database.
func TestWatchingLeavesNothing(t *testing.T) { // beside no other test
	dbtest.EachAt(t, time.Now, func(t *testing.T, d *db.DB) {
		before := goleak.IgnoreCurrent()
		jobs := queue(t, d)
		stepping(jobs)
		later(t, d, jobs, note{})
		for range 2 {
			watching, leave := context.WithCancel(context.Background())
			for range 3 {
				if _, err := jobs.Watch(watching, 0, only(t, jobs)); err != nil {
					t.Fatal(err)
				}
			}
			leave()
		}
		goleak.VerifyNone(t, before)
	})
}
