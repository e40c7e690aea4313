package web

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws the same random values every time.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
