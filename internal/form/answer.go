package form

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
)

// Answers are what somebody answered, by the key of the question. They hold
// only what was asked.
type Answers map[string]Answer

// An Answer is to one question: which part it fills depends on the type.
type Answer struct {
	// Text is a line, a text, a day, yes or no, or the edition consented to.
	Text string `json:",omitempty"`
	// Values are options, sectors, languages, or the ids of documents.
	Values        []string    `json:",omitempty"`
	Money         *Money      `json:",omitempty"`
	Offers, Needs string      `json:",omitempty"`
	People        []Traveller `json:",omitempty"`
}

// Money is an amount in the minor units of a currency.
type Money struct {
	Minor    int
	Currency string
}

// A Traveller is somebody who travels for a company.
type Traveller struct{ Name, Function, Email string }

const (
	longestLine = 300
	longestText = 8000
	// mostPeople travel for one company.
	mostPeople = 12
)

// Input is what the input of a question is called.
func (q *Question) Input(parts ...string) string {
	return strings.Join(append([]string{"q", q.Key}, parts...), ".")
}

// person is the input of one detail of somebody who travels, counted from 1.
func (q *Question) person(n int, detail string) string { return q.Input(strconv.Itoa(n), detail) }

// Own are the values of the form's own inputs among those that were sent,
// without the documents, which are kept as they come.
func Own(questions []*Question, sent url.Values) url.Values {
	own := url.Values{}
	for name, values := range sent {
		for _, q := range questions {
			if q.Type != Document && (name == q.Input() || strings.HasPrefix(name, q.Input()+".")) {
				own[name] = values
			}
		}
	}
	return own
}

// A Setting is what answers are read in: the language of whoever answers, and
// what questions of the types Sectors and Document can be answered with.
type Setting struct {
	Lang      string
	Sectors   []string            // ids
	Documents map[string][]string // ids of files, by the key of the question
}

// Read makes answers of what was typed, and says all that is wrong with it.
// What is typed under a question that is not asked counts for nothing.
func Read(questions []*Question, typed url.Values, in Setting) (Answers, fault.Problems) {
	var p fault.Problems
	answers := Answers{}
	for _, q := range Asked(questions, typed) {
		a, err := q.read(typed, in)
		if problems, several := err.(fault.Problems); several {
			p = append(p, problems...)
		} else if err != nil {
			p.AddError(q.Input(), err)
		}
		switch {
		case !a.isZero():
			answers[q.Key] = a
		case q.Required && err == nil:
			p.Add(q.Input(), "form.answer_needed."+q.needed(), q.Name(in.Lang))
		}
	}
	return answers, p
}

func (q *Question) needed() string {
	switch q.Type {
	case Consent, Document:
		return string(q.Type)
	default:
		return "any"
	}
}

func (a Answer) isZero() bool {
	return a.Text == "" && len(a.Values) == 0 && a.Money == nil && a.Offers == "" && a.Needs == "" && len(a.People) == 0
}

// Asked are the questions that are asked, given what was typed under others.
func Asked(questions []*Question, typed url.Values) []*Question {
	asked := map[string]*Question{}
	var list []*Question
	for _, q := range questions {
		if other := asked[q.When.Question]; q.When.Question != "" && (other == nil || !q.When.holds(typed[other.Input()])) {
			continue
		}
		asked[q.Key] = q
		list = append(list, q)
	}
	return list
}

func (r Rule) holds(typed []string) bool {
	return slices.ContainsFunc(typed, func(value string) bool { return slices.Contains(r.Values, value) })
}

func (q *Question) read(typed url.Values, in Setting) (Answer, error) {
	text := strings.TrimSpace(typed.Get(q.Input()))
	switch q.Type {
	case Line:
		return short(text, longestLine)
	case Area:
		return short(text, longestText)
	case One, Yes:
		return q.readOne(text)
	case Several:
		return readSome(typed[q.Input()], q.values())
	case Sectors:
		return readSome(typed[q.Input()], in.Sectors)
	case Languages:
		return readSome(typed[q.Input()], languages)
	case Day:
		return readDay(text)
	case Amount:
		return q.readAmount(text)
	case Offers:
		return q.readOffers(typed)
	case People:
		return q.readPeople(typed)
	case Document:
		return Answer{Values: in.Documents[q.Key]}, nil
	case Consent:
		if text == yes {
			return Answer{Text: q.Edition}, nil
		}
		return Answer{}, nil
	default:
		return Answer{}, fmt.Errorf("a question of the unknown type %q", q.Type)
	}
}

func short(text string, longest int) (Answer, error) {
	if n := utf8.RuneCountInString(text); n > longest {
		return Answer{}, fault.New(fault.Invalid, "form.long", n, longest)
	}
	return Answer{Text: text}, nil
}

func (q *Question) readOne(value string) (Answer, error) {
	if value != "" && !slices.Contains(q.values(), value) {
		return Answer{}, fault.New(fault.Invalid, "form.choose")
	}
	return Answer{Text: value}, nil
}

func readSome(values, among []string) (Answer, error) {
	var chosen []string
	for _, value := range values {
		switch {
		case value == "" || slices.Contains(chosen, value):
		case !slices.Contains(among, value):
			return Answer{}, fault.New(fault.Invalid, "form.choose")
		default:
			chosen = append(chosen, value)
		}
	}
	return Answer{Values: chosen}, nil
}

func readDay(text string) (Answer, error) {
	if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
		return Answer{}, fault.New(fault.Invalid, "record.day", text)
	}
	return Answer{Text: text}, nil
}

func (q *Question) readAmount(text string) (Answer, error) {
	if text == "" {
		return Answer{}, nil
	}
	minor, ok := minorUnits(text, q.Currency)
	if !ok {
		return Answer{}, fault.New(fault.Invalid, "form.amount", text)
	}
	return Answer{Money: &Money{minor, q.Currency}}, nil
}

func (q *Question) readOffers(typed url.Values) (Answer, error) {
	var p fault.Problems
	offers, err := short(strings.TrimSpace(typed.Get(q.Input("offers"))), longestText)
	p.AddError(q.Input("offers"), err)
	needs, err := short(strings.TrimSpace(typed.Get(q.Input("needs"))), longestText)
	p.AddError(q.Input("needs"), err)
	return Answer{Offers: offers.Text, Needs: needs.Text}, p.Or()
}

// readPeople reads those who travel; a line without anything is nobody.
func (q *Question) readPeople(typed url.Values) (Answer, error) {
	var p fault.Problems
	var people []Traveller
	for n := 1; n <= mostPeople; n++ {
		t := q.traveller(typed, n)
		if t == (Traveller{}) {
			continue
		}
		if t.Name == "" {
			p.Add(q.person(n, "name"), "form.person_name")
		}
		if t.Email != "" {
			email, err := ident.ParseEmail(t.Email)
			p.AddError(q.person(n, "email"), err)
			t.Email = email
		}
		if utf8.RuneCountInString(t.Name) > longestLine || utf8.RuneCountInString(t.Function) > longestLine {
			p.Add(q.person(n, "name"), "form.long", longestLine+1, longestLine)
		}
		people = append(people, t)
	}
	return Answer{People: people}, p.Or()
}

func (q *Question) traveller(typed url.Values, n int) Traveller {
	at := func(detail string) string { return strings.TrimSpace(typed.Get(q.person(n, detail))) }
	return Traveller{at("name"), at("function"), at("email")}
}
