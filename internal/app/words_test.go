package app

import (
	"testing"

	"github.com/escale-hq/escale/internal/wordstest"
)

func TestWords(t *testing.T) { wordstest.Check(t, wordstest.Load(t, ownWords)) }
