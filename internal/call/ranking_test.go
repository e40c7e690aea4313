package call_test

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
)

// candidates draws a few, with many ties among them.
func candidates(most int) *rapid.Generator[[]call.Candidate] {
	return rapid.Custom(func(t *rapid.T) []call.Candidate {
		all := make([]call.Candidate, rapid.IntRange(0, most).Draw(t, "number"))
		for i := range all {
			all[i] = call.Candidate{
				ID:          fmt.Sprintf("application-%d", i),
				Sector:      rapid.SampledFrom([]string{"", "health", "maritime"}).Draw(t, "sector"),
				Marks:       rapid.SliceOfN(rapid.IntRange(498, 502), 0, 3).Draw(t, "marks"),
				Newcomer:    rapid.Bool().Draw(t, "newcomer"),
				SubmittedAt: db.At(time.Date(2017, 6, 1, rapid.IntRange(0, 2).Draw(t, "hour"), 0, 0, 0, time.UTC)),
			}
		}
		return all
	})
}

func someTies(t *rapid.T) []call.Tie {
	return rapid.Permutation([]call.Tie{call.Newcomers, call.Earlier, call.Lots}).Draw(t, "ties")[:rapid.IntRange(0, 3).Draw(t, "rules")]
}

func ids(candidates []call.Candidate) []string {
	all := make([]string, len(candidates))
	for i, c := range candidates {
		all[i] = c.ID
	}
	return all
}

// mean is the exact mean, by another arithmetic than that of the program.
func mean(marks []int) *big.Rat {
	total := new(big.Rat)
	for _, mark := range marks {
		total.Add(total, big.NewRat(int64(mark), int64(len(marks))))
	}
	return total
}

// before says, rule by rule as people read them, whether a goes before b.
func before(a, b call.Candidate, ties []call.Tie, seed int) bool {
	if marked := len(a.Marks) > 0; marked != (len(b.Marks) > 0) {
		return marked
	}
	if order := mean(a.Marks).Cmp(mean(b.Marks)); order != 0 {
		return order > 0
	}
	for _, tie := range ties {
		switch tie {
		case call.Newcomers:
			if a.Newcomer != b.Newcomer {
				return a.Newcomer
			}
		case call.Earlier:
			if !a.SubmittedAt.Equal(b.SubmittedAt.Time) {
				return a.SubmittedAt.Before(b.SubmittedAt.Time)
			}
		case call.Lots:
			return drawn(seed, a.ID) < drawn(seed, b.ID)
		}
	}
	return drawn(seed, a.ID) < drawn(seed, b.ID)
}

// drawn is the lot of an application, as it is published how to draw it.
func drawn(seed int, id string) string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%d:%s", seed, id)))
}

func TestRankFollowsItsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := candidates(12).Draw(t, "candidates")
		ties, seed := someTies(t), rapid.IntRange(0, 5).Draw(t, "seed")
		ranked := call.Rank(all, ties, seed)
		for i := 1; i < len(ranked); i++ {
			if !before(ranked[i-1], ranked[i], ties, seed) {
				t.Errorf("%+v is ranked before %+v", ranked[i-1], ranked[i])
			}
		}
		shuffled := rapid.Permutation(slices.Clone(all)).Draw(t, "order")
		if diff := cmp.Diff(ids(ranked), ids(call.Rank(shuffled, ties, seed))); diff != "" {
			t.Errorf("the order in which they come changes the ranking:\n%s", diff)
		}
	})
}

func TestTies(t *testing.T) {
	early, late := db.At(time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC)), db.At(time.Date(2017, 6, 2, 0, 0, 0, 0, time.UTC))
	regular := call.Candidate{ID: "regular", Marks: []int{700, 800}, SubmittedAt: early}
	newcomer := call.Candidate{ID: "newcomer", Marks: []int{750}, Newcomer: true, SubmittedAt: late}
	for name, test := range map[string]struct {
		ties []call.Tie
		want []string
	}{
		"newcomers first":       {[]call.Tie{call.Newcomers, call.Earlier}, []string{"newcomer", "regular"}},
		"the earlier first":     {[]call.Tie{call.Earlier, call.Newcomers}, []string{"regular", "newcomer"}},
		"lots where no rule is": {nil, []string{"regular", "newcomer"}},
		"lots before newcomers": {[]call.Tie{call.Lots, call.Newcomers}, []string{"regular", "newcomer"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ids(call.Rank([]call.Candidate{newcomer, regular}, test.ties, 2))); diff != "" {
				t.Errorf("the ranking (-want +got):\n%s", diff)
			}
		})
	}
}

// quotas draws what can be kept: no more places than there are.
func quotas(t *rapid.T, places int) []call.Quota {
	health := rapid.IntRange(0, places).Draw(t, "kept for health")
	maritime := rapid.IntRange(0, places-health).Draw(t, "kept for maritime")
	most := func(least int) int {
		if rapid.Bool().Draw(t, "unlimited") {
			return 0
		}
		return max(1, least+rapid.IntRange(0, 3).Draw(t, "more"))
	}
	return []call.Quota{{"health", health, most(health)}, {"maritime", maritime, most(maritime)}}
}

// count is how many of the ranked are in a set of them, in all and of a sector.
func count(ranked []call.Candidate, in func(i int) bool, of func(c call.Candidate) bool) (n int) {
	for i, c := range ranked {
		if in(i) && of(c) {
			n++
		}
	}
	return n
}

// best tries every set of the ranked: of those that the quotas allow, the
// largest, and of these the one that holds the highest ranks.
func best(ranked []call.Candidate, places int, quotas []call.Quota) map[string]bool {
	anyone := func(call.Candidate) bool { return true }
	bestSize, bestSet := -1, 0
	for set := range 1 << len(ranked) {
		// The first rank is the highest bit, so that a better set is a larger number.
		in := func(i int) bool { return set>>(len(ranked)-1-i)&1 == 1 }
		size := count(ranked, in, anyone)
		allowed := size <= places
		for _, q := range quotas {
			of := func(c call.Candidate) bool { return c.Sector == q.Sector }
			got, there := count(ranked, in, of), count(ranked, func(int) bool { return true }, of)
			allowed = allowed && got >= min(q.Least, there) && (q.Most == 0 || got <= q.Most)
		}
		if allowed && (size > bestSize || size == bestSize && set > bestSet) {
			bestSize, bestSet = size, set
		}
	}
	chosen := map[string]bool{}
	for i, c := range ranked {
		if bestSet>>(len(ranked)-1-i)&1 == 1 {
			chosen[c.ID] = true
		}
	}
	return chosen
}

func TestChooseFindsTheBestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranked := call.Rank(candidates(9).Draw(t, "candidates"), nil, 0)
		places := rapid.IntRange(0, 6).Draw(t, "places")
		limits := quotas(t, places)
		chosen := call.Choose(ranked, places, limits)
		if diff := cmp.Diff(best(ranked, places, limits), chosen); diff != "" {
			t.Errorf("the choice (-best +chosen):\n%s", diff)
		}
		for i, c := range ranked {
			for _, lower := range ranked[i+1:] {
				if c.Sector == "" && !chosen[c.ID] && lower.Sector == "" && chosen[lower.ID] {
					t.Errorf("%s is left out, and %s below it is in", c.ID, lower.ID)
				}
			}
		}
	})
}

// TestNobodyIsPassedOver: without limits, a place is given to a lower rank only
// where it was kept for its sector.
func TestNobodyIsPassedOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranked := call.Rank(candidates(12).Draw(t, "candidates"), nil, 0)
		places := rapid.IntRange(0, 8).Draw(t, "places")
		least := rapid.IntRange(0, places).Draw(t, "kept for health")
		chosen := call.Choose(ranked, places, []call.Quota{{Sector: "health", Least: least}})
		for i, c := range ranked {
			for _, lower := range ranked[i+1:] {
				if !chosen[c.ID] && chosen[lower.ID] && lower.Sector != "health" {
					t.Errorf("%s is left out, and %s below it is in, for which no place is kept", c.ID, lower.ID)
				}
			}
		}
	})
}

// TestSuccessorIsWhoWouldHaveBeenChosen: when somebody gives a place up, those
// selected are the same as if they had never applied.
func TestSuccessorIsWhoWouldHaveBeenChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranked := call.Rank(candidates(10).Draw(t, "candidates"), nil, 0)
		places := rapid.IntRange(1, 6).Draw(t, "places")
		limits := quotas(t, places)
		chosen := call.Choose(ranked, places, limits)
		if len(chosen) == 0 {
			return
		}
		var selected, waiting []call.Candidate
		for _, c := range ranked {
			if chosen[c.ID] {
				selected = append(selected, c)
			} else {
				waiting = append(waiting, c)
			}
		}
		gone := selected[rapid.IntRange(0, len(selected)-1).Draw(t, "who")]
		is := func(c call.Candidate) bool { return c.ID == gone.ID }
		want := call.Choose(slices.DeleteFunc(slices.Clone(ranked), is), places, limits)
		next, found := call.Successor(slices.DeleteFunc(selected, is), waiting, places, limits)
		delete(chosen, gone.ID)
		if found {
			chosen[next.ID] = true
		}
		if diff := cmp.Diff(want, chosen); diff != "" {
			t.Errorf("after %s gave its place up (-want +got):\n%s", gone.ID, diff)
		}
	})
}
