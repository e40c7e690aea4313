// Package sheet reads tables from XLSX files and from folders of CSV files, and
// writes XLSX files.
//
// A [Table] keeps the row numbers and column letters that a spreadsheet shows,
// so that a message about a cell leads to it. What a cell means is for the
// reader of the table to say: here are only texts, numbers and [Stamp]s.
package sheet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Limits that keep a file, by mistake or by design, from filling the memory.
const (
	// MaxFileBytes is for a file as it is on disk.
	MaxFileBytes = 64 << 20
	// MaxUnzippedBytes is for the parts of an XLSX together.
	MaxUnzippedBytes = 512 << 20
	// MaxRows and MaxColumns are for the filled part of one sheet.
	MaxRows    = 500_000
	MaxColumns = 256
	// maxGrid is for the cells of one sheet, empty ones included, that a file
	// makes a program hold by naming a far one.
	maxGrid = 20_000_000
)

// What can be wrong with a file before its cells are looked at.
var (
	ErrOldFormat = errors.New("an .xls file or one with a password: save it as .xlsx without a password")
	ErrNotSheet  = errors.New("not an .xlsx file: open it in a spreadsheet and save it as .xlsx")
	ErrDamaged   = errors.New("the .xlsx file is damaged: open it in a spreadsheet and save it again")
	ErrTooLarge  = errors.New("the file is too large to be a workbook of tables")
	ErrNoSheets  = errors.New("the folder holds no .csv file")
	ErrOneCSV    = errors.New("a single CSV file: name the folder that holds one CSV file a sheet")
)

// QuoteError says that a quotation mark of a CSV file is opened and never
// closed, so that the rest of the file cannot be told apart.
type QuoteError struct {
	Sheet string
	Row   int
}

func (e *QuoteError) Error() string {
	return fmt.Sprintf("sheet %s, row %d: a quotation mark is opened and never closed", e.Sheet, e.Row)
}

// Table is one sheet.
type Table struct {
	Name string
	// Rows are those that hold something, in order.
	Rows []Row
	// Decoded names the encoding of a CSV file when it is not UTF-8.
	Decoded string
}

// Row is a row of a table.
type Row struct {
	// Number counts from 1, empty rows included.
	Number int
	// Cells begin with column A and end with the last one filled.
	Cells []Cell
}

// Cell is the cell of a column, counted from 0; an empty one beyond the last.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Cell is what a cell holds.
type Cell struct {
	Kind Kind
	// Text is the content as text, without the spaces around it.
	Text string
	// Value is that of a Number, or the day count of a Moment.
	Value float64
	// Moment is set when the cell holds a number shown as a date or a time.
	Moment Stamp
	// Merged says that the value was copied from the first cell of a merged
	// range.
	Merged bool
}

// Kind says what a cell holds.
type Kind int

// The kinds of cells.
const (
	Blank Kind = iota
	Text
	Number
	Moment
	// Failure is a formula's error, such as #REF!.
	Failure
)

// Letter is the name of a column counted from 0: A, B, ... Z, AA.
func Letter(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Open reads an XLSX file, or a folder of CSV files.
func Open(path string) ([]Table, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return readFolder(path)
	case isCSV(path):
		return nil, ErrOneCSV
	case info.Size() > MaxFileBytes:
		return nil, ErrTooLarge
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ReadXLSX(data)
}

func isCSV(name string) bool {
	extension := strings.ToLower(filepath.Ext(name))
	return extension == ".csv" || extension == ".tsv"
}

// textCell makes a cell of a text: blank when there is nothing but spaces.
func textCell(text string) Cell {
	text = strings.TrimFunc(text, isSpace)
	switch text {
	case "":
		return Cell{}
	case "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!":
		return Cell{Kind: Failure, Text: text}
	default:
		return Cell{Kind: Text, Text: text}
	}
}

// trimmed drops the blank cells at the end of a row.
func trimmed(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1].Kind == Blank {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// epoch1900 and epoch1904 are the days of number 0 in the two date systems of
// spreadsheets. The first counts a 29 February 1900 that never was, so the
// numbers are right from March 1900.
var (
	epoch1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	epoch1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)
