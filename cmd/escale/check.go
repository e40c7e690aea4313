package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// checkCommand judges a plan, also one made by hand.
type checkCommand struct {
	Workbook string `arg:"" help:"${help_workbook}"`
	Plan     string `arg:"" help:"${help_judged}"`
	Lang     string `enum:",fr,en" default:"" placeholder:"fr|en" help:"${help_lang}"`
	JSON     bool   `help:"${help_json}"`
}

// Run judges.
func (k *checkCommand) Run(c *console) error {
	if k.Lang != "" {
		c.lang = k.Lang
	}
	book, err := c.read(k.Workbook, k.Lang)
	if err != nil {
		return c.unreadable(err, k.JSON)
	}
	v, err := judge(book, k.Plan)
	if err != nil {
		return c.unreadable(err, k.JSON)
	}
	problems := v.problems(c.say())
	if k.JSON {
		if err := c.printJSON(v.report(problems)); err != nil {
			return err
		}
	} else {
		v.tell(c, problems)
	}
	if len(problems) > 0 {
		return errJudged
	}
	return nil
}

// verdict is what is found out about a plan without the search.
type verdict struct {
	book     *workbook.Book
	plan     *planner.Plan
	meetings int
	misfits  []workbook.Misfit
	broken   []planner.Violation
	score    planner.Score
	// claims is the plan.json that says how good the plan is; nil for a plan
	// made by hand.
	claims *workbook.PlanFile
	// bound is derived from the certificate; refused says why it cannot be.
	bound   *int
	refused error
}

func judge(book *workbook.Book, path string) (*verdict, error) {
	v := &verdict{book: book}
	var lines []workbook.PlanMeeting
	var err error
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		lines, err = workbook.ReadPlanXLSX(path, book)
	} else if v.claims, err = workbook.ReadPlanFile(path); err == nil {
		lines = v.claims.Meetings
	}
	if err != nil {
		return nil, errUnreadablePlan{err}
	}
	problem := book.Problem()
	v.meetings = len(lines)
	v.plan, v.misfits = workbook.Fit(book, problem, lines)
	v.broken = planner.Check(problem, v.plan)
	v.score = planner.Evaluate(problem, v.plan, nil)
	if v.claims != nil && v.claims.Certificate != nil {
		bound, err := planner.CheckBound(problem, v.claims.Certificate.Certificate(book))
		if err != nil {
			v.refused = err
		} else {
			v.bound = &bound
		}
	}
	return v, nil
}

// errUnreadablePlan is a plan that is not understood at all.
type errUnreadablePlan struct{ error }

func (e errUnreadablePlan) Unwrap() error { return e.error }

// falseClaims lists the figures of plan.json that the judge does not find. A
// certificate may prove more than is claimed, never less.
func (v *verdict) falseClaims(w *i18n.Words) []string {
	if v.claims == nil {
		return nil
	}
	q := v.claims.Quality
	var list []string
	for _, figure := range []struct {
		key            string
		claimed, found int
	}{
		{"cli.claim.value", q.Value, v.score.Value},
		{"cli.claim.shortfall", q.MinShortfall, v.score.Shortfall},
		{"cli.claim.breaks", q.Breaks, v.score.Breaks},
		{"cli.claim.travel", q.TravelMinutes, v.score.Travel},
	} {
		if figure.claimed != figure.found {
			list = append(list, w.T(figure.key, figure.claimed, figure.found))
		}
	}
	if q.Bound != nil && v.bound != nil && *v.bound > *q.Bound {
		list = append(list, w.T("cli.claim.bound", *q.Bound, *v.bound))
	}
	if v.refused != nil {
		list = append(list, w.T("cli.claim.certificate", v.refused.Error()))
	}
	return list
}

// problems lists in words all that is wrong with the plan.
func (v *verdict) problems(w *i18n.Words) []string {
	list := []string{}
	for _, m := range v.misfits {
		list = append(list, workbook.MisfitText(v.book, m))
	}
	for _, b := range v.broken {
		list = append(list, workbook.ViolationText(v.book, v.plan, b))
	}
	return append(list, v.falseClaims(w)...)
}

func (v *verdict) tell(c *console, problems []string) {
	w := c.say()
	for _, problem := range problems {
		fmt.Fprintln(c.stdout, "- "+problem)
	}
	fmt.Fprintln(c.stdout, w.N("cli.check.meetings", v.meetings, v.score.Value))
	if v.bound != nil {
		fmt.Fprintln(c.stdout, w.T("cli.check.bound", *v.bound))
	}
	if len(problems) > 0 {
		fmt.Fprintln(c.stdout, w.N("cli.check.broken", len(problems)))
		return
	}
	fmt.Fprintln(c.stdout, w.T("cli.check.clean"))
}

// report is what --json prints of a verdict.
func (v *verdict) report(problems []string) map[string]any {
	return map[string]any{
		"valid":         len(problems) == 0,
		"problems":      problems,
		"meetings":      v.meetings,
		"value":         v.score.Value,
		"bound":         v.bound,
		"min_shortfall": v.score.Shortfall,
		"breaks":        v.score.Breaks,
	}
}

// unreadable reports what is not understood, also as JSON where it is asked
// for.
func (c *console) unreadable(err error, asJSON bool) error {
	if !asJSON {
		return err
	}
	lines := []string{c.sentence(err)}
	var unreadable *workbook.Unreadable
	if errors.As(err, &unreadable) {
		lines = lines[:0]
		for _, remark := range unreadable.Remarks {
			lines = append(lines, remark.Sentence(unreadable.Language))
		}
	}
	if printed := c.printJSON(map[string]any{"errors": lines}); printed != nil {
		return printed
	}
	return err
}
