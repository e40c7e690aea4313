package funding

import (
	"flag"
	"os"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
)

// TestMain draws the same cases every time; others are drawn by giving
// -rapid.seed.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}
