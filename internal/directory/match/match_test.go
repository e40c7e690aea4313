package match

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/i18n"
)

func keysOf(reasons []Reason) []string {
	var keys []string
	for _, r := range reasons {
		keys = append(keys, r.Key)
	}
	return keys
}

func TestJudge(t *testing.T) {
	dupre := Record{Name: "Ateliers Dupré SAS", SIREN: "000000018", Hosts: []string{"shop.dupre.example"}, City: "Marseille", Country: "FR"}
	for _, c := range []struct {
		what  string
		other Record
		level Level
		why   []string
	}{
		{"same SIREN, another name", Record{Name: "Voilerie", SIREN: "000000018"}, Same, []string{"match.siren"}},
		{"another SIREN, all else equal", Record{Name: "Ateliers Dupré", SIREN: "000000026", Hosts: []string{"dupre.example"}, City: "Marseille"}, Different, []string{"match.other_siren"}},
		{"name and city", Record{Name: "ATELIERS DUPRE", City: "13015 MARSEILLE CEDEX"}, Likely, []string{"match.same_name", "match.city"}},
		{"a slip, and the domain", Record{Name: "Atelier Dupré", Hosts: []string{"www.dupre.example"}}, Likely, []string{"match.domain", "match.near_name"}},
		{"the name alone", Record{Name: "Ateliers Dupré"}, Possible, []string{"match.same_name"}},
		{"the name in another country", Record{Name: "Ateliers Dupré", Country: "BE"}, Different, []string{"match.same_name", "match.other_country"}},
		{"the domain alone", Record{Name: "Voilerie", Hosts: []string{"dupre.example"}}, Possible, []string{"match.domain"}},
		{"the city alone", Record{Name: "Voilerie", City: "Marseille"}, Different, nil},
		{"nothing known", Record{}, Different, nil},
	} {
		got := Judge(dupre, c.other)
		if diff := cmp.Diff(c.why, keysOf(got.Reasons)); got.Level != c.level || diff != "" {
			t.Errorf("%s: level %d, score %d\n%s", c.what, got.Level, got.Score, diff)
		}
	}
}

func TestCityInTheName(t *testing.T) {
	for _, c := range []struct {
		a, b  Record
		level Level
	}{
		{Record{Name: "Boulangerie Martin Marseille", City: "Marseille"}, Record{Name: "Boulangerie Martin", City: "Marseille"}, Likely},
		{Record{Name: "Port de Marseille", City: "Marseille"}, Record{Name: "Port de Marseille"}, Possible},
		{Record{Name: "Port de Marseille", City: "Marseille"}, Record{Name: "Port de Lyon", City: "Lyon"}, Different},
	} {
		if got := Judge(c.a, c.b); got.Level != c.level {
			t.Errorf("%q and %q: level %d, %v", c.a.Name, c.b.Name, got.Level, got.Reasons)
		}
	}
}

func TestFreemailTellsNothing(t *testing.T) {
	a := Record{Name: "Voilerie", Hosts: []string{"gmail.com"}}
	b := Record{Name: "Conserverie", Hosts: []string{"gmail.com"}}
	if got := Judge(a, b); got.Level != Different || len(got.Reasons) > 0 {
		t.Errorf("two that write from gmail.com: %+v", got)
	}
}

// records draws records of a small world, where much agrees by chance.
func records() *rapid.Generator[Record] {
	pick := func(t *rapid.T, what string, from ...string) string { return rapid.SampledFrom(from).Draw(t, what) }
	return rapid.Custom(func(t *rapid.T) Record {
		return Record{
			Name:    pick(t, "name", "", "Ateliers Dupré", "Atelier Dupré SAS", "Dupré", "Voilerie du Vallon", "Voilerie 2", "青波"),
			SIREN:   pick(t, "siren", "", "", "000000018", "000000026"),
			VAT:     pick(t, "vat", "", "", "DE000000001"),
			LEI:     pick(t, "lei", "", "", "L1", "L2"),
			Hosts:   []string{pick(t, "host", "", "dupre.example", "a.dupre.example", "gmail.com")},
			Phones:  []string{pick(t, "phone", "+33199001001", "+33199001002")},
			City:    pick(t, "city", "", "Marseille", "MARSEILLE 2", "Lyon"),
			Country: pick(t, "country", "", "FR", "BE"),
		}
	})
}

func TestJudgeIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := records().Draw(t, "a"), records().Draw(t, "b")
		v := Judge(a, b)
		if diff := cmp.Diff(v, Judge(b, a)); diff != "" {
			t.Fatalf("the order matters:\n%s", diff)
		}
		if a.SIREN != "" && b.SIREN != "" && a.SIREN != b.SIREN && v.Level != Different {
			t.Fatalf("two SIREN, level %d", v.Level)
		}
		if v.Score < 0 || v.Score > 100 || v.Level == Same && v.Score < 100 {
			t.Fatalf("score %d of level %d", v.Score, v.Level)
		}
		if v.Level > Different && !slices.ContainsFunc(Keys(a), func(k string) bool { return slices.Contains(Keys(b), k) }) {
			t.Fatalf("no key in common, level %d", v.Level)
		}
	})
}

// distance counts insertions, deletions, changes and swaps of neighbours by the
// textbook's table.
func distance(a, b []rune) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		for j := range table[i] {
			switch {
			case i == 0 || j == 0:
				table[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				table[i][j] = table[i-1][j-1]
			default:
				table[i][j] = 1 + min(table[i-1][j-1], table[i-1][j], table[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				table[i][j] = min(table[i][j], table[i-2][j-2]+1)
			}
		}
	}
	return table[len(a)][len(b)]
}

func TestSlipsAreThoseOfDistanceOne(t *testing.T) {
	words := rapid.StringMatching(`[ab]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := []rune(words.Draw(t, "a")), []rune(words.Draw(t, "b"))
		if got, want := slips(a, b), distance(a, b) == 1; got != want {
			t.Fatalf("%q and %q: %v, want %v", string(a), string(b), got, want)
		}
	})
}

// TestNearNamesShareAKey slips once anywhere in a name of any length.
func TestNearNamesShareAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := []rune(rapid.StringMatching(`[b-df-hj-np-tv-z]{7,14}`).Draw(t, "name"))
		i := rapid.IntRange(0, len(word)-2).Draw(t, "place")
		slipped := slices.Clone(word)
		switch rapid.IntRange(0, 2).Draw(t, "slip") {
		case 0:
			slipped[i], slipped[i+1] = slipped[i+1], slipped[i]
		case 1:
			slipped[i] = 'a'
		case 2:
			slipped = slices.Delete(slipped, i, i+1)
		}
		a, b := Record{Name: string(word)}, Record{Name: string(slipped)}
		if !slices.ContainsFunc(Keys(a), func(k string) bool { return slices.Contains(Keys(b), k) }) {
			t.Fatalf("%q: %q\n%q: %q", a.Name, Keys(a), b.Name, Keys(b))
		}
	})
}

// TestLargeBlocks has more records of one word than are compared with each
// other: the two that are the same are found all the same.
func TestLargeBlocks(t *testing.T) {
	var many []Record
	for i := range 10 * wholeBlock {
		many = append(many, Record{Name: fmt.Sprintf("Atelier %c%c%d", 'a'+i%26, 'a'+i/26%26, i), City: "Marseille"})
	}
	many = append(many, Record{Name: many[17].Name + " SARL", City: "Marseille"})
	pairs := Pairs(many)
	if len(pairs) == 0 || pairs[0].First != 17 || pairs[0].Second != len(many)-1 || pairs[0].Level != Likely {
		t.Errorf("pairs: %+v", pairs)
	}
}

func TestWords(t *testing.T) {
	c, err := i18n.Load(Words, "words")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	set, _ := judged(t)
	for i := range set {
		for j := range i {
			for _, r := range Judge(set[i], set[j]).Reasons {
				seen[r.Key] = true
			}
		}
	}
	for _, a := range []Record{{LEI: "L1"}, {LEI: "L2"}, {VAT: "V"}} {
		for _, b := range []Record{{LEI: "L1"}, {VAT: "V"}} {
			for _, r := range Judge(a, b).Reasons {
				seen[r.Key] = true
			}
		}
	}
	for _, key := range c.For("fr").Keys() {
		if !seen[key] {
			t.Errorf("%s is said of nothing", key)
		}
		delete(seen, key)
	}
	if len(seen) > 0 {
		t.Errorf("no words for %v", seen)
	}
}
