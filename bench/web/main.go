// Web measures the pages of a full workspace under load: it fills a database,
// serves it with escale as a process of its own, and sends requests of all
// kinds at a constant rate, whether or not the answers keep up. A plain net/http
// page of the size of a list is asked for among them: what no server can beat.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/escale-hq/escale/bench/internal/server"
	"github.com/escale-hq/escale/bench/internal/workspace"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest/cluster"
)

type options struct {
	engine, database    string
	program, keep, json string
	size                workspace.Size
	seconds, warm, rate int
	seed                uint64
}

func main() {
	var o options
	flag.StringVar(&o.engine, "engine", "both", "sqlite, postgres or both")
	flag.StringVar(&o.database, "database", "", "measure this database, kept from another run, instead of a new one; several joined by commas")
	flag.StringVar(&o.program, "program", "", "measure this program instead of escale as it is now")
	flag.StringVar(&o.keep, "keep", "", "file to keep the filled SQLite database in")
	flag.StringVar(&o.json, "json", "", "file to keep the figures in")
	flag.IntVar(&o.size.Organisations, "organisations", 100_000, "organisations in the directory")
	flag.IntVar(&o.size.People, "people", 300_000, "people in the directory")
	flag.IntVar(&o.seconds, "seconds", 60, "length of the load")
	flag.IntVar(&o.warm, "warm", 10, "seconds of the same load before it, not measured")
	flag.IntVar(&o.rate, "rate", 200, "requests a second")
	flag.Uint64Var(&o.seed, "seed", 1, "of the records and of the requests")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench/web:", err)
		os.Exit(1)
	}
}

// run measures each database in turn, in a folder that is removed in the end.
func run(ctx context.Context, o options) (err error) {
	folder, err := os.MkdirTemp("", "escale-web-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if o.program == "" {
		if o.program, err = server.Build(ctx, folder); err != nil {
			return err
		}
	}
	addresses, stop, err := o.databases(ctx, folder)
	if err != nil {
		return err
	}
	defer stop()
	var results []result
	for _, address := range addresses {
		r, err := examine(ctx, o, address, folder)
		if err != nil {
			return err
		}
		r.print(os.Stdout)
		results = append(results, r)
	}
	if o.json == "" {
		return nil
	}
	text, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(o.json, append(text, '\n'), 0o644)
}

// databases are the addresses of those to measure, filled; stop ends what serves
// them. PostgreSQL gets a copy of what was filled into SQLite.
func (o options) databases(ctx context.Context, folder string) (addresses []string, stop func(), err error) {
	stop = func() {}
	if o.database != "" {
		return strings.Split(o.database, ","), stop, nil
	}
	file := "sqlite:" + cmp.Or(o.keep, filepath.Join(folder, "web.db"))
	if err := o.fill(ctx, file); err != nil {
		return nil, nil, err
	}
	if o.engine != "postgres" {
		addresses = append(addresses, file)
	}
	if o.engine != "sqlite" {
		c, err := cluster.Start()
		if err != nil {
			return nil, nil, err
		}
		err = c.Run(ctx, "CREATE DATABASE web TEMPLATE template0")
		if err == nil {
			err = o.run(ctx, "copy", "--from", file, "--to", c.Address("web"))
		}
		if err != nil {
			c.Stop()
			return nil, nil, err
		}
		addresses, stop = append(addresses, c.Address("web")), c.Stop
	}
	return addresses, stop, nil
}

func (o options) fill(ctx context.Context, address string) (err error) {
	if err := o.run(ctx, "migrate", "--database", address); err != nil {
		return err
	}
	d, err := db.Open(ctx, address, clock.System())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	begun := time.Now()
	return workspace.Fill(ctx, d, o.size, o.seed, func(done, of int) {
		if done%20_000 == 0 || done == of {
			fmt.Fprintf(os.Stderr, "%d of %d records after %.0f s\n", done, of, time.Since(begun).Seconds())
		}
	})
}

// run runs a command of the program.
func (o options) run(ctx context.Context, args ...string) error {
	said, err := exec.CommandContext(ctx, o.program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("escale %s: %w\n%s", args[0], err, said)
	}
	return nil
}

// examine loads a server that serves a filled database.
func examine(ctx context.Context, o options, address, folder string) (r result, err error) {
	s, err := server.New(o.program, address, folder)
	if err != nil {
		return r, err
	}
	d, err := db.Open(ctx, address, clock.System())
	if err != nil {
		return r, err
	}
	defer d.Close()
	r.Engine, r.Rate, r.Seconds = string(d.Engine()), o.rate, o.seconds
	if r.EmptyStart, err = emptyStart(ctx, o.program, folder); err != nil {
		return r, err
	}
	took, err := s.Start(ctx)
	if err != nil {
		return r, err
	}
	defer s.Kill()
	r.Start = took.Seconds() * 1000
	m, err := newMix(ctx, d, s, o.seed)
	if err != nil {
		return r, err
	}
	defer m.floor.Close()
	r.Organisations, r.People = len(m.organisations), len(m.people)
	if r.Alone, err = m.alone(ctx); err != nil {
		return r, err
	}
	if _, err := m.load(ctx, o.rate, o.warm); err != nil {
		return r, err
	}
	if r.Loaded, err = m.load(ctx, o.rate, o.seconds); err != nil {
		return r, err
	}
	r.Memory, err = s.Memory()
	return r, err
}

// starts is how often the start on an empty database is measured.
const starts = 5

// emptyStart is the median time, in milliseconds, from the start of the program
// on a SQLite file that does not exist to its first page.
func emptyStart(ctx context.Context, program, folder string) (float64, error) {
	var times []float64
	for i := range starts {
		s, err := server.New(program, filepath.Join(folder, fmt.Sprintf("empty%d.db", i)), folder)
		if err != nil {
			return 0, err
		}
		took, err := s.Start(ctx)
		if err != nil {
			return 0, err
		}
		if err := s.Stop(); err != nil {
			return 0, err
		}
		times = append(times, took.Seconds()*1000)
	}
	return median(times), nil
}
