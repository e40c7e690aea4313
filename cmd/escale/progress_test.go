package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vbauerster/mpb/v8"

	"github.com/escale-hq/escale/planner"
)

// steps is a search as it reports itself.
func steps() []planner.Progress {
	return []planner.Progress{
		{Phase: "construct", Elapsed: 10 * time.Millisecond},
		{Phase: "value", Value: 1480, Bound: 1492, Elapsed: 20 * time.Millisecond},
		{Phase: "value", Value: 1484, Bound: 1492, Elapsed: 500 * time.Millisecond},
		{Phase: "value", Value: 1492, Bound: 1492, Elapsed: 1500 * time.Millisecond},
	}
}

func TestLinesInAPipe(t *testing.T) {
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	shown := newFollower(&b, valueGlimpse(words.For("fr")))
	for _, p := range steps() {
		shown.follow(p)
	}
	shown.end()
	got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(b.String())
	want := "valeur 0, pas encore de borne, 0,0 s · premier planning\n" +
		"valeur 1 480, borne 1 492, écart 0,80 %, 0,0 s · valeur\n" +
		"valeur 1 492, borne 1 492, écart 0,00 %, 1,5 s · valeur\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// TestBarInATerminal draws the bar when told, and looks at what it shows.
func TestBarInATerminal(t *testing.T) {
	words, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	draw := make(chan any)
	shown := newBar(&b, valueGlimpse(words.For("en")), mpb.WithManualRefresh(draw), mpb.WithWidth(120))
	for _, p := range steps()[:2] {
		shown.follow(p)
	}
	draw <- time.Now()
	shown.end()
	if !strings.Contains(b.String(), "value 1,480, bound 1,492, gap 0.80%") || !strings.Contains(b.String(), "━") {
		t.Errorf("the bar shows no value with its bound and gap:\n%q", b.String())
	}
}
