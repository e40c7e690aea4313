package register

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

const (
	// interval spaces the calls: the register takes seven a second from an address.
	interval = time.Second / 7
	// patience is how long a call may wait for its turn: a person is waiting too.
	patience = 2 * time.Second
)

// A pace gives each call its turn.
type pace struct {
	mu   sync.Mutex
	next time.Time // when the next call may start
}

// turn says how long to wait for one's turn, and takes it. It refuses when that
// is longer than anyone waits.
func (p *pace) turn(now time.Time) (time.Duration, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	wait := max(p.next.Sub(now), 0)
	if wait > patience {
		return 0, fault.New(fault.TooMany, "register.busy", int(math.Ceil(wait.Seconds())))
	}
	p.next = now.Add(wait + interval)
	return wait, nil
}

// hold lets no call start before a time.
func (p *pace) hold(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.next) {
		p.next = until
	}
}

// sleep waits, or less long when the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
