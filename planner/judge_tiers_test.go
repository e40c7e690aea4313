package planner

import (
	"context"
	"slices"
	"testing"
)

// gapped is a morning in which one participant meets the first in its first
// slot, another in its last, and the slot between is idle: who has both points
// has a break.
func gapped() *Problem {
	p := morning(3)
	p.Venues, p.Places, p.Travel = p.Venues[:1], p.Places[:1], nil
	p.Participants[0].Seats = 1
	p.Participants[1].Busy = []Span{p.Slots[1].Span, p.Slots[2].Span}
	p.Participants[2].Busy = []Span{p.Slots[0].Span, p.Slots[1].Span}
	p.Wishes = []Wish{{From: 0, To: 1, Kind: Nice}, {From: 0, To: 2, Kind: Nice}}
	return p
}

// TestBoundsLookUpOnly: a bound holds over plans as good on the tiers above, and
// a plan of less value has fewer breaks. Only where value comes first may the
// bound on breaks ask for it.
func TestBoundsLookUpOnly(t *testing.T) {
	tests := map[string]struct {
		order []Tier
		want  int
	}{
		"value first":  {[]Tier{Value, Breaks}, 1},
		"breaks first": {[]Tier{Breaks, Value}, 0},
		"no value":     {[]Tier{Breaks}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &run{model: newModel(gapped()), options: quick(), bestValue: 4}
			r.options.Order, r.options.SlackPermille = test.order, 0
			r.active = r.activeCandidates()
			r.prices, r.bound = r.findPrices(context.Background())
			if got, ok := r.tierBound(Breaks, Score{Value: 4, Breaks: 1}); !ok || got != test.want {
				t.Errorf("bound %d, %v; want %d", got, ok, test.want)
			}
		})
	}
}

// TestMovedHasABoundBelowLostOnly: a plan that loses a meeting does not move it.
func TestMovedHasABoundBelowLostOnly(t *testing.T) {
	p := gapped()
	previous := holdAt(0)
	previous.Meetings[0].Start = 1
	for _, order := range [][]Tier{{Lost, Moved}, {Value, Moved}, {Moved, Lost}} {
		o := quick()
		o.Order = order
		result, err := Repair(context.Background(), p, previous, o)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.Index(order, Moved)
		want := TierQuality{Tier: Moved, Figure: result.Score.Moved, Bound: 1, Status: Certified}
		if at == 0 || order[0] != Lost {
			want.Bound, want.Status = 0, NoBound
		}
		if result.Score.Moved == 1 && result.Quality.Tiers[at] != want {
			t.Errorf("order %v: %+v, want %+v", order, result.Quality.Tiers[at], want)
		}
	}
}

// TestValueThatIsNotSought gives up none of it.
func TestValueThatIsNotSought(t *testing.T) {
	for _, order := range [][]Tier{nil, {Breaks}, {Travel, Value}} {
		o := quick()
		o.Order = order
		q := mustSolvePlain(t, gapped(), o).Quality
		if q.SlackUsed != 0 || q.BestValue == 0 {
			t.Errorf("order %v: %+v", order, q)
		}
	}
}

// TestProgressKnowsNoBound: a search that proves nothing shows none.
func TestProgressKnowsNoBound(t *testing.T) {
	o := quick()
	o.Prove = false
	o.Progress = func(p Progress) {
		if p.Bound != 0 {
			t.Errorf("%s: a bound of %d", p.Phase, p.Bound)
		}
	}
	mustSolvePlain(t, gapped(), o)
}
