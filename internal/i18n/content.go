package i18n

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A Text is what people wrote in one or several languages, such as the
// description of a company: language code -> text.
type Text map[string]string

// In gives the text in a language, or in another one where there is none: then
// lang says in which, so that the page can say it too. The fallback is English,
// else the first language in order.
func (t Text) In(want string) (text, lang string) {
	for _, lang := range append([]string{want, Fallback}, slices.Sorted(maps.Keys(t))...) {
		if text := t[lang]; text != "" {
			return text, lang
		}
	}
	return "", want
}

// IsZero says whether nothing is written in any language.
func (t Text) IsZero() bool {
	for _, text := range t {
		if text != "" {
			return false
		}
	}
	return true
}

// Value writes the text for a database, as a JSON object without empty texts.
func (t Text) Value() (driver.Value, error) {
	kept := map[string]string{}
	for lang, text := range t {
		if text != "" {
			kept[lang] = text
		}
	}
	written, err := json.Marshal(kept)
	return string(written), err
}

// Scan reads what Value wrote; a text in no language is nil.
func (t *Text) Scan(stored any) error {
	*t = nil
	var data []byte
	switch s := stored.(type) {
	case nil:
		return nil
	case string:
		data = []byte(s)
	case []byte:
		data = s
	default:
		return fmt.Errorf("a text is a JSON object, not %T", stored)
	}
	if string(data) == "{}" {
		return nil
	}
	return json.Unmarshal(data, (*map[string]string)(t))
}
