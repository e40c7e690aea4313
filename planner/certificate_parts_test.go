package planner

import (
	"testing"

	"pgregory.net/rapid"
)

// TestPartsSumToTheBound: what the bound is made of adds up to it, and each part
// answers to its prices alone.
func TestPartsSumToTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		c := drawPrices(t, p)
		bound, err := CheckBound(p, c)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := PartsOfBound(p, c)
		if err != nil {
			t.Fatal(err)
		}
		sum := parts.Seats + parts.Maxima + parts.Places + parts.Pools + parts.Minima + parts.Meetings
		if floorOf(sum, c.Scale) != bound {
			t.Errorf("parts %+v sum to %d, the bound is %d times %d", parts, sum, bound, c.Scale)
		}
		free := zeroPrices(p, c.Scale)
		free.Place, free.Max = c.Place, c.Max
		parts, err = PartsOfBound(p, free)
		if err != nil {
			t.Fatal(err)
		}
		if parts.Seats != 0 || parts.Pools != 0 || parts.Minima != 0 {
			t.Errorf("places and maxima have a price, and the parts are %+v", parts)
		}
	})
	if _, err := PartsOfBound(&Problem{}, &Certificate{}); err == nil {
		t.Error("a certificate without a scale is split")
	}
}
