package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"path"
	"strings"
	"unicode"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record/exporter"
	"github.com/escale-hq/escale/internal/sheet"
)

// Limits that keep a file, by mistake or by design, from filling the memory.
const (
	maxUnzipped = 64 << 20 // what an XLSX unfolds to
	maxText     = 24 << 20 // its texts together: a cell may be named many times
	maxRows     = 20_000
	maxName     = 120
)

// A Table is a sheet of a file, as it was read.
type Table struct {
	Name string
	// Decoded names the encoding of a CSV file when it is not UTF-8.
	Decoded string `json:",omitempty"`
	Rows    []Row
}

// A Row is a row of a table; Number is the one that a spreadsheet shows.
type Row struct {
	Number int
	Cells  []string
}

// cell is the text of a column; beyond the last one it is empty.
func (r Row) cell(column int) string {
	if column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// fileName is the name of an upload as it is shown. It is never used as a path.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	runes := []rune(name)
	return string(runes[:min(len(runes), maxName)])
}

// Read reads an XLSX or a CSV file. What it refuses is a fault.
func Read(name string, data []byte) ([]Table, error) {
	sheets, err := readSheets(name, data)
	if err != nil {
		return nil, refused(err)
	}
	var tables []Table
	rows, length := 0, 0
	for _, s := range sheets {
		table := Table{Name: s.Name, Decoded: s.Decoded}
		for _, row := range s.Rows {
			cells := make([]string, len(row.Cells))
			for i, cell := range row.Cells {
				cells[i] = cell.Text
				length += len(cell.Text)
			}
			table.Rows = append(table.Rows, Row{row.Number, cells})
		}
		if rows += len(table.Rows); rows > maxRows || length > maxText {
			return nil, fault.New(fault.TooLarge, "import.too_large", maxRows)
		}
		if len(table.Rows) > 0 {
			tables = append(tables, table)
		}
	}
	if rows == 0 {
		return nil, fault.New(fault.Invalid, "import.nothing")
	}
	return tables, nil
}

func readSheets(name string, data []byte) ([]sheet.Table, error) {
	if bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		if unfolds(data) > maxUnzipped {
			return nil, sheet.ErrTooLarge
		}
		return sheet.ReadXLSX(data)
	}
	if bytes.HasPrefix(data, []byte("%PDF")) {
		return nil, sheet.ErrNotSheet
	}
	title := fileName(name)
	table, err := sheet.ReadCSV(strings.TrimSuffix(title, path.Ext(title)), data)
	for _, row := range table.Rows {
		for i := range row.Cells {
			row.Cells[i].Text = exporter.Harmful(row.Cells[i].Text)
		}
	}
	return []sheet.Table{table}, err
}

// unfolds is how many bytes the parts of an archive say that they have: the
// library reads no more of them.
func unfolds(data []byte) uint64 {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0 // and the reader will say so
	}
	var total uint64
	for _, part := range archive.File {
		if part.UncompressedSize64 > maxUnzipped {
			return part.UncompressedSize64 // a sum could overflow
		}
		total += part.UncompressedSize64
	}
	return total
}

// refused says to a person why a file cannot be read.
func refused(err error) error {
	var quote *sheet.QuoteError
	switch {
	case errors.Is(err, sheet.ErrTooLarge):
		return fault.Because(err, fault.TooLarge, "import.too_large", maxRows)
	case errors.Is(err, sheet.ErrOldFormat):
		return fault.Because(err, fault.Invalid, "import.old_format")
	case errors.Is(err, sheet.ErrDamaged):
		return fault.Because(err, fault.Invalid, "import.damaged")
	case errors.As(err, &quote):
		return fault.Because(err, fault.Invalid, "import.quote", quote.Row)
	default:
		return fault.Because(err, fault.Invalid, "import.not_sheet")
	}
}

// failure says whether a cell is a formula's error.
func failure(text string) bool {
	switch text {
	case "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!":
		return true
	}
	return false
}
