package call

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
)

// A Tie is a rule by which two applications with the same mark are told apart.
type Tie string

// The rules. Lots are drawn with a number that is published, so that anybody
// can draw them again.
const (
	Newcomers Tie = "newcomers" // who never took part goes first
	Earlier   Tie = "earlier"   // who handed in first goes first
	Lots      Tie = "lots"
)

// Ties lists the rules.
func Ties() []string { return []string{string(Newcomers), string(Earlier), string(Lots)} }

// A Candidate is an application as far as its rank depends on it.
type Candidate struct {
	ID     string // of the application
	Sector string // whose places it may take, or "" where that sector has no quota
	// Marks are those of the assessors, in tenths of a point out of a hundred.
	Marks       []int
	Newcomer    bool
	SubmittedAt db.Instant
}

// Mean is the mark, out of a hundred; none is 0.
func (c Candidate) Mean() float64 {
	if len(c.Marks) == 0 {
		return 0
	}
	return float64(sum(c.Marks)) / float64(10*len(c.Marks))
}

// Spread is how far the assessors are apart, in points.
func (c Candidate) Spread() float64 {
	if len(c.Marks) == 0 {
		return 0
	}
	return float64(slices.Max(c.Marks)-slices.Min(c.Marks)) / 10
}

func sum(of []int) (n int) {
	for _, i := range of {
		n += i
	}
	return n
}

// Rank orders candidates, the best first: by their mean mark, then by the rules
// in turn, and by lots where those say nothing. Who has no mark comes last.
func Rank(candidates []Candidate, ties []Tie, seed int) []Candidate {
	ranked := slices.Clone(candidates)
	slices.SortFunc(ranked, func(a, b Candidate) int {
		order := byMean(a, b)
		for _, tie := range append(slices.Clone(ties), Lots) {
			order = cmp.Or(order, tie.compare(a, b, seed))
		}
		return cmp.Or(order, cmp.Compare(a.ID, b.ID))
	})
	return ranked
}

// byMean compares without dividing: equal means are equal.
func byMean(a, b Candidate) int {
	if len(a.Marks) == 0 || len(b.Marks) == 0 {
		return cmp.Compare(min(1, len(b.Marks)), min(1, len(a.Marks)))
	}
	return cmp.Compare(sum(b.Marks)*len(a.Marks), sum(a.Marks)*len(b.Marks))
}

func (t Tie) compare(a, b Candidate, seed int) int {
	switch t {
	case Newcomers:
		if a.Newcomer == b.Newcomer {
			return 0
		} else if a.Newcomer {
			return -1
		}
		return 1
	case Earlier:
		return a.SubmittedAt.Compare(b.SubmittedAt.Time)
	default:
		lotA, lotB := lot(seed, a.ID), lot(seed, b.ID)
		return bytes.Compare(lotA[:], lotB[:])
	}
}

// lot is what an application draws: the SHA-256 digest of the seed, a colon and
// its id. The smallest goes first.
func lot(seed int, id string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strconv.Itoa(seed) + ":" + id))
}

// A Quota keeps places for a sector: Least are given to its best candidates
// whatever their rank, and it gets no more than Most; 0: no such limit.
type Quota struct {
	Sector      string
	Least, Most int
}

// seating gives places out one by one.
type seating struct {
	quotas map[string]Quota
	left   int // places
	taken  map[string]int
}

func newSeating(places int, quotas []Quota) *seating {
	s := &seating{quotas: map[string]Quota{}, left: places, taken: map[string]int{}}
	for _, q := range quotas {
		s.quotas[q.Sector] = q
	}
	return s
}

func (s *seating) take(sector string) {
	s.taken[sector]++
	s.left--
}

// kept says that a place is kept for the sector.
func (s *seating) kept(sector string) bool {
	return s.left > 0 && s.taken[sector] < s.quotas[sector].Least
}

// open says that the sector may have another place.
func (s *seating) open(sector string) bool {
	most := s.quotas[sector].Most
	return s.left > 0 && (most == 0 || s.taken[sector] < most)
}

// Choose says which of the ranked candidates get a place: first the best of
// each sector get those that are kept for it, then the rest go by rank, as far
// as the sector's quota lets them.
func Choose(ranked []Candidate, places int, quotas []Quota) map[string]bool {
	chosen := map[string]bool{}
	s := newSeating(places, quotas)
	for _, may := range []func(sector string) bool{s.kept, s.open} {
		for _, c := range ranked {
			if !chosen[c.ID] && may(c.Sector) {
				chosen[c.ID] = true
				s.take(c.Sector)
			}
		}
	}
	return chosen
}

// Successor is who gets the place that somebody gave up: the first of those
// that wait, in order, as [Choose] would have had it. False says that there is
// none.
func Successor(selected, waiting []Candidate, places int, quotas []Quota) (next Candidate, found bool) {
	s := newSeating(places, quotas)
	for _, c := range selected {
		s.take(c.Sector)
	}
	for _, may := range []func(sector string) bool{s.kept, s.open} {
		for _, c := range waiting {
			if may(c.Sector) {
				return c, true
			}
		}
	}
	return Candidate{}, false
}
