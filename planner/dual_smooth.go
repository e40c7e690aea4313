package planner

import (
	"context"
	"math"
)

// smooth finds prices near the best by scaling: a candidate spreads over its
// ways by weights that fall with their cost, and prices rise until nothing is
// used beyond its capacity. As the temperature falls the weights become a
// choice. It is the entropic smoothing of the dual, solved one participant at a
// time as by Sinkhorn (American Mathematical Monthly 74(4), 1967).
//
// Prices are kept as factors exp(-price/temperature), so that a step needs no
// exponential.
type smooth struct {
	*ledger
	active []int32
	// value of each candidate at the temperature: exp(weight/temperature).
	value []float64
	// factor of each thing, and load, how much of it is asked for; loaded lists
	// those whose load is not 0.
	factor, load []float64
	loaded       []int32
	// shares are how the candidate in hand spreads over its ways.
	shares []portion
	// parts of a plain candidate's ways, by slot.
	parts []float64
}

// portion is one way's part of its candidate.
type portion struct {
	way  way
	part float64
}

// smoothPrices returns prices, in whole units, that scaling finds.
func smoothPrices(ctx context.Context, l *ledger, weight, active []int32, rounds int) []int32 {
	n := len(l.capacity)
	s := &smooth{
		ledger: l, parts: make([]float64, l.slots), active: active,
		value: make([]float64, len(weight)), factor: make([]float64, n), load: make([]float64, n),
	}
	for r := range s.factor {
		s.factor[r] = 1
	}
	unit := meanWeight(weight, active)
	last := 0.0
	for _, level := range []float64{1, 0.5, 0.25, 0.12, 0.06, 0.03} {
		temperature := level * unit
		s.cool(weight, last, temperature)
		last = temperature
		for range rounds {
			if ctx.Err() != nil {
				return s.prices(temperature)
			}
			s.round()
		}
	}
	return s.prices(last)
}

// meanWeight is the unit of temperature: the mean weight, at least 1.
func meanWeight(weight, active []int32) float64 {
	total := 0.0
	for _, c := range active {
		total += float64(weight[c])
	}
	return max(1, total/float64(max(1, len(active))))
}

// cool keeps the prices and changes the temperature.
func (s *smooth) cool(weight []int32, from, to float64) {
	for _, c := range s.active {
		s.value[c] = math.Exp(float64(weight[c]) / to)
	}
	if from == 0 {
		return
	}
	for r := range s.factor {
		s.factor[r] = math.Pow(s.factor[r], from/to)
	}
}

// round sets the prices of each participant in turn, then of what they share.
func (s *smooth) round() {
	if s.plain {
		s.roundPlain()
		return
	}
	for p := range s.of {
		for _, c := range s.of[p] {
			s.spread(c)
			for i := range s.shares {
				s.loadParticipant(p, &s.shares[i])
			}
		}
		s.settle()
	}
	for _, c := range s.active {
		s.spread(c)
		for i := range s.shares {
			s.loadShared(&s.shares[i])
		}
	}
	s.settle()
}

// spread leaves in s.shares how the candidate spreads over its ways; what is
// missing to 1 is that it is not held.
func (s *smooth) spread(c int32) {
	s.shares = s.shares[:0]
	total := 1.0
	for i := range s.optionsOf(c) {
		o := &s.optionsOf(c)[i]
		for t := o.starts.next(0); t != None; t = o.starts.next(t + 1) {
			total += s.spreadAt(c, o.place, t)
		}
	}
	for i := range s.shares {
		s.shares[i].part /= total
	}
}

// spreadAt adds the ways of one place and start, and returns their parts' sum.
func (s *smooth) spreadAt(c int32, place PlaceID, t SlotID) float64 {
	k := way{start: t, slots: s.length(c, t), place: place, pool: None}
	part := s.value[c] * s.factorAt(c, &k)
	pools := s.candidates[c].pools
	if pools == nil {
		s.shares = append(s.shares, portion{k, part})
		return part
	}
	total := 0.0
	for _, pool := range pools {
		if !allOpen(s.poolOpen[pool], t, k.slots) {
			continue
		}
		k.pool = pool
		with := part
		first := s.pool + int(pool)*s.slots + int(t)
		for i := range k.slots {
			with *= s.factor[first+i]
		}
		s.shares = append(s.shares, portion{k, with})
		total += with
	}
	return total
}

// factorAt is the product of the factors of what the way uses, interpreters
// left out.
func (s *smooth) factorAt(c int32, k *way) float64 {
	f := 1.0
	day := s.problem.Slots[k.start].Day
	for _, x := range s.membersOf(c) {
		p := int(x.participant)
		f *= s.factor[s.most+p] * s.factor[s.mostDay+p*s.days+day]
		first := p*s.slots + int(k.start)
		for t := range k.slots {
			f *= s.factor[first+t]
		}
	}
	first := s.place + int(k.place)*s.slots + int(k.start)
	for t := range k.slots {
		f *= s.factor[first+t]
	}
	return f
}

// loadParticipant asks for what the way takes of the participant.
func (s *smooth) loadParticipant(p int, k *portion) {
	day := s.problem.Slots[k.way.start].Day
	for t := range k.way.slots {
		s.add(p*s.slots+int(k.way.start)+t, k.part)
	}
	s.add(s.most+p, k.part)
	s.add(s.mostDay+p*s.days+day, k.part)
}

// loadShared asks for the table and the interpreter that the way takes.
func (s *smooth) loadShared(k *portion) {
	for t := range k.way.slots {
		s.add(s.place+int(k.way.place)*s.slots+int(k.way.start)+t, k.part)
		if k.way.pool != None {
			s.add(s.pool+int(k.way.pool)*s.slots+int(k.way.start)+t, k.part)
		}
	}
}

// add asks for so much of a thing that has a capacity.
func (s *smooth) add(r int, part float64) {
	if s.capacity[r] <= 0 {
		return
	}
	if s.load[r] == 0 {
		s.loaded = append(s.loaded, int32(r))
	}
	s.load[r] += part
}

// settle sets the factors of what was loaded so that the load becomes the
// capacity, or the price 0.
func (s *smooth) settle() {
	for _, r := range s.loaded {
		s.factor[r] = min(1, max(1e-300, s.factor[r]*float64(s.capacity[r])/s.load[r]))
		s.load[r] = 0
	}
	s.loaded = s.loaded[:0]
}

// prices rounds the prices that the factors stand for.
func (s *smooth) prices(temperature float64) []int32 {
	prices := make([]int32, len(s.factor))
	for r, f := range s.factor {
		if f < 1 {
			prices[r] = int32(math.Round(-temperature * math.Log(f)))
		}
	}
	return prices
}
