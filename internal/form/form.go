// Package form makes forms that people outside fill in: of questions of a few
// types, in several languages, some asked only after certain answers. The
// questions that somebody has answered never change under the answer: see
// [Fix].
package form

import (
	"embed"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// Words are the texts of forms.
//
//go:embed words/*.json
var Words embed.FS

// A Form is a list of questions under a title. The title is for those who make
// it; whoever fills it in reads the questions.
type Form struct {
	record.Meta
	Title i18n.Text
}

// Name is the title in a language, or in another.
func (f *Form) Name(lang string) string {
	title, _ := f.Title.In(lang)
	return title
}

// Forms is how forms are kept.
func Forms() record.Noun[Form] {
	var fields record.Fields[Form]
	for _, lang := range record.ContentLanguages() {
		fields = append(fields, record.ContentField("title", lang, func(f *Form) *i18n.Text { return &f.Title }))
	}
	return record.Noun[Form]{
		Name: "form", Fields: fields,
		Meta: func(f *Form) *record.Meta { return &f.Meta },
		Load: loadForm, Insert: insertForm, Update: updateForm,
		Settle: func(f *Form) error {
			var p fault.Problems
			if f.Title.IsZero() {
				p.Add("title."+record.ContentLanguages()[0], "form.title_needed")
			}
			return p.Or()
		},
		Found: func(f *Form) record.Found {
			return record.Found{
				Title: f.Name(record.ContentLanguages()[0]), Words: []string{f.Title["fr"], f.Title["en"]},
				Subject: territory.Subject{Owner: f.Owner},
			}
		},
	}
}

// Kinds are forms and their questions, as the rest of the house knows them.
func Kinds() []record.Kind {
	form := Forms().Kind()
	form.Address = func(id string) string { return "/forms/" + id }
	form.List = "/forms"
	question := Questions().Kind()
	question.Attached = true
	question.Address = func(id string) string { return "/questions/" + id }
	return []record.Kind{form, question}
}
