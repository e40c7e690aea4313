package importer

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// startView is what the page that asks for a file shows.
type startView struct {
	web.Form
	viewer territory.Viewer
	kinds  []record.Kind
	last   []lastImportsRow
}

// kindNames lists what can be imported.
func (s startView) kindNames() string {
	var names []string
	for _, kind := range s.kinds {
		names = append(names, s.Words.N(kind.Name+".count", 2))
	}
	return s.Words.List(names)
}

func (s startView) note(row lastImportsRow) string {
	return row.ActorName + " · " + s.Words.Stamp(s.viewer.Territory.At(row.CreatedAt))
}

// mappingView is what the page of the columns shows.
type mappingView struct {
	words   *i18n.Words
	viewer  territory.Viewer
	kinds   []record.Kind
	imp     Import
	tables  []Table
	problem error
}

func kindName(sheet int) string          { return fmt.Sprintf("kind.%d", sheet) }
func fieldName(sheet, column int) string { return fmt.Sprintf("field.%d.%d", sheet, column) }

func (m mappingView) href() string { return home(m.viewer) + "/" + m.imp.ID }

// options are the kinds that a sheet can hold.
func (m mappingView) options() []web.Option {
	options := []web.Option{{Label: m.words.T("import.sheet_aside")}}
	for _, kind := range m.kinds {
		options = append(options, web.Option{Value: kind.Name, Label: m.words.N(kind.Name+".count", 2)})
	}
	return options
}

// fields are what a column of a sheet can mean.
func (m mappingView) fields(sheet int) []web.Option {
	options := []web.Option{{Label: m.words.T("import.column_aside")}}
	at := slices.IndexFunc(m.kinds, func(kind record.Kind) bool { return kind.Name == m.imp.Mapping[sheet].Kind })
	if at < 0 {
		return options
	}
	for _, column := range columnsOf(m.kinds[at]) {
		options = append(options, web.Option{Value: column, Label: columnName(m.words, m.kinds[at].Name, column)})
	}
	return options
}

// columnName is what a column is called.
func columnName(w *i18n.Words, kind, column string) string {
	if column == exporter.ID || column == exporter.Fictional {
		return w.T("export." + column)
	}
	return w.T(kind + ".field." + column)
}

// heading is what stands over a column, or its letter.
func (m mappingView) heading(sheet, column int) string {
	if heading := m.imp.Mapping[sheet].heading(m.tables[sheet], column); heading != "" {
		return heading
	}
	return m.words.T("import.column", column+1)
}

// examples are the first values of a column.
func (m mappingView) examples(sheet, column int) string {
	const most, length = 3, 40
	var examples []string
	for _, row := range m.tables[sheet].Rows[m.imp.Mapping[sheet].Head+1:] {
		text := []rune(row.cell(column))
		if len(text) == 0 || len(examples) == most {
			continue
		}
		if len(text) > length {
			text = append(text[:length], '…')
		}
		examples = append(examples, string(text))
	}
	return strings.Join(examples, " · ")
}

// aside names the columns that are left aside.
func (m mappingView) aside(sheet int) []string {
	var names []string
	for column, field := range m.imp.Mapping[sheet].Fields {
		if field == "" && m.examples(sheet, column) != "" {
			names = append(names, m.heading(sheet, column))
		}
	}
	return names
}

func (m mappingView) rows(sheet int) int {
	return len(m.tables[sheet].Rows) - m.imp.Mapping[sheet].Head - 1
}

// previewView is what the page of the rows shows: what becomes of them, or
// became of them.
type previewView struct {
	words  *i18n.Words
	viewer territory.Viewer
	imp    Import
	kinds  record.Kinds
	query  url.Values
	counts []countLinesRow
	lines  []Line
	all    int
	says   exporter.Exporter
	// told are the changes of each line, and described what a new record would
	// be, in the reader's words.
	told      [][]web.Change
	described []string
}

const choicePrefix = "choice."

func (p previewView) href() string { return home(p.viewer) + "/" + p.imp.ID }

func (p previewView) page() int {
	page, _ := strconv.Atoi(p.query.Get("page"))
	return max(page, 1)
}

func (p previewView) working() bool   { return p.imp.Stage == Working || p.imp.Stage == Undoing }
func (p previewView) previewed() bool { return p.imp.Stage == Previewed }

// shown is the status or the state that the address filters by.
func (p previewView) shown() string { return p.query.Get("only") }

func (p previewView) status() Status {
	if only := Status(p.shown()); p.previewed() && slices.Contains(Statuses(), only) {
		return only
	}
	return ""
}

func (p previewView) states() []State {
	if p.previewed() || p.shown() == "" {
		return nil
	}
	return []State{State(p.shown())}
}

// count is how many lines a condition holds for.
func (p previewView) count(holds func(row countLinesRow) bool) int {
	n := 0
	for _, row := range p.counts {
		if holds(row) {
			n += int(row.N)
		}
	}
	return n
}

func (p previewView) withStatus(status Status) int {
	return p.count(func(row countLinesRow) bool { return row.Status == string(status) })
}

func (p previewView) withState(state State) int {
	return p.count(func(row countLinesRow) bool { return row.State == string(state) })
}

// toWrite is how many rows are written if nothing else is chosen.
func (p previewView) toWrite() int {
	return p.count(func(row countLinesRow) bool { return row.Choice != string(Skip) })
}

func (p previewView) total() int { return p.count(func(countLinesRow) bool { return true }) }

// tabs lead to the rows of each status, or of each state once it is done.
func (p previewView) tabs() []web.Tab {
	tabs := []web.Tab{{Label: p.words.T("import.all"), Href: p.href(), Count: p.total(), Current: p.shown() == ""}}
	add := func(value, key string, n int, toDo bool) {
		if n > 0 || p.shown() == value {
			tabs = append(tabs, web.Tab{
				Label: p.words.T(key + value), Href: p.href() + "?only=" + value, Count: n, Current: p.shown() == value, ToDo: toDo,
			})
		}
	}
	if p.previewed() {
		for _, status := range Statuses() {
			add(string(status), "import.status.", p.withStatus(status), status == Duplicate || status == Wrong)
		}
		return tabs
	}
	for _, state := range []State{Added, Updated, Skipped, Failed, Undone, Kept} {
		add(string(state), "import.state.", p.withState(state), state == Failed || state == Kept)
	}
	return tabs
}

func (p previewView) pager() web.Pager {
	return web.Pager{Page: p.page(), Total: p.all, Href: func(page int) string {
		query := url.Values{"page": {strconv.Itoa(page)}}
		if only := p.shown(); only != "" {
			query.Set("only", only)
		}
		return p.href() + "?" + query.Encode()
	}}
}

// badge is how a status looks.
func (l Line) badge() web.State {
	switch l.Status {
	case Fresh:
		return web.Good
	case Changed:
		return web.Changed
	case Duplicate:
		return web.ToDecide
	case Wrong:
		return web.Refused
	default:
		return web.Draft
	}
}

// choices are what can be done with a line.
func (p previewView) choices(l Line) []web.Option {
	var options []web.Option
	for _, choice := range l.Choices() {
		options = append(options, web.Option{Value: string(choice), Label: p.words.T("import.choice." + string(choice))})
	}
	return options
}

// place is where a line stands in the file.
func (p previewView) place(l Line) string {
	if l.Made() {
		return p.words.T("import.made")
	}
	return p.words.T("import.place", l.Sheet, strconv.Itoa(l.Row))
}

// record is the page of the record that a line is, or may be.
func (p previewView) record(l Line) string {
	kind := p.kinds[l.Kind]
	if l.Record == "" || kind.Address == nil || l.State == Undone {
		return ""
	}
	return p.viewer.Territory.Home() + kind.Address(l.Record)
}

// say puts the changes and the new records of the lines into the reader's words.
func (p *previewView) say(ctx context.Context, tx *db.Tx) error {
	p.told, p.described = make([][]web.Change, len(p.lines)), make([]string, len(p.lines))
	for i, l := range p.lines {
		var values []string
		after := l.texts()
		for _, info := range p.kinds[l.Kind].Fields {
			if after[info.Name] == "" {
				continue
			}
			said, err := p.value(ctx, tx, p.kinds[l.Kind], info, after[info.Name])
			if err != nil {
				return err
			}
			values = append(values, p.words.T("import.value", columnName(p.words, l.Kind, info.Name), said))
		}
		p.described[i] = strings.Join(values, " · ")
		if err := p.sayChanges(ctx, tx, i, l); err != nil {
			return err
		}
	}
	return nil
}

// texts are those of a record that a line adds, but for its title.
func (l Line) texts() map[string]string {
	if l.Status != Fresh {
		return nil
	}
	texts := maps.Clone(l.Set)
	maps.DeleteFunc(texts, func(_, text string) bool { return text == l.Title })
	return texts
}

func (p *previewView) sayChanges(ctx context.Context, tx *db.Tx, i int, l Line) error {
	kind := p.kinds[l.Kind]
	for _, change := range l.Changes {
		at := slices.IndexFunc(kind.Fields, func(info record.Info) bool { return info.Name == change.Field })
		if at < 0 {
			continue // a field of another version of the program
		}
		before, err := p.value(ctx, tx, kind, kind.Fields[at], change.Before)
		if err != nil {
			return err
		}
		after, err := p.value(ctx, tx, kind, kind.Fields[at], change.After)
		if err != nil {
			return err
		}
		p.told[i] = append(p.told[i], web.Change{What: columnName(p.words, l.Kind, change.Field), Before: before, After: after})
	}
	return nil
}

// value says a text of a field, which may point to other lines.
func (p *previewView) value(ctx context.Context, tx *db.Tx, kind record.Kind, info record.Info, text string) (string, error) {
	if info.To == "" || !strings.Contains(text, linePrefix) {
		return p.says.Say(kind, info, text)
	}
	var names []string
	for _, part := range record.Split(text) {
		if position, is := lineOf(part); is {
			line, err := lineAt(ctx, tx, p.imp, position)
			if err != nil {
				return "", err
			}
			names = append(names, line.Title)
			continue
		}
		name, err := p.says.Say(kind, info, part)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return strings.Join(names, "; "), nil
}

// trouble says what is wrong with a line.
func (p previewView) trouble(l Line, t Trouble) string {
	said := p.words.T(t.Key, t.Args...)
	if t.Field == "" {
		return said
	}
	if t.Found == "" {
		return p.words.T("import.trouble", columnName(p.words, l.Kind, t.Field), said)
	}
	return p.words.T("import.trouble_found", columnName(p.words, l.Kind, t.Field), t.Found, said)
}

// why says what a line resembles, and by what.
func (p previewView) why(l Line) string {
	var reasons []string
	for _, reason := range l.Why {
		reasons = append(reasons, p.words.T(reason.Key, reason.Args...))
	}
	key := "import.resembles_record"
	if l.Record == "" {
		key = "import.resembles_row"
	}
	return p.words.T(key, p.words.List(reasons))
}

// progress is how far the work is.
func (p previewView) progress() web.Work {
	done := p.total() - p.withState(Waiting)
	key := "import.stage.working"
	if p.imp.Stage == Undoing {
		done, key = p.withState(Undone)+p.withState(Kept), "import.stage.undoing"
	}
	work := web.Work{
		Title: p.words.T(key), Status: p.words.T("import.progress", done, p.total()),
		Meter: web.Meter{Value: float64(done), Top: float64(p.total()), Label: p.words.T("import.progress", done, p.total())},
	}
	if p.working() {
		work.Href = p.href()
	}
	return work
}
