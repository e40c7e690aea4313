package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// follower shows a search as it goes.
type follower struct {
	follow func(planner.Progress)
	// end takes the display away.
	end func()
}

// glimpser writes one line about the search.
type glimpser func(planner.Progress) string

// newFollower shows a bar in a terminal, and lines elsewhere.
func newFollower(w io.Writer, glimpse glimpser) follower {
	if f, ok := w.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return newBar(w, glimpse, mpb.WithAutoRefresh())
	}
	return newLines(w, glimpse)
}

// valueGlimpse says a value with its bound and gap, and what was sought last: the
// value stays as it is while the tiers below it gain.
func valueGlimpse(words *i18n.Words) glimpser {
	return func(p planner.Progress) string {
		seconds := words.Seconds(p.Elapsed.Truncate(100 * time.Millisecond))
		if p.Bound <= 0 || p.Bound < p.Value {
			return words.T("cli.progress.unbounded", p.Value, seconds, words.T(phaseKey(p.Phase)))
		}
		gap := float64(p.Bound-p.Value) / float64(p.Bound)
		return words.T("cli.progress", p.Value, p.Bound, words.Percent(gap, 2), seconds, words.T(phaseKey(p.Phase)))
	}
}

// phaseKey is the key of what a phase of the search seeks.
func phaseKey(phase string) string {
	switch phase {
	case planner.Shortfall.String():
		return "cli.phase.shortfall"
	case planner.Value.String():
		return "cli.phase.value"
	case planner.WorstServed.String():
		return "cli.phase.worst_served"
	case planner.Breaks.String():
		return "cli.phase.breaks"
	case planner.Travel.String():
		return "cli.phase.travel"
	case planner.Lost.String(), planner.Moved.String():
		return "cli.phase.moved"
	default:
		return "cli.phase.first"
	}
}

// between is the least time between two lines.
const between = time.Second

// newLines prints a line a second at most, and one when the phase changes.
func newLines(w io.Writer, glimpse glimpser) follower {
	phase, last := "", time.Duration(0)
	return follower{
		follow: func(p planner.Progress) {
			if p.Phase == phase && p.Elapsed-last < between {
				return
			}
			phase, last = p.Phase, p.Elapsed
			fmt.Fprintln(w, glimpse(p))
		},
		end: func() {},
	}
}

// newBar fills a bar as the value nears its bound. The options say how it is
// drawn, when not by itself.
func newBar(w io.Writer, glimpse glimpser, options ...mpb.ContainerOption) follower {
	var now atomic.Pointer[planner.Progress]
	now.Store(&planner.Progress{})
	began := time.Now()
	screen := mpb.New(append([]mpb.ContainerOption{mpb.WithOutput(w), mpb.WithWidth(40)}, options...)...)
	caption := func(decor.Statistics) string {
		p := *now.Load()
		p.Elapsed = time.Since(began)
		return " " + glimpse(p)
	}
	bar := screen.New(0, mpb.BarStyle().Lbound("").Filler("━").Tip("━").Padding("─").Rbound(""),
		mpb.AppendDecorators(decor.Any(caption)))
	return follower{
		follow: func(p planner.Progress) {
			now.Store(&p)
			if p.Bound > 0 && p.Bound >= p.Value {
				// One more than the bound: a full bar would end itself.
				bar.SetTotal(int64(p.Bound)+1, false)
			}
			bar.SetCurrent(int64(max(p.Value, 0)))
		},
		end: func() {
			bar.Abort(true)
			screen.Wait()
		},
	}
}
