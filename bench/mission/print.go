package main

import (
	"fmt"
	"io"
	"strconv"
)

// printHead begins a table in Markdown, so that it can be recorded as it is.
func printHead(out io.Writer, s settings) {
	fmt.Fprintf(out, "limit %s on the clock, %s of the processors (0s: none), slack %d ‰, %d workers, steps %d (0: as many as the size deserves)\n\n",
		s.limit, s.cpu, s.slack, s.workers, s.steps)
	fmt.Fprintln(out, "| regime | size | seed | value | bound | gap % | s to value (cpu) | s in all (cpu) | MB | meetings | shortfall | worst served ‰ | breaks | violations |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
}

func (r record) print(out io.Writer) {
	cut := ""
	if r.Cut {
		cut = " cut"
	}
	fmt.Fprintf(out, "| %s | %s | %d | %d | %d | %.3f | %.2f (%.2f) | %.2f (%.2f)%s | %.0f | %d | %s | %s | %s | %d |\n",
		r.Regime, r.Size, r.Seed, r.Value, r.Bound, r.Gap, r.ValueTime, r.ValueCPU, r.Seconds, r.CPU, cut, r.Megabytes, r.Meetings,
		r.tier("shortfall"), r.tier("worst served"), r.tier("breaks"), r.Violations)
}

// tier is a figure and its bound in words.
func (r record) tier(name string) string {
	t, ok := r.Tiers[name]
	switch {
	case !ok:
		return "-"
	case t.Bound == nil:
		return fmt.Sprintf("%d (no bound)", t.Figure)
	default:
		return fmt.Sprintf("%d (bound %d)", t.Figure, *t.Bound)
	}
}

// printPeers prints a second table, when there were peers: their plans beside
// the planner's.
func printPeers(out io.Writer, records []record) {
	if len(records) == 0 || len(records[0].Peers) == 0 {
		return
	}
	fmt.Fprint(out, "\n| regime | size | seed | planner | in s (cpu) | peer | value | shortfall | bound | in s (cpu) | violations | verdict |\n")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, r := range records {
		for _, p := range r.Peers {
			fmt.Fprintf(out, "| %s | %s | %d | %d | %.2f (%.2f) | %s | %s | %s | %s | %.1f (%.1f) | %d | %s |\n",
				r.Regime, r.Size, r.Seed, r.Value, r.ValueTime, r.ValueCPU, p.Name, text(p.Value), text(p.Shortfall),
				bound(p.Bound), p.Seconds, p.CPU, p.Violations, p.verdict())
		}
	}
}

func text(n *int) string {
	if n == nil {
		return "none"
	}
	return strconv.Itoa(*n)
}

func bound(b *float64) string {
	if b == nil {
		return "-"
	}
	return strconv.FormatFloat(*b, 'f', 0, 64)
}

func (p peerRecord) verdict() string {
	switch {
	case p.Absent != "":
		return "absent: " + p.Absent
	case p.Optimal:
		return "optimal"
	case p.Failed != "":
		return "failed: " + p.Failed
	case p.Value == nil:
		return "no plan"
	default:
		return "feasible"
	}
}
