package job_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/job"
)

func TestBackOff(t *testing.T) {
	var total time.Duration
	for failures := 1; failures <= 20; failures++ {
		wait := job.BackOff(failures)
		if next := job.BackOff(failures + 1); wait < 5*time.Second || next < wait || next > 6*time.Hour {
			t.Errorf("after %d failures a job waits %v, then %v", failures, wait, next)
		}
		total += wait
	}
	if total < 48*time.Hour || total > 72*time.Hour {
		t.Errorf("a job is tried over %v", total)
	}
}

func TestFailureIsTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, hand *clock.Hand) {
		jobs := queue(t, d)
		tries := make(chan db.Instant, 2)
		job.Do(jobs, func(ctx context.Context, _ note) error {
			tries <- d.Now()
			if len(tries) == 1 {
				return errors.New("the sea is rough")
			}
			panic("the sea is calm")
		})
		later(t, d, jobs, note{}, job.Attempts(2))
		start(t, jobs)
		id := only(t, jobs)
		var failed job.Job
		await(t, "the job fails", func() bool {
			failed = until(t, jobs, id, job.Waiting)
			return failed.Failure != ""
		})
		if wait := failed.DueAt.Sub(d.Now().Time); failed.Failure != "the sea is rough" || wait != 5*time.Second {
			t.Errorf("failed with %q, due in %v", failed.Failure, wait)
		}
		hand.Advance(5 * time.Second)
		given := until(t, jobs, id, job.Failed)
		if !strings.Contains(given.Failure, "the sea is calm") || given.Attempt != 2 || given.EndedAt.IsZero() {
			t.Errorf("given up: %+v", given)
		}
		if first, second := <-tries, <-tries; second.Sub(first.Time) != 5*time.Second {
			t.Errorf("tried at %v and %v", first, second)
		}
		again, err := jobs.Again(context.Background(), 0, id)
		if err != nil || again.State != job.Waiting {
			t.Errorf("again: %+v, %v", again, err)
		}
		next(t, tries)
	})
}

func TestCancelAndSnooze(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, hand *clock.Hand) {
		jobs := queue(t, d)
		done := make(chan string, 2)
		job.Do(jobs, func(_ context.Context, n note) error {
			done <- n.Text
			if len(done) == 1 {
				return job.Snooze(time.Hour)
			}
			return job.Cancel(errors.New("no such port"))
		})
		later(t, d, jobs, note{"x"})
		start(t, jobs)
		id := only(t, jobs)
		if put := until(t, jobs, id, job.Scheduled); put.DueAt != d.Now().Add(time.Hour) || put.Attempt != 0 {
			t.Errorf("put off: %+v", put)
		}
		hand.Advance(time.Hour)
		if got := until(t, jobs, id, job.Cancelled); !strings.Contains(got.Failure, "no such port") {
			t.Errorf("cancelled: %+v", got)
		}
	})
}

func TestScheduled(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, hand *clock.Hand) {
		jobs := queue(t, d)
		done := make(chan string, 3)
		job.Do(jobs, func(_ context.Context, n note) error {
			done <- n.Text
			return nil
		})
		later(t, d, jobs, note{"in an hour"}, job.At(d.Now().Add(time.Hour)))
		later(t, d, jobs, note{"now"})
		start(t, jobs)
		if got := next(t, done); got != "now" {
			t.Errorf("done first: %s", got)
		}
		if waiting := list(t, jobs, job.Filter{States: []job.State{job.Scheduled}}); len(waiting) != 1 || waiting[0].DueAt != d.Now().Add(time.Hour) {
			t.Errorf("scheduled: %+v", waiting)
		}
		hand.Advance(time.Hour)
		if got := next(t, done); got != "in an hour" {
			t.Errorf("done in an hour: %s", got)
		}
	})
}

func TestOrder(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs, err := job.New(d, quiet, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := jobs.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		done := make(chan string, 3)
		job.Do(jobs, func(_ context.Context, n note) error {
			done <- n.Text
			return nil
		})
		later(t, d, jobs, note{"behind"}, job.Behind())
		later(t, d, jobs, note{"first"})
		later(t, d, jobs, note{"second"})
		start(t, jobs)
		for _, want := range []string{"first", "second", "behind"} {
			if got := next(t, done); got != want {
				t.Errorf("%s is done where %s should be", got, want)
			}
		}
	})
}

func TestUnique(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, hand *clock.Hand) {
		jobs := queue(t, d)
		done := make(chan string, 9)
		job.Do(jobs, func(_ context.Context, n note) error {
			done <- n.Text
			return nil
		})
		for range 2 {
			later(t, d, jobs, note{"once"}, job.Once())
			later(t, d, jobs, note{"hourly"}, job.OncePer(time.Hour))
			later(t, d, jobs, note{"often"})
		}
		count := func(want int) {
			t.Helper()
			if got := list(t, jobs, job.Filter{}); len(got) != want {
				t.Errorf("%d jobs, not %d", len(got), want)
			}
		}
		count(4)
		start(t, jobs)
		for _, found := range list(t, jobs, job.Filter{}) {
			until(t, jobs, found.ID, job.Done)
		}
		later(t, d, jobs, note{"once"}, job.Once())               // the other is done
		later(t, d, jobs, note{"hourly"}, job.OncePer(time.Hour)) // it is still the same hour
		count(5)
		hand.Advance(time.Hour)
		later(t, d, jobs, note{"hourly"}, job.OncePer(time.Hour))
		count(6)
	})
}

func TestLists(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		job.Do(jobs, func(context.Context, note) error { return nil })
		job.Do(jobs, func(context.Context, other) error { return nil })
		ask := func(args job.Args, territory int, by string) {
			t.Helper()
			later(t, d, jobs, args, job.For(territory), job.By(by))
		}
		ask(note{"1"}, 1, "anna")
		ask(other{}, 1, "ben")
		ask(note{"2"}, 2, "cleo")
		ask(note{"3"}, 1, "dora")
		of := func(territory int, filter job.Filter) (who []string) {
			t.Helper()
			found, err := jobs.List(context.Background(), territory, filter)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range found {
				who = append(who, j.By)
			}
			return who
		}
		first, err := jobs.List(context.Background(), 1, job.Filter{Limit: 1})
		if err != nil || len(first) != 1 {
			t.Fatalf("first: %+v, %v", first, err)
		}
		for _, c := range []struct {
			territory int
			filter    job.Filter
			want      []string
		}{
			{1, job.Filter{}, []string{"dora", "ben", "anna"}},
			{2, job.Filter{}, []string{"cleo"}},
			{0, job.Filter{}, nil},
			{1, job.Filter{Kind: "note"}, []string{"dora", "anna"}},
			{1, job.Filter{States: []job.State{job.Waiting}, Limit: 2}, []string{"dora", "ben"}},
			{1, job.Filter{States: []job.State{job.Done, job.Running}}, nil},
			{1, job.Filter{Before: first[0].ID}, []string{"ben", "anna"}},
		} {
			if diff := cmp.Diff(c.want, of(c.territory, c.filter)); diff != "" {
				t.Errorf("territory %d, %+v: %s", c.territory, c.filter, diff)
			}
		}
		strangers(t, jobs, first[0])
	})
}

type other struct{}

func (other) Kind() string { return "other" }

// strangers: the jobs of a territory are not there for another.
func strangers(t *testing.T, jobs *job.Jobs, of job.Job) {
	t.Helper()
	ctx := context.Background()
	for name, do := range map[string]func(context.Context, int, int64) (job.Job, error){
		"find": jobs.Find, "cancel": jobs.Cancel, "do again": jobs.Again,
	} {
		for _, where := range []struct {
			territory int
			id        int64
		}{{2, of.ID}, {0, of.ID}, {1, 1 << 40}} {
			if got, err := do(ctx, where.territory, where.id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s %+v: %+v, %v", name, where, got, err)
			}
		}
	}
	if same, err := jobs.Find(ctx, 1, of.ID); err != nil || same != of {
		t.Errorf("afterwards: %+v, %v", same, err)
	}
}

func TestRunningJobIsSeenAndCancelledFromAnotherNode(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs, elsewhere := queue(t, d), queue(t, d)
		told := make(chan struct{})
		job.Do(jobs, func(ctx context.Context, _ note) error {
			if err := job.Tell(ctx, job.Progress{Done: 3, Total: 40, Stage: "job.gone"}); err != nil {
				return err
			}
			if err := job.Tell(ctx, job.Progress{Done: 4, Total: 40}); err != nil { // too soon to be written
				return err
			}
			close(told)
			<-ctx.Done()
			return ctx.Err()
		})
		later(t, d, jobs, note{})
		start(t, jobs)
		next(t, told)
		seen := until(t, elsewhere, only(t, elsewhere), job.Running)
		if diff := cmp.Diff(job.Progress{Done: 3, Total: 40, Stage: "job.gone"}, seen.Progress); diff != "" {
			t.Error(diff)
		}
		if _, err := elsewhere.Cancel(context.Background(), 0, seen.ID); err != nil {
			t.Fatal(err)
		}
		until(t, elsewhere, seen.ID, job.Cancelled)
	})
}

func TestTellOutsideJobs(t *testing.T) {
	if err := job.Tell(context.Background(), job.Progress{Done: 1}); err != nil {
		t.Error(err)
	}
}

func TestWaitingJobIsCancelled(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		job.Do(jobs, func(context.Context, note) error { return nil })
		later(t, d, jobs, note{})
		got, err := jobs.Cancel(context.Background(), 0, only(t, jobs))
		want := job.Job{State: job.Cancelled, Kind: "note", EndedAt: d.Now()}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(job.Job{}, "ID", "Attempts", "AskedAt", "DueAt")); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}
