package program

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Solver is another program that solves integer programs.
type Solver struct {
	Name string
	// Absent says why it cannot run; empty when it can.
	Absent string
	run    func(ctx context.Context, p *Program, limit time.Duration) (Answer, error)
}

// Answer is what a solver says. Taken are the columns of its best choice, nil if
// it found none; Bound is what it proves that no choice exceeds, where it says.
type Answer struct {
	Optimal bool
	Taken   []int
	Bound   *float64
	// Seconds on the clock, and of the processors where the solver ended by itself.
	Seconds, CPU float64
}

// Find returns the named solver: cbc, from the path of programs, highs or cpsat,
// npm packages run by node in the folder of peers.
func Find(name, peers string) (Solver, error) {
	switch name {
	case "cbc":
		s := Solver{Name: name, run: runCBC}
		if _, err := exec.LookPath("cbc"); err != nil {
			s.Absent = "cbc is not installed (Debian: coinor-cbc)"
		}
		return s, nil
	case "highs":
		return nodeSolver(name, "highs", peers, (*Program).writeLP), nil
	case "cpsat":
		return nodeSolver(name, "or-tools-wasm", peers, (*Program).writeJSON), nil
	default:
		return Solver{}, fmt.Errorf("peer %q: give highs, cbc or cpsat", name)
	}
}

func nodeSolver(name, module, peers string, write func(*Program, io.Writer) error) Solver {
	s := Solver{Name: name}
	if _, err := exec.LookPath("node"); err != nil {
		s.Absent = "node is not installed (Debian: nodejs)"
	} else if _, err := os.Stat(filepath.Join(peers, "node_modules", module)); err != nil {
		s.Absent = fmt.Sprintf("%s is not installed (npm ci --ignore-scripts, in %s)", module, peers)
	}
	s.run = func(ctx context.Context, p *Program, limit time.Duration) (Answer, error) {
		return runNode(ctx, filepath.Join(peers, name+".mjs"), write, p, limit)
	}
	return s
}

// grace is how long a solver may go on after its limit before it is stopped.
const grace = 30 * time.Second

// Solve runs the solver for so long, and stops it when it does not stop itself.
// The time counts everything from the written program to the answer.
func (s Solver) Solve(ctx context.Context, p *Program, limit time.Duration) (Answer, error) {
	if s.Absent != "" {
		return Answer{}, errors.New(s.Absent)
	}
	ctx, cancel := context.WithTimeout(ctx, limit+grace)
	defer cancel()
	began := time.Now()
	a, err := s.run(ctx, p, limit)
	a.Taken = slices.DeleteFunc(a.Taken, func(i int) bool { return i >= len(p.Columns) })
	a.Seconds = time.Since(began).Seconds()
	if ctx.Err() != nil {
		return a, nil // no answer within limit and grace is an answer too
	}
	return a, err
}

// inFolder writes the program into a file of a new folder and has work read it.
func inFolder(p *Program, name string, write func(*Program, io.Writer) error, work func(dir, file string) error) error {
	dir, err := os.MkdirTemp("", "program")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, name)
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := errors.Join(write(p, out), out.Close()); err != nil {
		return err
	}
	return work(dir, file)
}

// runNode has a script solve the program: it prints its answer as JSON on the
// last line.
func runNode(ctx context.Context, script string, write func(*Program, io.Writer) error, p *Program, limit time.Duration) (Answer, error) {
	var a Answer
	err := inFolder(p, "program.lp", write, func(_, file string) error {
		command := exec.CommandContext(ctx, "node", "--max-old-space-size=6144", script, file, fmt.Sprint(limit.Seconds()))
		var failures bytes.Buffer
		command.Stderr = &failures
		out, err := command.Output()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", filepath.Base(script), err, lastLine(failures.Bytes()))
		}
		err = json.Unmarshal(lastLine(out), &a)
		a.CPU = processorTime(command)
		return err
	})
	return a, err
}

// processorTime is what the processors spent on a command that has ended.
func processorTime(c *exec.Cmd) float64 {
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
}

func lastLine(text []byte) []byte {
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return lines[len(lines)-1]
}

// runCBC has CBC solve the program by its command line, on two threads where it
// was built with them.
func runCBC(ctx context.Context, p *Program, limit time.Duration) (Answer, error) {
	var a Answer
	err := inFolder(p, "program.lp", (*Program).writeLP, func(dir, file string) error {
		answer := filepath.Join(dir, "answer")
		command := exec.CommandContext(ctx, "cbc", file, "-seconds", fmt.Sprint(limit.Seconds()), "-timeMode", "elapsed",
			"-threads", "2", "-ratioGap", "0", "-allowableGap", "0.99", "-solve", "-solution", answer)
		out, err := command.Output()
		if err != nil {
			return fmt.Errorf("cbc: %w", err)
		}
		text, err := os.ReadFile(answer)
		if err != nil {
			return fmt.Errorf("cbc wrote no answer: %s", lastLine(out))
		}
		a = readCBC(string(text), string(out))
		a.CPU = processorTime(command)
		return nil
	})
	return a, err
}

var cbcBound = regexp.MustCompile(`(?m)^(?:Upper|Lower) bound: +(-?[0-9.e+]+)`)

// readCBC reads the file that CBC writes, a line a variable that is not 0, and
// from what it prints the bound, which it gives when it stops early.
func readCBC(answer, printed string) Answer {
	head, rest, _ := strings.Cut(answer, "\n")
	a := Answer{Optimal: strings.HasPrefix(head, "Optimal")}
	for line := range strings.Lines(rest) {
		fields := strings.Fields(line)
		if len(fields) < 3 || !strings.HasPrefix(fields[1], "x") {
			continue
		}
		value, err := strconv.ParseFloat(fields[2], 64)
		column, err2 := strconv.Atoi(fields[1][1:])
		if err == nil && err2 == nil && value > 0.5 {
			a.Taken = append(a.Taken, column)
		}
	}
	if m := cbcBound.FindStringSubmatch(printed); m != nil {
		if bound, err := strconv.ParseFloat(m[1], 64); err == nil {
			a.Bound = &bound
		}
	}
	return a
}
