package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/escale-hq/escale/bench/internal/measure"
	"github.com/escale-hq/escale/bench/internal/program"
	"github.com/escale-hq/escale/planner"
)

// record is what one run of the planner on one mission gave.
type record struct {
	Size   string `json:"size"`
	Regime string `json:"regime"`
	Seed   int64  `json:"seed"`
	// Value is the best before slack, as the planner says; Kept is that of the
	// plan, derived again by planner.Evaluate, and Bound that of the certificate,
	// by planner.CheckBound.
	Value int     `json:"value"`
	Kept  int     `json:"kept"`
	Bound int     `json:"bound"`
	Gap   float64 `json:"gap_percent"`
	// Within is when the value was first seen within 0.05 % of the final bound, as
	// the planner reported; nil when it never was.
	Within    *float64 `json:"seconds_to_0.05_percent"`
	ValueTime float64  `json:"seconds_to_value"`
	ValueCPU  float64  `json:"cpu_seconds_to_value"`
	Seconds   float64  `json:"seconds"`
	CPU       float64  `json:"cpu_seconds"`
	Megabytes float64  `json:"megabytes"`
	Steps     int64    `json:"steps"`
	Cut       bool     `json:"cut"`
	Meetings  int      `json:"meetings"`
	// Tiers below and above the value, with their bounds.
	Tiers      map[string]tier `json:"tiers"`
	Violations int             `json:"violations"`
	Peers      []peerRecord    `json:"peers,omitempty"`
}

// tier is a figure and its bound, nil where nothing is proven. The worst served
// is in thousandths.
type tier struct {
	Figure int    `json:"figure"`
	Bound  *int   `json:"bound"`
	Status string `json:"status"`
}

// peerRecord is what another solver gave on the same mission. Value and shortfall
// are those of its plan, by planner.Evaluate; nil when it found none.
type peerRecord struct {
	Name       string   `json:"name"`
	Absent     string   `json:"absent,omitempty"`
	Failed     string   `json:"failed,omitempty"`
	Optimal    bool     `json:"optimal"`
	Value      *int     `json:"value"`
	Shortfall  *int     `json:"shortfall"`
	Bound      *float64 `json:"bound"`
	Seconds    float64  `json:"seconds"`
	CPU        float64  `json:"cpu_seconds"`
	Violations int      `json:"violations"`
}

// glimpse is what a report of progress said, and the time of the processors then.
type glimpse struct {
	value   int
	at, cpu time.Duration
}

// measureMission plans the mission, judges the plan, and lets the peers plan it
// too.
func measureMission(ctx context.Context, s settings, p *planner.Problem) (record, error) {
	var seen []glimpse
	measure.ResetPeak()
	began, beganCPU := time.Now(), measure.ProcessorTime()
	o := s.options()
	o.Progress = func(g planner.Progress) {
		seen = append(seen, glimpse{g.Value, g.Elapsed, measure.ProcessorTime() - beganCPU})
	}
	limited, cancel := measure.WithProcessorTime(ctx, s.cpu)
	result, err := planner.Solve(limited, p, o)
	cancel()
	if err != nil {
		return record{}, err
	}
	r := record{
		Seconds: time.Since(began).Seconds(), CPU: (measure.ProcessorTime() - beganCPU).Seconds(),
		Megabytes: measure.PeakMegabytes(),
	}
	if result.Plan == nil {
		return r, errors.New("no plan was found")
	}
	if err := r.judge(p, result); err != nil {
		return r, err
	}
	r.reach(seen)
	r.Peers, err = solvePeers(ctx, s, p)
	return r, err
}

// judge fills in what is derived from the plan and the certificate alone, and
// refuses a result that says otherwise.
func (r *record) judge(p *planner.Problem, result *planner.Result) error {
	score := planner.Evaluate(p, result.Plan, nil)
	bound, err := planner.CheckBound(p, result.Certificate)
	if err != nil {
		return err
	}
	q := result.Quality
	if score.Value+q.SlackUsed != q.BestValue || bound > q.Bound {
		return fmt.Errorf("the planner says value %d after slack %d, bound %d; derived are %d and %d",
			q.BestValue, q.SlackUsed, q.Bound, score.Value, bound)
	}
	r.Value, r.Kept, r.Bound = q.BestValue, score.Value, bound
	r.Gap = gap(q.BestValue, bound)
	r.Steps, r.Cut, r.Meetings = q.Steps, q.Cut, len(result.Plan.Meetings)
	r.Violations = len(planner.Check(p, result.Plan))
	r.Tiers = make(map[string]tier)
	for _, t := range q.Tiers {
		known := tier{Figure: t.Figure, Status: t.Status.String()}
		if t.Status != planner.NoBound {
			known.Bound = &t.Bound
		}
		r.Tiers[t.Tier.String()] = known
	}
	return nil
}

// gap is by how much the value is below the bound, in per cent of it.
func gap(value, bound int) float64 {
	if bound == 0 {
		return 0
	}
	return 100 * float64(bound-value) / float64(bound)
}

// reach finds when the value, and when nearly the bound, was reached.
func (r *record) reach(seen []glimpse) {
	r.ValueTime, r.ValueCPU = r.Seconds, r.CPU
	for i := len(seen) - 1; i >= 0; i-- {
		at := seen[i].at.Seconds()
		if seen[i].value >= r.Value {
			r.ValueTime, r.ValueCPU = at, seen[i].cpu.Seconds()
		}
		if seen[i].value > 0 && gap(seen[i].value, r.Bound) <= 0.05 {
			r.Within = &at
		}
	}
}

// solvePeers lets each peer plan the mission for points alone, after the least
// shortfall.
func solvePeers(ctx context.Context, s settings, p *planner.Problem) ([]peerRecord, error) {
	var q *program.Program
	var records []peerRecord
	for _, peer := range s.peers {
		r := peerRecord{Name: peer.Name, Absent: peer.Absent}
		if peer.Absent == "" && q == nil {
			var err error
			if q, err = program.Value(p); err != nil {
				return nil, err
			}
		}
		if peer.Absent == "" {
			r.solve(ctx, peer, s.peerLimit, p, q)
		}
		records = append(records, r)
	}
	return records, nil
}

func (r *peerRecord) solve(ctx context.Context, peer program.Solver, limit time.Duration, p *planner.Problem, q *program.Program) {
	a, err := peer.Solve(ctx, q, limit)
	r.Optimal, r.Bound, r.Seconds, r.CPU = a.Optimal, a.Bound, a.Seconds, a.CPU
	if err != nil {
		r.Failed = err.Error()
	}
	if a.Taken == nil {
		return
	}
	plan := q.Plan(a.Taken)
	score := planner.Evaluate(p, plan, nil)
	r.Value, r.Shortfall = &score.Value, &score.Shortfall
	r.Violations = len(planner.Check(p, plan))
}
