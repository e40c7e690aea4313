package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/web"
)

// A trace is what the log says of a request: its id, which the page of a
// failure shows too, and the route that answered it.
type trace struct{ id, route string }

type traceKey struct{}

func traceOf(ctx context.Context) *trace {
	t, found := ctx.Value(traceKey{}).(*trace)
	if !found {
		return &trace{}
	}
	return t
}

// identify gives each request an id, ours, and says it in the answer.
func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := &trace{id: db.NewID()}
		w.Header().Set("X-Request-Id", t.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), traceKey{}, t)))
	})
}

// A seen answer remembers what was answered, for the log.
type seen struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (s *seen) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *seen) Write(data []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(data)
	s.bytes += n
	return n, err
}

// Unwrap lets net/http reach what is beneath: flushing, deadlines.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// logged writes a line for each request: what was asked by the pattern of its
// route, never by its address, which may hold a personal link.
func (a *App) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		answer := &seen{ResponseWriter: w}
		defer func() {
			took := time.Since(started)
			t := traceOf(r.Context())
			if !web.Listens(r) { // how long a stream lasts is no measure of its page
				a.metrics.observe(t.route, r.Method, answer.status, took)
			}
			a.log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("id", t.id), slog.String("method", r.Method), slog.String("route", t.route),
				slog.Int("status", answer.status), slog.Int("bytes", answer.bytes), slog.Duration("took", took))
		}()
		next.ServeHTTP(answer, r)
	})
}

// recovered turns a panic into the page of an internal error.
func (a *App) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch reason := recover(); reason {
			case nil:
			case http.ErrAbortHandler:
				panic(reason) // net/http's own way to give up an answer
			default:
				a.refuse(w, r, fmt.Errorf("panic: %v\n%s", reason, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// limited bounds what a request may send.
func (a *App) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, a.settings.MaxUpload)
		next.ServeHTTP(w, r)
	})
}

// clientAddress is where a request comes from. What a proxy says of it counts
// only if the proxy is one that the settings trust.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && trusts(trusted, address); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
	}
	return address
}

func trusts(trusted []netip.Prefix, address netip.Addr) bool {
	for _, prefix := range trusted {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}
