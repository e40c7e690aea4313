package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/escale-hq/escale/bench/internal/server"
	"github.com/escale-hq/escale/bench/internal/workspace"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/territory"
)

// A trial is writers at work on a server that something happens to.
type trial struct {
	ground    *ground
	server    *server.Server
	db        *db.DB // past the server, to judge
	territory int
	writers   []*writer
	post      *postOffice
	random    *rand.Rand
	result    *result
}

// try runs a trial: so many times, something strikes while people write.
func (o options) try(ctx context.Context, name string, times int,
	place func(context.Context, string) (*ground, error), strike func(*trial, context.Context) error,
) (r *result, err error) {
	folder, err := os.MkdirTemp(o.folder, "trial-")
	if err != nil {
		return nil, err
	}
	t := &trial{random: rand.New(rand.NewPCG(o.seed, 0)), result: &result{Name: name, Times: times}}
	if t.ground, err = place(ctx, folder); err != nil {
		return nil, err
	}
	defer t.ground.leave()
	if t.post, err = openPost(); err != nil {
		return nil, err
	}
	defer t.post.close()
	if t.db, err = db.Open(ctx, t.ground.address, clock.System()); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.db.Close()) }()
	if err := t.begin(ctx, o, folder); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.server.Kill()) }()
	for range times {
		if err := strike(t, ctx); err != nil {
			return nil, err
		}
	}
	return t.result, t.end(ctx)
}

// begin fills the database, starts the server and signs the writers in.
func (t *trial) begin(ctx context.Context, o options, folder string) (err error) {
	if t.server, err = server.New(o.program, t.ground.address, folder); err != nil {
		return err
	}
	t.server.Options = t.post.options()
	if err := t.db.Migrate(ctx); err != nil {
		return err
	}
	if err := workspace.Fill(ctx, t.db, workspace.Size{Organisations: 50}, o.seed, func(int, int) {}); err != nil {
		return err
	}
	links, err := workspace.Links(ctx, t.db, t.server.URL, []byte(server.Key))
	if err != nil {
		return err
	}
	if _, err := t.server.Start(ctx); err != nil {
		return err
	}
	var sessions []*server.Session
	for _, link := range links[:workspace.Members] {
		session, err := t.server.SignIn(ctx, link)
		if err != nil {
			return errors.Join(err, t.server.Kill())
		}
		sessions = append(sessions, session)
	}
	t.writers = newWriters(sessions, o.seed)
	return t.db.Read(ctx, func(tx *db.Tx) error {
		home, err := territory.BySlug(ctx, tx, workspace.Slug)
		t.territory = home.ID
		return err
	})
}

// work lets all writers write, until after so many acknowledged writes
// something happens, and to the last answer that each gets.
func (t *trial) work(ctx context.Context, writes int, happens func() error) error {
	var acknowledged atomic.Int64
	enough, idle := make(chan struct{}), make(chan struct{})
	var under sync.WaitGroup
	for _, w := range t.writers {
		under.Go(func() {
			w.write(ctx, func() {
				if acknowledged.Add(1) == int64(writes) {
					close(enough)
				}
			})
		})
	}
	go func() {
		under.Wait()
		close(idle)
	}()
	select {
	case <-enough:
	case <-idle:
		return fmt.Errorf("the writers are refused before anything happened: %s", t.writers[0].refusal.Body)
	}
	err := happens()
	<-idle
	t.result.Acknowledged += int(acknowledged.Load())
	return err
}

// judge looks at what the database holds after writers were cut off.
func (t *trial) judge(ctx context.Context) error {
	for _, w := range t.writers {
		if w.open.as.name != "" || w.open.mail != "" {
			t.result.Open++
		}
	}
	verdict, err := judgeAll(ctx, t.db, t.territory, t.writers)
	t.result.Verdict.add(verdict)
	return err
}

// burst is how many writes are acknowledged, at most, before something strikes.
const burst = 60

// kill ends the server as a crash would, and starts it again.
func (t *trial) kill(ctx context.Context) error {
	if err := t.work(ctx, 1+t.random.IntN(burst), t.server.Kill); err != nil {
		return err
	}
	took, err := t.server.Start(ctx)
	if err != nil {
		return err
	}
	t.result.back(took)
	return t.judge(ctx)
}

// patience is how long messages may take that are due.
const patience = 2 * time.Minute

// end waits until every message has left, and says which did not come, and
// whether the files of the engine are sound.
func (t *trial) end(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var invited []string
	for _, w := range t.writers {
		invited = append(invited, w.invited...)
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	missing, twice := t.post.missing(invited)
	for len(missing) > 0 && ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		missing, twice = t.post.missing(invited)
	}
	t.result.Invited, t.result.Missing, t.result.Twice = len(invited), missing, twice
	return t.sound(context.WithoutCancel(ctx))
}

// sound asks SQLite to check its file, and the search against the words.
func (t *trial) sound(ctx context.Context) error {
	if t.db.Engine() != db.SQLite {
		return nil
	}
	return t.db.Write(ctx, func(tx *db.Tx) error {
		var said string
		if err := tx.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			t.result.Verdict.Halved = append(t.result.Verdict.Halved, "the file: "+said)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO search_trigrams (search_trigrams, rank) VALUES ('integrity-check', 1)")
		if err != nil {
			t.result.Verdict.Halved = append(t.result.Verdict.Halved, "the search: "+err.Error())
		}
		return nil
	})
}
