package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestInterruptionKeepsTheBestPlan starts with an interruption, which is the
// earliest that it can come: there is a plan all the same, and it says so.
func TestInterruptionKeepsTheBestPlan(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"plan", "../../examples/canada-2019", "-o", out}, &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
	}
	if _, err := os.Stat(filepath.Join(out, "plan.json")); err != nil {
		t.Error(err)
	}
	if !strings.Contains(stdout.String(), "The search was cut short") {
		t.Errorf("nothing says that the search was cut short:\n%s", stdout.String())
	}
	stdout.Reset()
	if code := run(context.Background(), []string{"check", "../../examples/canada-2019", out}, &stdout, &stderr); code != exitDone {
		t.Errorf("the plan does not keep the rules:\n%s", stdout.String())
	}
}
