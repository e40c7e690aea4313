package planner

import "math/bits"

// slotSet is a set of slots, a bit each.
type slotSet []uint64

// words is how many words a set over the given number of slots takes.
func words(slots int) int { return (slots + 63) / 64 }

// has, add and remove are for a slot of the grid.
func (s slotSet) has(t SlotID) bool { return s[t>>6]&(1<<(t&63)) != 0 }
func (s slotSet) add(t SlotID)      { s[t>>6] |= 1 << (t & 63) }
func (s slotSet) remove(t SlotID)   { s[t>>6] &^= 1 << (t & 63) }

// empty says whether no slot is in the set.
func (s slotSet) empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

// count is how many slots are in the set.
func (s slotSet) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// next returns the first slot of the set at or after t, or None.
func (s slotSet) next(t SlotID) SlotID {
	i := int(t >> 6)
	if i >= len(s) {
		return None
	}
	w := s[i] &^ (1<<(t&63) - 1)
	for w == 0 {
		i++
		if i == len(s) {
			return None
		}
		w = s[i]
	}
	return SlotID(i<<6 + bits.TrailingZeros64(w))
}

// pick returns the n-th slot of the set, counted from 0; the set must have it.
func (s slotSet) pick(n int) SlotID {
	for i, w := range s {
		c := bits.OnesCount64(w)
		if n >= c {
			n -= c
			continue
		}
		for ; n > 0; n-- {
			w &= w - 1
		}
		return SlotID(i<<6 + bits.TrailingZeros64(w))
	}
	panic("planner: pick beyond the set")
}

// firstSlot is the first slot of a word of a set, where w is the word's place.
func firstSlot(w int, word uint64) SlotID { return SlotID(w<<6 + bits.TrailingZeros64(word)) }
