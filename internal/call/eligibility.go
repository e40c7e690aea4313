package call

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/fault"
)

// Eligibility says which companies a call is for. An empty list asks for
// nothing.
type Eligibility struct {
	Sectors   []string // ids: one of them is named
	Sizes     []string // ranges of staff
	Postcodes []string // beginnings: the seat is in one of them
	// Answers are the keys of the questions without an answer to which an
	// application is not complete: documents, the declaration of aid received.
	Answers []string
}

// A Claim is what an application says that eligibility looks at.
type Claim struct {
	Sectors        []string
	Size, Postcode string
	Answered       []string // keys of questions
}

// Lacks says, in the order of the rules, all that a claim does not meet: what
// the company is or did not give, as the argument of the text.
func (e Eligibility) Lacks(c Claim) (lacks fault.Problems) {
	names := func(sector string) bool { return slices.Contains(e.Sectors, sector) }
	if len(e.Sectors) > 0 && !slices.ContainsFunc(c.Sectors, names) {
		lacks.Add("sectors", "selection.lacks.sectors")
	}
	switch {
	case len(e.Sizes) == 0 || slices.Contains(e.Sizes, c.Size):
	case c.Size == "":
		lacks.Add("sizes", "selection.lacks.size_unknown")
	default:
		lacks.Add("sizes", "selection.lacks.sizes", c.Size)
	}
	begins := func(with string) bool { return strings.HasPrefix(c.Postcode, with) }
	switch {
	case len(e.Postcodes) == 0 || slices.ContainsFunc(e.Postcodes, begins):
	case c.Postcode == "":
		lacks.Add("postcodes", "selection.lacks.postcode_unknown")
	default:
		lacks.Add("postcodes", "selection.lacks.postcodes", c.Postcode)
	}
	for _, key := range e.Answers {
		if !slices.Contains(c.Answered, key) {
			lacks.Add("answers", "selection.lacks.answers", key)
		}
	}
	return lacks
}
