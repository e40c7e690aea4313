//go:build unix

package measure

import (
	"syscall"
	"time"
)

// ProcessorTime returns the time that the processors have spent on this
// process, which, unlike the time on the clock, hardly depends on what else the
// machine does.
func ProcessorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
