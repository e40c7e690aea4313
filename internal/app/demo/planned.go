package demo

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/escale-hq/escale/examples"
	"github.com/escale-hq/escale/internal/matchmaking"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/outcome"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/workbook"
)

// planned is an example workbook with a plan of it, made before anything is
// written: the search takes a while.
type planned struct {
	name    string
	book    *workbook.Book
	outcome *workbook.Outcome
}

// searched is how long the plan of an example is sought.
const searched = time.Second

// plan reads an example and has it planned.
func plan(ctx context.Context, name string, made time.Time) (p planned, err error) {
	folder, err := os.MkdirTemp("", "escale-example-")
	if err != nil {
		return p, err
	}
	defer os.RemoveAll(folder)
	files, err := examples.Workbook(name)
	if err != nil {
		return p, err
	}
	if err := os.CopyFS(folder, files); err != nil {
		return p, err
	}
	book, err := workbook.Read(folder, "")
	if err != nil {
		return p, fmt.Errorf("read the example %s: %w", name, err)
	}
	o, err := workbook.Make(ctx, book, workbook.Assignment{Seed: 1, Time: searched, SlackPermille: 10, Made: made})
	return planned{name, book, o}, err
}

// plannedMissions makes missions of the planned examples: everybody has an
// agenda.
func (f *filler) plannedMissions(ctx context.Context, home territory.Territory) error {
	for _, p := range f.planned {
		in := matchmaking.Intake{Territory: home.ID, Book: p.book, Source: p.name, People: f.keep}
		id, err := in.Bring(ctx, f.tx, act)
		if err != nil {
			return err
		}
		draft := matchmaking.NewPlan(record.Meta{Territory: home.ID, Fictional: true}, id)
		if err := matchmaking.Enter(ctx, f.tx, act, draft, p.outcome); err != nil {
			return err
		}
		if _, err := matchmaking.Publish(ctx, f.tx, act, draft); err != nil {
			return fmt.Errorf("publish the plan of %s: %w", p.name, err)
		}
		if err := f.confirm(ctx, home, id); err != nil {
			return err
		}
		if err := f.outcomes(ctx, home, id); err != nil {
			return err
		}
	}
	return nil
}

// confirm decides that a mission goes.
func (f *filler) confirm(ctx context.Context, home territory.Territory, id string) error {
	m, err := mission.Missions().Load(ctx, f.tx, home.ID, id)
	if err != nil {
		return err
	}
	m.Stage = mission.Confirmed
	return mission.Missions().Save(ctx, f.tx, act, m)
}

// outcomes declares what came of a mission for its first companies, by turns
// confirmed and not.
func (f *filler) outcomes(ctx context.Context, home territory.Territory, id string) error {
	participants, err := mission.ParticipantsOf(ctx, f.tx, home.ID, id)
	if err != nil {
		return err
	}
	for i, invented := range f.fictions.Outcomes {
		p := participants[i%len(participants)]
		if p.Side != mission.Delegate {
			continue
		}
		o := &outcome.Outcome{
			Meta: record.Meta{Territory: home.ID, Fictional: true}, Mission: id, Organisation: p.Organisation, Name: p.Name,
			Participant: p.ID, Kind: invented.Kind, State: invented.State, Text: invented.Text, Amount: invented.Amount,
			Currency: home.Currency, DeclaredBy: p.Name,
		}
		if err := outcome.Outcomes().Add(ctx, f.tx, act, o); err != nil {
			return err
		}
	}
	return nil
}
