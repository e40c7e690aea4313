package workbook

import (
	"io"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/sheet"
)

// WriteTemplate writes an empty workbook to fill in, with its instructions, in
// a language such as "fr".
func WriteTemplate(w io.Writer, lang string) error {
	t := templater{wordsFor(lang)}
	sheets := []sheet.Sheet{t.instructions()}
	for _, spec := range schema() {
		sheets = append(sheets, t.sheet(spec))
	}
	return sheet.Write(w, sheets)
}

// templater lays out the sheets of the template.
type templater struct {
	w *i18n.Words
}

// instructions is the sheet that explains the others. It has an example for
// every column.
func (t templater) instructions() sheet.Sheet {
	s := sheet.Sheet{
		Name:  heading(t.w, "read.sheet.readme"),
		Title: t.w.T("read.template.title"),
		Lines: []string{t.w.T("read.template.intro"), t.w.T("read.template.spans"), t.w.T("read.template.local")},
		Columns: []sheet.Column{
			{Name: t.w.T("read.template.sheet"), Width: 16, Style: sheet.Strong},
			{Name: t.w.T("read.template.column"), Width: 24},
			{Name: t.w.T("read.template.required"), Width: 14},
			{Name: t.w.T("read.template.meaning"), Width: 64, Style: sheet.Wrapped},
			{Name: t.w.T("read.template.example"), Width: 36},
		},
		Landscape: true,
		Foot:      t.w.T("read.template.foot"),
	}
	for _, spec := range schema() {
		name := heading(t.w, "read.sheet."+spec.name)
		s.Rows = append(s.Rows, sheet.Values(name, "", t.mark(spec.required), t.w.T("read.help."+spec.name)))
		for _, column := range t.columnsOf(spec) {
			key := spec.name + "." + column.name
			s.Rows = append(s.Rows, sheet.Values(
				name, t.label(spec, column.name), t.mark(column.required), t.w.T("read.help."+key), t.w.T("read.example."+key),
			))
		}
	}
	return s
}

// columnsOf lists what is to fill in: the columns, or the lines of the sheet of
// the mission.
func (t templater) columnsOf(spec sheetSpec) []columnSpec {
	var asked []columnSpec
	if spec.name == "mission" {
		for _, name := range settings {
			asked = append(asked, columnSpec{name: name, required: name == "timezone"})
		}
		return asked
	}
	for _, column := range spec.columns {
		if !column.lenient {
			asked = append(asked, column)
		}
	}
	return asked
}

func (t templater) label(spec sheetSpec, column string) string {
	if spec.name == "mission" {
		return heading(t.w, "read.setting."+column)
	}
	return heading(t.w, "read.column."+column)
}

// mark is what stands beside what is required.
func (t templater) mark(required bool) string {
	if required {
		return "*"
	}
	return ""
}

func (t templater) sheet(spec sheetSpec) sheet.Sheet {
	s := sheet.Sheet{
		Name:      heading(t.w, "read.sheet."+spec.name),
		Lines:     []string{t.w.T("read.help." + spec.name)},
		Frozen:    1,
		Landscape: true,
		Foot:      t.w.T("read.template.foot"),
	}
	if spec.name == "mission" {
		t.settings(&s, spec)
		return s
	}
	for _, column := range t.columnsOf(spec) {
		name := t.label(spec, column.name)
		if column.required {
			name += " *"
		}
		s.Columns = append(s.Columns, sheet.Column{
			Name: name, Width: templateWidth(column.name), Choices: t.choices(column.name),
			Help: t.w.T("read.help." + spec.name + "." + column.name),
		})
	}
	return s
}

// settings lays out the sheet of the mission, one line a setting.
func (t templater) settings(s *sheet.Sheet, spec sheetSpec) {
	s.Columns = []sheet.Column{
		{Name: heading(t.w, "read.column.key"), Width: 28, Style: sheet.Strong},
		{Name: heading(t.w, "read.column.value"), Width: 40},
	}
	for _, column := range t.columnsOf(spec) {
		name := t.label(spec, column.name)
		if column.required {
			name += " *"
		}
		row := sheet.Values(name)
		switch column.name {
		case "language":
			row = sheet.Values(name, t.w.Lang())
		case "meeting_minutes":
			row = sheet.Values(name, defaultMeetingMinutes)
		}
		s.Rows = append(s.Rows, row)
	}
}

// choices are offered where only a few words have a meaning.
func (t templater) choices(column string) []string {
	words := map[string][]string{
		"side":   {"delegate", "counterpart"},
		"wish":   {"must", "nice", "never"},
		"locked": {"yes", "no"},
	}
	var choices []string
	for _, word := range words[column] {
		choices = append(choices, heading(t.w, "read.word."+word))
	}
	return choices
}

// templateWidth gives room to what is long.
func templateWidth(column string) float64 {
	switch column {
	case "name", "address", "people", "unavailable", "closed", "offers", "needs", "note", "participants":
		return 32
	case "email", "contact", "sectors", "timezone", "start", "end":
		return 20
	default:
		return 14
	}
}
