package importer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// A reference to another line of the file is written so until that line has
// become a record.
const linePrefix = "line:"

func lineReference(position int) string { return linePrefix + strconv.Itoa(position) }

// lineOf is the position that a text refers to, if it does.
func lineOf(text string) (position int, is bool) {
	digits, found := strings.CutPrefix(text, linePrefix)
	if !found {
		return 0, false
	}
	position, err := strconv.Atoi(digits)
	return position, err == nil
}

// refer turns what the entries point to in words into references: to another
// row of the file, to a record, or to one that can be made.
func (a *analysis) refer(ctx context.Context, infos []record.Info, entries []*entry) error {
	for _, info := range infos {
		if info.To == "" {
			continue
		}
		meanings, err := a.resolve(ctx, info, entries)
		if err != nil {
			return fmt.Errorf("read what the field %s points to: %w", info.Name, err)
		}
		for _, e := range entries {
			a.point(e, info, meanings)
		}
	}
	return nil
}

// parts are the texts by which a cell points to records.
func parts(info record.Info, cell string) []string {
	if info.Type == record.References {
		return record.Split(strings.ReplaceAll(cell, "|", ";"))
	}
	if cell == "" {
		return nil
	}
	return []string{cell}
}

// asks is what is asked of a text in an entry.
func (e *entry) asks(info record.Info, text string) record.Asked {
	asked := record.Asked{Text: text}
	if info.Within != "" {
		asked.Within = cmp.Or(e.drafted[info.Within], e.before[info.Within])
	}
	return asked
}

// resolve asks the kind once for all that the entries point to.
func (a *analysis) resolve(ctx context.Context, info record.Info, entries []*entry) (map[record.Asked][]record.Meaning, error) {
	meanings := map[record.Asked][]record.Meaning{}
	kind := a.kinds[info.To]
	if kind.Resolve == nil {
		return meanings, nil
	}
	var asked []record.Asked
	for _, e := range entries {
		for _, text := range parts(info, e.cells[info.Name]) {
			if _, known := meanings[e.asks(info, text)]; !known {
				meanings[e.asks(info, text)] = nil
				asked = append(asked, e.asks(info, text))
			}
		}
	}
	if len(asked) == 0 {
		return meanings, nil
	}
	found, err := kind.Resolve(ctx, a.tx, a.viewer.Territory.ID, asked)
	for i := range found {
		meanings[asked[i]] = found[i]
	}
	return meanings, err
}

// point sets the field of an entry to what its cell means.
func (a *analysis) point(e *entry, info record.Info, meanings map[record.Asked][]record.Meaning) {
	var ids []string
	for _, text := range parts(info, e.cells[info.Name]) {
		if id, found := a.meant(e, info, text, meanings[e.asks(info, text)]); found && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		e.set[info.Name] = strings.Join(ids, "; ")
	}
}

// meant is the one record that a text means, or else a trouble.
func (a *analysis) meant(e *entry, info record.Info, text string, meanings []record.Meaning) (id string, found bool) {
	rows := a.called[calledBy(info.To, text)]
	switch {
	case len(rows) == 1 && rows[0].Status != Wrong:
		return lineReference(rows[0].Position), true
	case len(rows) == 1:
		e.trouble(info.Name, text, "import.refers_to_wrong", rows[0].Sheet, strconv.Itoa(rows[0].Row))
	case len(rows) > 1:
		e.trouble(info.Name, text, "import.ambiguous_rows", strconv.Itoa(rows[0].Row), strconv.Itoa(rows[1].Row))
	case len(meanings) == 0:
		e.trouble(info.Name, text, "import.unknown", text)
	case len(meanings) > 1:
		e.trouble(info.Name, text, "import.ambiguous", candidates(meanings))
	case meanings[0].Make != nil:
		return a.make(info.To, meanings[0]), true
	default:
		return meanings[0].Card.Ref.ID, true
	}
	return "", false
}

// candidates names the first of the records that a text can mean.
func candidates(meanings []record.Meaning) string {
	const most = 4
	var said []string
	for _, m := range meanings[:min(len(meanings), most)] {
		title := m.Card.Title
		if m.Card.Detail != "" {
			title += " (" + m.Card.Detail + ")"
		}
		said = append(said, title)
	}
	return strings.Join(said, ", ")
}

// make adds an entry for a record that a row names and that is not there yet:
// once, however many rows name it.
func (a *analysis) make(kind string, m record.Meaning) string {
	key := ref.Ref{Kind: kind, ID: m.Card.Title + " " + m.Card.Detail}
	if reference, made := a.makes[key]; made {
		return reference
	}
	e := &entry{}
	e.Position, e.Kind, e.Title, e.Status, e.Set = madeFrom+len(a.made), kind, m.Card.Title, Fresh, m.Make
	a.made = append(a.made, e)
	a.makes[key] = lineReference(e.Position)
	return a.makes[key]
}

// call notes what others may call an entry. One that repeats another is called
// what that is called.
func (a *analysis) call(kind record.Kind, e *entry) {
	if e.Repeats {
		return
	}
	var keys []ref.Ref
	for _, text := range append([]string{e.Title}, e.keys(kind)...) {
		if key := calledBy(kind.Name, text); key.ID != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
			a.called[key] = append(a.called[key], e)
		}
	}
}

// keys are the texts by which people may point to an entry.
func (e *entry) keys(kind record.Kind) []string {
	var keys []string
	for _, info := range kind.Fields {
		if info.Key {
			keys = append(keys, e.drafted[info.Name])
		}
	}
	return keys
}

// calledBy is a text by which a record of a kind is called, in the form in which
// two spellings of a name or a number are the same.
func calledBy(kind, text string) ref.Ref {
	folded := names.Organisation(text)
	if strings.Trim(folded, "0123456789 ") == "" {
		folded = strings.ReplaceAll(folded, " ", "")
	}
	return ref.Ref{Kind: kind, ID: folded}
}
