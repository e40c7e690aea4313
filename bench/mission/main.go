// Mission measures the planner on seeded missions of four sizes.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/escale-hq/escale/planner"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mission:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("mission", flag.ContinueOnError)
	name := flags.String("size", "s", "s, m, l or xl")
	regime := flags.String("regime", "tables", "tables, people, halfday or city")
	seed := flags.Int64("seed", 1, "seed of the instance")
	limit := flags.Duration("limit", 30*time.Second, "time limit")
	steps := flags.Int64("steps", 0, "steps a phase")
	slack := flags.Int("slack", 0, "slack in thousandths")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := generate(*name, *regime, *seed)
	if err != nil {
		return err
	}
	o := planner.DefaultOptions()
	o.Time, o.Steps, o.SlackPermille = *limit, *steps, *slack
	o.Progress = func(g planner.Progress) {
		fmt.Printf("%8.3f s  %-14s value %d bound %d\n", g.Elapsed.Seconds(), g.Phase, g.Value, g.Bound)
	}
	result, err := planner.Solve(context.Background(), p, o)
	if err != nil {
		return err
	}
	fmt.Println(len(planner.Check(p, result.Plan)), "violations")
	fmt.Printf("%+v\n", result.Quality)
	return nil
}
