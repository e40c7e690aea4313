// Command mission measures the planner on seeded missions, and other solvers
// beside it in the same run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/bench/internal/missions"
	"github.com/escale-hq/escale/bench/internal/program"
	"github.com/escale-hq/escale/planner"
)

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "mission:", err)
		os.Exit(1)
	}
}

// settings are the arguments of the command.
type settings struct {
	sizes, regimes []string
	seeds          []int64
	peers          []program.Solver
	limit          time.Duration
	steps          int64
	slack, workers int
	valueOnly      bool
	json           string
}

func parseSettings(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("mission", flag.ContinueOnError)
	sizes := flags.String("size", "s", "s, m, l or xl, several joined by commas")
	regimes := flags.String("regime", "tables", "tables, people, halfday or city, several joined by commas")
	seeds := flags.String("seed", "1", "seeds of the missions, joined by commas")
	peers := flags.String("peer", "", "other solvers to run beside: highs, cbc, cpsat, joined by commas")
	folder := flags.String("peers", "bench/mission/peers", "folder in which the npm packages of the peers are installed")
	flags.DurationVar(&s.limit, "limit", 30*time.Second, "time limit for each mission, and for each peer")
	flags.Int64Var(&s.steps, "steps", 0, "steps of each phase and worker (0: as many as the size deserves)")
	flags.IntVar(&s.slack, "slack", 0, "thousandths of the value that may be given up for the tiers below")
	flags.IntVar(&s.workers, "workers", planner.DefaultOptions().Workers, "searches side by side")
	flags.BoolVar(&s.valueOnly, "value-only", false, "seek the shortfall and the value only, not the tiers below")
	flags.StringVar(&s.json, "json", "", "file for the results")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	s.sizes, s.regimes = split(*sizes), split(*regimes)
	for _, text := range split(*seeds) {
		seed, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return s, fmt.Errorf("seed %q: give whole numbers joined by commas", text)
		}
		s.seeds = append(s.seeds, seed)
	}
	for _, name := range split(*peers) {
		peer, err := program.Find(name, *folder)
		if err != nil {
			return s, err
		}
		s.peers = append(s.peers, peer)
	}
	return s, nil
}

// split cuts a list joined by commas; an empty text is an empty list.
func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// options are the planner's, as the settings ask for.
func (s settings) options() planner.Options {
	o := planner.DefaultOptions()
	o.Time, o.Steps, o.SlackPermille, o.Workers = s.limit, s.steps, s.slack, s.workers
	if s.valueOnly {
		o.Order = []planner.Tier{planner.Shortfall, planner.Value}
	}
	return o
}

func run(ctx context.Context, out io.Writer, args []string) error {
	s, err := parseSettings(args)
	if err != nil {
		return err
	}
	var records []record
	printHead(out, s)
	for _, size := range s.sizes {
		for _, regime := range s.regimes {
			for _, seed := range s.seeds {
				p, err := missions.Generate(size, regime, seed)
				if err != nil {
					return err
				}
				r, err := measureMission(ctx, s, p)
				if err != nil {
					return fmt.Errorf("%s %s, seed %d: %w", regime, size, seed, err)
				}
				r.Size, r.Regime, r.Seed = size, regime, seed
				r.print(out)
				records = append(records, r)
			}
		}
	}
	printPeers(out, records)
	if s.json == "" {
		return nil
	}
	return writeJSON(s.json, records)
}

func writeJSON(file string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
