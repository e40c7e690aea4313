package places

import (
	"math"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the machine may be older

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/names"
)

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, country, want, zone string }{
		{"Marseille", "FR", "Marseille", "Europe/Paris"},
		{"13002 MARSEILLE CEDEX 02", "", "Marseille", "Europe/Paris"},
		{"st etienne", "FR", "Saint-Étienne", "Europe/Paris"},
		{"Gênes", "IT", "Genoa", "Europe/Rome"},
		{"Londres", "", "London", "Europe/London"},
		{"חיפה", "IL", "Haifa", "Asia/Jerusalem"},
		{"上海", "CN", "Shanghai", "Asia/Shanghai"},
		{"Paris", "US", "Paris", "America/Chicago"},
		{"Valletta", "MT", "Valletta", "Europe/Malta"},
		{"Valence", "FR", "Valence", "Europe/Paris"},
	} {
		got, ok := Find(c.name, c.country)
		if !ok || got.Name != c.want || got.Zone != c.zone {
			t.Errorf("Find(%q, %q) = %+v, %v", c.name, c.country, got, ok)
		}
	}
	for _, name := range []string{"", "Ville-qui-n'est-pas", "Marseill"} {
		if got, ok := Find(name, "FR"); ok {
			t.Errorf("Find(%q) = %+v", name, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	var got []string
	for _, c := range Suggest("mars", "FR", 2) {
		got = append(got, c.Name)
	}
	if diff := cmp.Diff([]string{"Marseille"}, got); diff != "" {
		t.Error(diff)
	}
	if got := Suggest("", "FR", 5); got != nil {
		t.Errorf("nothing suggests %v", got)
	}
	if got := Suggest("londr", "", 1); len(got) != 1 || got[0].Name != "London" {
		t.Errorf("londr suggests %v", got)
	}
}

// TestSuggestAgreesWithReadingAll compares with a walk over every city, by their
// own names.
func TestSuggestAgreesWithReadingAll(t *testing.T) {
	for _, prefix := range []string{"a", "san", "saint", "new y", "mar"} {
		suggested := map[City]bool{}
		last := math.MaxInt
		for _, c := range Suggest(prefix, "", math.MaxInt) {
			if c.Population > last {
				t.Errorf("%q: %s is larger than the one before", prefix, c.Name)
			}
			last, suggested[c] = c.Population, true
		}
		for _, c := range gazetteer().cities {
			if strings.HasPrefix(names.City(c.Name), prefix) && !suggested[c] {
				t.Errorf("%q does not suggest %s", prefix, c.Name)
			}
		}
	}
}

func TestEveryCityIsWhole(t *testing.T) {
	known := map[string]bool{}
	for _, code := range codes {
		known[code] = true
	}
	zones := map[string]error{}
	x := gazetteer()
	for _, c := range x.cities {
		if _, seen := zones[c.Zone]; !seen {
			_, zones[c.Zone] = time.LoadLocation(c.Zone)
		}
		if zones[c.Zone] != nil || !known[c.Country] || !c.At.Valid() || c.Population < 0 || names.City(c.Name) == "" {
			t.Errorf("%+v: %v", c, zones[c.Zone])
		}
	}
	if len(x.cities) < 20_000 {
		t.Errorf("only %d cities", len(x.cities))
	}
}

func TestOtherNamesAreFolded(t *testing.T) {
	for _, c := range gazetteer().calls {
		if names.City(c.name) != c.name {
			t.Errorf("%q is looked for as %q: generate the file again", c.name, names.City(c.name))
		}
	}
}
