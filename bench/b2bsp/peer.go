package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// configurations are the settings of clingo that were the best on some public
// instance. Both search guided by cores.
var configurations = []string{"trendy", "crafty"}

// peer is the clingo command with a model of the problem. A nil peer, or one
// that is absent, solves nothing.
type peer struct {
	command string
	model   string
	absent  string // why it cannot run
}

// peerRecord is the peer's best outcome on one instance.
type peerRecord struct {
	Verdict       verdict `json:"verdict"`
	Breaks        *int    `json:"breaks"`
	Seconds       float64 `json:"seconds"`
	CPU           float64 `json:"cpu"`
	Configuration string  `json:"configuration"`
}

// findPeer returns the peer asked for, nil if none was.
func findPeer(s settings) *peer {
	if s.peer == "" {
		return nil
	}
	command, err := exec.LookPath(s.peer)
	if err != nil {
		return &peer{absent: s.peer + " is not installed"}
	}
	if _, err := os.Stat(s.peerModel); err != nil {
		return &peer{absent: "its model " + s.peerModel + " is not there"}
	}
	return &peer{command: command, model: s.peerModel}
}

func (p *peer) description() string {
	switch {
	case p == nil:
		return "none asked for"
	case p.absent != "":
		return "absent: " + p.absent
	default:
		return "clingo, the best of " + strings.Join(configurations, " and ")
	}
}

// solve runs each configuration and returns the one that decided first, or else
// found the fewest breaks.
func (p *peer) solve(in *instance, limit time.Duration) (*peerRecord, error) {
	if p == nil || p.absent != "" {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "b2bsp")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	facts := filepath.Join(dir, "facts.lp")
	if err := os.WriteFile(facts, []byte(writeFacts(in)), 0o644); err != nil {
		return nil, err
	}
	var best *peerRecord
	for _, configuration := range configurations {
		r, err := p.runConfiguration(facts, configuration, len(in.problem.Slots), limit)
		if err != nil {
			return nil, err
		}
		if best == nil || r.better(best) {
			best = r
		}
	}
	return best, nil
}

func (r *peerRecord) better(other *peerRecord) bool {
	if decides(r.Verdict) != decides(other.Verdict) {
		return decides(r.Verdict)
	}
	if decides(r.Verdict) {
		return r.Seconds < other.Seconds
	}
	return r.Breaks != nil && (other.Breaks == nil || *r.Breaks < *other.Breaks)
}

func (p *peer) runConfiguration(facts, configuration string, slots int, limit time.Duration) (*peerRecord, error) {
	// Clingo keeps to its own limit, a whole number of seconds; the context is
	// for a clingo that does not.
	ctx, cancel := context.WithTimeout(context.Background(), limit+10*time.Second)
	defer cancel()
	seconds := max(1, int(limit.Seconds()))
	command := exec.CommandContext(ctx, p.command, p.model, facts,
		"-c", "d="+strconv.Itoa(maxSpread),
		"-c", "dmax="+strconv.Itoa(min(maxSpread+3, slots/2)),
		"--opt-strategy=usc", "--configuration="+configuration,
		"--time-limit="+strconv.Itoa(seconds), "--quiet=1", "--stats=1")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	start := time.Now()
	output, err := command.Output()
	took := time.Since(start)
	// The exit code of clingo tells its answer, so it is no error by itself.
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	r, err := readAnswer(string(output))
	if err != nil {
		return nil, fmt.Errorf("clingo: %w: %s", err, stderr.String())
	}
	r.Seconds, r.Configuration = took.Seconds(), configuration
	r.CPU = (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	return r, nil
}

var optimization = regexp.MustCompile(`(?m)^Optimization\s*: (\d+)`)

// readAnswer reads the verdict and the number of breaks from what clingo
// prints.
func readAnswer(output string) (*peerRecord, error) {
	r := &peerRecord{}
	switch {
	case strings.Contains(output, "\nOPTIMUM FOUND"):
		r.Verdict = optimal
	case strings.Contains(output, "\nUNSATISFIABLE"):
		r.Verdict = infeasible
	case strings.Contains(output, "\nSATISFIABLE"):
		r.Verdict = feasible
	case strings.Contains(output, "\nUNKNOWN"):
		r.Verdict = unknown
	default:
		return nil, errors.New("no answer")
	}
	if found := optimization.FindStringSubmatch(output); found != nil {
		breaks, err := strconv.Atoi(found[1])
		if err != nil {
			return nil, err
		}
		r.Breaks = &breaks
	}
	return r, nil
}

// writeFacts writes an instance for the peer's model, which numbers everything
// from 1.
func writeFacts(in *instance) string {
	p := in.problem
	var b strings.Builder
	fmt.Fprintf(&b, "slot(1..%d). cap(%d).\n", len(p.Slots), p.Places[0].Tables)
	degree := make([]int, len(p.Participants))
	for i, m := range p.Requests {
		first, second := m.Attendees[0].Participant, m.Attendees[1].Participant
		degree[first]++
		degree[second]++
		fmt.Fprintf(&b, "m(%d,%d,%d).\n", i+1, first+1, second+1)
		for _, t := range m.Starts {
			fmt.Fprintf(&b, "ok(%d,%d).\n", i+1, t+1)
		}
	}
	for i, n := range degree {
		if n == 0 {
			b.WriteString("zero.\n")
			continue
		}
		fmt.Fprintf(&b, "deg(%d,%d).\n", i+1, n)
	}
	for _, e := range p.Precedences {
		fmt.Fprintf(&b, "prec(%d,%d).\n", e.Before+1, e.After+1)
	}
	return b.String()
}
