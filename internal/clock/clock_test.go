package clock_test

import (
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/clock"
)

func TestHandMovesWhenTold(t *testing.T) {
	start := time.Date(2017, 11, 5, 8, 0, 0, 0, time.UTC)
	hand := clock.At(start)
	var c clock.Clock = hand.Now
	hand.Advance(90 * time.Minute)
	if got := c(); !got.Equal(start.Add(90 * time.Minute)) {
		t.Errorf("the clock tells %v", got)
	}
}
