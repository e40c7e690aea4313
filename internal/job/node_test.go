package job_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/job"
)

// killed names the database on which a child process works until it is killed.
const killed = "ESCALE_TEST_JOBS_OF"

// workUntilKilled is the child: it says when it is at work, and never ends.
func workUntilKilled(address string) {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	d, err := db.Open(ctx, address, clock.System())
	check(err)
	jobs, err := job.New(d, quiet, 4)
	check(err)
	job.Do(jobs, func(context.Context, note) error {
		fmt.Println("at work")
		select {}
	})
	check(jobs.Start(ctx))
	select {}
}

// TestKilledNode: what a node was at when it was killed is done by another, or
// by itself once it runs again.
func TestKilledNode(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			where := address(t)
			d := opened(t, where)
			jobs := queue(t, d)
			jobs.Hasten(20*time.Millisecond, time.Second, time.Minute)
			done := make(chan string, 2)
			job.Do(jobs, func(_ context.Context, n note) error {
				done <- n.Text
				return nil
			})
			later(t, d, jobs, note{"safe"})
			later(t, d, jobs, note{"last attempt"}, job.Attempts(1))
			later(t, d, jobs, note{"unwanted"})
			killChild(t, where)
			running := list(t, jobs, job.Filter{States: []job.State{job.Running}})
			if len(running) != atWork {
				t.Fatalf("%d jobs were at work", len(running))
			}
			if _, err := jobs.Cancel(context.Background(), 0, running[0].ID); err != nil {
				t.Fatal(err)
			}
			start(t, jobs)
			if got := next(t, done); got != "safe" {
				t.Errorf("done: %s", got)
			}
			until(t, jobs, running[0].ID, job.Cancelled)
			safe, last := until(t, jobs, running[2].ID, job.Done), until(t, jobs, running[1].ID, job.Failed)
			if gone := "the node that worked on it is gone"; safe.Attempt != 2 || safe.Failure != gone || last.Failure != gone {
				t.Errorf("done: %+v; given up: %+v", safe, last)
			}
		})
	}
}

func opened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, clock.System())
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
	return d
}

// atWork is how many jobs the child is at when it is killed.
const atWork = 3

// killChild starts a node in a process of its own, and kills it at its work.
func killChild(t *testing.T, address string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killed+"="+address)
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	child.Stderr = os.Stderr
	said, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	for range atWork {
		if !lines.Scan() || lines.Text() != "at work" {
			t.Errorf("the child says %q", lines.Text())
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
}

// TestLivingNodeKeepsItsJobs: two nodes count side by side, and neither takes
// what the other is at.
func TestLivingNodeKeepsItsJobs(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		worker, watcher := queue(t, d), queue(t, d)
		g := newGate()
		for _, jobs := range []*job.Jobs{worker, watcher} {
			jobs.Hasten(10*time.Millisecond, time.Minute, time.Minute)
			job.Do(jobs, func(ctx context.Context, n note) error { return g.pass(ctx, n.Text) })
		}
		later(t, d, worker, note{"long"})
		start(t, worker)
		next(t, g.begun)
		start(t, watcher)
		beats(t, d, 20)
		if got := until(t, worker, only(t, worker), job.Running); got.Attempt != 1 || len(g.begun) > 0 {
			t.Errorf("the job was taken away: %+v", got)
		}
		close(g.open)
		until(t, worker, only(t, worker), job.Done)
	})
}

// beats waits until both nodes have counted so far.
func beats(t *testing.T, d *db.DB, count int) {
	t.Helper()
	await(t, "two nodes count", func() bool {
		var least, nodes int
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.QueryRow(`SELECT coalesce(min(beats), 0), count(*) FROM job_nodes`).Scan(&least, &nodes)
		})
		if err != nil {
			t.Fatal(err)
		}
		return nodes == 2 && least >= count
	})
}

// TestStop: a node that stops lets its jobs end, and gives back those that take
// too long, as if they had not been tried.
func TestStop(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs := queue(t, d)
		g := newGate()
		job.Do(jobs, func(ctx context.Context, n note) error { return g.pass(ctx, n.Text) })
		begin := func() {
			t.Helper()
			if err := jobs.Start(context.Background()); err != nil {
				t.Fatal(err)
			}
			next(t, g.begun)
		}
		later(t, d, jobs, note{})
		id := only(t, jobs)
		begin()
		over, cancel := context.WithCancel(context.Background())
		cancel()
		if err := jobs.Stop(over); err != nil {
			t.Fatal(err)
		}
		if got := until(t, jobs, id, job.Waiting); got.Attempt != 0 || got.Failure != "" {
			t.Errorf("given back: %+v", got)
		}
		begin()
		stopped := make(chan error)
		go func() { stopped <- jobs.Stop(context.Background()) }()
		g.open <- "go on"
		if err := next(t, stopped); err != nil {
			t.Fatal(err)
		}
		if got := until(t, jobs, id, job.Done); got.Attempt != 1 {
			t.Errorf("done: %+v", got)
		}
	})
}

// TestEvery: each period's job is done once, whichever node asks for it; one
// that was missed while none ran is made up for.
func TestEvery(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, hand *clock.Hand) {
		done := make(chan string, 9)
		begin := func(name string) *job.Jobs {
			t.Helper()
			jobs := queue(t, d)
			job.Do(jobs, func(_ context.Context, n note) error {
				done <- n.Text
				return nil
			})
			jobs.Every(time.Hour, note{"hourly"})
			jobs.Every(time.Hour, note{name}) // asked for with the other: it tells that this node asked
			if err := jobs.Start(context.Background()); err != nil {
				t.Fatal(err)
			}
			return jobs
		}
		times := map[string]int{}
		asked := func(name string) {
			t.Helper()
			for times[name] == 0 {
				times[next(t, done)]++
			}
		}
		end := func(jobs *job.Jobs) {
			t.Helper()
			if err := jobs.Stop(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		first := begin("first")
		asked("first")
		second := begin("second")
		end(first) // the second leads now, and asks for what the first has asked for
		asked("second")
		end(second)
		hand.Advance(3 * time.Hour)
		third := begin("third")
		asked("third")
		end(third)
		for len(done) > 0 {
			times[<-done]++
		}
		if diff := cmp.Diff(map[string]int{"hourly": 2, "first": 1, "second": 1, "third": 1}, times); diff != "" {
			t.Error(diff)
		}
	})
}

// TestMigrateByManyAtOnce: nodes that start together make the tables once.
func TestMigrateByManyAtOnce(t *testing.T) {
	address := dbtest.Postgres(t)
	ended := make(chan error)
	for range 4 {
		d := opened(t, address)
		go func() {
			jobs, err := job.New(d, quiet, 1)
			if err == nil {
				err = jobs.Migrate(context.Background())
			}
			ended <- err
		}()
	}
	for range 4 {
		if err := next(t, ended); err != nil {
			t.Error(err)
		}
	}
}

// TestStopLeavesStubbornJobs: a job that does not heed the end of its context
// does not hold its node back, and is given to another.
func TestStopLeavesStubbornJobs(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, _ *clock.Hand) {
		jobs, other := queue(t, d), queue(t, d)
		jobs.Hasten(time.Minute, time.Minute, time.Millisecond)
		begun, free := make(chan string), make(chan string)
		job.Do(jobs, func(context.Context, note) error {
			begun <- "stubborn"
			<-free
			return nil
		})
		defer close(free)
		job.Do(other, func(context.Context, note) error {
			begun <- "other"
			return nil
		})
		later(t, d, jobs, note{})
		if err := jobs.Start(context.Background()); err != nil {
			t.Fatal(err)
		}
		next(t, begun)
		over, cancel := context.WithCancel(context.Background())
		cancel()
		stopped := make(chan error)
		go func() { stopped <- jobs.Stop(over) }()
		if err := next(t, stopped); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stopped: %v", err)
		}
		start(t, other)
		if got := next(t, begun); got != "other" {
			t.Errorf("done again by %s", got)
		}
		until(t, other, only(t, other), job.Done)
	})
}

// TestNodesShareWork: two nodes, each with its own connections, do every job
// once, and neither does all.
func TestNodesShareWork(t *testing.T) {
	const all = 40
	for name, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			where := address(t)
			done := make(chan string, 2*all)
			var first *job.Jobs
			var met sync.WaitGroup // once both nodes have begun a job
			met.Add(2)
			for range 2 {
				d := opened(t, where)
				jobs := queue(t, d)
				var here sync.Once
				job.Do(jobs, func(_ context.Context, n note) error {
					here.Do(met.Done)
					met.Wait()
					done <- n.Text
					return nil
				})
				if first == nil {
					first = jobs
					for i := range all {
						later(t, d, jobs, note{strconv.Itoa(i)})
					}
				}
				start(t, jobs)
			}
			seen := map[string]bool{}
			for range all {
				text := next(t, done)
				if seen[text] {
					t.Errorf("job %s is done twice", text)
				}
				seen[text] = true
			}
			for _, found := range list(t, first, job.Filter{}) {
				if got := until(t, first, found.ID, job.Done); got.Attempt != 1 {
					t.Errorf("%+v", got)
				}
			}
			if len(done) > 0 {
				t.Errorf("job %s is done twice", <-done)
			}
		})
	}
}
