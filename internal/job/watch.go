package job

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/escale-hq/escale/internal/db"
)

// lookEvery is how soon a node sees what another has told of a job; what it has
// told itself, it sees at once.
const lookEvery = 500 * time.Millisecond

// Watch gives a job of a territory as it stands, and again whenever it has
// moved on, on whichever node, until it has ended or ctx ends: then the channel
// is closed. A slow reader misses what came between, never the last.
func (j *Jobs) Watch(ctx context.Context, territory int, id int64) (<-chan Job, error) {
	job, err := j.Find(ctx, territory, id)
	if err != nil {
		return nil, err
	}
	w := &watcher{ctx: ctx, id: id, last: job, to: make(chan Job, 1)}
	w.to <- job
	if job.State.Ended() {
		close(w.to)
		return w.to, nil
	}
	j.watch.add(j, w)
	context.AfterFunc(ctx, j.watch.soon)
	return w.to, nil
}

// A watcher is told of one job, for as long as its context lasts.
type watcher struct {
	ctx  context.Context
	id   int64
	last Job
	to   chan Job // holds the last that was not read yet
}

// tell hands over what has changed, in the place of what was not read. It says
// whether more may come.
func (w *watcher) tell(job Job) bool {
	if job != w.last {
		w.last = job
		select {
		case <-w.to:
		default:
		}
		w.to <- job
	}
	return !job.State.Ended()
}

// A watch is what all watchers of a node share: one goroutine, while there are
// any, asks the database for all their jobs at once.
type watch struct {
	mu       sync.Mutex
	watchers map[*watcher]struct{}
	wake     chan struct{}
}

func newWatch() *watch {
	return &watch{watchers: map[*watcher]struct{}{}, wake: make(chan struct{}, 1)}
}

func (w *watch) add(jobs *Jobs, one *watcher) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.watchers[one] = struct{}{}
	if len(w.watchers) == 1 {
		go w.run(jobs)
	}
}

// soon has the jobs looked at without waiting for the next turn.
func (w *watch) soon() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *watch) run(jobs *Jobs) {
	turn := time.NewTicker(lookEvery)
	defer turn.Stop()
	for {
		select {
		case <-turn.C:
		case <-w.wake:
		}
		watched := w.watched()
		if len(watched) == 0 {
			return
		}
		found, err := jobs.byID(watched)
		if err != nil {
			jobs.log.Warn("the jobs that people follow cannot be read", "error", err)
			continue
		}
		w.tell(watched, found)
	}
}

// watched are the jobs that somebody watches still. Where there are none, the
// goroutine that asked has to end: the next watcher starts another.
func (w *watch) watched() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	ids := map[int64]bool{}
	for one := range w.watchers {
		if one.ctx.Err() != nil {
			w.drop(one)
			continue
		}
		ids[one.id] = true
	}
	return slices.Collect(maps.Keys(ids))
}

func (w *watch) drop(one *watcher) {
	delete(w.watchers, one)
	close(one.to)
}

// tell tells the watchers of some jobs what was found of them. A job that is
// gone tells no more.
func (w *watch) tell(watched []int64, found map[int64]Job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for one := range w.watchers {
		if !slices.Contains(watched, one.id) {
			continue // it came meanwhile
		}
		if job, there := found[one.id]; !there || !one.tell(job) {
			w.drop(one)
		}
	}
}

// byID finds jobs, of whichever territory.
func (j *Jobs) byID(ids []int64) (map[int64]Job, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lookEvery*10)
	defer cancel()
	found := make(map[int64]Job, len(ids))
	err := j.db.Read(ctx, func(tx *db.Tx) error {
		clear(found)
		listed, err := j.client.JobListTx(ctx, tx.Tx, river.NewJobListParams().IDs(ids...).First(many))
		if err != nil {
			return fmt.Errorf("find the jobs that are watched: %w", err)
		}
		for _, row := range listed.Jobs {
			found[row.ID] = jobOf(row)
		}
		return nil
	})
	return found, err
}
