package call

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/form"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// decideAll decides about all applications as the rules propose, once.
func (p *Pages) decideAll(ctx context.Context, tx *db.Tx, act record.Act, c *Call) error {
	s, err := selectionOf(ctx, tx, c, p.Words)
	if err != nil {
		return err
	}
	switch {
	case !s.DecidedAt.IsZero():
		return fault.New(fault.Conflict, "selection.decided_already")
	case c.Places == 0:
		return fault.New(fault.Conflict, "selection.places_needed")
	}
	lines, err := linesOf(ctx, tx, c)
	if err != nil {
		return err
	}
	questions, err := questionsOf(ctx, tx, c)
	if err != nil {
		return err
	}
	proposal := Propose(lines, s, c.Places)
	for _, l := range lines {
		reason := proposal.reason(l, p.Words.For(l.Application.Language), questions)
		if err := p.decide(ctx, tx, act, l, Decision{l.Proposed, reason, l.Turn}); err != nil {
			return fmt.Errorf("decide about the application %s: %w", l.ID, err)
		}
	}
	s.DecidedAt = tx.Now
	return put(ctx, tx, act, Selections(), s)
}

// A Decision is what becomes of an application, and why.
type Decision struct {
	State  State
	Reason string // in the applicant's language
	Turn   int    // on the waiting list
}

// decide keeps a decision. Who is selected takes part in the mission, and who
// was and is not any more withdraws from it.
func (p *Pages) decide(ctx context.Context, tx *db.Tx, act record.Act, l *Line, d Decision) error {
	a, r := l.Application, l.Review
	was := a.State
	a.State = d.State
	r.Reason, r.Turn, r.DecidedAt, r.LetterAt = d.Reason, d.Turn, tx.Now, db.Instant{}
	if err := put(ctx, tx, act, Reviews(), r); err != nil {
		return err
	}
	if err := Applications().Save(ctx, tx, act, a); err != nil {
		return err
	}
	switch {
	case d.State == Selected && was != Selected:
		return p.admit(ctx, tx, act, a)
	case d.State != Selected && was == Selected:
		return dismiss(ctx, tx, act, a)
	}
	return nil
}

// decideOne decides about a single application: a late one, or otherwise than
// before. A place that becomes free goes to the waiting list.
func (p *Pages) decideOne(ctx context.Context, tx *db.Tx, act record.Act, c *Call, id string, d Decision) error {
	if err := p.mayDecide(ctx, tx, c, d); err != nil {
		return err
	}
	lines, err := linesOf(ctx, tx, c)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(lines, func(l *Line) bool { return l.Application.ID == id })
	if at < 0 {
		return fault.New(fault.Conflict, "selection.not_handed_in")
	}
	line := lines[at]
	was := line.Application.State
	switch {
	case d.State == Selected && was != Selected && len(inState(lines, Selected)) >= c.Places:
		return fault.New(fault.Conflict, "selection.full", c.Places)
	case d.State == Waiting:
		d.Turn = lastTurn(lines) + 1
	}
	if err := p.decide(ctx, tx, act, line, d); err != nil {
		return err
	}
	if was == Selected && d.State != Selected {
		return p.moveUp(ctx, tx, act, c, line.Application)
	}
	return nil
}

// mayDecide says what keeps a single decision from being taken.
func (p *Pages) mayDecide(ctx context.Context, tx *db.Tx, c *Call, d Decision) error {
	s, err := selectionOf(ctx, tx, c, p.Words)
	switch {
	case err != nil:
		return err
	case s.DecidedAt.IsZero():
		return fault.New(fault.Conflict, "selection.all_first")
	case !slices.Contains([]State{Selected, Waiting, Refused}, d.State):
		return fault.New(fault.Invalid, "selection.decision_needed")
	case d.Reason == "":
		return fault.Problems{{Field: "reason", Key: "selection.reason_needed"}}
	}
	return nil
}

func inState(lines []*Line, state State) []*Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l *Line) bool { return l.Application.State != state })
}

func lastTurn(lines []*Line) (last int) {
	for _, l := range lines {
		last = max(last, l.Review.Turn)
	}
	return last
}

// leave withdraws an application. Who was selected leaves the mission too, and
// whose turn it is gets the place.
func (p *Pages) leave(ctx context.Context, tx *db.Tx, act record.Act, a *Application) error {
	was := a.State
	if err := withdraw(ctx, tx, act, a); err != nil || was != Selected {
		return err
	}
	if err := dismiss(ctx, tx, act, a); err != nil {
		return err
	}
	c, err := loadCall(ctx, tx, a.Territory, a.Call)
	if err != nil {
		return err
	}
	return p.moveUp(ctx, tx, act, c, a)
}

// moveUp gives a place that became free to the first of the waiting list that
// the quotas let in, and tells it.
func (p *Pages) moveUp(ctx context.Context, tx *db.Tx, act record.Act, c *Call, gone *Application) error {
	s, err := selectionOf(ctx, tx, c, p.Words)
	if err != nil {
		return err
	}
	lines, err := linesOf(ctx, tx, c)
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(l *Line) bool { return l.Application.ID == gone.ID })
	for _, l := range lines {
		l.judge(s)
	}
	candidate := func(l *Line) Candidate { return l.Candidate }
	next, found := Successor(eachOf(inState(lines, Selected), candidate), eachOf(waitingList(lines), candidate), c.Places, s.Quotas)
	if !found {
		return nil
	}
	line := lines[slices.IndexFunc(lines, func(l *Line) bool { return l.ID == next.ID })]
	reason := p.Words.For(line.Application.Language).T("selection.reason.withdrawal", line.Review.Turn)
	if err := p.decide(ctx, tx, act, line, Decision{State: Selected, Reason: reason}); err != nil {
		return fmt.Errorf("move the waiting list up: %w", err)
	}
	return p.sendDecision(ctx, tx, act, c, line.Application, line.Review)
}

// reason says in words why it was decided so about an application.
func (p Proposal) reason(l *Line, w *i18n.Words, questions []*form.Question) string {
	switch l.Why {
	case ByRules:
		return sayLacks(w, l.Lacks, questions)
	case ByRuling:
		return l.Review.Grounds
	case BelowPass:
		return w.T("selection.reason.pass_mark", w.Decimal(l.Mean(), 1), p.Selection.PassMark)
	default:
		return w.T("selection.reason."+string(l.Why), l.Rank, len(p.Ranked), p.Places)
	}
}
