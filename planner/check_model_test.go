package planner

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestModelAgreesWithTheJudge compares what the search and the checker each
// derive from a problem: what every request is worth, where it may start, and
// the best that every participant could get alone.
func TestModelAgreesWithTheJudge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		m, j := newModel(p), newJudge(p)
		for who, want := range j.bestAlone() {
			if got := int(m.alone[who]); got != want {
				t.Fatalf("best of participant %d: model %d, judge %d\n%+v", who, got, want, p)
			}
		}
		b := bill{judge: j, prices: zeroPrices(p, 1)}
		for i := range p.Requests {
			starts := j.starts(&j.asked[i])
			slices.Sort(starts)
			starts = slices.Compact(starts)
			if got := modelStarts(m, int32(i)); !slices.Equal(got, starts) {
				t.Fatalf("starts of request %d: model %v, judge %v\n%+v", i, got, starts, p)
			}
			if got, want := int(m.candidates[i].value), b.worth(&j.asked[i]); len(starts) > 0 && got != want {
				t.Fatalf("value of request %d: model %d, judge %d\n%+v", i, got, want, p)
			}
		}
	})
}

// modelStarts lists the starts of the candidate at any of its places.
func modelStarts(m *model, c int32) []SlotID {
	var list []SlotID
	for _, o := range m.optionsOf(c) {
		for s := o.starts.next(0); s != None; s = o.starts.next(s + 1) {
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
