package picture

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/escale-hq/escale/internal/wordstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, Words)) }
