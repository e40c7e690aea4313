package importer

import (
	"flag"
	"os"
	"testing"

	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(m.Run())
}

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, Words)) }
