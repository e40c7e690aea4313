package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"
)

// record is the outcome of one instance. Numbers that do not exist, such as the
// breaks of an infeasible day, are null.
type record struct {
	Name    string      `json:"name"`
	Verdict verdict     `json:"verdict"`
	Breaks  *int        `json:"breaks"`
	Bound   *int        `json:"bound"`
	Seconds float64     `json:"seconds"`
	CPU     float64     `json:"cpu"` // seconds of all processors
	Peer    *peerRecord `json:"peer"`

	long bool // a day of many slots
}

// longDay is the number of slots above which the days of the public instances
// count as long: theirs have 8, 10, 21 or 22.
const longDay = 15

func newRecord(name string, in *instance, a answer, took, cpu time.Duration) record {
	r := record{
		Name:    name,
		Verdict: a.verdict,
		Seconds: took.Seconds(),
		CPU:     cpu.Seconds(),
		long:    len(in.problem.Slots) > longDay,
	}
	if a.starts != nil {
		r.Breaks = &a.breaks
	}
	if a.verdict != infeasible {
		r.Bound = &a.bound
	}
	return r
}

func printHeader(out io.Writer, p *peer) {
	fmt.Fprintln(out, "peer:", p.description())
	fmt.Fprintf(out, "%-32s %-10s %6s %5s %8s %8s   %-10s %6s %8s %8s %s\n",
		"name", "verdict", "breaks", "bound", "seconds", "cpu", "peer", "breaks", "seconds", "cpu", "configuration")
}

func printRecord(out io.Writer, r record) {
	fmt.Fprintf(out, "%-32s %-10s %6s %5s %8.3f %8.3f",
		r.Name, r.Verdict, text(r.Breaks), text(r.Bound), r.Seconds, r.CPU)
	if p := r.Peer; p != nil {
		fmt.Fprintf(out, "   %-10s %6s %8.3f %8.3f %s", p.Verdict, text(p.Breaks), p.Seconds, p.CPU, p.Configuration)
	}
	fmt.Fprintln(out)
}

func text(n *int) string {
	if n == nil {
		return "-"
	}
	return strconv.Itoa(*n)
}

// printSummary prints, for all days and for the long and the short ones apart,
// how many were decided and the geometric means of the seconds.
func printSummary(out io.Writer, records []record) {
	groups := []struct {
		name string
		has  func(record) bool
	}{
		{"all days", func(record) bool { return true }},
		{"long days", func(r record) bool { return r.long }},
		{"short days", func(r record) bool { return !r.long }},
	}
	for _, g := range groups {
		var members []record
		for _, r := range records {
			if g.has(r) {
				members = append(members, r)
			}
		}
		if len(members) > 0 {
			fmt.Fprintf(out, "%s: %s\n", g.name, summary(members))
		}
	}
}

func summary(records []record) string {
	decided := 0
	var ours, oursCPU, peers, peersCPU []float64
	for _, r := range records {
		if decides(r.Verdict) {
			decided++
		}
		ours = append(ours, r.Seconds)
		oursCPU = append(oursCPU, r.CPU)
		if r.Peer != nil {
			peers = append(peers, r.Peer.Seconds)
			peersCPU = append(peersCPU, r.Peer.CPU)
		}
	}
	line := fmt.Sprintf("%d of %d decided, slowest %.2f s, geometric mean %.4f s (cpu %.4f s)",
		decided, len(records), slices.Max(ours), geometricMean(ours), geometricMean(oursCPU))
	if len(peers) == len(ours) {
		line += fmt.Sprintf("; peer %.4f s (cpu %.4f s), %.1f times ours (cpu %.1f)",
			geometricMean(peers), geometricMean(peersCPU),
			geometricMean(peers)/geometricMean(ours), geometricMean(peersCPU)/geometricMean(oursCPU))
	}
	return line
}

func decides(v verdict) bool { return v == optimal || v == infeasible }

// geometricMean counts what is too short to measure as a tenth of a millisecond.
func geometricMean(seconds []float64) float64 {
	sum := 0.0
	for _, s := range seconds {
		sum += math.Log(max(s, 1e-4))
	}
	return math.Exp(sum / float64(len(seconds)))
}
