package link_test

import (
	"testing"

	"github.com/escale-hq/escale/internal/record/link"
	"github.com/escale-hq/escale/internal/wordstest"
)

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, link.Words)) }
