package form

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
)

// A Type is what sort of answer a question takes.
type Type string

// The types.
const (
	Line      Type = "line"      // a line of text
	Area      Type = "area"      // a text of several lines
	One       Type = "one"       // one of the options
	Several   Type = "several"   // any of the options
	Yes       Type = "yes"       // yes or no
	Sectors   Type = "sectors"   // any of the territory's sectors
	Languages Type = "languages" // that somebody speaks
	Day       Type = "day"
	Amount    Type = "amount" // of money
	Offers    Type = "offers" // what a company offers, and what it needs
	People    Type = "people" // who travels
	Document  Type = "document"
	Consent   Type = "consent" // to the label, in its edition
)

// Types lists the types, in the order in which people choose them.
func Types() []Type {
	return []Type{Line, Area, One, Several, Yes, Sectors, Languages, Day, Amount, Offers, People, Document, Consent}
}

// decides says whether other questions can be asked after some answers to one
// of this type.
func (t Type) decides() bool { return t == One || t == Several || t == Yes }

// hasOptions says whether its answers are options of the question.
func (t Type) hasOptions() bool { return t == One || t == Several }

// A Question is one of a form.
type Question struct {
	record.Meta `json:"-"`
	// Key is what answers are kept under: the id of the record.
	Key      string
	Form     string `json:"-"`
	Position int    `json:"-"` // within the form, from 0
	Type     Type
	Label    i18n.Text
	Help     i18n.Text `json:",omitempty"`
	Required bool      `json:",omitempty"`
	Options  []Option  `json:",omitempty"`
	When     Rule      `json:",omitzero"`
	Currency string    `json:",omitempty"` // of an amount
	Edition  string    `json:",omitempty"` // of the text that is consented to
}

// An Option is one of the answers to choose from.
type Option struct {
	Value string
	Label i18n.Text
}

// A Rule says that a question is asked only after one of some answers to
// another. Without a question it always is.
type Rule struct {
	Question string   `json:",omitempty"`
	Values   []string `json:",omitempty"`
}

// The answers to a question of type Yes.
const (
	yes = "yes"
	no  = "no"
)

// values are the answers that a question of a deciding type can have.
func (q *Question) values() []string {
	if q.Type == Yes {
		return []string{yes, no}
	}
	values := make([]string, len(q.Options))
	for i, o := range q.Options {
		values[i] = o.Value
	}
	return values
}

// Name is the label in a language, or in another.
func (q *Question) Name(lang string) string {
	label, _ := q.Label.In(lang)
	return label
}

// Questions is how questions are kept.
func Questions() record.Noun[Question] {
	type question = Question
	var fields record.Fields[question]
	for _, lang := range record.ContentLanguages() {
		fields = append(
			fields,
			record.ContentField("label", lang, func(q *question) *i18n.Text { return &q.Label }),
			record.ContentField("help", lang, func(q *question) *i18n.Text { return &q.Help }),
		)
	}
	fields = append(
		fields,
		record.Unlisted(record.ReferenceField("form", "form", func(q *question) *string { return &q.Form })),
		record.Unlisted(record.CountField("position", 0, func(q *question) *int { return &q.Position })),
		record.ChoiceField("type", typeNames(), func(q *question) *string { return (*string)(&q.Type) }),
		record.YesField("required", func(q *question) *bool { return &q.Required }),
		optionsField(),
		whenField(),
		record.ParsedField("currency", currencyCode, func(q *question) *string { return &q.Currency }),
		record.TextField("edition", func(q *question) *string { return &q.Edition }),
	)
	return record.Noun[question]{
		Name: "question", Fields: fields,
		Meta: func(q *question) *record.Meta { return &q.Meta },
		Load: loadQuestion, Insert: insertQuestion, Update: updateQuestion,
		Settle: (*question).settle,
		Found: func(q *question) record.Found {
			on := ref.Ref{Territory: q.Territory, Kind: "form", ID: q.Form}
			return record.Found{Title: q.Name(record.ContentLanguages()[0]), On: on}
		},
	}
}

func typeNames() []string {
	var names []string
	for _, t := range Types() {
		names = append(names, string(t))
	}
	return names
}

func currencyCode(text string) (string, error) {
	unit, err := currency.ParseISO(text)
	if err != nil {
		return "", fault.New(fault.Invalid, "form.currency", text)
	}
	return unit.String(), nil
}

// settle says what is wrong with the question alone; [check] judges it among
// the others.
func (q *Question) settle() error {
	var p fault.Problems
	if q.Label.IsZero() {
		p.Add("label."+record.ContentLanguages()[0], "form.label_needed")
	}
	if !slices.Contains(Types(), q.Type) {
		p.Add("type", "form.type_needed")
	}
	if q.Type.hasOptions() && len(q.Options) < 2 {
		p.Add("options."+record.ContentLanguages()[0], "form.options_needed")
	}
	if q.Type == Consent && q.Edition == "" {
		p.Add("edition", "form.edition_needed")
	}
	if q.Type == Amount && q.Currency == "" {
		p.Add("currency", "form.currency_needed")
	}
	if len(q.When.Values) == 0 {
		q.When = Rule{}
	}
	return p.Or()
}

// check says what is wrong with questions as they follow one another: each is
// asked after answers to one before it.
func check(questions []*Question) fault.Problems {
	var p fault.Problems
	before := map[string]*Question{}
	for _, q := range questions {
		if q.When.Question != "" {
			other := before[q.When.Question]
			switch {
			case other == nil:
				p.Add("when", "form.when_before", q.Name(i18n.Fallback))
			case slices.ContainsFunc(q.When.Values, func(v string) bool { return !slices.Contains(other.values(), v) }):
				p.Add("when", "form.when_gone", q.Name(i18n.Fallback), other.Name(i18n.Fallback))
			}
		}
		before[q.Key] = q
	}
	return p
}

// between parts the labels of an option in the languages of content.
const between = " | "

// optionsField writes the options as "1 = Oui | Yes; 2 = Non | No".
func optionsField() record.Field[Question] {
	return record.Field[Question]{
		Info: record.Info{Name: "options", Type: record.List},
		Get:  func(q *Question) string { return strings.Join(optionTexts(q.Options), "; ") },
		Set: func(q *Question, text string) (err error) {
			q.Options, err = optionsOf(record.Split(text))
			return err
		},
	}
}

func optionTexts(options []Option) []string {
	texts := make([]string, len(options))
	for i, o := range options {
		var labels []string
		for _, lang := range record.ContentLanguages() {
			labels = append(labels, o.Label[lang])
		}
		texts[i] = o.Value + " = " + strings.Join(labels, between)
	}
	return texts
}

func optionsOf(texts []string) ([]Option, error) {
	var options []Option
	for _, text := range texts {
		value, labels, _ := strings.Cut(text, " = ")
		parts := strings.Split(labels, "|")
		if value == "" || len(parts) > len(record.ContentLanguages()) {
			return nil, fault.New(fault.Invalid, "form.option_shape", text)
		}
		o := Option{Value: value, Label: i18n.Text{}}
		for i, label := range parts {
			if label = strings.TrimSpace(label); label != "" {
				o.Label[record.ContentLanguages()[i]] = label
			}
		}
		if o.Label.IsZero() {
			return nil, fault.New(fault.Invalid, "form.option_shape", text)
		}
		options = append(options, o)
	}
	return options, nil
}

// renewOptions makes options of labels, one a line in each language. One that
// keeps a label keeps its value, so that the rules that go by it still hold.
func renewOptions(former []Option, lines map[string][]string) ([]Option, error) {
	last, count := 0, 0
	for _, o := range former {
		if n, err := strconv.Atoi(o.Value); err == nil {
			last = max(last, n)
		}
	}
	for _, labels := range lines {
		count = max(count, len(labels))
	}
	options := make([]Option, count)
	for i := range options {
		label := i18n.Text{}
		for lang, labels := range lines {
			if i < len(labels) && labels[i] != "" {
				label[lang] = labels[i]
			}
			if strings.ContainsAny(label[lang], ";|") {
				return nil, fault.New(fault.Invalid, "form.option_sign", label[lang])
			}
		}
		known := slices.IndexFunc(former, func(o Option) bool { return sharesLabel(o.Label, label) })
		if known >= 0 {
			options[i] = Option{former[known].Value, label}
			continue
		}
		last++
		options[i] = Option{strconv.Itoa(last), label}
	}
	return options, nil
}

func sharesLabel(a, b i18n.Text) bool {
	for lang, text := range a {
		if text != "" && text == b[lang] {
			return true
		}
	}
	return false
}

// whenField writes the rule as "ID = 1, 2".
func whenField() record.Field[Question] {
	return record.Field[Question]{
		Info: record.Info{Name: "when"},
		Get:  func(q *Question) string { return q.When.text() },
		Set: func(q *Question, text string) error {
			q.When = ruleOf(text)
			return nil
		},
	}
}

func (r Rule) text() string {
	if r.Question == "" {
		return ""
	}
	return r.Question + " = " + strings.Join(r.Values, ", ")
}

func ruleOf(text string) Rule {
	question, values, found := strings.Cut(text, " = ")
	if !found {
		return Rule{}
	}
	return Rule{question, strings.Split(values, ", ")}
}
