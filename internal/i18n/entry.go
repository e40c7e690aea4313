package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
)

// placeholder finds what stands for an argument: ten are enough for a sentence.
var placeholder = regexp.MustCompile(`\{(?:[0-9]|n)\}`)

// entry is the text of a key in one language.
type entry struct {
	// plural says that there are two forms; otherwise other alone counts.
	plural     bool
	one, other string
}

// UnmarshalJSON reads a text, or an object with the two forms.
func (e *entry) UnmarshalJSON(data []byte) error {
	if data[0] != '{' {
		return json.Unmarshal(data, &e.other)
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	one, hasOne := forms["one"]
	other, hasOther := forms["other"]
	if !hasOne || !hasOther || len(forms) != 2 {
		return errors.New(`a plural has exactly the forms "one" and "other"`)
	}
	*e = entry{plural: true, one: one, other: other}
	return nil
}

// forms are the texts of the entry, the singular first.
func (e entry) forms() []string {
	if e.plural {
		return []string{e.one, e.other}
	}
	return []string{e.other}
}

func (e entry) set(typography func(string) string) entry {
	return entry{plural: e.plural, one: typography(e.one), other: typography(e.other)}
}

// placeholders lists those of all the forms together, in order, each once.
func (e entry) placeholders() []string {
	var names []string
	for _, form := range e.forms() {
		for _, found := range placeholder.FindAllString(form, -1) {
			names = append(names, found[1:len(found)-1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// parse reads a flat object. It goes token by token, because encoding/json
// would let the second of two equal keys silently win.
func parse(data []byte) (map[string]entry, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("a catalogue is one JSON object")
	}
	entries := map[string]entry{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if _, twice := entries[name]; twice {
			return nil, fmt.Errorf("key %q appears twice", name)
		}
		var e entry
		if err := decoder.Decode(&e); err != nil {
			return nil, fmt.Errorf("key %q: %w", name, err)
		}
		entries[name] = e
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object")
	}
	return entries, nil
}
