package planner

import (
	"context"
	"testing"
)

// TestRepairSeeksLowerTiers: the published meeting stays in the first slot, and
// the new one goes right behind it whatever the seed, for there it leaves no
// break.
func TestRepairSeeksLowerTiers(t *testing.T) {
	p := gapped()
	p.Participants[1].Busy, p.Participants[2].Busy = nil, []Span{p.Slots[2].Span}
	published := holdAt(2)
	for seed := range uint64(20) {
		for _, prove := range []bool{false, true} {
			o := DefaultRepairOptions()
			o.Seed, o.Prove = seed, prove
			result, err := Repair(context.Background(), p, published, o)
			if err != nil {
				t.Fatal(err)
			}
			if s := result.Score; s.Value != 4 || s.Lost+s.Moved > 0 || s.Breaks > 0 {
				t.Errorf("seed %d, prove %v: %+v", seed, prove, s)
			}
		}
	}
}
