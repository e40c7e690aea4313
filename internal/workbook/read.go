package workbook

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/sheet"
)

// Read reads a workbook: an XLSX file, or a folder of CSV files with the names
// of the sheets. The language is "en" or "fr"; when it is empty, that of the
// workbook is taken: what it says, else that of the names of its sheets.
//
// A workbook that cannot be read safely gives an [*Unreadable] that lists every
// error. What was read otherwise than it is written is in the notes.
func Read(path, lang string) (*Book, error) {
	tables, err := sheet.Open(path)
	if err != nil {
		return nil, unopened(path, lang, err)
	}
	return readTables(tables, lang)
}

// reader reads one workbook.
type reader struct {
	tables        []sheet.Table
	words         *i18n.Words
	spellings     vocabulary
	errors, notes *remarks
	// found are the sheets that were recognised, by their names in the schema.
	found map[string]*section
	dates dateOrders
	zones map[string]*time.Location

	book         *Book
	legs         index
	venues       index
	participants index
	// tablesOf is the number of tables of each venue, or unsaid; receptions
	// are where participants receive. Together they make the places.
	tablesOf   []int
	receptions []reception
	// venueRows and wishRows are the rows of each.
	venueRows, wishRows []line
}

// readTables reads a workbook of which the tables are known.
func readTables(tables []sheet.Table, lang string) (*Book, error) {
	r := &reader{
		tables: tables, spellings: vocabulary{}, book: &Book{}, zones: map[string]*time.Location{},
		legs: newIndex(), venues: newIndex(), participants: newIndex(),
	}
	r.speak(r.language(lang))
	r.recognise()
	r.readMission()
	r.readSlots()
	r.readVenues()
	r.readParticipants()
	r.makePlaces()
	r.readWishes()
	r.readMeetings()
	r.readSessions()
	r.readTravel()
	r.readInterpreters()
	r.dates.settle()
	return r.finish()
}

// speak sets the language of the remarks and of the book.
func (r *reader) speak(lang string) {
	r.words = wordsFor(lang)
	r.book.Language = r.words.Lang()
	r.errors, r.notes = newRemarks(r.words), newRemarks(r.words)
}

// finish gives the book, or all that is wrong with it.
func (r *reader) finish() (*Book, error) {
	var order []string
	for _, table := range r.tables {
		order = append(order, table.Name)
	}
	r.book.Notes = r.notes.sorted(order)
	if len(r.errors.list) > 0 {
		return nil, &Unreadable{Language: r.book.Language, Remarks: r.errors.sorted(order), Notes: r.book.Notes}
	}
	return r.book, nil
}

// recognise finds every sheet of the schema among the tables.
func (r *reader) recognise() {
	r.found = map[string]*section{}
	names := []string{"readme"}
	specs := map[string]sheetSpec{}
	for _, spec := range schema() {
		names, specs[spec.name] = append(names, spec.name), spec
	}
	for i := range r.tables {
		table := &r.tables[i]
		name, known := r.spellings.find("read.sheet.", table.Name, names...)
		switch {
		case name == "readme", len(table.Rows) == 0 && !specs[name].required:
		case !known:
			r.notes.add(Remark{Sheet: table.Name, Text: r.words.T("read.note.sheet_unknown")})
		case r.found[name] != nil:
			r.errors.add(Remark{Sheet: table.Name, Text: r.words.T("read.error.sheet_twice", r.found[name].sheet, table.Name)})
		default:
			r.found[name] = r.section(specs[name], table)
		}
	}
	for _, spec := range schema() {
		if r.found[spec.name] == nil && spec.required {
			r.errors.add(Remark{
				Sheet: r.sheetName(spec.name),
				Text:  r.words.T("read.error.sheet_missing", r.headings(spec.names(true))),
			})
		}
	}
}

// headings lists columns by the words that Escale writes for them.
func (r *reader) headings(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = heading(r.words, "read.column."+name)
	}
	return strings.Join(words, ", ")
}

// sheetName is the name of a sheet as the workbook writes it, or as Escale
// would.
func (r *reader) sheetName(name string) string {
	if s := r.found[name]; s != nil {
		return s.sheet
	}
	return heading(r.words, "read.sheet."+name)
}

// language finds the language before anything else is read, as remarks are in
// it: the one asked for, the one that the workbook says, or the one in which
// most of its sheets are named.
func (r *reader) language(asked string) string {
	if asked != "" {
		return asked
	}
	counts := map[string]int{}
	for _, table := range r.tables {
		for _, spec := range schema() {
			for _, lang := range catalogue().Languages() {
				if fold(heading(wordsFor(lang), "read.sheet."+spec.name)) == fold(table.Name) {
					counts[lang]++
				}
			}
		}
		if name, _ := r.spellings.find("read.sheet.", table.Name, "mission"); name != "" {
			if said := r.saidLanguage(table); said != "" {
				return said
			}
		}
	}
	best := i18n.Fallback
	for _, lang := range catalogue().Languages() {
		if counts[lang] > counts[best] {
			best = lang
		}
	}
	return best
}

// saidLanguage is the language that the sheet of the mission says, if it is
// one of ours.
func (r *reader) saidLanguage(table sheet.Table) string {
	for _, row := range table.Rows {
		key, value := pair(row)
		if name, _ := r.spellings.find("read.setting.", row.Cell(key).Text, "language"); name != "" {
			lang, _ := r.documentLanguage(row.Cell(value).Text)
			return lang
		}
	}
	return ""
}

// unopened says in words why a file could not be opened.
func unopened(path, lang string, err error) error {
	w := wordsFor(lang)
	remark := Remark{Sheet: path}
	var quote *sheet.QuoteError
	switch {
	case errors.As(err, &quote):
		remark = Remark{Sheet: quote.Sheet, Row: quote.Row, Text: w.T("read.file.quote")}
	case errors.Is(err, fs.ErrNotExist):
		remark.Text = w.T("read.file.absent")
	case errors.Is(err, sheet.ErrOldFormat):
		remark.Text = w.T("read.file.old")
	case errors.Is(err, sheet.ErrNotSheet):
		remark.Text = w.T("read.file.not_sheet")
	case errors.Is(err, sheet.ErrDamaged):
		remark.Text = w.T("read.file.damaged")
	case errors.Is(err, sheet.ErrTooLarge):
		remark.Text = w.T("read.file.large")
	case errors.Is(err, sheet.ErrNoSheets):
		remark.Text = w.T("read.file.no_sheets")
	case errors.Is(err, sheet.ErrOneCSV):
		remark.Text = w.T("read.file.one_csv")
	default:
		remark.Text = w.T("read.file.unreadable", err)
	}
	return &Unreadable{Language: w.Lang(), Unopened: true, Remarks: []Remark{remark}}
}
