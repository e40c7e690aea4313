package match

import (
	"slices"
	"strings"
)

// Short names are found by their first and last three letters, long ones by
// five: one wrong letter leaves one of the two ends whole. A name at the border
// has the keys of both, because the other may be a letter longer.
const (
	shortEnd, longEnd = 3, 5
	leastNear         = 2 * shortEnd // letters of the shortest name that may be near another
	leastLong         = 2 * longEnd
)

// Keys are the texts by which a record is found: two that are the same
// organisation share one, but for rare cases. They are stored with the record.
func Keys(r Record) []string { return traitsOf(&r).keys() }

func (t traits) keys() []string {
	var keys []string
	add := func(kind, text string) {
		if text != "" {
			keys = append(keys, kind+":"+text)
		}
	}
	add("siren", t.SIREN)
	add("vat", t.VAT)
	add("lei", t.LEI)
	for _, domain := range t.domains {
		add("domain", domain)
	}
	for _, phone := range t.Phones {
		add("phone", phone)
	}
	for _, n := range t.names {
		add("name", strings.Join(n.words, " "))
		add("run", n.run)
		n.ends(add)
		for _, word := range n.words {
			if t.city != "" && len(word) >= shortEnd {
				add("city", word+"@"+t.city)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// ends adds the keys of a name's beginning and end.
func (n name) ends(add func(kind, text string)) {
	letters := []rune(n.run)
	length := len(letters)
	if length >= leastNear && length <= leastLong {
		add("begins", string(letters[:shortEnd]))
		add("ends", string(letters[length-shortEnd:]))
	}
	if length >= leastLong {
		add("begins", string(letters[:longEnd]))
		add("ends", string(letters[length-longEnd:]))
	}
}
