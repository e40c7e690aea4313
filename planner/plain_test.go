package planner

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawPlain draws a problem of pairs, single slots and one place.
func drawPlain(t *rapid.T) *Problem {
	p := &Problem{Venues: []Venue{{}}, Places: []Place{{Tables: rapid.IntRange(1, 3).Draw(t, "tables")}}, BreakSpread: -1}
	for i := range rapid.IntRange(2, 6).Draw(t, "slots") {
		p.Slots = append(p.Slots, slotAt(0, 0, i))
	}
	people := rapid.IntRange(2, 6).Draw(t, "people")
	for range people {
		who := Participant{Max: rapid.IntRange(0, 3).Draw(t, "max")}
		if rapid.Bool().Draw(t, "busy") {
			who.Busy = []Span{p.Slots[rapid.IntRange(0, len(p.Slots)-1).Draw(t, "slot")].Span}
		}
		p.Participants = append(p.Participants, who)
	}
	for range rapid.IntRange(1, 10).Draw(t, "wishes") {
		a := rapid.IntRange(0, people-1).Draw(t, "a")
		b := (a + rapid.IntRange(1, people-1).Draw(t, "b")) % people
		p.Wishes = append(p.Wishes, Wish{From: ParticipantID(a), To: ParticipantID(b), Kind: Nice, Weight: rapid.IntRange(1, 4).Draw(t, "weight")})
	}
	return p
}

// TestPlainCountsAlike compares the counts of the quick way with those of the
// general one, at random prices.
func TestPlainCountsAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(drawPlain(t))
		l := newLedger(m)
		if !l.plain {
			t.Fatal("the problem is not plain")
		}
		weight := make([]int32, len(m.candidates))
		for c := range weight {
			weight[c] = m.candidates[c].value
		}
		quick := newDual(l, weight, m.activeCandidates(), 1)
		general := *l
		general.plain = false
		slow := newDual(&general, weight, m.activeCandidates(), 1)
		for r := range quick.price {
			if l.capacity[r] > 0 {
				quick.price[r] = int32(rapid.IntRange(0, 3).Draw(t, "price"))
				slow.price[r] = quick.price[r]
			}
		}
		if a, b := quick.bound(), slow.bound(); a != b {
			t.Fatalf("bound %d, in general %d", a, b)
		}
		for p := range m.of {
			compareCounts(t, quick, slow, m.of[p], p*m.slots)
		}
		compareCounts(t, quick, slow, quick.atPlace[0], l.place)
	})
}

func compareCounts(t *rapid.T, quick, slow *dual, list []int32, first int) {
	a := quick.countThing(list, first, anyWay)
	b := slow.countThing(list, first, anyWay)
	end := first + quick.slots
	if a != b || !slices.Equal(quick.up[first:end], slow.up[first:end]) || !slices.Equal(quick.down[first:end], slow.down[first:end]) {
		t.Errorf("counts %v %v %v, in general %v %v %v", a, quick.up[first:end], quick.down[first:end], b, slow.up[first:end], slow.down[first:end])
	}
	quick.clearThing(first)
	slow.clearThing(first)
}

// TestPlainSpreadsAlike does so for the scaling.
func TestPlainSpreadsAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel(drawPlain(t))
		l := newLedger(m)
		general := *l
		general.plain = false
		weight := make([]int32, len(m.candidates))
		for c := range weight {
			weight[c] = m.candidates[c].value
		}
		a := smoothPrices(t.Context(), l, weight, m.activeCandidates(), 3)
		b := smoothPrices(t.Context(), &general, weight, m.activeCandidates(), 3)
		for r := range a {
			// The order of sums differs, so a price may round the other way.
			if math.Abs(float64(a[r]-b[r])) > 1 {
				t.Errorf("price %d is %d, in general %d", r, a[r], b[r])
			}
		}
	})
}
