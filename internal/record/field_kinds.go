package record

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

// ContentLanguages are those that people can write content in.
func ContentLanguages() []string { return []string{"fr", "en"} }

// ParsedField is a field whose text is checked and put into one shape.
func ParsedField[T any](name string, parse func(string) (string, error), at func(*T) *string) Field[T] {
	field := TextField(name, at)
	field.Set = func(it *T, text string) error {
		text = strings.TrimSpace(text)
		if text == "" {
			*at(it) = ""
			return nil
		}
		parsed, err := parse(text)
		if err != nil {
			return err
		}
		*at(it) = parsed
		return nil
	}
	return field
}

// ParsedListField is a field of several texts, each checked and put into one
// shape.
func ParsedListField[T any](name string, parse func(string) (string, error), at func(*T) *[]string) Field[T] {
	field := ListField(name, at)
	field.Set = func(it *T, text string) error {
		var items []string
		for _, item := range Split(text) {
			parsed, err := parse(item)
			if err != nil {
				return err
			}
			if !slices.Contains(items, parsed) {
				items = append(items, parsed)
			}
		}
		*at(it) = items
		return nil
	}
	return field
}

// DateField is a field that is a day, 2017-11-06.
func DateField[T any](name string, at func(*T) *string) Field[T] {
	field := ParsedField(name, day, at)
	field.Type = Date
	return field
}

func day(text string) (string, error) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", fault.New(fault.Invalid, "record.day", text)
	}
	return text, nil
}

// CountField is a field that is a whole number from least on; none is 0.
func CountField[T any](name string, least int, at func(*T) *int) Field[T] {
	return Field[T]{
		Info: Info{Name: name, Type: Number},
		Get: func(it *T) string {
			if *at(it) == 0 {
				return ""
			}
			return strconv.Itoa(*at(it))
		},
		Set: func(it *T, text string) error {
			*at(it) = 0
			if text = strings.TrimSpace(text); text == "" {
				return nil
			}
			n, err := strconv.Atoi(text)
			if err != nil || n < least || n > mostCount {
				return fault.New(fault.Invalid, "record.count", text, least)
			}
			*at(it) = n
			return nil
		},
	}
}

// mostCount keeps counts far from what the engines cannot hold.
const mostCount = 1_000_000_000

// YesField is a field that holds or does not: written as "yes" or nothing.
func YesField[T any](name string, at func(*T) *bool) Field[T] {
	return Field[T]{
		Info: Info{Name: name, Type: Choice, Choices: []string{"yes"}},
		Get: func(it *T) string {
			if *at(it) {
				return "yes"
			}
			return ""
		},
		Set: func(it *T, text string) error {
			*at(it) = text == "yes"
			return nil
		},
	}
}

// ReferenceField is a field that points to a record of a kind.
func ReferenceField[T any](name, to string, at func(*T) *string) Field[T] {
	field := TextField(name, at)
	field.Type, field.To = Reference, to
	return field
}

// ReferencesField is a field that points to several records of a kind.
func ReferencesField[T any](name, to string, at func(*T) *[]string) Field[T] {
	field := ListField(name, at)
	field.Type, field.To = References, to
	return field
}

// ContentField is what a text says in one language: "description.fr".
func ContentField[T any](name, lang string, at func(*T) *i18n.Text) Field[T] {
	return Field[T]{
		Info: Info{Name: name + "." + lang},
		Get:  func(it *T) string { return (*at(it))[lang] },
		Set: func(it *T, text string) error {
			if *at(it) == nil {
				*at(it) = i18n.Text{}
			}
			(*at(it))[lang] = strings.TrimSpace(text)
			return nil
		},
	}
}

// Unlisted keeps a field out of workbooks.
func Unlisted[T any](field Field[T]) Field[T] {
	field.Unlisted = true
	return field
}

// instantLayout writes an instant to the minute, in UTC, as people read it in
// history: pages and forms show it in the zone of the place.
const instantLayout = "2006-01-02T15:04Z"

// InstantField is a field that is a point in time, to the minute.
func InstantField[T any](name string, at func(*T) *db.Instant) Field[T] {
	return Field[T]{
		Info: Info{Name: name, Type: Instant},
		Get: func(it *T) string {
			if at(it).IsZero() {
				return ""
			}
			return at(it).UTC().Format(instantLayout)
		},
		Set: func(it *T, text string) error {
			*at(it) = db.Instant{}
			if text = strings.TrimSpace(text); text == "" {
				return nil
			}
			t, err := time.Parse(instantLayout, text)
			if err != nil {
				return fault.New(fault.Invalid, "record.instant", text)
			}
			*at(it) = db.At(t)
			return nil
		},
	}
}
