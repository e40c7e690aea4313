package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/escale-hq/escale/internal/workbook"
)

// planCommand plans a workbook and writes all documents.
type planCommand struct {
	Workbook string        `arg:"" help:"${help_workbook}"`
	Out      string        `short:"o" required:"" placeholder:"OUT" help:"${help_out}"`
	Previous string        `placeholder:"OUT" help:"${help_previous}"`
	Force    bool          `help:"${help_force}"`
	Seed     uint64        `default:"1" help:"${help_seed}"`
	Time     time.Duration `help:"${help_time}"`
	Slack    int           `default:"10" placeholder:"PERMILLE" help:"${help_slack}"`
	Lang     string        `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_lang}"`
	JSON     bool          `help:"${help_json}"`
}

// mostSlack is all of the value, in thousandths.
const mostSlack = 1000

// misuse refuses figures that have no meaning.
func (p *planCommand) misuse(c *console) error {
	if p.Slack < 0 || p.Slack > mostSlack {
		return c.misused("cli.usage.slack", p.Slack, mostSlack)
	}
	if p.Time < 0 {
		return c.misused("cli.usage.time", p.Time)
	}
	return nil
}

// Run plans.
func (p *planCommand) Run(ctx context.Context, c *console) error {
	if p.Lang != "" {
		c.lang = p.Lang
	}
	if err := p.misuse(c); err != nil {
		return err
	}
	replace := p.Force || sameFolder(p.Out, p.Previous)
	if err := workbook.CheckOut(p.Out, replace); err != nil {
		return err
	}
	book, err := c.read(p.Workbook, p.Lang)
	if err != nil {
		return c.unreadable(err, p.JSON)
	}
	o, err := p.make(ctx, c, book)
	if err != nil {
		return err
	}
	if o.Result.Plan == nil {
		return c.refuse(o, p.JSON)
	}
	if err := workbook.WriteOut(p.Out, replace, o); err != nil {
		return err
	}
	if p.JSON {
		return c.printJSON(newSummary(o, p.Out))
	}
	c.tell(o, p.Out)
	return nil
}

// sameFolder says that the plan is to take the place of the previous one.
func sameFolder(out, previous string) bool {
	if previous == "" {
		return false
	}
	a, errA := filepath.Abs(out)
	b, errB := filepath.Abs(previous)
	return errA == nil && errB == nil && a == b
}

func (p *planCommand) make(ctx context.Context, c *console, book *workbook.Book) (*workbook.Outcome, error) {
	assignment := workbook.Assignment{
		Seed: p.Seed, Time: p.Time, SlackPermille: p.Slack, Made: time.Now(),
	}
	if p.Previous != "" {
		previous, err := workbook.ReadPlanFile(p.Previous)
		if err != nil {
			return nil, errUnreadablePlan{err}
		}
		assignment.Previous = previous
	}
	shown := newFollower(c.stderr, valueGlimpse(c.say()))
	defer shown.end()
	assignment.Progress = shown.follow
	return workbook.Make(ctx, book, assignment)
}

// read reads the workbook and says its notes. From then on the command speaks
// the workbook's language. What is wrong with one that cannot even be opened is
// said in the command's.
func (c *console) read(path, lang string) (*workbook.Book, error) {
	book, err := workbook.Read(path, lang)
	var unreadable *workbook.Unreadable
	if errors.As(err, &unreadable) && unreadable.Unopened {
		book, err = workbook.Read(path, c.say().Lang())
	}
	if err != nil {
		return nil, err
	}
	c.lang = book.Language
	for _, note := range book.Notes {
		fmt.Fprintln(c.stderr, c.say().T("cli.note", note.Sentence(book.Language)))
	}
	return book, nil
}

// refuse says why there is no plan.
func (c *console) refuse(o *workbook.Outcome, asJSON bool) error {
	causes := make([]string, len(o.Result.Causes))
	for i, cause := range o.Result.Causes {
		causes[i] = workbook.CauseText(o.Book, cause)
	}
	if asJSON {
		if err := c.printJSON(map[string]any{"causes": causes}); err != nil {
			return err
		}
		return errJudged
	}
	if len(causes) == 0 {
		fmt.Fprintln(c.stderr, c.say().T("cli.no_plan"))
		return errJudged
	}
	fmt.Fprintln(c.stderr, c.say().T("cli.infeasible"))
	for _, cause := range causes {
		fmt.Fprintln(c.stderr, "- "+cause)
	}
	return errJudged
}

// tell sums the plan up, and what changed.
func (c *console) tell(o *workbook.Outcome, out string) {
	w, score := c.say(), o.Result.Score
	print := func(line string) { fmt.Fprintln(c.stdout, line) }
	for _, line := range workbook.ChangeLines(o) {
		print(line)
	}
	print(w.N("cli.meetings", len(o.Result.Plan.Meetings), workbook.VerdictText(o)))
	if score.Shortfall > 0 {
		print(w.N("cli.shortfall", score.Shortfall))
	}
	if n := len(o.Unmet); n > 0 {
		print(w.N("cli.unmet", n, filepath.Join(out, "report.html")))
	}
	if o.Result.Quality.Cut {
		print(w.T("cli.cut"))
	}
	if o.Book.Fictional {
		print(w.T("cli.fictional"))
	}
	print(w.T("cli.written", out))
}

// summary is what --json prints of a plan; the plan itself is in plan.json.
type summary struct {
	Out      string               `json:"out"`
	Version  int                  `json:"version"`
	Meetings int                  `json:"meetings"`
	Unmet    int                  `json:"unmet"`
	Quality  workbook.PlanQuality `json:"quality"`
	Changes  map[string]int       `json:"changes,omitempty"`
}

func newSummary(o *workbook.Outcome, out string) summary {
	file := workbook.NewPlanFile(o)
	s := summary{
		Out: out, Version: o.Version, Meetings: len(file.Meetings), Unmet: len(file.Unmet), Quality: file.Quality,
	}
	if o.Previous != nil {
		s.Changes = map[string]int{}
		for _, change := range file.Changes {
			s.Changes[change.Kind]++
		}
	}
	return s
}

func (c *console) printJSON(value any) error {
	encoder := json.NewEncoder(c.stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
