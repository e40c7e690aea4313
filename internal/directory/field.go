package directory

import (
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

// contentLanguages are those that people can write content in.
func contentLanguages() []string { return []string{"fr", "en"} }

// parsedField is a field whose text is checked and put into one shape.
func parsedField[T any](name string, parse func(string) (string, error), at func(*T) *string) record.Field[T] {
	field := record.TextField(name, at)
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

// referenceField is a field that points to a record of a kind.
func referenceField[T any](name, to string, at func(*T) *string) record.Field[T] {
	field := record.TextField(name, at)
	field.Type, field.To = record.Reference, to
	return field
}

// contentField is what a text says in one language: "description.fr".
func contentField[T any](name, lang string, at func(*T) *i18n.Text) record.Field[T] {
	return record.Field[T]{
		Info: record.Info{Name: name + "." + lang},
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

// unlisted keeps a field out of workbooks.
func unlisted[T any](field record.Field[T]) record.Field[T] {
	field.Unlisted = true
	return field
}
