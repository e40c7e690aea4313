package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"time"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet to write: a title and sentences if any, a head, rows. The
// head stays in sight and is repeated on every printed page.
type Sheet struct {
	// Name is shortened and rid of what spreadsheets refuse.
	Name  string
	Title string
	// Lines are sentences under the title.
	Lines []string
	// Spans are heads over several columns, above the head.
	Spans   []Span
	Columns []Column
	Rows    [][]Value
	// More are rows after those, which come one by one so that they need not be
	// held together; nil stands for none. An error ends the writing.
	More iter.Seq2[[]Value, error]
	// Frozen is how many columns stay in sight, from the first.
	Frozen int
	// Landscape turns the paper when the sheet is printed.
	Landscape bool
	// PagesWide is how many pages side by side the columns take when printed;
	// 0 stands for one.
	PagesWide int
	// RowHeight of the rows under the head, in points; 0 leaves it to the
	// spreadsheet, which does not always make room for a second line.
	RowHeight float64
	// Foot is printed at the foot of each page, before its number.
	Foot string
}

// Column is a column to write.
type Column struct {
	Name string
	// Width in letters; 0 stands for 12.
	Width float64
	// Style is that of cells that have none of their own.
	Style Style
	// Choices, when there are any, are offered in a list; others are allowed.
	Choices []string
	// Help appears when a cell is chosen.
	Help string
}

// Span is a head over the columns From to To, counted from 0.
type Span struct {
	From, To int
	Name     string
}

// Value is a cell to write. What is a string, an int, a float64, a bool, or a
// time.Time, which is written as its own clock shows; nil leaves the cell
// empty. A string is always text, even when it begins like a formula.
type Value struct {
	What  any
	Style Style
}

// Values makes a row of cells in the styles of their columns.
func Values(whats ...any) []Value {
	row := make([]Value, len(whats))
	for i, what := range whats {
		row[i] = Value{What: what}
	}
	return row
}

// Write writes an XLSX file of the sheets.
func Write(w io.Writer, sheets []Sheet) error {
	file := excelize.NewFile()
	defer file.Close()
	book := writer{file: file, styles: map[Style]int{}, names: map[string]bool{}}
	if err := book.makeStyles(); err != nil {
		return err
	}
	for i := range sheets {
		if err := book.write(&sheets[i]); err != nil {
			return fmt.Errorf("write sheet %s: %w", sheets[i].Name, err)
		}
	}
	file.SetActiveSheet(0)
	return file.Write(w)
}

type writer struct {
	file   *excelize.File
	styles map[Style]int
	names  map[string]bool
}

func (w *writer) makeStyles() error {
	for name, look := range looks() {
		id, err := w.file.NewStyle(look.style())
		if err != nil {
			return fmt.Errorf("style %s: %w", name, err)
		}
		w.styles[name] = id
	}
	return nil
}

func (w *writer) write(s *Sheet) error {
	name, err := w.newSheet(s.Name)
	if err != nil {
		return err
	}
	head := s.headRow()
	if err := errors.Join(w.layPage(name, s, head), w.offer(name, s, head)); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, column := range s.Columns {
		width := column.Width
		if width == 0 {
			width = 12
		}
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(panes(s.Frozen, head)); err != nil {
		return err
	}
	if err := w.writeTop(stream, s, head); err != nil {
		return err
	}
	if err := w.writeRows(stream, s, head+1); err != nil {
		return err
	}
	return stream.Flush()
}

// writeRows writes all rows, the first of which has that number.
func (w *writer) writeRows(stream *excelize.StreamWriter, s *Sheet, number int) error {
	for _, row := range s.Rows {
		if err := w.writeRow(stream, s, number, row); err != nil {
			return err
		}
		number++
	}
	if s.More == nil {
		return nil
	}
	for row, err := range s.More {
		if err != nil {
			return err
		}
		if err := w.writeRow(stream, s, number, row); err != nil {
			return err
		}
		number++
	}
	return nil
}

// newSheet adds a sheet under a name like that. The first takes the place of
// the one that a new file has.
func (w *writer) newSheet(like string) (string, error) {
	first := len(w.names) == 0
	name := w.freeName(like)
	if first {
		return name, w.file.SetSheetName(w.file.GetSheetName(0), name)
	}
	_, err := w.file.NewSheet(name)
	return name, err
}

// headRow is the number of the row of the head.
func (s *Sheet) headRow() int {
	row := 1
	if s.Title != "" {
		row++
	}
	row += len(s.Lines)
	if row > 1 {
		row++ // an empty row under the sentences
	}
	if len(s.Spans) > 0 {
		row++
	}
	return row
}

func (w *writer) writeTop(stream *excelize.StreamWriter, s *Sheet, head int) error {
	row := 1
	if s.Title != "" {
		title := excelize.Cell{StyleID: w.styles[Title], Value: s.Title}
		if err := stream.SetRow("A1", []any{title}, excelize.RowOpts{Height: 28}); err != nil {
			return err
		}
		row++
	}
	for _, line := range s.Lines {
		if err := stream.SetRow(at(0, row), []any{excelize.Cell{StyleID: w.styles[Muted], Value: line}}); err != nil {
			return err
		}
		row++
	}
	if err := w.writeSpans(stream, s, head-1); err != nil {
		return err
	}
	names := make([]any, len(s.Columns))
	for i, column := range s.Columns {
		names[i] = excelize.Cell{StyleID: w.styles[column.head()], Value: column.Name}
	}
	return stream.SetRow(at(0, head), names)
}

// head is the style of the column's head: figures are aligned at the end.
func (c Column) head() Style {
	switch c.Style {
	case Integer, Decimal, Percent:
		return HeadEnd
	default:
		return Head
	}
}

func (w *writer) writeSpans(stream *excelize.StreamWriter, s *Sheet, row int) error {
	if len(s.Spans) == 0 {
		return nil
	}
	cells := make([]any, len(s.Columns))
	for _, span := range s.Spans {
		for i := span.From; i <= span.To; i++ {
			cells[i] = excelize.Cell{StyleID: w.styles[HeadSpan]}
		}
		cells[span.From] = excelize.Cell{StyleID: w.styles[HeadSpan], Value: span.Name}
	}
	if err := stream.SetRow(at(0, row), cells); err != nil {
		return err
	}
	for _, span := range s.Spans {
		if span.To == span.From {
			continue
		}
		if err := stream.MergeCell(at(span.From, row), at(span.To, row)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) writeRow(stream *excelize.StreamWriter, s *Sheet, number int, row []Value) error {
	cells := make([]any, len(row))
	for i, value := range row {
		style := value.Style
		if style == Plain && i < len(s.Columns) {
			style = s.Columns[i].Style
		}
		cells[i] = excelize.Cell{StyleID: w.styles[style], Value: onPaper(value.What)}
	}
	return stream.SetRow(at(0, number), cells, excelize.RowOpts{Height: s.RowHeight})
}

// onPaper is a value as spreadsheets keep it: they know no zones. Files hold
// fifteen digits, the others cut off, and spreadsheets cut off seconds in turn:
// a day count is rounded up, by microseconds, lest 10:00 be shown as 9:59.
func onPaper(what any) any {
	moment, ok := what.(time.Time)
	if !ok {
		return what
	}
	year, month, day := moment.Date()
	hour, minute, second := moment.Clock()
	clock := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	const digits = 1e10
	return math.Ceil(clock.Sub(epoch1900).Hours()/24*digits) / digits
}

// at names the cell of a column counted from 0 and a row counted from 1.
func at(column, row int) string { return fmt.Sprintf("%s%d", Letter(column), row) }
