package exporter

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/escale-hq/escale/internal/record"
)

// mark tells spreadsheets that a file is in UTF-8.
const mark = "\ufeff"

// CSV writes a part with a mark of UTF-8 and the separator that spreadsheets of
// the reader's language expect. A text that a spreadsheet would take for a
// formula gets an apostrophe before it; see [Harmless].
func (e Exporter) CSV(w io.Writer, part Part) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if e.french() {
		out.Comma = ';'
	}
	if err := out.Write(e.headings(part.Kind)); err != nil {
		return err
	}
	infos := Listed(part.Kind)
	for row, err := range part.Rows {
		if err != nil {
			return err
		}
		cells := make([]string, 0, len(infos)+2)
		for _, info := range infos {
			cell, err := e.cell(part.Kind, info, row.Texts[info.Name])
			if err != nil {
				return err
			}
			cells = append(cells, cell)
		}
		if err := out.Write(append(cells, e.saysFictional(row), row.ID)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// cell is a field as a CSV file holds it. A number stays one.
func (e Exporter) cell(kind record.Kind, info record.Info, text string) (string, error) {
	if info.Type == record.Number {
		if e.french() {
			return strings.Replace(text, ".", ",", 1), nil
		}
		return text, nil
	}
	said, err := e.Say(kind, info, text)
	return Harmless(said), err
}

// french says whether the reader's spreadsheets write a comma in numbers, and so
// a semicolon between cells.
func (e Exporter) french() bool { return e.words.Lang() == "fr" }

// formulas are what makes a spreadsheet take a text for something to work out.
const formulas = "=+-@\t\r"

// Harmless puts an apostrophe before a text that a spreadsheet would take for a
// formula, and before one that [Harmful] would take for such a text.
func Harmless(text string) string {
	if bare := strings.TrimLeft(text, "'"); bare != "" && strings.IndexByte(formulas, bare[0]) >= 0 {
		return "'" + text
	}
	return text
}

// Harmful takes back what [Harmless] did.
func Harmful(text string) string {
	if rest, found := strings.CutPrefix(text, "'"); found && Harmless(rest) == text {
		return rest
	}
	return text
}
