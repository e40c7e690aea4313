package call_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/fault"
)

func TestEligibility(t *testing.T) {
	good := call.Claim{Sectors: []string{"health", "maritime"}, Size: "10-19", Postcode: "13002", Answered: []string{"aid", "deck"}}
	all := call.Eligibility{
		Sectors: []string{"maritime"}, Sizes: []string{"6-9", "10-19"}, Postcodes: []string{"13", "83"}, Answers: []string{"aid", "deck"},
	}
	changed := func(change func(c *call.Claim)) call.Claim {
		c := good
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		rules call.Eligibility
		claim call.Claim
		want  fault.Problems
	}{
		"no rule asks for anything":    {call.Eligibility{}, call.Claim{}, nil},
		"all is met":                   {all, good, nil},
		"another sector":               {all, changed(func(c *call.Claim) { c.Sectors = []string{"health"} }), fault.Problems{{Field: "sectors", Key: "selection.lacks.sectors"}}},
		"too large":                    {all, changed(func(c *call.Claim) { c.Size = "5000-9999" }), fault.Problems{{Field: "sizes", Key: "selection.lacks.sizes", Args: []any{"5000-9999"}}}},
		"nobody knows how large":       {all, changed(func(c *call.Claim) { c.Size = "" }), fault.Problems{{Field: "sizes", Key: "selection.lacks.size_unknown"}}},
		"a seat elsewhere":             {all, changed(func(c *call.Claim) { c.Postcode = "31300" }), fault.Problems{{Field: "postcodes", Key: "selection.lacks.postcodes", Args: []any{"31300"}}}},
		"nobody knows where":           {all, changed(func(c *call.Claim) { c.Postcode = "" }), fault.Problems{{Field: "postcodes", Key: "selection.lacks.postcode_unknown"}}},
		"a document that is not there": {all, changed(func(c *call.Claim) { c.Answered = []string{"aid"} }), fault.Problems{{Field: "answers", Key: "selection.lacks.answers", Args: []any{"deck"}}}},
		"everything is said at once": {all, call.Claim{}, fault.Problems{
			{Field: "sectors", Key: "selection.lacks.sectors"},
			{Field: "sizes", Key: "selection.lacks.size_unknown"},
			{Field: "postcodes", Key: "selection.lacks.postcode_unknown"},
			{Field: "answers", Key: "selection.lacks.answers", Args: []any{"aid"}},
			{Field: "answers", Key: "selection.lacks.answers", Args: []any{"deck"}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.rules.Lacks(test.claim)); diff != "" {
				t.Errorf("what is lacking (-want +got):\n%s", diff)
			}
		})
	}
}
