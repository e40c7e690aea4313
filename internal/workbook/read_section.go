package workbook

import (
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/sheet"
)

// section is a sheet that was recognised, with its head.
type section struct {
	r    *reader
	spec sheetSpec
	// sheet is its name as it is written.
	sheet string
	// columns are the positions of those that were found, and heads what is
	// written above them.
	columns map[string]int
	heads   map[string]string
	lines   []line
}

// line is a row under the head.
type line struct {
	*section
	row sheet.Row
}

func (l line) field(name string) field {
	column, found := l.columns[name]
	if !found {
		return field{line: l, name: name}
	}
	return field{line: l, name: name, cell: l.row.Cell(column)}
}

func (l line) number() string { return digits(l.row.Number) }

func (s *section) has(column string) bool {
	_, found := s.columns[column]
	return found
}

// column names a column as remarks do, such as C (to).
func (s *section) column(name string) string {
	column, found := s.columns[name]
	if !found {
		return heading(s.r.words, "read.column."+name)
	}
	return fmt.Sprintf("%s (%s)", sheet.Letter(column), s.heads[name])
}

// field is a cell of a known column.
type field struct {
	line
	name string
	cell sheet.Cell
}

// blank says whether there is nothing to read: an error of a formula has been
// reported already.
func (f field) blank() bool { return f.cell.Kind == sheet.Blank || f.cell.Kind == sheet.Failure }

// part is the field with only a part of its text, for remarks.
func (f field) part(text string) field {
	f.cell.Text = text
	return f
}

// remark makes a remark about the cell.
func (f field) remark(key string, args ...any) Remark {
	return Remark{
		Sheet: f.sheet, Row: f.row.Number, Column: f.column(f.name), Found: f.cell.Text, Text: f.r.words.T(key, args...),
	}
}

// fail reports that the cell cannot be read.
func (f field) fail(key string, args ...any) { f.r.errors.add(f.remark(key, args...)) }

// note says that the cell was read otherwise than it is written.
func (f field) note(key string, args ...any) { f.r.notes.add(f.remark(key, args...)) }

// noteOnce is note, once for all the rows of which the same can be said.
func (f field) noteOnce(key string, args ...any) { f.r.notes.addOnce(key, f.remark(key, args...)) }

// filled reports a cell that must not be empty.
func (f field) filled() bool {
	if f.cell.Kind == sheet.Blank && f.has(f.name) { // a column that is missing is reported once
		f.fail("read.error.required")
	}
	return !f.blank()
}

// section recognises the columns and the rows of a sheet.
func (r *reader) section(spec sheetSpec, table *sheet.Table) *section {
	s := &section{r: r, spec: spec, sheet: table.Name, columns: map[string]int{}, heads: map[string]string{}}
	if table.Decoded != "" {
		r.notes.add(Remark{Sheet: s.sheet, Text: r.words.T("read.note.decoded", table.Decoded)})
	}
	if spec.name == "mission" {
		for _, row := range table.Rows {
			s.lines = append(s.lines, line{s, row})
		}
		return s
	}
	head := s.findHead(table)
	if head < 0 {
		r.errors.add(Remark{Sheet: s.sheet, Text: r.words.T("read.error.head_missing", r.headings(spec.names(true)))})
		return s
	}
	s.readHead(table.Rows[head])
	for _, row := range table.Rows[head+1:] {
		s.noteNameless(row, table.Rows[head])
		s.addLine(line{s, row}, table.Rows[head])
	}
	if spec.required && len(s.lines) == 0 {
		r.errors.add(Remark{Sheet: s.sheet, Text: r.words.T("read.error.sheet_empty")})
	}
	return s
}

// headDepth is how many filled rows are searched for the head, as a title and
// explanations may stand above it.
const headDepth = 20

// findHead gives the position of the row with the most headings: two at least,
// or one when nothing stands above. Where rows are merged downwards, the last
// one has the headings of them all.
func (s *section) findHead(table *sheet.Table) int {
	best, most := -1, 0
	for i, row := range table.Rows[:min(len(table.Rows), headDepth)] {
		known := map[string]bool{}
		for _, name := range s.match(row) {
			known[name] = true
		}
		delete(known, "")
		count := len(known)
		continued := best >= 0 && i == best+1 && count == most && merged(row)
		if continued || count > most && (count > 1 || i == 0) {
			best, most = i, count
		}
	}
	return best
}

// merged says whether the row holds copies from merged cells and nothing else.
func merged(row sheet.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool { return c.Kind != sheet.Blank && !c.Merged })
}

// match names the column that each cell of a row is the heading of, or "".
func (s *section) match(row sheet.Row) []string {
	names := s.spec.names(false)
	found := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		found[i], _ = s.r.spellings.find("read.column.", cell.Text, names...)
	}
	return found
}

// readHead notes where the columns are, and reports those that are missing,
// there twice, or unknown.
func (s *section) readHead(row sheet.Row) {
	for column, name := range s.match(row) {
		cell := row.Cells[column]
		remark := Remark{Sheet: s.sheet, Row: row.Number, Column: sheet.Letter(column)}
		first, twice := s.columns[name]
		switch {
		case cell.Text == "":
		case name == "":
			remark.Text = s.r.words.T("read.note.column_unknown", cell.Text)
			s.r.notes.add(remark)
		case !twice:
			s.columns[name], s.heads[name] = column, cell.Text
		case !cell.Merged:
			remark.Found, remark.Text = cell.Text, s.r.words.T("read.error.column_twice", sheet.Letter(first), sheet.Letter(column))
			s.r.errors.add(remark)
		}
	}
	for _, name := range s.spec.names(true) {
		if !s.has(name) {
			s.r.errors.add(Remark{
				Sheet: s.sheet, Row: row.Number,
				Text: s.r.words.T("read.error.column_missing", heading(s.r.words, "read.column."+name)),
			})
		}
	}
}

// noteNameless notes cells that stand under no heading: people's asides, or what
// a separator within a text has pushed to the right.
func (s *section) noteNameless(row, head sheet.Row) {
	for column, cell := range row.Cells {
		if cell.Kind != sheet.Blank && head.Cell(column).Kind == sheet.Blank {
			s.r.notes.addOnce("read.note.column_nameless", Remark{
				Sheet: s.sheet, Row: row.Number, Column: sheet.Letter(column), Found: cell.Text,
				Text: s.r.words.T("read.note.column_nameless"),
			})
		}
	}
}

// addLine keeps a row that says something in a known column. Headings that a
// long list repeats are left out.
func (s *section) addLine(l line, head sheet.Row) {
	filled, again := 0, 0
	for _, name := range s.spec.names(false) {
		f := l.field(name)
		switch {
		case f.cell.Kind == sheet.Blank:
			continue
		case f.cell.Kind == sheet.Failure:
			f.fail("read.error.formula")
			l.row.Cells[s.columns[name]].Text = ""
		case f.cell.Text == head.Cell(s.columns[name]).Text:
			again++
		}
		filled++
	}
	switch {
	case filled == 0:
	case again == filled && again > 1:
		s.r.notes.add(Remark{Sheet: s.sheet, Row: l.row.Number, Text: s.r.words.T("read.note.head_again")})
	default:
		s.lines = append(s.lines, l)
	}
}
