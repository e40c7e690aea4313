package register

import (
	"sync"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

const (
	// tolerated is how many lookups may fail in a row before the register is left
	// alone.
	tolerated = 3
	// pause is how long it is left alone before one lookup tries again.
	pause = 30 * time.Second
)

// A breaker spares a register that does not answer, and the people who would
// wait for it.
type breaker struct {
	mu       sync.Mutex
	failures int       // in a row
	since    time.Time // of the first of them
	until    time.Time // no lookup before
}

// allow refuses a lookup while the register is left alone. After the pause it
// lets one through, and the others wait for what becomes of it.
func (b *breaker) allow(now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.failures < tolerated:
		return nil
	case now.Before(b.until):
		return fault.New(fault.Unavailable, "register.down", max(1, int(now.Sub(b.since).Minutes())))
	}
	b.until = now.Add(pause)
	return nil
}

func (b *breaker) note(failed bool, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !failed {
		b.failures = 0
		return
	}
	if b.failures == 0 {
		b.since = now
	}
	if b.failures++; b.failures >= tolerated {
		b.until = now.Add(pause)
	}
}

// down says since when the register is left alone, if it is.
func (b *breaker) down() (since time.Time, down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.since, b.failures >= tolerated
}
