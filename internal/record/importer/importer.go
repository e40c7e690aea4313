// Package importer brings records of any kind in from workbooks: it reads a
// file, guesses what its columns mean, says of each row what would become of it,
// and writes only when told to, as a job that can be broken off, taken up again
// and undone.
package importer

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Later asks for a job of a territory in the transaction, for a user, and gives
// its id.
type Later func(ctx context.Context, tx *db.Tx, home int, by string, args job.Args) (id int64, err error)

// An Importer brings in files.
type Importer struct {
	db    *db.DB
	kinds record.Kinds
	words *i18n.Catalogue
	later Later
}

// NewImporter makes one for the kinds of the program. Its jobs are
// [Importer.Work] and [Importer.TakeBack].
func NewImporter(d *db.DB, kinds record.Kinds, words *i18n.Catalogue, later Later) *Importer {
	return &Importer{d, kinds, words, later}
}

// A Stage is how far an import is.
type Stage string

// The stages.
const (
	Mapped    Stage = "mapping"   // what the columns mean is being told
	Previewed Stage = "preview"   // what becomes of each row is shown
	Working   Stage = "working"   // the rows are being written
	Done      Stage = "done"      // all are
	Stopped   Stage = "stopped"   // somebody broke it off: some are
	Undoing   Stage = "undoing"   // what was written is being taken back
	TakenBack Stage = "takenback" // all of it was
)

// An Import is a file that somebody brought, and how far it is.
type Import struct {
	Territory int
	ID        string // also the batch of what it changes
	FileName  string
	Mapping   Mapping
	Stage     Stage
	Job       int64 // the last that worked on it, or 0
	By        history.Actor
	CreatedAt db.Instant
	EndedAt   db.Instant
}

// importable are the kinds whose records the viewer may bring in, in the order
// of their names: those that can be drafted, and stand by themselves.
func (i *Importer) importable(v territory.Viewer) []record.Kind {
	var kinds []record.Kind
	for _, kind := range i.kinds.Ordered() {
		if kind.Draft != nil && !kind.Attached && v.Reach(kind.Name, "edit") == territory.All {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Bring keeps a file aside, with the best guess at what it holds, and gives its
// id.
func (i *Importer) Bring(ctx context.Context, v territory.Viewer, name string, data []byte) (id string, err error) {
	tables, err := Read(name, data)
	if err != nil {
		return "", err
	}
	guesser := newGuesser(i.importable(v), i.words)
	mapping := make(Mapping, len(tables))
	for n, table := range tables {
		mapping[n] = guesser.guess(table)
	}
	id = db.NewID()
	err = i.db.Write(ctx, func(tx *db.Tx) error {
		return add(ctx, tx, Import{
			Territory: v.Territory.ID, ID: id, FileName: fileName(name), Mapping: mapping, Stage: Mapped, By: v.Actor, CreatedAt: tx.Now,
		}, tables)
	})
	return id, err
}

// ErrMappingShown says that the kind of a sheet was changed, so that what its
// columns mean was guessed again: somebody should look before the preview.
var ErrMappingShown = errors.New("the mapping was guessed again")

// Map says what the columns of an import mean, and works out its preview. A
// sheet whose kind is another than before is guessed again first.
func (i *Importer) Map(ctx context.Context, v territory.Viewer, id string, mapping Mapping) error {
	var tables []Table
	var lines []Line
	guessed := false
	err := i.db.Read(ctx, func(tx *db.Tx) error {
		imp, err := load(ctx, tx, v.Territory.ID, id)
		if err != nil {
			return err
		}
		if tables, err = loadTables(ctx, tx, v.Territory.ID, id); err != nil {
			return err
		}
		if !mapping.fits(tables, i.importable(v)) {
			return fault.New(fault.Invalid, "import.mapping_unfit")
		}
		if guessed = i.guessAgain(v, tables, imp.Mapping, mapping); guessed {
			return nil
		}
		lines, err = newAnalysis(ctx, tx, v, i.kinds, i.words).lines(ctx, tables, mapping)
		return err
	})
	if err != nil {
		return err
	}
	stage := Previewed
	if guessed {
		stage = Mapped
	}
	err = i.db.Write(ctx, func(tx *db.Tx) error { return keepPreview(ctx, tx, v.Territory.ID, id, mapping, stage, lines) })
	if err == nil && guessed {
		return ErrMappingShown
	}
	return err
}

// guessAgain guesses the columns of the sheets whose kind is another than
// before, and says whether there are any.
func (i *Importer) guessAgain(v territory.Viewer, tables []Table, before, mapping Mapping) (guessed bool) {
	guesser := newGuesser(i.importable(v), i.words)
	for n := range mapping {
		if mapping[n].Kind != "" && mapping[n].Kind != before[n].Kind {
			mapping[n], _ = guesser.as(tables[n], i.kinds[mapping[n].Kind])
			guessed = true
		}
	}
	return guessed
}

// Choose says what is to be done with some lines, by position. A choice that a
// line does not leave is refused.
func (i *Importer) Choose(ctx context.Context, home int, id string, choices map[int]Choice) error {
	return i.db.Write(ctx, func(tx *db.Tx) error {
		if err := inStage(ctx, tx, home, id, Previewed); err != nil {
			return err
		}
		lines, err := linesAt(ctx, tx, home, id, choices)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if !line.may(choices[line.Position]) {
				return fault.New(fault.Invalid, "import.choice_unfit", line.Title)
			}
			err := New(tx).chooseLine(ctx, chooseLineParams{string(choices[line.Position]), home, id, line.Position})
			if err != nil {
				return fmt.Errorf("choose what becomes of a row: %w", err)
			}
		}
		return nil
	})
}

// ChooseAll says what is to be done with all the lines that are duplicates and
// leave that choice.
func (i *Importer) ChooseAll(ctx context.Context, home int, id string, choice Choice) error {
	var all map[int]Choice
	err := i.db.Read(ctx, func(tx *db.Tx) error {
		lines, _, err := listLines(ctx, tx, home, id, lineFilter{status: Duplicate})
		all = map[int]Choice{}
		for _, line := range lines {
			if line.may(choice) {
				all[line.Position] = choice
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return i.Choose(ctx, home, id, all)
}

// Start writes what was chosen, as a job.
func (i *Importer) Start(ctx context.Context, home int, by history.Actor, id string) error {
	return i.move(ctx, home, id, Previewed, Working, by, Work{home, id})
}

// Stop breaks an import off. What is written stays, and is said.
func (i *Importer) Stop(ctx context.Context, home int, id string) error {
	return i.db.Write(ctx, func(tx *db.Tx) error { return move(ctx, tx, home, id, Working, Stopped) })
}

// Undo takes back what an import wrote, as a job.
func (i *Importer) Undo(ctx context.Context, home int, by history.Actor, id string) error {
	work := TakeBack{home, id, by}
	err := i.move(ctx, home, id, Done, Undoing, by, work)
	if fault.Is(err, fault.Conflict) {
		return i.move(ctx, home, id, Stopped, Undoing, by, work)
	}
	return err
}

// move brings an import from one stage to the next, and asks for the job that
// this takes.
func (i *Importer) move(ctx context.Context, home int, id string, from, to Stage, by history.Actor, work job.Args) error {
	return i.db.Write(ctx, func(tx *db.Tx) error {
		if err := move(ctx, tx, home, id, from, to); err != nil {
			return err
		}
		asked, err := i.later(ctx, tx, home, by.ID, work)
		if err != nil {
			return err
		}
		return New(tx).workOn(ctx, asked, home, id)
	})
}

// Discard forgets an import that writes nothing at present. What it wrote stays.
func (i *Importer) Discard(ctx context.Context, home int, id string) error {
	return i.db.Write(ctx, func(tx *db.Tx) error {
		imp, err := load(ctx, tx, home, id)
		if err != nil {
			return err
		}
		if imp.Stage == Working || imp.Stage == Undoing {
			return fault.New(fault.Conflict, "import.busy")
		}
		return drop(ctx, tx, home, id)
	})
}

// keptDays is how long a file is kept aside: it holds data of people.
const keptDays = 30

// Forget removes the files that were brought long ago, a few at a time. What
// they wrote stays.
func (i *Importer) Forget(ctx context.Context) error {
	return i.db.Write(ctx, func(tx *db.Tx) error {
		old, err := New(tx).oldImports(ctx, db.At(tx.Now.AddDate(0, 0, -keptDays)))
		if err != nil {
			return fmt.Errorf("find the old imports: %w", err)
		}
		for _, imp := range old {
			if err := drop(ctx, tx, imp.TerritoryID, imp.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Load finds an import.
func (i *Importer) Load(ctx context.Context, home int, id string) (imp Import, err error) {
	err = i.db.Read(ctx, func(tx *db.Tx) error {
		imp, err = load(ctx, tx, home, id)
		return err
	})
	return imp, err
}

// Lines are all the lines of an import, in order.
func (i *Importer) Lines(ctx context.Context, home int, id string) (lines []Line, err error) {
	err = i.db.Read(ctx, func(tx *db.Tx) error {
		lines, _, err = listLines(ctx, tx, home, id, lineFilter{})
		return err
	})
	return lines, err
}
