// Command b2bsp plans the days of a folder of data files of the
// business-to-business meeting scheduling problem and prints, for each, what
// was proved and how long it took, beside a peer in the same run.
//
// The public instances and their format are described in Bofill et al.,
// "Constraint Solving Approaches to the Business-to-Business Meeting
// Scheduling Problem", JAIR 74 (2022).
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/escale-hq/escale/planner"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "b2bsp:", err)
		os.Exit(1)
	}
}

// settings are the arguments of the command.
type settings struct {
	dir       string
	limit     time.Duration
	json      string
	solutions string
	workers   int
	seed      uint64
	peer      string
	peerModel string
}

func parseSettings(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("b2bsp", flag.ContinueOnError)
	flags.StringVar(&s.dir, "dir", "", "folder of .dzn files to plan")
	flags.DurationVar(&s.limit, "limit", time.Minute, "time limit for each instance")
	flags.StringVar(&s.json, "json", "", "file for the results")
	flags.StringVar(&s.solutions, "solutions", "", "folder for the schedules")
	flags.IntVar(&s.workers, "workers", 2, "searches side by side")
	flags.Uint64Var(&s.seed, "seed", 0, "seed of the search")
	flags.StringVar(&s.peer, "peer", "", `peer to run beside: "clingo", or none`)
	flags.StringVar(&s.peerModel, "peer-model", filepath.Join("..", "shared", "bench", "peer", "b2b.lp"), "the peer's model")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.dir == "" {
		return s, errors.New("-dir is missing")
	}
	if s.peer != "" && s.peer != "clingo" {
		return s, fmt.Errorf("no peer %q", s.peer)
	}
	return s, nil
}

func run(out io.Writer, args []string) error {
	s, err := parseSettings(args)
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(s.dir, "*.dzn"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no .dzn files in %s", s.dir)
	}
	p := findPeer(s)
	printHeader(out, p)
	var records []record
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		r, err := runFile(s, p, strings.TrimSuffix(filepath.Base(file), ".dzn"), string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		printRecord(out, r)
		records = append(records, r)
	}
	printSummary(out, records)
	if s.json == "" {
		return nil
	}
	return writeJSON(s.json, records)
}

// writeSolution writes the slot of each meeting, counted from 1.
func writeSolution(dir, name string, starts []planner.SlotID) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	slots := make([]int, len(starts))
	for m, t := range starts {
		slots[m] = int(t) + 1
	}
	return writeJSON(filepath.Join(dir, name+".json"), map[string][]int{"slots": slots})
}

func writeJSON(file string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
