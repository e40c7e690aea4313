package match

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/names"
)

// A Level is how sure it is that two records are one organisation.
type Level int

// The levels. Only an identifier makes it Same.
const (
	Different Level = iota
	Possible
	Likely
	Same
)

// A Verdict is what a comparison came to.
type Verdict struct {
	Level Level
	// Score ranks verdicts, from 0 to 100.
	Score int
	// Reasons say what agrees and what does not.
	Reasons []Reason
}

// A Reason is a text of the catalogue with its arguments.
type Reason struct {
	Key  string
	Args []any
}

// What an agreement is worth, and what a disagreement costs. The same name with a
// city or a domain makes it likely; a name, a domain or a telephone alone,
// possible. Names that are only alike count beside something else.
const (
	sameName, nearName, likeName = 50, 40, 25
	sameCity, otherCity          = 20, -10
	otherCountry                 = -30
	sameDomain, samePhone        = 40, 40

	possibleFrom, likelyFrom = 40, 70
	certain                  = 100
)

// likeEnough is the similarity from which names are alike though they differ by
// more than a letter.
const likeEnough = 0.5

// Judge compares two records.
func Judge(a, b Record) Verdict { return judge(traitsOf(&a), traitsOf(&b)) }

func judge(a, b traits) Verdict {
	switch {
	case contradict(a.SIREN, b.SIREN):
		return Verdict{Reasons: []Reason{{Key: "match.other_siren"}}}
	case contradict(a.LEI, b.LEI):
		return Verdict{Reasons: []Reason{{Key: "match.other_lei"}}}
	}
	var v Verdict
	v.weighIdentifiers(a, b)
	found := v.weighReach(a, b) || agree(a.city, b.city)
	if v.weighNames(a, b, found) {
		v.weighPlace(a, b)
	} else {
		v.Score = min(v.Score, likelyFrom-1) // a group's companies share a site and a telephone
	}
	v.settle()
	return v
}

func agree(a, b string) bool      { return a != "" && a == b }
func contradict(a, b string) bool { return a != "" && b != "" && a != b }

func (v *Verdict) add(worth int, key string, args ...any) {
	v.Score += worth
	v.Reasons = append(v.Reasons, Reason{Key: key, Args: args})
}

// settle reads the level off the score; what an identifier says stands.
func (v *Verdict) settle() {
	switch {
	case v.Level == Same:
		v.Score = certain
	case v.Score >= likelyFrom:
		v.Level = Likely
	case v.Score >= possibleFrom:
		v.Level = Possible
	}
	v.Score = min(max(v.Score, 0), certain)
}

func (v *Verdict) weighIdentifiers(a, b traits) {
	for _, id := range []struct{ key, mine, other string }{
		{"match.siren", a.SIREN, b.SIREN}, {"match.lei", a.LEI, b.LEI}, {"match.vat", a.VAT, b.VAT},
	} {
		if agree(id.mine, id.other) {
			v.Level = Same
			v.add(certain, id.key)
		}
	}
}

// weighReach says whether the records are reached in one way.
func (v *Verdict) weighReach(a, b traits) bool {
	before := len(v.Reasons)
	if domain, ok := shared(a.domains, b.domains); ok {
		v.add(sameDomain, "match.domain", domain)
	}
	if _, ok := shared(a.Phones, b.Phones); ok {
		v.add(samePhone, "match.phone")
	}
	return len(v.Reasons) > before
}

func shared(a, b []string) (string, bool) {
	for _, one := range a {
		if slices.Contains(b, one) {
			return one, true
		}
	}
	return "", false
}

// weighPlace counts where they are, which matters only between like names.
func (v *Verdict) weighPlace(a, b traits) {
	switch {
	case contradict(a.Country, b.Country):
		v.add(otherCountry, "match.other_country")
	case agree(a.city, b.city):
		v.add(sameCity, "match.city")
	case contradict(a.city, b.city):
		v.add(otherCity, "match.other_city")
	}
}

// weighNames says whether any of the names tie the records. Names that are only
// alike are looked at when something else has been found.
func (v *Verdict) weighNames(a, b traits, found bool) bool {
	worth, key := 0, ""
	for _, mine := range a.names {
		for _, other := range b.names {
			switch {
			case mine.same(other):
				worth, key = sameName, "match.same_name"
			case worth < nearName && mine.near(other):
				worth, key = nearName, "match.near_name"
			case worth < likeName && found && mine.like(other):
				worth, key = likeName, "match.like_name"
			}
		}
	}
	if worth > 0 {
		v.add(worth, key)
	}
	return worth > 0
}

func (n name) same(other name) bool {
	return n.run == other.run || slices.Equal(n.words, other.words)
}

// near says whether one letter is wrong, missing, added or changed places with
// the next. A digit that differs is no slip: "Dock 2" is not "Dock 3".
func (n name) near(other name) bool {
	a, b := []rune(n.run), []rune(other.run)
	return min(len(a), len(b)) >= leastNear && slips(a, b) && digitsOf(n.run) == digitsOf(other.run)
}

// like says whether names have most of their letters in common, or all the
// words of the shorter.
func (n name) like(other name) bool {
	if digitsOf(n.run) != digitsOf(other.run) {
		return false
	}
	return n.within(other) || other.within(n) ||
		names.Overlap(n.trigrams, other.trigrams) >= likeEnough
}

// within says whether all the words of a name are in another. A single short
// word is in too many.
func (n name) within(other name) bool {
	if len(n.words) == 1 && len(n.run) < leastNear {
		return false
	}
	for _, word := range n.words {
		if !slices.Contains(other.words, word) {
			return false
		}
	}
	return true
}

// slips says whether two texts differ by exactly one slip of the keyboard.
func slips(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(a) == len(b) && len(a) > 0:
		swapped := len(a) > 1 && a[0] == b[1] && a[1] == b[0] && slices.Equal(a[2:], b[2:])
		return swapped || slices.Equal(a[1:], b[1:])
	case len(b) == len(a)+1:
		return slices.Equal(a, b[1:])
	}
	return false
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
