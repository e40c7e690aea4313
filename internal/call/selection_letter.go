package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
)

// SendDecisions is the job that writes to all who were not told yet what was
// decided about their application.
type SendDecisions struct {
	Territory int
	Call      string
	By        history.Actor
}

// Kind names the job.
func (SendDecisions) Kind() string { return "send-decisions" }

// SendDecisions writes to each in a transaction of its own, so that nobody is
// written to twice where it is done again.
func (p *Pages) SendDecisions(ctx context.Context, job SendDecisions) error {
	var c *Call
	var pending []*Line
	err := p.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if c, err = loadCall(ctx, tx, job.Territory, job.Call); err != nil {
			return err
		}
		pending, err = untold(ctx, tx, c)
		return err
	})
	if err != nil {
		return err
	}
	act := record.Act{By: job.By, Batch: db.NewID()}
	for _, l := range pending {
		err := p.DB.Write(ctx, func(tx *db.Tx) error { return p.tell(ctx, tx, act, c, l.Application.ID) })
		if err != nil {
			return fmt.Errorf("write to the applicant %s: %w", l.Application.ID, err)
		}
	}
	return nil
}

// untold are the applications whose decision was not told yet.
func untold(ctx context.Context, tx *db.Tx, c *Call) ([]*Line, error) {
	lines, err := linesOf(ctx, tx, c)
	var pending []*Line
	for _, l := range lines {
		if l.pending() {
			pending = append(pending, l)
		}
	}
	return pending, err
}

func (l *Line) pending() bool { return pending(l.Application, l.Review) }

func pending(a *Application, r *Review) bool {
	return a.State.Decided() && !r.DecidedAt.IsZero() && r.LetterAt.IsZero() && a.Email != "" // which may be erased
}

// tell writes to an applicant whose decision the job found.
func (p *Pages) tell(ctx context.Context, tx *db.Tx, act record.Act, c *Call, id string) error {
	a, err := loadApplication(ctx, tx, c.Territory, id)
	if err != nil {
		return err
	}
	r, err := reviewOf(ctx, tx, a)
	if err != nil {
		return err
	}
	return p.sendDecision(ctx, tx, act, c, a, r)
}

// sendDecision writes to an applicant what was decided, and why, unless that was
// done already.
func (p *Pages) sendDecision(ctx context.Context, tx *db.Tx, act record.Act, c *Call, a *Application, r *Review) error {
	if !pending(a, r) {
		return nil
	}
	if p.Letter != nil {
		if err := p.Letter(ctx, tx, a, r); err != nil {
			return err
		}
	}
	link, err := p.linkTo(ctx, tx, history.System(), c, a)
	if err != nil {
		return err
	}
	letter := decisionLetter(c, a, r)
	letter.Link = p.Auth.LinkAddress(link)
	if err := p.Send(ctx, tx, letter); err != nil {
		return err
	}
	r.LetterAt = tx.Now
	return put(ctx, tx, act, Reviews(), r)
}

// decisionLetter is the letter of a decision, in the applicant's language, without
// the link.
func decisionLetter(c *Call, a *Application, r *Review) auth.Letter {
	return auth.Letter{
		Key: "selection.letter." + string(a.State), To: a.Email, ToName: a.Contact, Language: a.Language,
		Args: []any{c.Name(a.Language), a.Name, r.Reason},
	}
}
