// Command repair measures changes to a published plan, one at a time: how long
// the planner takes, how many meetings move and are lost, and, on a small
// mission, whether an exact solver would have moved and lost fewer.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"
	"time"

	"github.com/escale-hq/escale/bench/internal/missions"
	"github.com/escale-hq/escale/bench/internal/program"
	"github.com/escale-hq/escale/planner"
)

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "repair:", err)
		os.Exit(1)
	}
}

// settings are the arguments of the command.
type settings struct {
	size, json    string
	regimes       []string
	seed          int64
	changes, gaps int
	exact         int
	solver        program.Solver
	steps         int64
	planSteps     int64
	slack         int
}

func parseSettings(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("repair", flag.ContinueOnError)
	flags.StringVar(&s.size, "size", "m", "size of the mission: s, m, l or xl")
	regimes := flags.String("regime", "people,tables", "tables, people or halfday, joined by commas")
	flags.Int64Var(&s.seed, "seed", 1, "seed of the mission and of the changes")
	flags.IntVar(&s.changes, "n", 200, "changes of each kind")
	flags.IntVar(&s.gaps, "gaps", 10, "changes of each kind of which the gap is measured, which needs a bound")
	flags.IntVar(&s.exact, "exact", 20, "changes of each kind, on size s, that an exact solver judges too")
	solver := flags.String("solver", "cbc", "the exact solver: cbc, highs or cpsat")
	folder := flags.String("peers", "bench/mission/peers", "folder in which npm packages are installed")
	flags.Int64Var(&s.steps, "steps", planner.DefaultRepairOptions().Steps, "steps of each phase of a repair")
	flags.Int64Var(&s.planSteps, "plan-steps", 0, "steps of each phase of the published plan (0: as many as the size deserves)")
	flags.IntVar(&s.slack, "slack", 0, "thousandths of the published plan's value that were given up for the tiers below")
	flags.StringVar(&s.json, "json", "", "file for the results")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.changes < 1 {
		return s, fmt.Errorf("-n is %d: give 1 or more", s.changes)
	}
	s.regimes = strings.Split(*regimes, ",")
	var err error
	s.solver, err = program.Find(*solver, *folder)
	return s, err
}

// results is what the file holds.
type results struct {
	Repairs []record      `json:"repairs"`
	Exact   []exactRecord `json:"exact"`
	Solver  string        `json:"solver"`
}

// run keeps each record in the file at once, so that a long series that is
// stopped loses nothing.
func run(ctx context.Context, out io.Writer, args []string) error {
	s, err := parseSettings(args)
	if err != nil {
		return err
	}
	all := results{Solver: s.solver.Name}
	if s.solver.Absent != "" {
		all.Solver = "absent: " + s.solver.Absent
	}
	printHead(out, s)
	for _, regime := range s.regimes {
		err := measureRepairs(ctx, s, regime, func(r record) error {
			r.print(out)
			all.Repairs = append(all.Repairs, r)
			return writeJSON(s.json, all)
		})
		if err != nil {
			return fmt.Errorf("%s %s: %w", regime, s.size, err)
		}
	}
	if s.exact == 0 {
		return nil
	}
	printExactHead(out, all.Solver)
	if s.solver.Absent != "" {
		return nil
	}
	for _, regime := range s.regimes {
		err := compareExact(ctx, s, regime, func(r exactRecord) error {
			r.print(out)
			all.Exact = append(all.Exact, r)
			return writeJSON(s.json, all)
		})
		if err != nil {
			return fmt.Errorf("%s s, exact: %w", regime, err)
		}
	}
	return nil
}

// writeJSON writes the results, if a file is named.
func writeJSON(file string, v any) error {
	if file == "" {
		return nil
	}
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// published is a mission and the plan that its participants know.
type published struct {
	problem *planner.Problem
	plan    *planner.Plan
}

func publish(ctx context.Context, s settings, size, regime string) (published, error) {
	p, err := missions.Generate(size, regime, s.seed)
	if err != nil {
		return published{}, err
	}
	o := planner.DefaultOptions()
	o.Steps, o.SlackPermille, o.Prove = s.planSteps, s.slack, false
	result, err := planner.Solve(ctx, p, o)
	if err != nil {
		return published{}, err
	}
	if violations := planner.Check(p, result.Plan); len(violations) > 0 {
		return published{}, fmt.Errorf("the published plan breaks %d rules", len(violations))
	}
	return published{p, result.Plan}, nil
}

// options are those of a repair; the seed differs from change to change, so that
// a kind of which there is one change only is still measured many times.
func (s settings) options(i int) planner.Options {
	o := planner.DefaultRepairOptions()
	o.Steps, o.Seed = s.steps, uint64(i+1)
	return o
}

// changesOf draws so many changes of a kind.
func (s settings) changesOf(k kind, p published, count int) []*planner.Problem {
	random := rand.New(rand.NewSource(s.seed))
	var list []*planner.Problem
	for range count {
		list = append(list, k.change(random, p))
	}
	return list
}

// since is the time gone by, in milliseconds.
func since(t time.Time) float64 { return float64(time.Since(t).Microseconds()) / 1000 }
