// Package clock tells the time, so that a test can tell another.
package clock

import (
	"sync"
	"time"
)

// A Clock tells what time it is.
type Clock func() time.Time

// System is the machine's clock.
func System() Clock { return time.Now }

// A Hand is a clock that only moves when told to. Its zero value stands at the
// zero time; it may be read and moved by several goroutines.
type Hand struct {
	mu  sync.Mutex
	now time.Time
}

// At makes a clock that stands at a time.
func At(now time.Time) *Hand { return &Hand{now: now} }

// Now is where the hand stands: the hand's method value is a [Clock].
func (h *Hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// Advance moves the hand.
func (h *Hand) Advance(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(by)
}
