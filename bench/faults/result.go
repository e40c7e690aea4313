package main

import (
	"fmt"
	"io"
	"time"

	"github.com/escale-hq/escale/bench/internal/measure"
)

// A result is what a trial came to.
type result struct {
	Name         string    `json:"name"`
	Times        int       `json:"times"`
	Acknowledged int       `json:"acknowledged"`
	Open         int       `json:"open"` // writes that were under way when it struck
	Verdict      verdict   `json:"verdict"`
	Refused      int       `json:"refused"` // answers that said no
	Unclear      []string  `json:"unclear"` // those that did not say why
	Invited      int       `json:"invited"`
	Missing      []string  `json:"missing"`     // invitations that never came
	Twice        int       `json:"twice"`       // those that came more than once
	Back         []float64 `json:"back_millis"` // until it worked again
}

func (r *result) back(took time.Duration) { r.Back = append(r.Back, took.Seconds()*1000) }

func (r *result) holds() bool {
	return r.Verdict.problems()+len(r.Unclear)+len(r.Missing) == 0
}

func report(w io.Writer, results []*result) {
	fmt.Fprintf(w, "| what happens | times | writes acknowledged | under way | lost | kept in half | breaks in the history | never asked for |"+
		" answers that refuse, unclear | invitations, lost, twice | works again: p50 / max ms |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range results {
		v := r.Verdict
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d | %d | %d | %d, %d | %d, %d, %d | %.0f / %.0f |\n",
			r.Name, r.Times, r.Acknowledged, r.Open, len(v.Lost), len(v.Halved), len(v.Chain), len(v.Stray),
			r.Refused, len(r.Unclear), r.Invited, len(r.Missing), r.Twice, measure.Quantile(r.Back, 0.5), measure.Quantile(r.Back, 1))
	}
	for _, r := range results {
		for _, list := range [][]string{r.Verdict.Lost, r.Verdict.Halved, r.Verdict.Chain, r.Verdict.Stray, r.Unclear, r.Missing} {
			for _, line := range list[:min(len(list), 5)] {
				fmt.Fprintf(w, "\n%s: %s\n", r.Name, line)
			}
		}
	}
}
