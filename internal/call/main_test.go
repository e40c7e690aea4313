package call_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/escale-hq/escale/internal/dbtest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.seed", "20261124"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(dbtest.Run(m))
}
