package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
)

// A Form is what the fields of a form hold, and what is wrong with them. A form
// that was refused is shown again with the values as they were sent.
type Form struct {
	Words    *i18n.Words
	Values   url.Values
	Problems fault.Problems
}

// A Field is one value of a form.
type Field struct {
	// Name is that of the value in the form, and of the problems with it.
	Name, Label, Help string
	// Type is that of the input, "text" when empty: "email", "url", "tel", "number".
	Type string
	// Autocomplete tells the browser what it is, such as "email".
	Autocomplete string
	Required     bool
}

// An Option is one of the values to choose from.
type Option struct {
	Value, Label string
	// Note says more of it, in a muted line.
	Note string
}

// An Instant is a field of a date and a time at a place.
type Instant struct {
	Field
	Place, Home         string
	PlaceZone, HomeZone *time.Location
}

// InstantLayout is how a field of a date and a time writes its value.
const InstantLayout = "2006-01-02T15:04"

func (f Form) value(name string) string { return f.Values.Get(name) }

func (f Form) has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// problem is what is wrong with a field, or "".
func (f Form) problem(name string) string {
	p, found := f.Problems.On(name)
	if !found {
		return ""
	}
	return f.Words.T(p.Key, p.Args...)
}

// describedBy names the texts that say more of a field, for aria-describedby.
func (f Form) describedBy(field Field) string {
	var ids []string
	if field.Help != "" {
		ids = append(ids, field.Name+"-help")
	}
	if f.problem(field.Name) != "" {
		ids = append(ids, field.Name+"-problem")
	}
	return strings.Join(ids, " ")
}

// times says a moment at its place and at home: the clock there, the offset of
// that day, and the time here.
func (f Form) times(i Instant) string {
	there := f.Words.T("web.form.zone", i.Place)
	at, err := time.ParseInLocation(InstantLayout, f.value(i.Name), i.PlaceZone)
	if err != nil {
		return there
	}
	return f.Words.T("web.form.zone_at", i.Place, f.Words.Offset(at), f.Words.Clock(at.In(i.HomeZone)), i.Home)
}

func (i Instant) described(f Form) Field {
	i.Help = strings.TrimSpace(f.times(i) + " " + i.Help)
	return i.Field
}

// shown is the language whose text a field in several languages opens on: the
// first with a problem, or else the first.
func (f Form) shown(name string, languages []Option) string {
	for _, l := range languages {
		if f.problem(name+"."+l.Value) != "" {
			return l.Value
		}
	}
	return languages[0].Value
}

func inputType(field Field) string {
	if field.Type == "" {
		return "text"
	}
	return field.Type
}
