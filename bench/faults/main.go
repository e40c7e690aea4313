// Faults breaks a server while people write, and looks into the database for
// what was lost or kept in half: it kills the program with SIGKILL, cuts off
// PostgreSQL and brings it back, and fills the disk of SQLite.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/escale-hq/escale/bench/internal/server"
)

type options struct {
	kills, outages  int
	full            bool
	seed            uint64
	program, folder string
	json            string
}

func main() {
	var o options
	flag.IntVar(&o.kills, "kills", 200, "how often the server is killed, on each engine")
	flag.IntVar(&o.outages, "outages", 20, "how often PostgreSQL is cut off")
	flag.BoolVar(&o.full, "full", true, "fill a disk: takes root, who mounts a small one in memory")
	flag.Uint64Var(&o.seed, "seed", 1, "of what is written, and of the moments")
	flag.StringVar(&o.program, "program", "", "break this program instead of escale as it is now")
	flag.StringVar(&o.json, "json", "", "file to keep the figures in")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench/faults:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.folder, err = os.MkdirTemp("", "escale-faults-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(o.folder)) }()
	if o.program == "" {
		if o.program, err = server.Build(ctx, o.folder); err != nil {
			return err
		}
	}
	results, err := o.all(ctx)
	if err != nil {
		return err
	}
	report(os.Stdout, results)
	if o.json != "" {
		text, err := json.MarshalIndent(results, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.json, append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	for _, r := range results {
		if !r.holds() {
			return errors.New("something was lost: see above")
		}
	}
	return nil
}

// all runs the trials, one after the other.
func (o options) all(ctx context.Context) (results []*result, err error) {
	for _, t := range []struct {
		name   string
		times  int
		place  func(ctx context.Context, folder string) (*ground, error)
		strike func(*trial, context.Context) error
	}{
		{"sqlite: the server is killed", o.kills, onSQLite, (*trial).kill},
		{"postgres: the server is killed", o.kills, onPostgres, (*trial).kill},
		{"postgres: the database goes down and comes back", o.outages, onPostgres, (*trial).cutOff},
		{"sqlite: the disk is full", fills(o.full), onSmallDisk, (*trial).fillUp},
	} {
		if t.times == 0 {
			continue
		}
		fmt.Fprintln(os.Stderr, t.name)
		r, err := o.try(ctx, t.name, t.times, t.place, t.strike)
		if err != nil {
			return results, fmt.Errorf("%s: %w", t.name, err)
		}
		results = append(results, r)
	}
	return results, nil
}

// fills is how often the disk is filled.
func fills(wanted bool) int {
	if wanted {
		return 2
	}
	return 0
}
