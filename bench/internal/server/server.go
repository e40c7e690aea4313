// Package server builds escale and runs it as people do: `escale serve` as a
// process of its own, which can be killed, on a database that outlives it.
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Key is the key of all servers, in hexadecimal.
const Key = "0f0e0d0c0b0a09080706050403020100f0e0d0c0b0a090807060504030201000"

// Build builds escale into a folder, and gives the program.
func Build(ctx context.Context, folder string) (program string, err error) {
	program = filepath.Join(folder, "escale")
	said, err := exec.CommandContext(ctx, "go", "build", "-o", program, "github.com/escale-hq/escale/cmd/escale").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build escale: %w\n%s", err, said)
	}
	return program, nil
}

// A Server is escale on one database and one address of loopback, whichever
// process serves it at the moment.
type Server struct {
	URL *url.URL
	// Options are given to `escale serve` beside its address and database.
	Options  []string
	program  string
	database string
	folder   string
	process  *exec.Cmd
}

// New gives a server that does not run yet. Its files and its log are in the
// folder.
func New(program, database, folder string) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	site := &url.URL{Scheme: "http", Host: listener.Addr().String()}
	return &Server{URL: site, program: program, database: database, folder: folder}, listener.Close()
}

// patience is how long a server may take to answer.
const patience = time.Minute

// Start runs the process, and gives the time until it answered with its first
// page.
func (s *Server) Start(ctx context.Context) (took time.Duration, err error) {
	log, err := os.OpenFile(s.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	options := append([]string{"serve", "--address", s.URL.Host, "--database", s.database, "--files", filepath.Join(s.folder, "files")}, s.Options...)
	s.process = exec.Command(s.program, options...)
	s.process.Env = append(os.Environ(), "ESCALE_KEY="+Key)
	s.process.Stdout, s.process.Stderr = log, log
	s.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	begun := time.Now()
	if err := s.process.Start(); err != nil {
		return 0, err
	}
	if err := s.Await(ctx, "/sign-in", http.StatusOK); err != nil {
		return 0, errors.Join(fmt.Errorf("the server does not start, see %s: %w", s.Log(), err), s.Kill())
	}
	return time.Since(begun), nil
}

// Log is the file that the server writes its log to.
func (s *Server) Log() string { return filepath.Join(s.folder, "server.log") }

// Await asks for a path until the answer has a status.
func (s *Server) Await(ctx context.Context, path string, status int) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	last := errors.New("no answer")
	for {
		got, err := s.status(ctx, path)
		if err == nil && got == status {
			return nil
		}
		if err == nil {
			last = fmt.Errorf("%s answers %d", path, got)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return last
		}
	}
}

func (s *Server) status(ctx context.Context, path string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL.String()+path, nil)
	if err != nil {
		return 0, err
	}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}

// Kill ends the process as a crash would, with nothing tidied up.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

// Stop lets the process end by itself.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

func (s *Server) end(how syscall.Signal) error {
	if err := s.process.Process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	err := s.process.Wait()
	var ended *exec.ExitError
	if how == syscall.SIGKILL && errors.As(err, &ended) {
		return nil
	}
	return err
}
