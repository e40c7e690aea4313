package match

import (
	"cmp"
	"hash/maphash"
	"iter"
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
	for i := range records {
		all[i] = traitsOf(&records[i])
	}
	// Candidates are judged as they come, some more than once: there are too many
	// to keep.
	seen := map[candidate]bool{}
	var pairs []Pair
	for c := range candidates(all) {
		if v := judge(all[c.first], all[c.second]); v.Level > Different && !seen[c] {
			seen[c] = true
			pairs = append(pairs, Pair{First: c.first, Second: c.second, Verdict: v})
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(b.Score, a.Score), cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second))
	})
	return pairs
}

// A candidate is two records by their positions, the smaller first.
type candidate struct{ first, second int }

// candidates gives the pairs that share a key, once for each that they share.
func candidates(all []traits) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for block := range Blocks(len(all), func(i int) []string { return all[i].keys() }) {
			reach := len(block)
			if len(block) > wholeBlock {
				reach = neighbours
				slices.SortStableFunc(block, func(a, b int) int { return cmp.Compare(all[a].first(), all[b].first()) })
			}
			for i, one := range block {
				for _, other := range block[i+1 : min(i+1+reach, len(block))] {
					if !yield(candidate{min(one, other), max(one, other)}) {
						return
					}
				}
			}
		}
	}
}

// Blocks gives, for each key that several of n records have, the positions of
// those, in order; what is given holds until the next. Keys are kept as digests,
// a tenth of their size: two of the same only put together what does not belong
// together.
func Blocks(n int, keys func(i int) []string) iter.Seq[[]int] {
	type keyed struct {
		digest uint64
		at     int
	}
	seed := maphash.MakeSeed()
	var sorted []keyed
	for i := range n {
		for _, key := range keys(i) {
			sorted = append(sorted, keyed{maphash.String(seed, key), i})
		}
	}
	slices.SortFunc(sorted, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.at, b.at)) })
	return func(yield func([]int) bool) {
		var block []int
		for i, k := range sorted {
			if block = append(block, k.at); i+1 < len(sorted) && sorted[i+1].digest == k.digest {
				continue
			}
			if len(block) > 1 && !yield(block) {
				return
			}
			block = block[:0]
		}
	}
}

// first is the name by which a record is put in order.
func (t traits) first() string {
	if len(t.names) == 0 {
		return ""
	}
	return t.names[0].run
}
