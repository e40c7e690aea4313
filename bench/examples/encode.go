package main

import (
	"bytes"
	"encoding/csv"
)

// sheet is one sheet of a workbook: a heading and rows of cells.
type sheet struct {
	// file is the name of its CSV file, without the extension.
	file string
	head []string
	rows [][]string
}

// dialect is how CSV is written.
type dialect struct {
	comma rune
	// mark puts a byte-order mark first, as Excel does for UTF-8.
	mark bool
}

// encode writes each sheet as a CSV file. Columns in which nothing stands are
// left out: they would only be in the way of who reads.
func encode(sheets []sheet, d dialect) map[string][]byte {
	files := map[string][]byte{}
	for _, s := range sheets {
		if len(s.rows) == 0 {
			continue
		}
		var out bytes.Buffer
		if d.mark {
			out.WriteString("\ufeff")
		}
		w := csv.NewWriter(&out)
		w.Comma = d.comma
		// Neither call can fail: a buffer takes everything.
		_ = w.WriteAll(s.used())
		files[s.file+".csv"] = out.Bytes()
	}
	return files
}

// used are the heading and the rows, without the columns that are empty.
func (s sheet) used() [][]string {
	all := append([][]string{s.head}, s.rows...)
	out := make([][]string, len(all))
	for column := range s.head {
		if !s.filled(column) {
			continue
		}
		for i, row := range all {
			out[i] = append(out[i], row[column])
		}
	}
	return out
}

func (s sheet) filled(column int) bool {
	for _, row := range s.rows {
		if row[column] != "" {
			return true
		}
	}
	return false
}
