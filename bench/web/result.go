package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/escale-hq/escale/bench/internal/measure"
	"github.com/escale-hq/escale/bench/internal/server"
)

// figures are those of one kind of request, in milliseconds.
type figures struct {
	N      int     `json:"n"`
	P50    float64 `json:"p50"`
	P99    float64 `json:"p99"`
	Max    float64 `json:"max"`
	Failed int     `json:"failed"`
}

// A result is what was measured on one engine; times are in milliseconds unless
// they say seconds.
type result struct {
	Engine        string             `json:"engine"`
	Organisations int                `json:"organisations"`
	People        int                `json:"people"`
	EmptyStart    float64            `json:"empty_start"`
	Start         float64            `json:"start"`
	Rate          int                `json:"rate"`
	Seconds       int                `json:"seconds"`
	Memory        server.Memory      `json:"memory"`
	Alone         map[string]figures `json:"alone"`
	Loaded        map[string]figures `json:"loaded"`
}

// all is the line of all the server's answers together.
const all = "all"

func sumUp(answers []measured) map[string]figures {
	millis, failed := map[string][]float64{}, map[string]int{}
	for _, a := range answers {
		names := []string{a.kind, all}
		if a.kind == floorKind {
			names = names[:1]
		}
		for _, name := range names {
			millis[name] = append(millis[name], a.millis)
			if a.failed {
				failed[name]++
			}
		}
	}
	sums := map[string]figures{}
	for name, list := range millis {
		sums[name] = figures{
			len(list), median(list), measure.Quantile(list, 0.99), slices.Max(list), failed[name],
		}
	}
	return sums
}

func median(list []float64) float64 { return measure.Quantile(list, 0.5) }

// print writes the result as Markdown.
func (r result) print(w io.Writer) {
	fmt.Fprintf(w, "\n## %s: %d organisations, %d people, %d requests a second for %d s\n\n", r.Engine, r.Organisations, r.People, r.Rate, r.Seconds)
	fmt.Fprintf(w, "| request | n | p50 ms | p99 ms | max ms | failed | alone: p50 ms | p99 ms |\n|---|---|---|---|---|---|---|---|\n")
	for _, name := range append(namesOf(kinds), all) {
		l, a := r.Loaded[name], r.Alone[name]
		fmt.Fprintf(w, "| %s | %d | %.1f | %.1f | %.1f | %d | %.1f | %.1f |\n", name, l.N, l.P50, l.P99, l.Max, l.Failed+a.Failed, a.P50, a.P99)
	}
	fmt.Fprintf(w, "\nMemory of the server: %.0f MB at most; at the end %.0f MB, of which %.0f MB its own and %.0f MB of files.\n",
		r.Memory.Peak, r.Memory.Resident, r.Memory.Own, r.Memory.Files)
	fmt.Fprintf(w, "Start to first page: %.0f ms on an empty SQLite file (median of %d), %.0f ms on this database.\n", r.EmptyStart, starts, r.Start)
}

func namesOf(kinds []kind) (names []string) {
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}
