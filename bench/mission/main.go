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
	"runtime/pprof"
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
	limit, cpu     time.Duration
	peerLimit      time.Duration
	steps          int64
	slack, workers int
	valueOnly      bool
	json, profile  string
}

func parseSettings(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("mission", flag.ContinueOnError)
	sizes := flags.String("size", "s", "s, m, l or xl, several joined by commas")
	regimes := flags.String("regime", "tables", "tables, people, halfday or city, several joined by commas")
	seeds := flags.String("seed", "1", "seeds of the missions, joined by commas")
	peers := flags.String("peer", "", "other solvers to run beside: highs, cbc, cpsat, joined by commas")
	folder := flags.String("peers", "bench/mission/peers", "folder in which the npm packages of the peers are installed")
	flags.DurationVar(&s.limit, "limit", 30*time.Second, "time limit for each mission")
	flags.DurationVar(&s.peerLimit, "peer-limit", 30*time.Second, "time limit for each peer on each mission")
	flags.DurationVar(&s.cpu, "cpu", 0, "stop the planner after so much time of the processors, which another load does not shorten (0: no such limit)")
	flags.Int64Var(&s.steps, "steps", 0, "steps of each phase and worker (0: as many as the size deserves)")
	flags.IntVar(&s.slack, "slack", 0, "thousandths of the value that may be given up for the tiers below")
	flags.IntVar(&s.workers, "workers", planner.DefaultOptions().Workers, "searches side by side")
	flags.BoolVar(&s.valueOnly, "value-only", false, "seek the shortfall and the value only, not the tiers below")
	flags.StringVar(&s.json, "json", "", "file for the results")
	flags.StringVar(&s.profile, "profile", "", "file for a profile of the processors, for go tool pprof")
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
	stop, err := startProfile(s.profile)
	if err != nil {
		return err
	}
	records, err := measureAll(ctx, out, s)
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	printPeers(out, records)
	return nil
}

// measureAll measures each mission asked for, and prints what it gave at once.
func measureAll(ctx context.Context, out io.Writer, s settings) ([]record, error) {
	var records []record
	printHead(out, s)
	for _, size := range s.sizes {
		for _, regime := range s.regimes {
			for _, seed := range s.seeds {
				p, err := missions.Generate(size, regime, seed)
				if err != nil {
					return nil, err
				}
				r, err := measureMission(ctx, s, p)
				if err != nil {
					return nil, fmt.Errorf("%s %s, seed %d: %w", regime, size, seed, err)
				}
				r.Size, r.Regime, r.Seed = size, regime, seed
				r.print(out)
				records = append(records, r)
				// Each time, so that a long series that is stopped loses nothing.
				if err := writeJSON(s.json, records); err != nil {
					return nil, err
				}
			}
		}
	}
	return records, nil
}

// startProfile begins a profile of the processors in the file, if one is named;
// what it returns ends it.
func startProfile(file string) (stop func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return func() error { pprof.StopCPUProfile(); return out.Close() }, nil
}

// writeJSON writes the records, if a file is named.
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
