package importer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
)

// A Mapping says what each sheet of a file holds.
type Mapping []SheetMapping

// A SheetMapping says which kind the rows of a sheet are, and what their
// columns mean.
type SheetMapping struct {
	// Kind is empty for a sheet that is left aside.
	Kind string
	// Head is the position of the row that holds the headings.
	Head int
	// Fields are those of the columns, in order; an empty one is left aside.
	Fields []string
}

// headDepth is how many rows are searched for the headings, as a title and
// explanations may stand above them.
const headDepth = 20

// A guesser tells what sheets hold by their headings and their values. Where a
// sheet may be of several kinds, it is the one of which more can be said.
type guesser struct {
	kinds    []record.Kind
	headings map[string]map[string][]string // by kind: folded heading -> fields that it can mean
	titles   map[string][]string            // by kind: what its sheets are called
}

func newGuesser(kinds []record.Kind, words *i18n.Catalogue) *guesser {
	kinds = slices.SortedFunc(slices.Values(kinds), func(a, b record.Kind) int { return len(b.Fields) - len(a.Fields) })
	g := &guesser{kinds: kinds, headings: map[string]map[string][]string{}, titles: map[string][]string{}}
	for _, kind := range kinds {
		g.headings[kind.Name] = headingsOf(kind, words)
		for _, lang := range words.Languages() {
			w := words.For(lang)
			g.titles[kind.Name] = append(g.titles[kind.Name], names.Fold(w.T(kind.Name+".one")), names.Fold(w.N(kind.Name+".count", 2)))
		}
	}
	return g
}

// headingsOf are the headings by which the fields of a kind are known: their
// names in every language before what people write otherwise.
func headingsOf(kind record.Kind, words *i18n.Catalogue) map[string][]string {
	known := map[string][]string{}
	add := func(heading, field string) {
		if folded := names.Fold(heading); folded != "" && !slices.Contains(known[folded], field) {
			known[folded] = append(known[folded], field)
		}
	}
	fields := exporter.Listed(kind)
	for _, lang := range words.Languages() {
		for _, info := range fields {
			add(words.For(lang).T(kind.Name+".field."+info.Name), info.Name)
		}
		add(words.For(lang).T("export."+exporter.ID), exporter.ID)
		add(words.For(lang).T("export."+exporter.Fictional), exporter.Fictional)
	}
	// What may be the first field, the name, is something else if it can be.
	for _, info := range slices.Concat(fields[1:], fields[:1]) {
		for _, heading := range info.Headings {
			add(heading, info.Name)
		}
		add(info.Name, info.Name)
	}
	return known
}

// guess says what a table holds, as far as it can be told.
func (g *guesser) guess(table Table) SheetMapping {
	best, most := SheetMapping{}, 0
	for _, kind := range g.kinds {
		m, score := g.as(table, kind)
		if g.titled(kind, table.Name) {
			score += 2
		}
		if score > most {
			best, most = m, score
		}
	}
	if most < 2 && len(best.Fields) > 2 { // one heading of many may be chance
		best.Kind = ""
	}
	return best
}

// titled says whether a sheet is called as the records of a kind are, in one or
// many.
func (g *guesser) titled(kind record.Kind, title string) bool {
	title = names.Fold(title)
	return slices.Contains(g.titles[kind.Name], title) ||
		slices.Contains(g.meanings(kind.Name, strings.TrimSuffix(title, "s")), kind.Fields[0].Name)
}

// as says what the columns of a table mean if its rows are of a kind, and how
// many are known.
func (g *guesser) as(table Table, kind record.Kind) (SheetMapping, int) {
	m, score := SheetMapping{Kind: kind.Name}, -1
	for i, row := range table.Rows[:min(len(table.Rows), headDepth)] {
		fields := g.fields(kind, row)
		if n := known(fields); n > score {
			m.Head, m.Fields, score = i, fields, n
		}
	}
	g.lookAt(table, kind, &m)
	return m, known(m.Fields)
}

func known(fields []string) int {
	return len(slices.DeleteFunc(slices.Clone(fields), func(field string) bool { return field == "" }))
}

// beside is what people add to a heading: (14 chiffres), *.
var beside = regexp.MustCompile(`\(.*?\)|\[.*?\]`)

// fields reads a row as headings. Each field is the first column that has it.
// Where nothing is the first field of the kind, such as its name, a column that
// can be is: a list of companies may have legal names only.
func (g *guesser) fields(kind record.Kind, row Row) []string {
	fields := make([]string, len(row.Cells))
	first, instead := kind.Fields[0].Name, -1
	for i, cell := range row.Cells {
		meanings := g.meanings(kind.Name, cell)
		at := slices.IndexFunc(meanings, func(field string) bool { return !slices.Contains(fields, field) })
		if at < 0 {
			continue
		}
		fields[i] = meanings[at]
		if instead < 0 && slices.Contains(meanings, first) {
			instead = i
		}
	}
	if instead >= 0 && !slices.Contains(fields, first) {
		fields[instead] = first
	}
	return fields
}

// meanings are the fields that a heading can mean, the likeliest first.
func (g *guesser) meanings(kind, heading string) []string {
	if meanings := g.headings[kind][names.Fold(heading)]; len(meanings) > 0 {
		return meanings
	}
	return g.headings[kind][names.Fold(beside.ReplaceAllString(heading, ""))]
}

// lookAt tells the columns whose heading is not known by their values.
func (g *guesser) lookAt(table Table, kind record.Kind, m *SheetMapping) {
	for column, field := range m.Fields {
		if field != "" {
			continue
		}
		for _, info := range kind.Fields {
			if info.Looks != nil && !slices.Contains(m.Fields, info.Name) && looksLike(table.Rows[m.Head+1:], column, info.Looks) {
				m.Fields[column] = info.Name
				break
			}
		}
	}
}

// looksLike says whether four values of five look so, of the first that are
// there. One value alone is chance.
func looksLike(rows []Row, column int, looks func(string) bool) bool {
	const sample, least = 50, 2
	there, alike := 0, 0
	for _, row := range rows {
		text := row.cell(column)
		if text == "" {
			continue
		}
		there++
		if looks(text) {
			alike++
		}
		if there == sample {
			break
		}
	}
	return alike >= least && alike*5 >= there*4
}

// fits says whether the mapping is one for the tables, of kinds and fields that
// there are. Each field of a sheet has one column.
func (m Mapping) fits(tables []Table, kinds []record.Kind) bool {
	if len(m) != len(tables) {
		return false
	}
	for i, s := range m {
		if s.Kind == "" {
			continue
		}
		at := slices.IndexFunc(kinds, func(kind record.Kind) bool { return kind.Name == s.Kind })
		if at < 0 || s.Head < 0 || s.Head >= len(tables[i].Rows) || !distinct(s.Fields) {
			return false
		}
		for _, field := range s.Fields {
			if field != "" && !slices.Contains(columnsOf(kinds[at]), field) {
				return false
			}
		}
	}
	return true
}

// columnsOf are the names of all that a column can mean.
func columnsOf(kind record.Kind) []string {
	var columns []string
	for _, info := range exporter.Listed(kind) {
		columns = append(columns, info.Name)
	}
	return append(columns, exporter.Fictional, exporter.ID)
}

func distinct(fields []string) bool {
	seen := map[string]bool{}
	for _, field := range fields {
		if field != "" && seen[field] {
			return false
		}
		seen[field] = true
	}
	return true
}

// heading is what stands over a column.
func (m SheetMapping) heading(table Table, column int) string {
	return strings.TrimSpace(table.Rows[m.Head].cell(column))
}
