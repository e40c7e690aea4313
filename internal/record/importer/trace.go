package importer

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// Trace is what the files that were brought hold of people, as long as those are
// kept: rows with one of their addresses, rows that became their records and, of
// rows without any address, those with their name.
func Trace() record.Trace { return record.Trace{Kind: "import", Held: held, Erase: erase} }

// A place is a row of a file.
type place struct {
	sheet string
	row   int
}

// A copied is a file with the rows of it that tell of somebody.
type copied struct {
	home   int
	id     string
	tables []Table
	lines  []Line
	rows   map[place]bool
}

func held(ctx context.Context, tx *db.Tx, who record.Human) ([]record.Held, error) {
	files, err := copies(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	var all []record.Held
	for _, c := range files {
		for _, cells := range c.cells() {
			all = append(all, record.Held{
				Ref: ref.Ref{Territory: c.home, Kind: "import", ID: c.id}, Field: "row",
				Texts: map[string]string{"row": strings.Join(*cells, " | ")},
			})
		}
	}
	return all, nil
}

func erase(ctx context.Context, tx *db.Tx, _ record.Act, who record.Human) (int, error) {
	files, err := copies(ctx, tx, who)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, c := range files {
		n += len(c.rows)
		if err := c.empty(ctx, tx); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// copies are the files of a territory that tell of somebody.
func copies(ctx context.Context, tx *db.Tx, who record.Human) ([]copied, error) {
	ids, err := New(tx).importsOf(ctx, who.Territory)
	if err != nil {
		return nil, fmt.Errorf("list the imports: %w", err)
	}
	var all []copied
	for _, id := range ids {
		c := copied{home: who.Territory, id: id}
		if c.tables, err = loadTables(ctx, tx, c.home, id); err != nil {
			return nil, err
		}
		if c.lines, _, err = listLines(ctx, tx, c.home, id, lineFilter{}); err != nil {
			return nil, err
		}
		if c.rows = c.tell(sought(who)); len(c.rows) > 0 {
			all = append(all, c)
		}
	}
	return all, nil
}

// tell finds the rows that tell of somebody: by what the file holds, and by
// what the preview made of it.
func (c copied) tell(of wanted) map[place]bool {
	rows := map[place]bool{}
	for _, table := range c.tables {
		for _, row := range table.Rows {
			if of.in(row.Cells) {
				rows[place{table.Name, row.Number}] = true
			}
		}
	}
	for _, l := range c.lines {
		if of.is(l) || of.in(l.copied()) {
			rows[l.place()] = true
		}
	}
	return rows
}

// cells are those of the rows that tell of somebody.
func (c copied) cells() (all []*[]string) {
	for _, table := range c.tables {
		for i := range table.Rows {
			if c.rows[place{table.Name, table.Rows[i].Number}] {
				all = append(all, &table.Rows[i].Cells)
			}
		}
	}
	return all
}

// empty empties the rows that tell of somebody. Those that wait are left out:
// there is nothing to write any more.
func (c copied) empty(ctx context.Context, tx *db.Tx) error {
	for _, cells := range c.cells() {
		clear(*cells)
	}
	kept, err := json.Marshal(c.tables)
	if err != nil {
		return err
	}
	q := New(tx)
	if err := q.keepTables(ctx, string(kept), c.home, c.id); err != nil {
		return fmt.Errorf("empty rows of the import %s: %w", c.id, err)
	}
	for _, l := range c.lines {
		if !c.rows[l.place()] {
			continue
		}
		if err := q.emptyLine(ctx, c.home, c.id, l.Position); err != nil {
			return fmt.Errorf("empty a row of the import %s: %w", c.id, err)
		}
	}
	return nil
}

// place is the row that a line is of; one that is made for others has its own.
func (l Line) place() place {
	if l.Made() {
		return place{row: l.Position}
	}
	return place{l.Sheet, l.Row}
}

// copied are all the texts of the file that a line holds.
func (l Line) copied() []string {
	texts := []string{l.Title}
	for _, text := range l.Set {
		texts = append(texts, text)
	}
	for _, c := range l.Changes {
		texts = append(texts, c.Before, c.After)
	}
	for _, t := range l.Troubles {
		texts = append(texts, t.Found)
	}
	return texts
}

// A wanted is somebody as rows are searched for them.
type wanted struct {
	records []ref.Ref
	emails  []string
	names   [][]string // the words of each
}

func sought(who record.Human) wanted {
	w := wanted{records: who.Records}
	for _, email := range who.Emails {
		if email = strings.ToLower(strings.TrimSpace(email)); email != "" {
			w.emails = append(w.emails, email)
		}
	}
	for _, name := range who.Names {
		if words := strings.Fields(names.Fold(name)); len(words) > 1 { // one word is nobody's alone
			w.names = append(w.names, words)
		}
	}
	return w
}

// is says whether a line became, or would change, a record of theirs.
func (w wanted) is(l Line) bool {
	return l.Record != "" && slices.ContainsFunc(w.records, func(of ref.Ref) bool { return of.Kind == l.Kind && of.ID == l.Record })
}

// in says whether texts tell of them. A name counts only where there is no
// address: another's says that it is a namesake.
func (w wanted) in(texts []string) bool {
	addressed := false
	var words []string
	for _, text := range texts {
		text = strings.ToLower(text)
		if slices.ContainsFunc(w.emails, func(email string) bool { return strings.Contains(text, email) }) {
			return true
		}
		addressed = addressed || strings.Contains(text, "@")
		words = append(words, strings.Fields(names.Fold(text))...)
	}
	return !addressed && slices.ContainsFunc(w.names, func(name []string) bool {
		return !slices.ContainsFunc(name, func(word string) bool { return !slices.Contains(words, word) })
	})
}
