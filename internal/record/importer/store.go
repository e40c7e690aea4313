package importer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
)

func add(ctx context.Context, tx *db.Tx, imp Import, tables []Table) error {
	kept, err := json.Marshal(tables)
	if err != nil {
		return err
	}
	mapping, err := json.Marshal(imp.Mapping)
	if err != nil {
		return err
	}
	err = New(tx).addImport(ctx, addImportParams{
		TerritoryID: imp.Territory, ID: imp.ID, FileName: imp.FileName, Tables: string(kept), Mapping: string(mapping),
		State: string(imp.Stage), Actor: imp.By.ID, ActorName: imp.By.Name, CreatedAt: imp.CreatedAt,
	})
	if err != nil {
		return fmt.Errorf("keep the file aside: %w", err)
	}
	return nil
}

func load(ctx context.Context, tx *db.Tx, home int, id string) (Import, error) {
	row, err := New(tx).findImport(ctx, home, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Import{}, fault.New(fault.NotFound, "import.none")
	case err != nil:
		return Import{}, fmt.Errorf("find the import %s: %w", id, err)
	}
	imp := Import{
		Territory: home, ID: id, FileName: row.FileName, Stage: Stage(row.State), Job: row.Job,
		By: history.Actor{ID: row.Actor, Name: row.ActorName}, CreatedAt: row.CreatedAt, EndedAt: row.EndedAt,
	}
	return imp, json.Unmarshal([]byte(row.Mapping), &imp.Mapping)
}

func loadTables(ctx context.Context, tx *db.Tx, home int, id string) (tables []Table, err error) {
	text, err := New(tx).importTables(ctx, home, id)
	if err != nil {
		return nil, fmt.Errorf("read the tables of the import %s: %w", id, err)
	}
	return tables, json.Unmarshal([]byte(text), &tables)
}

// inStage refuses what can be done at one stage only.
func inStage(ctx context.Context, tx *db.Tx, home int, id string, stage Stage) error {
	imp, err := load(ctx, tx, home, id)
	if err != nil {
		return err
	}
	if imp.Stage != stage {
		return fault.New(fault.Conflict, "import.not_now")
	}
	return nil
}

func move(ctx context.Context, tx *db.Tx, home int, id string, from, to Stage) error {
	params := moveImportParams{State: string(to), TerritoryID: home, ID: id}
	if to == Done || to == Stopped || to == TakenBack {
		params.EndedAt = tx.Now
	}
	if err := inStage(ctx, tx, home, id, from); err != nil {
		return err
	}
	if err := New(tx).moveImport(ctx, params); err != nil {
		return fmt.Errorf("move the import %s on: %w", id, err)
	}
	return nil
}

// ForgetActor removes the name of somebody who brought files; the id stays.
func ForgetActor(ctx context.Context, tx *db.Tx, home int, actor string) error {
	if err := New(tx).forgetActor(ctx, home, actor); err != nil {
		return fmt.Errorf("forget who brought files: %w", err)
	}
	return nil
}

func drop(ctx context.Context, tx *db.Tx, home int, id string) error {
	q := New(tx)
	return errors.Join(q.dropLines(ctx, home, id), q.dropImport(ctx, home, id))
}

// keepPreview keeps what an import's columns mean, and what becomes of its rows.
func keepPreview(ctx context.Context, tx *db.Tx, home int, id string, mapping Mapping, stage Stage, lines []Line) error {
	imp, err := load(ctx, tx, home, id)
	if err != nil {
		return err
	}
	if imp.Stage != Mapped && imp.Stage != Previewed {
		return fault.New(fault.Conflict, "import.not_now")
	}
	text, err := json.Marshal(mapping)
	if err != nil {
		return err
	}
	q := New(tx)
	if err := q.mapImport(ctx, mapImportParams{string(text), string(stage), home, id}); err != nil {
		return fmt.Errorf("keep what the columns mean: %w", err)
	}
	if err := q.dropLines(ctx, home, id); err != nil {
		return fmt.Errorf("drop the former preview: %w", err)
	}
	return addLines(ctx, tx, home, id, lines)
}

func addLines(ctx context.Context, tx *db.Tx, home int, id string, lines []Line) error {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		said, err := json.Marshal(l.Said)
		if err != nil {
			return err
		}
		rows[i] = []any{home, id, l.Position, l.Sheet, l.Row, l.Kind, l.Title, string(l.Status), string(l.Choice), l.Record, string(said), ""}
	}
	return db.Insert(ctx, tx, "import_lines", []db.SQL{
		"territory_id", "import_id", "position", "sheet", "row_number", "kind", "title", "status", "choice", "record_id", "said", "state",
	}, rows)
}

// A lineFilter says which lines of an import are listed.
type lineFilter struct {
	status     Status  // any, if none is said
	states     []State // any, if none is said
	descending bool
	page, size int // 0: all of them
}

// listLines gives some lines of an import, and how many there are in all.
func listLines(ctx context.Context, tx *db.Tx, home int, id string, f lineFilter) (lines []Line, all int, err error) {
	q := linesOf(home, id)
	if f.status != "" {
		q.Where("l.status = ?", string(f.status))
	}
	if len(f.states) > 0 {
		states := make([]string, len(f.states))
		for i, state := range f.states {
			states[i] = string(state)
		}
		q.In("l.state", states...)
	}
	order := db.SQL("l.position")
	if f.descending {
		order += " DESC"
	}
	q.Order(order)
	if f.size > 0 {
		if all, err = q.Count(ctx, tx); err != nil {
			return nil, 0, fmt.Errorf("count the rows of the import: %w", err)
		}
		q.Page(f.page, f.size)
	}
	lines, err = db.Collect(ctx, tx, q, scanLine)
	if err != nil {
		return nil, 0, fmt.Errorf("list the rows of the import: %w", err)
	}
	return lines, max(all, len(lines)), nil
}

func linesOf(home int, id string) *db.Query {
	return db.Select(
		"l.position, l.sheet, l.row_number, l.kind, l.title, l.status, l.choice, l.record_id, l.said, l.state", "import_lines l",
	).Where("l.territory_id = ? AND l.import_id = ?", home, id)
}

// lineAt is the line of a position, which another line names.
func lineAt(ctx context.Context, tx *db.Tx, imp Import, position int) (Line, error) {
	lines, err := db.Collect(ctx, tx, linesOf(imp.Territory, imp.ID).Where("l.position = ?", position), scanLine)
	if err != nil || len(lines) != 1 {
		return Line{}, fmt.Errorf("find the row %d of the import %s (%d found): %w", position, imp.ID, len(lines), err)
	}
	return lines[0], nil
}

func scanLine(scan db.Scan) (l Line, err error) {
	var said string
	if err := scan(&l.Position, &l.Sheet, &l.Row, &l.Kind, &l.Title, &l.Status, &l.Choice, &l.Record, &said, &l.State); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(said), &l.Said)
}

// linesAt are the lines for which a choice is made.
func linesAt(ctx context.Context, tx *db.Tx, home int, id string, choices map[int]Choice) ([]Line, error) {
	all, _, err := listLines(ctx, tx, home, id, lineFilter{})
	var chosen []Line
	for _, line := range all {
		if choice, made := choices[line.Position]; made && choice != line.Choice {
			chosen = append(chosen, line)
		}
	}
	return chosen, err
}

// noteLine keeps what was done with a line.
func noteLine(ctx context.Context, tx *db.Tx, home int, id string, l Line) error {
	said, err := json.Marshal(l.Said)
	if err != nil {
		return err
	}
	err = New(tx).endLine(ctx, endLineParams{string(l.State), l.Record, string(said), home, id, l.Position})
	if err != nil {
		return fmt.Errorf("note what was done with a row: %w", err)
	}
	return nil
}
