package importer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// An analysis holds the rows of a file against the records that are there. It
// writes nothing.
type analysis struct {
	tx     *db.Tx
	viewer territory.Viewer
	kinds  record.Kinds
	values valueReader
	// says are how an export would say a record, in every language.
	says    []exporter.Exporter
	entries []*entry
	// made are records that rows name and that are not there yet.
	made  []*entry
	makes map[ref.Ref]string
	// called are the entries by what others may call them.
	called map[ref.Ref][]*entry
}

// An entry is a row on its way to a line.
type entry struct {
	Line
	id    string
	cells map[string]string // as written, by field
	// before are the texts of the record that it is, or may be.
	before map[string]string
	// set are those that the row gives, in the form of the fields, and drafted
	// those that it would have by itself.
	set, drafted map[string]string
}

func newAnalysis(ctx context.Context, tx *db.Tx, v territory.Viewer, kinds record.Kinds, words *i18n.Catalogue) *analysis {
	a := &analysis{tx: tx, viewer: v, kinds: kinds, values: newValueReader(words), called: map[ref.Ref][]*entry{}, makes: map[ref.Ref]string{}}
	for _, lang := range words.Languages() {
		reader := v
		reader.Language = lang
		a.says = append(a.says, exporter.NewExporter(words.For(lang), exporter.Names(ctx, tx, reader, kinds)))
	}
	return a
}

// lines are what becomes of every row, the kinds that others point to first.
func (a *analysis) lines(ctx context.Context, tables []Table, mapping Mapping) ([]Line, error) {
	for _, kind := range a.order(mapping) {
		first := len(a.entries)
		for i, m := range mapping {
			if m.Kind == kind.Name {
				a.collect(tables[i], m)
			}
		}
		if err := a.judge(ctx, kind, a.entries[first:]); err != nil {
			return nil, err
		}
	}
	var lines []Line
	for _, e := range append(a.entries, a.needed()...) {
		e.Choice = e.usual()
		lines = append(lines, e.Line)
	}
	return lines, nil
}

// needed are the records to be made that a row points to which is not refused.
func (a *analysis) needed() []*entry {
	pointed := map[string]bool{}
	for _, e := range a.entries {
		for _, text := range e.Set {
			for _, part := range record.Split(text) {
				pointed[part] = true
			}
		}
		for _, change := range e.Changes {
			for _, part := range record.Split(change.After) {
				pointed[part] = true
			}
		}
	}
	return slices.DeleteFunc(a.made, func(e *entry) bool { return !pointed[lineReference(e.Position)] })
}

// order puts the kinds of a mapping so that those that others point to come
// first.
func (a *analysis) order(mapping Mapping) []record.Kind {
	var ordered []record.Kind
	seen := map[string]bool{"": true}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, info := range a.kinds[name].Fields {
			visit(info.To)
		}
		if slices.ContainsFunc(mapping, func(m SheetMapping) bool { return m.Kind == name }) {
			ordered = append(ordered, a.kinds[name])
		}
	}
	for _, m := range mapping {
		visit(m.Kind)
	}
	return ordered
}

// collect makes an entry of each row that says something.
func (a *analysis) collect(table Table, m SheetMapping) {
	for _, row := range table.Rows[m.Head+1:] {
		e := &entry{cells: map[string]string{}}
		e.Position, e.Sheet, e.Row, e.Kind = len(a.entries), table.Name, row.Number, m.Kind
		for column, field := range m.Fields {
			if text := row.cell(column); field != "" && text != "" {
				e.cells[field] = text
			}
		}
		e.id, e.Fictional = e.cells[exporter.ID], a.viewer.Territory.Fictional || a.values.yes(e.cells[exporter.Fictional])
		delete(e.cells, exporter.ID)
		delete(e.cells, exporter.Fictional)
		if len(e.cells) > 0 {
			a.entries = append(a.entries, e)
		}
	}
}

// judge says what the entries of a kind are.
func (a *analysis) judge(ctx context.Context, kind record.Kind, entries []*entry) error {
	infos := exporter.Listed(kind)
	for _, e := range entries {
		e.set = map[string]string{}
		for _, info := range infos {
			if text := e.cells[info.Name]; text != "" && info.To == "" {
				e.set[info.Name] = a.values.read(kind.Name, info, text)
			}
		}
		draft, _ := kind.Draft(nil, e.set) // what is wrong is said later
		e.Title, e.drafted = draft.Title, draft.Texts
	}
	if err := a.recognise(ctx, kind, entries); err != nil {
		return err
	}
	for _, e := range entries {
		if err := a.leaveWhatIsSaid(kind, infos, e); err != nil {
			return err
		}
	}
	if err := a.refer(ctx, infos, entries); err != nil {
		return err
	}
	for _, e := range entries {
		e.settle(kind)
		a.call(kind, e)
	}
	return nil
}

// recognise finds the records that the entries are, or resemble.
func (a *analysis) recognise(ctx context.Context, kind record.Kind, entries []*entry) error {
	var asked []*entry
	for _, e := range entries {
		known, err := a.find(ctx, kind, e)
		if err != nil {
			return err
		}
		if !known {
			asked = append(asked, e)
		}
	}
	if kind.Alike == nil || len(asked) == 0 {
		return nil
	}
	texts := make([]map[string]string, len(asked))
	for i, e := range asked {
		texts[i] = e.words(kind)
	}
	alike, err := kind.Alike(ctx, a.tx, a.viewer.Territory.ID, texts)
	if err != nil {
		return fmt.Errorf("find what resembles the rows: %w", err)
	}
	for i, e := range asked {
		if err := a.resemble(ctx, kind, e, asked, alike[i]); err != nil {
			return err
		}
	}
	return nil
}

// words are the texts that an entry is compared by: as the fields write them,
// and what it points to as people do.
func (e *entry) words(kind record.Kind) map[string]string {
	words := map[string]string{}
	maps.Copy(words, e.drafted)
	for _, info := range kind.Fields {
		if info.To != "" && e.cells[info.Name] != "" {
			words[info.Name] = e.cells[info.Name]
		}
	}
	return words
}

// resemble takes the likest record, or else the likest entry. A row that surely
// repeats an entry is that, whatever record both may be.
func (a *analysis) resemble(ctx context.Context, kind record.Kind, e *entry, asked []*entry, alike []record.Likeness) error {
	at := slices.IndexFunc(alike, func(l record.Likeness) bool { return l.Sure && l.Ref.IsZero() })
	if at < 0 {
		at = slices.IndexFunc(alike, func(l record.Likeness) bool { return l.Sure || !l.Ref.IsZero() })
	}
	if at = max(at, 0); at == len(alike) {
		return nil
	}
	l := alike[at]
	e.Why = l.Why
	if l.Ref.IsZero() {
		e.Repeats, e.Earlier = true, asked[l.Earlier].Position
		return nil
	}
	e.Sure = l.Sure
	return a.recall(ctx, kind, e, l.Ref.ID)
}

// find looks for the record that an entry names by its id, which may be gone or
// another territory's.
func (a *analysis) find(ctx context.Context, kind record.Kind, e *entry) (known bool, err error) {
	if e.id == "" {
		return false, nil
	}
	card, err := kind.Card(ctx, a.tx, a.viewer.Territory.ID, e.id)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && card.Deleted:
		return false, nil
	case err != nil:
		return false, err
	}
	e.Title, e.Sure = cmp.Or(e.Title, card.Title), true
	return true, a.recall(ctx, kind, e, e.id)
}

// recall reads the record that an entry is, or may be.
func (a *analysis) recall(ctx context.Context, kind record.Kind, e *entry, id string) (err error) {
	e.Record = id
	e.before, err = kind.Texts(ctx, a.tx, a.viewer.Territory.ID, id)
	return err
}

// leaveWhatIsSaid takes out the cells that say what the record already says, as
// an export would have written it in any language.
func (a *analysis) leaveWhatIsSaid(kind record.Kind, infos []record.Info, e *entry) error {
	for _, info := range infos {
		cell, present := e.cells[info.Name], e.before[info.Name]
		if cell == "" || present == "" {
			continue
		}
		same := e.set[info.Name] == present
		for _, says := range a.says {
			said, err := says.Say(kind, info, present)
			if err != nil {
				return err
			}
			same = same || alike(said, cell)
		}
		if same {
			delete(e.cells, info.Name)
			delete(e.set, info.Name)
		}
	}
	return nil
}

// settle drafts the record that an entry makes, or the changes to the one that
// is there, and says what it is.
func (e *entry) settle(kind record.Kind) {
	for field, cell := range e.cells {
		if failure(cell) {
			e.trouble(field, cell, "import.failure")
			delete(e.set, field)
		}
	}
	if e.before != nil {
		draft, err := kind.Draft(e.before, e.set)
		e.refuse(err)
		e.Changes = history.Diff(e.before, draft.Texts)
	}
	if !e.Sure {
		draft, err := kind.Draft(nil, e.set)
		if e.before == nil {
			e.refuse(err)
		}
		e.Set, e.Title = draft.Texts, cmp.Or(draft.Title, e.Title)
	}
	for _, info := range kind.Fields {
		e.Title = cmp.Or(e.Title, e.cells[info.Name])
	}
	e.Status = e.status()
	if e.Status == Wrong {
		e.Set, e.Changes = nil, nil
	}
}

func (e *entry) status() Status {
	switch {
	case len(e.Troubles) > 0:
		return Wrong
	case e.before != nil && len(e.Changes) == 0:
		return Same
	case e.Sure:
		return Changed
	case e.before != nil, e.Repeats:
		return Duplicate
	default:
		return Fresh
	}
}

func (e *entry) trouble(field, found, key string, args ...any) {
	e.Troubles = append(e.Troubles, Trouble{fault.Problem{Field: field, Key: key, Args: args}, found})
}

// refuse notes why a draft was refused.
func (e *entry) refuse(err error) {
	problems, ok := err.(fault.Problems)
	if !ok && err != nil {
		problems.AddError("", err)
	}
	for _, p := range problems {
		e.trouble(p.Field, e.cells[p.Field], p.Key, p.Args...)
	}
}
