package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/escale-hq/escale/bench/internal/server"
	"github.com/escale-hq/escale/bench/internal/workspace"
)

// What the pages say, in the language of the members, while the database does
// not answer, and while the disk is full.
const (
	saysUnreachable = "La base de données ne répond pas"
	saysFull        = "Le disque du serveur est plein"
)

// cutOff ends PostgreSQL while people write, and starts it again: pages say so
// meanwhile, and work afterwards, without another start of the server.
func (t *trial) cutOff(ctx context.Context) error {
	halt := func() error {
		t.ground.cluster.Halt()
		return nil
	}
	if err := t.work(ctx, 1+t.random.IntN(burst), halt); err != nil {
		return err
	}
	t.clear(saysUnreachable)
	for _, path := range []string{workspace.Home, workspace.Home + "/organisations", "/sign-in/unknown"} {
		answer, err := t.writers[1].session.Get(ctx, path)
		if err != nil {
			return err
		}
		t.result.page(path, answer, saysUnreachable)
	}
	begun := time.Now()
	if err := t.ground.cluster.Resume(); err != nil {
		return err
	}
	if err := t.works(ctx); err != nil {
		return err
	}
	t.result.back(time.Since(begun))
	return t.judge(ctx)
}

// fillUp lets people write until the disk is full: what they read stays there,
// and what they write is refused with a page that says so. Once there is room
// again, writing works.
func (t *trial) fillUp(ctx context.Context) error {
	if err := t.work(ctx, 1, func() error { return nil }); err != nil {
		return err
	}
	t.clear(saysFull)
	for _, path := range []string{workspace.Home, workspace.Home + "/organisations"} {
		answer, err := t.writers[1].session.Get(ctx, path)
		if err != nil {
			return err
		}
		if answer.Status != http.StatusOK {
			t.result.Unclear = append(t.result.Unclear, fmt.Sprintf("GET %s: %d", path, answer.Status))
		}
	}
	if err := t.judge(ctx); err != nil {
		return err
	}
	if err := os.Truncate(t.ground.ballast, t.room(ballast<<20)); err != nil {
		return err
	}
	return t.works(ctx)
}

// room gives back half of what is left of the ballast.
func (t *trial) room(most int64) int64 {
	info, err := os.Stat(t.ground.ballast)
	if err != nil {
		return 0
	}
	return min(info.Size(), most) / 2
}

// works says whether the server answers, reads and writes, and how soon.
func (t *trial) works(ctx context.Context) error {
	if err := t.server.Await(ctx, "/readyz", http.StatusOK); err != nil {
		return err
	}
	answer, err := t.writers[1].session.Get(ctx, workspace.Home)
	if err == nil && answer.Status != http.StatusOK {
		err = fmt.Errorf("the home is answered with %d once it could work again", answer.Status)
	}
	return err
}

// clear notes the refusals that do not say what is the matter.
func (t *trial) clear(words string) {
	for _, w := range t.writers {
		if w.refusal.Status != 0 {
			t.result.page("a write", w.refusal, words)
		}
		w.refusal = server.Answer{}
	}
}

// page notes an answer that does not say what is the matter.
func (r *result) page(path string, answer server.Answer, words string) {
	r.Refused++
	if answer.Status != http.StatusServiceUnavailable || !strings.Contains(string(answer.Body), words) {
		_, said, _ := strings.Cut(string(answer.Body), `class="lead">`)
		said, _, _ = strings.Cut(said, "<")
		r.Unclear = append(r.Unclear, fmt.Sprintf("%s: %d %s", path, answer.Status, said))
	}
}
