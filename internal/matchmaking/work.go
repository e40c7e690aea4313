package matchmaking

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// Making is the job that makes a plan.
type Making struct {
	Territory int
	Plan      string
}

// Kind names the job.
func (Making) Kind() string { return "matchmaking.plan" }

// A Planner makes the plans that were asked for.
type Planner struct {
	db *db.DB
	// ask asks for the job of a plan, and gives its id.
	ask func(ctx context.Context, tx *db.Tx, by string, making Making) (int64, error)
}

// NewPlanner makes one.
func NewPlanner(d *db.DB, ask func(ctx context.Context, tx *db.Tx, by string, making Making) (int64, error)) *Planner {
	return &Planner{d, ask}
}

// Ask begins a plan of a mission: a job makes it once the transaction is kept.
func (p *Planner) Ask(ctx context.Context, tx *db.Tx, act record.Act, plan *Plan) error {
	if err := plan.begin(ctx, tx, act); err != nil {
		return err
	}
	var err error
	if plan.Job, err = p.ask(ctx, tx, act.By.ID, Making{plan.Territory, plan.ID}); err != nil {
		return err
	}
	return updatePlan(ctx, tx, plan)
}

// begin adds the plan as the next one of its mission.
func (p *Plan) begin(ctx context.Context, tx *db.Tx, act record.Act) error {
	last, err := New(tx).lastPlan(ctx, p.Territory, p.Mission)
	if err != nil {
		return fmt.Errorf("count the plans: %w", err)
	}
	p.Number, p.State = last+1, Asked
	return Plans().Add(ctx, tx, act, p)
}

// Stop ends the search of a plan: what was found so far is kept.
func Stop(ctx context.Context, tx *db.Tx, act record.Act, plan *Plan) error {
	if plan.State != Asked {
		return nil
	}
	plan.State = Stopping
	return Plans().Save(ctx, tx, act, plan)
}

// Work makes a plan, as a job. A plan that is made already stays as it is.
func (p *Planner) Work(ctx context.Context, m Making) error {
	var plan *Plan
	var of *planning
	var before *workbook.PlanFile
	err := p.db.Read(ctx, func(tx *db.Tx) (err error) {
		if plan, err = loadPlan(ctx, tx, m.Territory, m.Plan); err != nil || !plan.Working() {
			return err
		}
		if plan.Previous != "" {
			if before, err = planFile(ctx, tx, m.Territory, plan.Previous); err != nil {
				return err
			}
		}
		of, err = read(ctx, tx, m.Territory, plan.Mission)
		return err
	})
	if err != nil || !plan.Working() {
		return err
	}
	outcome, err := p.search(ctx, plan, of.book, before)
	if err != nil {
		return err
	}
	return p.keep(ctx, m, outcome)
}

// search looks for a plan until it is proven, its time is over or somebody
// thinks it good enough.
func (p *Planner) search(ctx context.Context, plan *Plan, book *workbook.Book, before *workbook.PlanFile) (*workbook.Outcome, error) {
	searching, stop := context.WithCancel(ctx)
	defer stop()
	go p.awaitStop(searching, stop, plan)
	outcome, err := workbook.Make(searching, book, workbook.Assignment{
		Seed: uint64(plan.Seed), Time: time.Duration(plan.Seconds) * time.Second, SlackPermille: plan.Slack, Previous: before,
		Made: p.db.Now().Time, Progress: func(now planner.Progress) {
			// What cannot be told now is told next time.
			_ = job.Tell(ctx, job.Progress{Stage: "matchmaking.phase." + strings.ReplaceAll(now.Phase, " ", "_"), Value: now.Value, Bound: now.Bound})
		},
	})
	if ctx.Err() != nil {
		return nil, ctx.Err() // the job itself was cancelled, or its node ends: another goes on
	}
	return outcome, err
}

// look is how often a search asks whether it should stop.
const look = time.Second

// awaitStop stops the search when somebody asked for it, on any node.
func (p *Planner) awaitStop(ctx context.Context, stop func(), of *Plan) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		var now *Plan
		err := p.db.Read(ctx, func(tx *db.Tx) (err error) {
			now, err = loadPlan(ctx, tx, of.Territory, of.ID)
			return err
		})
		if err == nil && now.State == Stopping {
			stop()
		}
	}
}

// keep writes what came of the search.
func (p *Planner) keep(ctx context.Context, m Making, o *workbook.Outcome) error {
	act := record.Act{By: history.System()}
	return p.db.Write(ctx, func(tx *db.Tx) error {
		plan, err := loadPlan(ctx, tx, m.Territory, m.Plan)
		if err != nil || !plan.Working() {
			return err
		}
		if o.Result.Plan == nil {
			plan.State = Failed
			for _, cause := range o.Result.Causes {
				plan.Causes = append(plan.Causes, workbook.CauseText(o.Book, cause))
			}
			return Plans().Save(ctx, tx, act, plan)
		}
		return plan.take(ctx, tx, act, o)
	})
}

// take keeps what a search found as the plan's draft, with its documents.
func (p *Plan) take(ctx context.Context, tx *db.Tx, act record.Act, o *workbook.Outcome) error {
	file := workbook.NewPlanFile(o)
	p.State, p.Meetings, p.Unmet, p.Value = Drafted, len(file.Meetings), len(file.Unmet), file.Quality.Value
	if file.Quality.Bound != nil {
		p.Bound = *file.Quality.Bound
	}
	p.Proven = file.Quality.Bound != nil && file.Quality.BestValue == p.Bound
	for _, document := range documents() {
		var content bytes.Buffer
		if err := document.write(&content, o); err != nil {
			return fmt.Errorf("write %s: %w", document.Name, err)
		}
		if err := New(tx).putDocument(ctx, putDocumentParams{p.Territory, p.ID, document.Name, content.Bytes()}); err != nil {
			return fmt.Errorf("keep %s: %w", document.Name, err)
		}
	}
	return Plans().Save(ctx, tx, act, p)
}

// Enter keeps a plan of a mission that was made of the mission's workbook
// elsewhere, as a draft.
func Enter(ctx context.Context, tx *db.Tx, act record.Act, plan *Plan, o *workbook.Outcome) error {
	if err := plan.begin(ctx, tx, act); err != nil {
		return err
	}
	return plan.take(ctx, tx, act, o)
}

// planJSON is the document that a plan is kept in, reportHTML the one that says how
// good it is.
const (
	planJSON   = "plan.json"
	reportHTML = "report.html"
)

// A Document is one that is made of every plan.
type Document struct {
	Name, Type string
	write      func(io.Writer, *workbook.Outcome) error
}

func documents() []Document {
	return []Document{
		{reportHTML, "text/html; charset=utf-8", workbook.WriteReport},
		{"agendas.pdf", "application/pdf", workbook.WriteAgendasPDF},
		{"letters.pdf", "application/pdf", workbook.WriteLettersPDF},
		{"plan.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.WritePlanXLSX},
		{planJSON, "application/json", workbook.WritePlanFile},
	}
}

// planFile reads the plan.json of a plan.
func planFile(ctx context.Context, tx *db.Tx, territory int, id string) (*workbook.PlanFile, error) {
	content, err := New(tx).document(ctx, territory, id, planJSON)
	if err != nil {
		return nil, missing(err, "plan's document", id)
	}
	return workbook.DecodePlanFile(bytes.NewReader(content))
}
