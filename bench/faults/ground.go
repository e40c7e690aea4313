package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/escale-hq/escale/internal/dbtest/cluster"
)

// A ground is what a trial stands on.
type ground struct {
	address string
	cluster *cluster.Cluster // of PostgreSQL
	ballast string           // a file on a small disk, to remove when room is wanted
	leave   func()
}

func onSQLite(_ context.Context, folder string) (*ground, error) {
	return &ground{address: "sqlite:" + filepath.Join(folder, "faults.db"), leave: func() {}}, nil
}

// onPostgres starts a cluster that writes through to the disk, as it does where
// people work.
func onPostgres(ctx context.Context, _ string) (*ground, error) {
	c, err := cluster.Start()
	if err != nil {
		return nil, err
	}
	if err := c.Run(ctx, "CREATE DATABASE faults TEMPLATE template0"); err != nil {
		c.Stop()
		return nil, err
	}
	return &ground{address: c.Address("faults"), cluster: c, leave: c.Stop}, nil
}

// The small disk, in megabytes, and what of it is kept to be given back.
const (
	disk    = 16
	ballast = 4
)

func onSmallDisk(ctx context.Context, folder string) (*ground, error) {
	at := filepath.Join(folder, "disk")
	if err := os.Mkdir(at, 0o700); err != nil {
		return nil, err
	}
	said, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", disk), "tmpfs", at).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("mount a small disk, which takes root (-full=false leaves it out): %w\n%s", err, said)
	}
	g := &ground{address: "sqlite:" + filepath.Join(at, "faults.db"), ballast: filepath.Join(at, "ballast")}
	g.leave = func() { _ = exec.Command("umount", "-l", at).Run() }
	return g, os.WriteFile(g.ballast, make([]byte, ballast<<20), 0o600)
}
