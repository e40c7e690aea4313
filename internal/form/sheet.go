package form

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

// A Sheet is a form on somebody's screen, in the language of its words, with
// what was typed.
type Sheet struct {
	web.Form
	Questions []*Question
	Sectors   []directory.Sector
	// Documents are those that were sent, by the key of the question. Remove is
	// the name of the buttons that take one away, by its id.
	Documents map[string][]Sent
	Remove    string
	// Accept lists the endings of the files that are taken.
	Accept string
}

// A Sent is a document that somebody sent with a form.
type Sent struct{ ID, Name string }

// Lang is the language in which questions are shown.
func (s Sheet) lang() string { return s.Words.Lang() }

// field is a question as the kit shows it. Whether it is answered is judged
// when the form is handed in: a draft may be kept at any time.
func (s Sheet) field(q *Question) web.Field {
	help, _ := q.Help.In(s.lang())
	return web.Field{Name: q.Input(), Label: q.Name(s.lang()), Help: help, Required: q.Required}
}

// under is an input of a question that has several.
func (s Sheet) under(name, label string) web.Field { return web.Field{Name: name, Label: label} }

func (s Sheet) options(q *Question) []web.Option {
	switch q.Type {
	case Yes:
		return []web.Option{{Value: yes, Label: s.Words.T("form.yes")}, {Value: no, Label: s.Words.T("form.no")}}
	case Languages:
		options := make([]web.Option, len(languages))
		for i, code := range languages {
			options[i] = web.Option{Value: code, Label: languageName(code, s.lang())}
		}
		return options
	default:
		options := make([]web.Option, len(q.Options))
		for i, o := range q.Options {
			label, _ := o.Label.In(s.lang())
			options[i] = web.Option{Value: o.Value, Label: label}
		}
		return options
	}
}

func (s Sheet) sectorValues() []string {
	values := make([]string, len(s.Sectors))
	for i, sector := range s.Sectors {
		values[i] = sector.ID
	}
	return values
}

func (s Sheet) sectorMarks() []web.Sector {
	marks := make([]web.Sector, len(s.Sectors))
	for i, sector := range s.Sectors {
		name, _ := sector.Name.In(s.lang())
		marks[i] = web.Sector{Name: name, Letter: sector.Letter, Shape: web.Shape(sector.Shape)}
	}
	return marks
}

// lines are the numbers of the people shown: those that were typed, and one
// more.
func (s Sheet) lines(q *Question) []int {
	last := 0
	for n := 1; n <= mostPeople; n++ {
		if q.traveller(s.Values, n) != (Traveller{}) {
			last = n
		}
	}
	numbers := make([]int, min(last+1, mostPeople))
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}

// when says for the reader after which answers a question is asked.
func (s Sheet) when(q *Question) string { return sayRule(s.Words, s.Questions, q) }

// sayRule says after which answers a question is asked, or "".
func sayRule(w *i18n.Words, questions []*Question, q *Question) string {
	for _, other := range questions {
		if other.Key != q.When.Question {
			continue
		}
		var answers []string
		for _, value := range q.When.Values {
			if other.Type == Yes {
				answers = append(answers, w.T("form."+value))
			} else {
				answers = append(answers, other.option(value, w.Lang()))
			}
		}
		return w.T("form.only_if", other.Name(w.Lang()), w.ListOr(answers))
	}
	return ""
}

// watched is the input by which a rule goes, for the script that hides what is
// not asked.
func watched(r Rule) string { return (&Question{Key: r.Question}).Input() }

func values(r Rule) string { return strings.Join(r.Values, " ") }

func number(n int) string { return strconv.Itoa(n) }
