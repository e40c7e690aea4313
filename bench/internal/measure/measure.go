// Package measure reads what a benchmark costs: peak memory and the time of the
// processors, and sums up series of figures.
package measure

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// ResetPeak gives back what memory can be given back, and starts the measure of
// [PeakMegabytes] again where the system allows that.
func ResetPeak() {
	runtime.GC()
	debug.FreeOSMemory()
	// Writing 5 resets the peak (Linux, proc(5)); elsewhere the file is missing
	// and the peak is that of the whole process.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// PeakMegabytes is the most memory that the process has held at a time, in
// megabytes of 2^20 bytes; 0 where the system does not say.
func PeakMegabytes() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, found := bytes.Cut(status, []byte("VmHWM:"))
	var kilobytes float64
	if _, err := fmt.Sscan(string(rest), &kilobytes); !found || err != nil {
		return 0
	}
	return kilobytes / 1024
}

// WithProcessorTime returns a context that ends when the process has spent so
// much more of the processors' time; 0 sets no limit. On a machine that others
// use too it stands for a limit on the clock of a machine at rest.
func WithProcessorTime(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if limit <= 0 {
		return ctx, cancel
	}
	end := ProcessorTime() + limit
	ticker := time.NewTicker(5 * time.Millisecond)
	go func() {
		defer ticker.Stop()
		for ProcessorTime() < end {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
		cancel()
	}()
	return ctx, cancel
}

// Quantile is the least figure that a share q of the figures do not exceed; 0
// without figures.
func Quantile(figures []float64, q float64) float64 {
	if len(figures) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(figures))
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}
