// Package cluster starts a PostgreSQL server of one's own, in a temporary
// folder and on a socket only: for the tests of what is stored, and for the
// benchmarks, which also take it away and bring it back.
package cluster

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the cluster's own connections
)

// A Cluster is a PostgreSQL server that belongs to this program.
type Cluster struct {
	folder   string
	settings []string
	server   *exec.Cmd
	said     *bytes.Buffer
}

// Start makes a cluster and starts its server, with settings such as
// "fsync=off".
func Start(settings ...string) (*Cluster, error) {
	folder, err := os.MkdirTemp("", "escale-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{folder: folder, settings: settings, said: &bytes.Buffer{}}
	err = c.initialise()
	if err == nil {
		err = c.Resume()
	}
	if err != nil {
		c.Stop()
		return nil, fmt.Errorf("%w\n%s", err, c.said)
	}
	return c, nil
}

// Resume starts the server again after [Cluster.Halt], and waits until it
// answers.
func (c *Cluster) Resume() error {
	args := []string{"-D", c.data(), "-k", c.folder, "-c", "listen_addresses="}
	for _, setting := range c.settings {
		args = append(args, "-c", setting)
	}
	server, err := c.command("postgres", args...)
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	c.server = server
	return c.wait()
}

// Halt ends the server at once, as if it had crashed: whoever is connected is
// cut off, and it recovers when it is resumed.
func (c *Cluster) Halt() {
	if c.server == nil {
		return
	}
	_ = c.server.Process.Signal(syscall.SIGQUIT)
	_ = c.server.Wait()
	c.server = nil
}

// Stop ends the server at once and removes all that it holds.
func (c *Cluster) Stop() {
	c.Halt()
	_ = os.RemoveAll(c.folder)
}

// Address is where a database of the cluster is reached.
func (c *Cluster) Address(database string) string {
	query := url.Values{"host": {c.folder}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + query.Encode()
}

// Run executes a statement on the cluster's own database.
func (c *Cluster) Run(ctx context.Context, statement string) error {
	admin, err := sql.Open("pgx", c.Address("postgres"))
	if err != nil {
		return err
	}
	_, err = admin.ExecContext(ctx, statement)
	if err != nil {
		err = fmt.Errorf("%s: %w", statement, err)
	}
	return errors.Join(err, admin.Close())
}

func (c *Cluster) initialise() error {
	initdb, err := c.command("initdb", "-D", c.data(), "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if err != nil {
		return err
	}
	if initdb.SysProcAttr.Credential != nil {
		credential := initdb.SysProcAttr.Credential
		if err := os.Chown(c.folder, int(credential.Uid), int(credential.Gid)); err != nil {
			return err
		}
	}
	return initdb.Run()
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

// command prepares a program of PostgreSQL. The programs refuse to run as root,
// so root runs them as the user that Debian's package makes; they end with the
// test program, however it ends.
func (c *Cluster) command(name string, args ...string) (*exec.Cmd, error) {
	path, err := program(name)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.folder, c.said, c.said
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() == 0 {
		if cmd.SysProcAttr.Credential, err = credential("postgres"); err != nil {
			return nil, err
		}
	}
	return cmd, nil
}

// program finds a program of PostgreSQL where Debian puts them, or in PATH.
func program(name string) (string, error) {
	found, err := filepath.Glob(filepath.Join("/usr/lib/postgresql/*/bin", name))
	if err == nil && len(found) > 0 {
		return found[len(found)-1], nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%s is not there; `make test` installs it on Debian: %w", name, err)
	}
	return path, nil
}

func credential(name string) (*syscall.Credential, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("root needs the user %s, whom Debian's package makes: %w", name, err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

// wait asks the server until it answers.
func (c *Cluster) wait() error {
	pool, err := sql.Open("pgx", c.Address("postgres"))
	if err != nil {
		return err
	}
	defer pool.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if err = pool.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		}
	}
}
