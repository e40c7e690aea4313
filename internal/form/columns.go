package form

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/record"
)

// Columns are the questions as columns of a workbook, headed by their labels.
// Amounts are numbers, days are dates.
func Columns(questions []*Question, lang string) []record.Info {
	columns := make([]record.Info, len(questions))
	for i, q := range questions {
		info := record.Info{Name: q.Input(), Type: record.List, Headings: []string{q.Name(lang)}}
		switch q.Type {
		case Line:
			info.Type = record.Text
		case Day:
			info.Type = record.Date
		case Amount:
			info.Type = record.Number
			info.Headings[0] += " (" + q.Currency + ")"
		}
		columns[i] = info
	}
	return columns
}

// Cells are answers as they stand in those columns, by their name.
func (r Reader) Cells(questions []*Question, answers Answers) map[string]string {
	cells := map[string]string{}
	for _, said := range r.Say(questions, answers) {
		q := said.Question
		a := answers[q.Key]
		switch {
		case a.Money != nil:
			cells[q.Input()] = strconv.FormatFloat(a.Money.Major(), 'f', a.Money.scale(), 64)
		case q.Type == Day:
			cells[q.Input()] = a.Text
		default:
			cells[q.Input()] = strings.Join(said.Lines, "\n")
		}
	}
	return cells
}
