package docx

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws the same cases every time; others are drawn by giving
// -rapid.seed.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
