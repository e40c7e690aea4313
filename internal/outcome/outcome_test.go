package outcome_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/outcome"
)

// TestConfirmedAndDeclaredAreCountedApart: the two are never added, and what was
// refused counts for nothing.
func TestConfirmedAndDeclaredAreCountedApart(t *testing.T) {
	states := []string{outcome.Declared, outcome.Confirmed, outcome.Refused, outcome.Confirmed}
	var outcomes []*outcome.Outcome
	for _, state := range states {
		outcomes = append(outcomes, &outcome.Outcome{State: state})
	}
	if diff := cmp.Diff(outcome.Counts{Confirmed: 2, Declared: 1}, outcome.Count(outcomes)); diff != "" {
		t.Error(diff)
	}
}

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	amount := outcome.Outcomes().Fields
	for text, want := range map[string]string{
		"118400": "118400.00 EUR", "118 400,5 EUR": "118400.50 EUR", "12.345": "", "-3": "", "1200 JPY": "1200 JPY", "x": "", "": " ",
	} {
		o := &outcome.Outcome{Currency: "EUR"}
		err := amount.Apply(o, map[string]string{"amount": text}).Or()
		got := amount.Texts(o)["amount"]
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is taken as %q", text, got)
		case want != "" && err != nil:
			t.Errorf("%q: %v", text, err)
		case want != "" && want != " " && got != want:
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
}
