package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/escale-hq/escale/bench/internal/measure"
	"github.com/escale-hq/escale/planner"
)

// spread is the middle and the upper end of a series.
type spread struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

func spreadOf(figures []float64) spread {
	return spread{measure.Quantile(figures, 0.5), measure.Quantile(figures, 0.95)}
}

// record is what the repairs after one kind of change gave.
type record struct {
	Size    string `json:"size"`
	Regime  string `json:"regime"`
	Kind    string `json:"kind"`
	Changes int    `json:"changes"`
	// Milliseconds inside planner.Repair, on the clock and of the processors.
	Clock     spread `json:"milliseconds"`
	Processor spread `json:"cpu_milliseconds"`
	// Broken counts the published meetings that break a rule of the changed
	// mission where they are.
	Broken spread `json:"broken"`
	Moved  spread `json:"moved"`
	Lost   spread `json:"lost"`
	New    spread `json:"new"`
	// Gap is by how much the value is below a bound of the changed mission, in per
	// cent, over the first Gaps of the changes.
	Gap        spread `json:"gap_percent"`
	Gaps       int    `json:"gaps"`
	Violations int    `json:"violations"`
}

// series collects the figures of one kind, a column each.
type series struct {
	clock, processor, broken, moved, lost, fresh, gap []float64
	violations                                        int
}

// measureRepairs repairs a published plan after changes of each kind, and hands
// the record of each kind to keep.
func measureRepairs(ctx context.Context, s settings, regime string, keep func(record) error) error {
	base, err := publish(ctx, s, s.size, regime)
	if err != nil {
		return err
	}
	for _, k := range kinds() {
		var all series
		for i, changed := range s.changesOf(k, base, s.changes) {
			if err := all.repair(ctx, s, i, base.plan, changed); err != nil {
				return fmt.Errorf("%s, change %d: %w", k.name, i+1, err)
			}
		}
		r := all.record()
		r.Size, r.Regime, r.Kind, r.Changes = s.size, regime, k.name, s.changes
		if err := keep(r); err != nil {
			return err
		}
	}
	return nil
}

// repair makes one repair, and judges it outside the time that is measured.
func (a *series) repair(ctx context.Context, s settings, i int, previous *planner.Plan, changed *planner.Problem) error {
	began, beganCPU := time.Now(), measure.ProcessorTime()
	result, err := planner.Repair(ctx, changed, previous, s.options(i))
	a.clock = append(a.clock, since(began))
	a.processor = append(a.processor, float64((measure.ProcessorTime()-beganCPU).Microseconds())/1000)
	if err != nil {
		return err
	}
	if result.Plan == nil {
		return errors.New("no plan was found")
	}
	score := planner.Evaluate(changed, result.Plan, previous)
	fresh := 0
	for _, c := range result.Changes {
		if c.Kind == planner.New {
			fresh++
		}
	}
	a.violations += len(planner.Check(changed, result.Plan))
	a.broken = append(a.broken, float64(broken(changed, previous)))
	a.moved = append(a.moved, float64(score.Moved))
	a.lost = append(a.lost, float64(score.Lost))
	a.fresh = append(a.fresh, float64(fresh))
	if i < s.gaps {
		return a.judgeGap(ctx, changed, score.Value)
	}
	return nil
}

// broken counts the meetings that break a rule where they are.
func broken(p *planner.Problem, plan *planner.Plan) int {
	meetings := map[int]bool{}
	for _, v := range planner.Check(p, plan) {
		for _, m := range v.Meetings {
			meetings[m] = true
		}
	}
	return len(meetings)
}

// judgeGap compares the value with a bound of the changed mission, which a
// search of one step gives as a long one does.
func (a *series) judgeGap(ctx context.Context, changed *planner.Problem, value int) error {
	o := planner.DefaultOptions()
	o.Steps, o.Order = 1, []planner.Tier{planner.Value}
	result, err := planner.Solve(ctx, changed, o)
	if err != nil {
		return err
	}
	bound, err := planner.CheckBound(changed, result.Certificate)
	if err != nil {
		return err
	}
	a.gap = append(a.gap, 100*float64(bound-value)/float64(bound))
	return nil
}

func (a *series) record() record {
	return record{
		Clock: spreadOf(a.clock), Processor: spreadOf(a.processor), Broken: spreadOf(a.broken),
		Moved: spreadOf(a.moved), Lost: spreadOf(a.lost), New: spreadOf(a.fresh),
		Gap: spreadOf(a.gap), Gaps: len(a.gap), Violations: a.violations,
	}
}

// printHead begins a table in Markdown, so that it can be recorded as it is.
func printHead(out io.Writer, s settings) {
	fmt.Fprintf(out, "%d changes of each kind, one at a time, each repaired from the published plan; %d steps a phase; gaps of the first %d.\nTwo figures are p50 / p95.\n\n",
		s.changes, s.steps, s.gaps)
	fmt.Fprintln(out, "| mission | change | ms | cpu ms | broken | moved | lost | new | gap % | violations |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
}

func (r record) print(out io.Writer) {
	fmt.Fprintf(out, "| %s %s | %s | %.1f / %.1f | %.1f / %.1f | %s | %s | %s | %s | %.2f / %.2f | %d |\n",
		r.Regime, r.Size, r.Kind, r.Clock.P50, r.Clock.P95, r.Processor.P50, r.Processor.P95,
		r.Broken, r.Moved, r.Lost, r.New, r.Gap.P50, r.Gap.P95, r.Violations)
}

func (s spread) String() string { return fmt.Sprintf("%.0f / %.0f", s.P50, s.P95) }
