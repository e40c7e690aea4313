package names

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"
)

func TestSortKeyOrdersAsReadersDo(t *testing.T) {
	want := []string{"10 Port", "Aérolit", "atelier", "Ateliers", "Œuvre", "Zèbre", "Αθήνα", "ים", "بحر", "青波"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSortKeyCountsThePartsInTurn(t *testing.T) {
	if SortKey("Martin", "Zoé") > SortKey("Martine", "Anne") {
		t.Error("Martin Zoé comes after Martine Anne")
	}
}

// TestSortKeyAgreesWithCollation compares the bytes of keys with the collator's
// own comparison.
func TestSortKeyAgreesWithCollation(t *testing.T) {
	collator := collate.New(language.Und, collate.Loose)
	texts := rapid.StringMatching(`[a-eA-EéÉèœçñ' -]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := texts.Draw(t, "a"), texts.Draw(t, "b")
		if got, want := strings.Compare(SortKey(a), SortKey(b)), collator.CompareString(a, b); got != want {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
	})
}
