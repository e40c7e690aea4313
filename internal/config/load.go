package config

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Source is where a value came from.
type Source struct {
	Kind SourceKind `json:"kind"`
	// Where is the option, the variable, or the file with its line; for the
	// default of the key, the file that keeps it; empty for other defaults.
	Where string `json:"where,omitempty"`
}

// SourceKind is one of the places that settings come from.
type SourceKind string

// The places, the strongest last.
const (
	Default     SourceKind = "default"
	File        SourceKind = "file"
	Environment SourceKind = "environment"
	Option      SourceKind = "option"
)

// An Entry says what is in force for one setting.
type Entry struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"` // never of a secret
	Secret bool   `json:"secret"`
	Set    bool   `json:"set"`
	Source Source `json:"source"`
}

// variablePrefix begins the variables of the environment that are ours.
const variablePrefix = "ESCALE_"

// fileOption is the option, and the variable, that names the settings file. It
// is no setting: the file cannot hold it.
const fileOption = "config"

// Load reads the settings from the options of a command line, by name without
// dashes, and from an environment as [os.Environ] gives it. An empty value
// counts as not given. The error is of type [Problems].
func Load(options map[string]string, environ []string) (Settings, []Entry, error) {
	var s Settings
	l := loader{table: s.table(), given: map[string]given{}}
	fromOptions, fromEnvironment := optionsGiven(options), variablesGiven(environ)
	l.take(l.readFile(fromEnvironment, fromOptions))
	l.take(fromEnvironment)
	l.take(fromOptions)
	entries := l.apply(&s)
	l.judge(&s)
	if len(l.problems) > 0 {
		return Settings{}, nil, l.problems
	}
	return s, entries, nil
}

// A given is a value as somebody gave it.
type given struct {
	key, value string
	from       Source
}

func optionsGiven(options map[string]string) []given {
	var list []given
	for _, key := range slices.Sorted(maps.Keys(options)) {
		list = append(list, given{key, options[key], Source{Option, "--" + key}})
	}
	return list
}

func variablesGiven(environ []string) []given {
	var list []given
	for _, pair := range slices.Sorted(slices.Values(environ)) {
		variable, value, _ := strings.Cut(pair, "=")
		if name, ours := strings.CutPrefix(variable, variablePrefix); ours {
			key := strings.ToLower(strings.ReplaceAll(name, "_", "-"))
			list = append(list, given{key, value, Source{Environment, variable}})
		}
	}
	return list
}

// written is the name of a key as a source of this kind writes it.
func (k SourceKind) written(key string) string {
	switch k {
	case Environment:
		return variablePrefix + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
	case Option:
		return "--" + key
	default:
		return key
	}
}

// A loader gathers what was given and what is wrong with it.
type loader struct {
	table    []setting
	given    map[string]given // by the setting's name
	problems Problems
}

// refuse notes a problem, unless the setting has one already: the second would
// only follow from the first.
func (l *loader) refuse(p Problem) {
	if !slices.ContainsFunc(l.problems, func(old Problem) bool { return old.Setting == p.Setting }) {
		l.problems = append(l.problems, p)
	}
}

// readFile reads the file that the last of these places names.
func (l *loader) readFile(places ...[]given) []given {
	var name given
	for _, g := range slices.Concat(places...) {
		if g.key == fileOption && g.value != "" {
			name = g
		}
	}
	if name.value == "" {
		return nil
	}
	text, err := os.ReadFile(name.value)
	if err != nil {
		l.refuse(Problem{Kind: Unread, Setting: fileOption, Value: name.value, Source: name.from})
		return nil
	}
	list, problems := parseFile(filepath.Base(name.value), string(text))
	l.problems = append(l.problems, problems...)
	return list
}

// take takes over what one place gives; the next may overrule it.
func (l *loader) take(place []given) {
	first := map[string]Source{}
	for _, g := range place {
		row, inFile, ok := find(l.table, g.key)
		switch {
		case g.key == fileOption && g.from.Kind != File:
			continue
		case !ok:
			l.refuse(l.unknown(g))
			continue
		case g.value == "":
			continue
		case first[row.name] != Source{}:
			l.refuse(Problem{Kind: Twice, Setting: row.name, Value: first[row.name].Where, Source: g.from})
			continue
		}
		first[row.name] = g.from
		if inFile {
			g = l.open(row, g)
		}
		l.given[row.name] = g
	}
}

// open reads a secret from the file that holds it.
func (l *loader) open(row setting, g given) given {
	text, err := os.ReadFile(g.value)
	if err != nil {
		l.refuse(Problem{Kind: Unread, Setting: row.name, Value: g.value, Source: g.from})
	}
	return given{row.name, strings.TrimRight(string(text), "\r\n"), g.from}
}

func (l *loader) unknown(g given) Problem {
	var keys []string
	if g.from.Kind != File {
		keys = append(keys, fileOption)
	}
	for _, row := range l.table {
		keys = append(keys, row.keys()...)
	}
	p := Problem{Kind: Unknown, Setting: g.from.Kind.written(g.key), Source: g.from}
	if near := nearest(g.key, keys); near != "" {
		p.Near = g.from.Kind.written(near)
	}
	return p
}

// apply sets every setting, from what was given or else by default, and says
// what is then in force. What is refused leaves the default, so that the rules
// between settings judge the rest.
func (l *loader) apply(s *Settings) []Entry {
	for _, row := range l.table {
		if row.initial != "" {
			l.set(row, given{value: row.initial})
		}
		if g, ok := l.given[row.name]; ok {
			l.set(row, g)
		} else {
			l.given[row.name] = given{value: row.initial, from: Source{Kind: Default}}
		}
	}
	l.derive(s)
	entries := make([]Entry, len(l.table))
	for i, row := range l.table {
		g := l.given[row.name]
		entries[i] = Entry{
			Name: row.name, Value: row.shown(g.value), Secret: row.secret, Set: g.value != "", Source: g.from,
		}
	}
	return entries
}

func (l *loader) set(row setting, g given) {
	err := row.set(g.value)
	var wanted Want
	if errors.As(err, &wanted) {
		l.refuse(Problem{Kind: Wrong, Setting: row.name, Value: row.shown(g.value), Source: g.from, Want: wanted})
	}
}
