package measure

import (
	"runtime"
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	tests := []struct {
		figures []float64
		q, want float64
	}{
		{nil, 0.5, 0},
		{[]float64{3}, 0.95, 3},
		{[]float64{4, 1, 3, 2}, 0.5, 2},
		{[]float64{4, 1, 3, 2}, 0.95, 4},
		{[]float64{4, 1, 3, 2}, 0, 1},
	}
	for _, test := range tests {
		if got := Quantile(test.figures, test.q); got != test.want {
			t.Errorf("Quantile(%v, %v) = %v, want %v", test.figures, test.q, got, test.want)
		}
	}
}

func TestPeakCountsWhatIsHeld(t *testing.T) {
	if runtime.GOOS != "linux" {
		if got := PeakMegabytes(); got != 0 {
			t.Errorf("PeakMegabytes() = %v where no system says", got)
		}
		return
	}
	before := PeakMegabytes()
	held := make([]byte, 64<<20)
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	if more := PeakMegabytes() - before; more < 48 {
		t.Errorf("64 MB more raise the peak by %.0f MB", more)
	}
	runtime.KeepAlive(held)
}

func TestProcessorTimeEndsTheContext(t *testing.T) {
	if ProcessorTime() == 0 {
		return // the system does not say: there is no limit to test
	}
	ctx, cancel := WithProcessorTime(t.Context(), time.Millisecond)
	defer cancel()
	for began := ProcessorTime(); ctx.Err() == nil; {
		if ProcessorTime()-began > 10*time.Second {
			t.Fatal("the context outlives its time by far")
		}
	}
	unlimited, stop := WithProcessorTime(t.Context(), 0)
	if unlimited.Err() != nil {
		t.Error("a limit of 0 ends the context")
	}
	stop()
	if unlimited.Err() == nil {
		t.Error("the context outlives its end")
	}
}
