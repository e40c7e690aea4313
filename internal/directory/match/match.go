// Package match says which records are likely the same organisation, and why.
// It only proposes: a person decides. Two records whose SIREN or LEI differ are
// never the same, whatever else agrees.
//
// A record is compared only with those that share a key with it ([Keys]), so
// that a directory of a hundred thousand takes seconds, and a new record is
// compared with the few that a database finds by key.
package match

import (
	"embed"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/names"
)

// Words are the texts of this package's reasons.
//
//go:embed words/*.json
var Words embed.FS

// A Record is what is known of an organisation; any of it may be empty.
// Identifiers, hosts and telephones are in the forms that package ident gives.
type Record struct {
	Name       string
	OtherNames []string // trading names, former names
	SIREN      string
	VAT        string
	LEI        string
	Hosts      []string // of its site, and of its people's e-mail addresses
	Phones     []string
	City       string
	Country    string // two letters
}

// traits are a record made ready to compare.
type traits struct {
	*Record
	names   []name
	domains []string
	city    string
}

// A name is one that an organisation goes by, without its legal form.
type name struct {
	words    []string // in alphabetical order
	run      string   // in their own order, without spaces
	trigrams []string
}

func traitsOf(r *Record) traits {
	t := traits{Record: r, city: names.City(r.City)}
	for _, text := range append([]string{r.Name}, r.OtherNames...) {
		if text = names.Organisation(text); text == "" {
			continue
		}
		t.names = append(t.names, nameOf(text))
		if short, ok := withoutCity(text, t.city); ok {
			t.names = append(t.names, short)
		}
	}
	for _, host := range r.Hosts {
		if domain := ident.RegisteredDomain(host); domain != "" && !ident.IsFreemail(domain) {
			t.domains = append(t.domains, domain)
		}
	}
	return t
}

func nameOf(text string) name {
	words := tellingWords(text)
	n := name{run: strings.Join(words, ""), trigrams: names.Trigrams(strings.Join(words, " "))}
	slices.Sort(words)
	n.words = words
	return n
}

// tellingWords are the words of a name without articles and the like, which one
// list has and the next has not. A name of nothing else keeps them.
func tellingWords(name string) []string {
	words := strings.Fields(name)
	kept := slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		switch word {
		case "d", "de", "des", "du", "l", "la", "le", "les", "the", "of", "di", "del", "della", "der", "die", "das", "el", "los":
			return true
		}
		return false
	})
	if len(kept) == 0 {
		return words
	}
	for i, word := range kept {
		if word == "st" {
			kept[i] = "saint"
		}
	}
	return kept
}

// withoutCity takes a city off the end of a name: shops are often told apart so,
// in one list and not in the next. One word must not be all that is left: "Port
// de Marseille" is not any port.
func withoutCity(text, city string) (name, bool) {
	rest, found := strings.CutSuffix(text, " "+city)
	if !found || city == "" {
		return name{}, false
	}
	short := nameOf(rest)
	return short, len(short.words) > 1
}
