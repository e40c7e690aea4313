package match

import (
	"cmp"
	"maps"
	"slices"
)

// A Pair is two records, by their positions, that may be one organisation.
type Pair struct {
	First, Second int
	Verdict
}

// Blocks larger than wholeBlock are compared only with the neighbours in order
// of name, so that a word that thousands share does not cost millions.
const (
	wholeBlock = 60
	neighbours = 15
)

// Pairs finds the pairs of records that are not [Different], the surest first.
func Pairs(records []Record) []Pair {
	all := make([]traits, len(records))
	blocks := map[string][]int{}
	for i := range records {
		all[i] = traitsOf(&records[i])
		for _, key := range all[i].keys() {
			blocks[key] = append(blocks[key], i)
		}
	}
	var pairs []Pair
	for _, c := range candidates(all, blocks) {
		if v := judge(all[c.first], all[c.second]); v.Level > Different {
			pairs = append(pairs, Pair{First: c.first, Second: c.second, Verdict: v})
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(b.Score, a.Score))
	})
	return pairs
}

type candidate struct{ first, second int }

// candidates are the pairs that share a key, each once, in order.
func candidates(all []traits, blocks map[string][]int) []candidate {
	var found []candidate
	for _, key := range slices.Sorted(maps.Keys(blocks)) {
		block, reach := blocks[key], neighbours
		if len(block) <= wholeBlock {
			reach = len(block)
		} else {
			slices.SortStableFunc(block, func(a, b int) int { return cmp.Compare(all[a].first(), all[b].first()) })
		}
		for i, one := range block {
			for _, other := range block[i+1 : min(i+1+reach, len(block))] {
				found = append(found, candidate{min(one, other), max(one, other)})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second))
	})
	return slices.Compact(found)
}

// first is the name by which a record is put in order.
func (t traits) first() string {
	if len(t.names) == 0 {
		return ""
	}
	return t.names[0].run
}
