package sheet

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readFolder reads the CSV files of a folder, in order of their names.
func readFolder(dir string) ([]Table, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var tables []Table
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !isCSV(name) || strings.HasPrefix(name, ".") {
			continue
		}
		table, err := readFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		tables = append(tables, table)
	}
	if len(tables) == 0 {
		return nil, ErrNoSheets
	}
	return tables, nil
}

func readFile(path string) (Table, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Table{}, err
	}
	if info.Size() > MaxFileBytes {
		return Table{}, ErrTooLarge
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Table{}, err
	}
	name := filepath.Base(path)
	return ReadCSV(strings.TrimSuffix(name, filepath.Ext(name)), data)
}

// ReadCSV reads a CSV file of that name. It finds out by itself how the file
// is encoded and what separates its fields.
func ReadCSV(name string, data []byte) (Table, error) {
	text, decoded := decode(data)
	separator, text := separatorOf(text)
	records := scanner{text: text, separator: separator}
	table := Table{Name: name, Decoded: decoded}
	for number := 1; !records.done(); number++ {
		fields, closed := records.next()
		if !closed {
			return Table{}, &QuoteError{Sheet: name, Row: number}
		}
		cells := make([]Cell, len(fields))
		for i, field := range fields {
			cells[i] = textCell(field)
		}
		cells = trimmed(cells)
		if len(cells) > MaxColumns || len(table.Rows) >= MaxRows {
			return Table{}, ErrTooLarge
		}
		if len(cells) > 0 {
			table.Rows = append(table.Rows, Row{Number: number, Cells: cells})
		}
	}
	return table, nil
}

// decode gives the text of a file, and the name of its encoding unless it is
// UTF-8. Spreadsheets in French still write Windows-1252, some after the mark
// of UTF-8.
func decode(data []byte) (text, encoding string) {
	if name, order := utf16Of(data); name != "" {
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		if err == nil {
			return string(decoded), name
		}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), ""
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil { // a single-byte decoder has no reason to fail
		return strings.ToValidUTF8(string(data), "\ufffd"), "UTF-8"
	}
	return string(decoded), "Windows-1252"
}

// utf16Of knows UTF-16 by its mark, or by the zero bytes that plain letters
// leave when there is no mark.
func utf16Of(data []byte) (string, unicode.Endianness) {
	sample := data[:min(len(data), 200)]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), zeros[1] > len(sample)/4 && zeros[0] == 0:
		return "UTF-16", unicode.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")), zeros[0] > len(sample)/4 && zeros[1] == 0:
		return "UTF-16", unicode.BigEndian
	default:
		return "", unicode.BigEndian
	}
}

// separatorOf finds what separates the fields: what the line "sep=;" says,
// which it takes off, else what the first line with something has most of.
func separatorOf(text string) (byte, string) {
	if rest, found := strings.CutPrefix(text, "sep="); found && rest != "" && strings.IndexByte(";,\t|", rest[0]) >= 0 {
		_, after, _ := strings.Cut(rest, "\n")
		return rest[0], "\n" + after
	}
	counts := map[byte]int{}
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' && len(counts) > 0:
			i = len(text)
		case c == ';', c == ',', c == '\t':
			counts[c]++
		}
	}
	order := []byte{';', '\t', ','}
	best := slices.MaxFunc(order, func(a, b byte) int { return counts[a] - counts[b] })
	if counts[best] == 0 {
		return ',', text
	}
	return best, text
}
