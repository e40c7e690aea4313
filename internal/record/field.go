package record

import (
	"net/url"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/fault"
)

// A Type is what a field holds, so that lists and workbooks can show it as
// what it is.
type Type int

// The types.
const (
	Text       Type = iota
	List            // texts, joined by "; "
	Number          // a whole number
	Date            // 2017-11-06
	Instant         // 2017-11-06T14:00Z
	Choice          // one of Choices
	Reference       // the id of a record of the kind To
	References      // ids of records of the kind To, joined by "; "
)

// A Field is one thing that is said of a record, and how it is written as text
// and read back. History, undo, merging, import and export all go by fields.
type Field[T any] struct {
	Info
	Get func(record *T) string
	// Set reads a text that people wrote. What it refuses is a fault.
	Set func(record *T, text string) error
}

// Info is a field without the type that it belongs to.
type Info struct {
	// Name is the field's name in history, in workbooks and in the catalogue,
	// where its text is KIND.field.NAME.
	Name string
	Type Type
	// To is the kind that a reference points to.
	To string
	// Choices are the values of a choice, whose texts are KIND.NAME.VALUE.
	Choices []string
	// Personal fields tell something of a human: erasing empties them.
	Personal bool
	// Unlisted fields are kept out of workbooks: they follow from others.
	Unlisted bool
	// Key fields are those by which people name a record: its name, a number.
	Key bool
	// Within names the field that narrows what a reference means: the country of
	// a city.
	Within string
	// Headings are what people write over the field in their own workbooks.
	Headings []string
	// Looks tells the field's values from others by themselves; it may be nil.
	Looks func(text string) bool
	// Say gives a value as readers of a language know it, such as the name of a
	// country; it is nil where the text is that already.
	Say func(text, lang string) string
}

// Fields are all those of a noun, in the order in which people read them.
type Fields[T any] []Field[T]

// Texts writes every field that is not empty.
func (f Fields[T]) Texts(record *T) map[string]string {
	texts := map[string]string{}
	for _, field := range f {
		if text := field.Get(record); text != "" {
			texts[field.Name] = text
		}
	}
	return texts
}

// Apply sets the fields that are named, and says all that is wrong with them.
func (f Fields[T]) Apply(record *T, texts map[string]string) fault.Problems {
	var problems fault.Problems
	for _, field := range f {
		if text, named := texts[field.Name]; named {
			problems.AddError(field.Name, field.Set(record, text))
		}
	}
	return problems
}

// Values is what the form of a record holds to begin with.
func (f Fields[T]) Values(record *T) url.Values {
	values := url.Values{}
	for name, text := range f.Texts(record) {
		values.Set(name, text)
	}
	return values
}

// Sent are the texts of the fields that a form sent, but for the unlisted ones,
// which no form may set.
func (f Fields[T]) Sent(form url.Values) map[string]string {
	texts := map[string]string{}
	for _, field := range f {
		if values, sent := form[field.Name]; sent && !field.Unlisted {
			texts[field.Name] = strings.TrimSpace(strings.Join(values, "; "))
		}
	}
	return texts
}

// Infos are the fields without their type.
func (f Fields[T]) Infos() []Info {
	infos := make([]Info, len(f))
	for i, field := range f {
		infos[i] = field.Info
	}
	return infos
}

// TextField is a field that is a text of the record as it is, without the
// blanks around it.
func TextField[T any](name string, at func(*T) *string) Field[T] {
	return Field[T]{
		Info: Info{Name: name},
		Get:  func(record *T) string { return *at(record) },
		Set: func(record *T, text string) error {
			*at(record) = strings.TrimSpace(text)
			return nil
		},
	}
}

// ChoiceField is a field that has one of a few values, or none.
func ChoiceField[T any](name string, choices []string, at func(*T) *string) Field[T] {
	field := TextField(name, at)
	field.Type, field.Choices = Choice, choices
	field.Set = func(record *T, text string) error {
		text = strings.TrimSpace(text)
		if text != "" && !slices.Contains(choices, text) {
			return fault.New(fault.Invalid, "record.choice", text)
		}
		*at(record) = text
		return nil
	}
	return field
}

// ListField is a field of several texts, such as other names.
func ListField[T any](name string, at func(*T) *[]string) Field[T] {
	return Field[T]{
		Info: Info{Name: name, Type: List},
		Get:  func(record *T) string { return joined(*at(record)) },
		Set: func(record *T, text string) error {
			*at(record) = Split(text)
			return nil
		},
	}
}

// Split reads a list as people write it, parted by semicolons or lines, without
// blanks and repetitions.
func Split(text string) []string {
	var items []string
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if item = strings.TrimSpace(item); item != "" && !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items
}

// joined writes a list so that [Split] reads it.
func joined(items []string) string { return strings.Join(items, "; ") }
