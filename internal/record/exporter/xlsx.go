package exporter

import (
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/sheet"
)

// XLSX writes a workbook with a sheet for each part. Texts are written as such:
// none is ever a formula.
func (e Exporter) XLSX(w io.Writer, parts ...Part) error {
	sheets := make([]sheet.Sheet, len(parts))
	for i, part := range parts {
		sheets[i] = e.sheet(part)
	}
	return sheet.Write(w, sheets)
}

func (e Exporter) sheet(part Part) sheet.Sheet {
	s := sheet.Sheet{
		Name: e.words.N(part.Kind.Name+".count", 2), Columns: e.columns(part.Kind), More: e.values(part),
		Frozen: 1, Landscape: true, PagesWide: 3,
	}
	if part.Fictional {
		s.Lines = []string{e.words.T("export.fictional_note")}
	}
	return s
}

func (e Exporter) columns(kind record.Kind) []sheet.Column {
	infos := Listed(kind)
	columns := make([]sheet.Column, 0, len(infos)+2)
	for i, heading := range e.headings(kind) {
		column := sheet.Column{Name: heading, Width: 14}
		if i < len(infos) {
			column.Width, column.Style = layout(infos[i], i == 0)
			column.Choices = e.choices(kind, infos[i])
		}
		columns = append(columns, column)
	}
	return columns
}

// mostOffered is how long the choices of a cell may be together: more is refused
// by spreadsheets.
const mostOffered = 255

// choices are the values that a column offers, in the reader's words: none where
// spreadsheets could not keep them, as they part them by commas.
func (e Exporter) choices(kind record.Kind, info record.Info) []string {
	var choices []string
	for _, choice := range info.Choices {
		choices = append(choices, e.words.T(kind.Name+"."+info.Name+"."+choice))
	}
	if all := strings.Join(choices, ""); len(all)+len(choices) > mostOffered || strings.Contains(all, ",") {
		return nil
	}
	return choices
}

// layout is how wide a field's column is, and how its cells look.
func layout(info record.Info, first bool) (width float64, style sheet.Style) {
	switch {
	case first:
		return 36, sheet.Strong
	case info.Type == record.Date:
		return 12, sheet.Date
	case info.Type == record.Number:
		return 12, sheet.Plain
	case info.Type == record.References, info.Type == record.List, strings.Contains(info.Name, "."):
		return 40, sheet.Wrapped
	default:
		return 20, sheet.Plain
	}
}

// values are the cells of each record.
func (e Exporter) values(part Part) iter.Seq2[[]sheet.Value, error] {
	infos := Listed(part.Kind)
	return func(yield func([]sheet.Value, error) bool) {
		for row, err := range part.Rows {
			values := make([]sheet.Value, 0, len(infos)+2)
			for _, info := range infos {
				if err != nil {
					break
				}
				var value any
				value, err = e.value(part.Kind, info, row.Texts[info.Name])
				values = append(values, sheet.Value{What: value})
			}
			values = append(values, sheet.Values(e.saysFictional(row), row.ID)...)
			if !yield(values, err) || err != nil {
				return
			}
		}
	}
}

// value is the cell of a field, of the type that it is.
func (e Exporter) value(kind record.Kind, info record.Info, text string) (any, error) {
	switch {
	case text == "":
		return nil, nil
	case info.Type == record.Number:
		if number, err := strconv.ParseFloat(text, 64); err == nil {
			return number, nil
		}
	case info.Type == record.Date:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return day, nil
		}
	}
	return e.Say(kind, info, text)
}
