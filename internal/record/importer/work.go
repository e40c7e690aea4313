package importer

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// chunk is how many rows are written in one transaction: on SQLite others wait
// that long to write.
const chunk = 200

// Work is the job that writes an import.
type Work struct {
	Territory int
	Import    string
}

// Kind names the job.
func (Work) Kind() string { return "import-work" }

// TakeBack is the job that undoes an import.
type TakeBack struct {
	Territory int
	Import    string
	By        history.Actor
}

// Kind names the job.
func (TakeBack) Kind() string { return "import-take-back" }

// Work writes the rows that wait. What is done with a row is noted in the same
// transaction, so that no row is written twice, however often the job runs.
func (i *Importer) Work(ctx context.Context, w Work) error {
	return i.through(ctx, w.Territory, w.Import, passage{
		from: Working, to: Done, stage: "import.stage.working",
		lines: lineFilter{states: []State{Waiting}},
		do: func(ctx context.Context, tx *db.Tx, imp Import, l *Line) error {
			if l.Made() {
				return passMade(ctx, tx, imp, l)
			}
			return i.apply(ctx, tx, imp, l)
		},
	})
}

// passMade ends a line that is made when a row needs it: it was, or none does.
func passMade(ctx context.Context, tx *db.Tx, imp Import, l *Line) (err error) {
	if *l, err = lineAt(ctx, tx, imp, l.Position); l.State == Waiting {
		l.State = Skipped
	}
	return err
}

// TakeBack undoes the rows that were written, the last first.
func (i *Importer) TakeBack(ctx context.Context, t TakeBack) error {
	act := record.Act{By: t.By, Batch: db.NewID()}
	return i.through(ctx, t.Territory, t.Import, passage{
		from: Undoing, to: TakenBack, stage: "import.stage.undoing",
		lines: lineFilter{states: []State{Added, Updated}, descending: true},
		do: func(ctx context.Context, tx *db.Tx, imp Import, l *Line) error {
			of := ref.Ref{Territory: imp.Territory, Kind: l.Kind, ID: l.Record}
			kept, err := i.kinds.UndoOne(ctx, tx, act, of, imp.ID)
			l.State = Undone
			if kept {
				l.State = Kept
			}
			return err
		},
	})
}

// A passage brings an import from a stage to the next by doing something to each
// of the lines that a filter finds; those that are done it finds no more.
type passage struct {
	from, to Stage
	stage    string // a text that says what is being done
	lines    lineFilter
	do       func(ctx context.Context, tx *db.Tx, imp Import, l *Line) error
}

func (i *Importer) through(ctx context.Context, home int, id string, p passage) error {
	p.lines.page, p.lines.size = 1, chunk
	for done := 0; ; {
		left, finished := 0, false
		err := i.db.Write(ctx, func(tx *db.Tx) (err error) {
			left, finished, err = i.step(ctx, tx, home, id, p)
			return err
		})
		switch {
		case fault.Is(err, fault.NotFound), err == nil && finished:
			return nil // it was discarded, broken off, or is done
		case err != nil:
			return err
		}
		done += chunk
		if err := job.Tell(ctx, job.Progress{Done: done, Total: done + left, Stage: p.stage}); err != nil {
			return err
		}
	}
}

// step does one chunk, and says how many lines are left.
func (i *Importer) step(ctx context.Context, tx *db.Tx, home int, id string, p passage) (left int, finished bool, err error) {
	imp, err := load(ctx, tx, home, id)
	if err != nil || imp.Stage != p.from {
		return 0, true, err
	}
	lines, all, err := listLines(ctx, tx, home, id, p.lines)
	if err != nil {
		return 0, false, err
	}
	for _, l := range lines {
		if err := p.do(ctx, tx, imp, &l); err != nil {
			return 0, false, err
		}
		if err := noteLine(ctx, tx, home, id, l); err != nil {
			return 0, false, err
		}
	}
	if len(lines) == all {
		return 0, true, move(ctx, tx, home, id, p.from, p.to)
	}
	return all - len(lines), false, nil
}

// apply does what was chosen for a line. What a record refuses is noted with
// the line, and the others go on.
func (i *Importer) apply(ctx context.Context, tx *db.Tx, imp Import, l *Line) error {
	err := i.write(ctx, tx, imp, l)
	var problems fault.Problems
	switch {
	case errors.As(err, &problems):
	case fault.Is(err, fault.Internal):
		return err
	default:
		problems.AddError("", err)
	}
	for _, problem := range problems {
		l.State = Failed
		l.Troubles = append(l.Troubles, Trouble{Problem: problem})
	}
	return nil
}

func (i *Importer) write(ctx context.Context, tx *db.Tx, imp Import, l *Line) (err error) {
	kind, act := i.kinds[l.Kind], record.Act{By: imp.By, Batch: imp.ID}
	switch l.Choice {
	case Add:
		l.State = Added
		texts, err := i.linked(ctx, tx, imp, l.Set)
		if err != nil {
			return err
		}
		l.Record, err = kind.Create(ctx, tx, act, record.Meta{Territory: imp.Territory, Fictional: l.Fictional}, texts)
		return err
	case Update:
		l.State = Updated
		return i.update(ctx, tx, imp, kind, act, l)
	default:
		l.State = Skipped
		if l.Repeats && l.Record == "" {
			l.Record, err = i.recordOf(ctx, tx, imp, l.Earlier)
		}
		return err
	}
}

// update changes a record as the preview said, unless somebody changed one of
// the values since.
func (i *Importer) update(ctx context.Context, tx *db.Tx, imp Import, kind record.Kind, act record.Act, l *Line) error {
	now, err := kind.Texts(ctx, tx, imp.Territory, l.Record)
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for _, change := range l.Changes {
		if now[change.Field] != change.Before {
			return fault.Problems{{Field: change.Field, Key: "import.changed_since"}}
		}
		texts[change.Field] = change.After
	}
	if texts, err = i.linked(ctx, tx, imp, texts); err != nil {
		return err
	}
	return kind.Change(ctx, tx, act, imp.Territory, l.Record, texts)
}

// linked turns references to other lines into references to the records that
// those became.
func (i *Importer) linked(ctx context.Context, tx *db.Tx, imp Import, texts map[string]string) (map[string]string, error) {
	texts = maps.Clone(texts)
	for field, text := range texts {
		if !strings.Contains(text, linePrefix) {
			continue
		}
		ids := record.Split(text)
		for n, id := range ids {
			position, is := lineOf(id)
			if !is {
				continue
			}
			of, err := i.recordOf(ctx, tx, imp, position)
			if err != nil {
				return nil, err
			}
			ids[n] = of
		}
		slices.Sort(ids)
		texts[field] = strings.Join(slices.Compact(ids), "; ")
	}
	return texts, nil
}

// recordOf is the record that a line became: one that is made for others becomes
// it now. A line that became none is a fault.
func (i *Importer) recordOf(ctx context.Context, tx *db.Tx, imp Import, position int) (string, error) {
	l, err := lineAt(ctx, tx, imp, position)
	if err != nil {
		return "", err
	}
	if l.Made() && l.State == Waiting {
		if err := i.apply(ctx, tx, imp, &l); err != nil {
			return "", err
		}
		if err := noteLine(ctx, tx, imp.Territory, imp.ID, l); err != nil {
			return "", err
		}
	}
	if l.Record == "" {
		return "", fault.New(fault.Invalid, "import.refers_to_nothing", l.Title)
	}
	return l.Record, nil
}
