package register

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/clock"
)

// A standIn is a register of our own, whose behaviour a test sets.
type standIn struct {
	*Register
	hand *clock.Hand
	// slept is how long the client waited in all: its clock moved on instead.
	slept time.Duration

	mu     sync.Mutex
	calls  []string // what was asked for
	starts []time.Time
}

// stand starts a register that answers so, and a client of it.
func stand(t *testing.T, store Store, answer http.HandlerFunc) *standIn {
	t.Helper()
	s := &standIn{hand: clock.At(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls, s.starts = append(s.calls, r.URL.Query().Get("q")), append(s.starts, s.hand.Now())
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	r, err := New(server.URL, store, s.hand.Now)
	if err != nil {
		t.Fatal(err)
	}
	r.sleep = func(ctx context.Context, d time.Duration) error {
		s.slept += d
		s.hand.Advance(d)
		return ctx.Err()
	}
	t.Cleanup(r.http.CloseIdleConnections)
	s.Register = r
	return s
}

// asked is what the register was asked for so far.
func (s *standIn) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// file answers with a file of testdata, whose companies are invented.
func file(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return says(string(text))
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(text))
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// inTurn answers one way, then the next; the last one stays.
func inTurn(ways ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		way := ways[0]
		if len(ways) > 1 {
			ways = ways[1:]
		}
		mu.Unlock()
		way(w, r)
	}
}
