package sat

// True returns a literal that holds in every model. Its negation stands for
// what is impossible.
func (s *Solver) True() Lit {
	if !s.hasConstant {
		s.constant = s.NewVar().Pos()
		s.hasConstant = true
		s.AddClause(s.constant)
	}
	return s.constant
}

// Or returns a literal equivalent to the disjunction of the literals.
func (s *Solver) Or(lits ...Lit) Lit {
	open := make([]Lit, 0, len(lits)+1)
	for _, l := range lits {
		switch s.values[l] {
		case isTrue:
			return s.True()
		case isUnset:
			open = append(open, l)
		}
	}
	switch len(open) {
	case 0:
		return s.True().Not()
	case 1:
		return open[0]
	}
	or := s.NewVar().Pos()
	for _, l := range open {
		s.AddClause(l.Not(), or)
	}
	s.AddClause(append(open, or.Not())...)
	return or
}

// AtMostOne adds that at most one of the literals is true, as a binary clause
// for each pair. It suits few literals; [Solver.AddAtMost] suits many.
func (s *Solver) AtMostOne(lits []Lit) {
	for i, l := range lits {
		for _, other := range lits[:i] {
			s.AddClause(l.Not(), other.Not())
		}
	}
}

// PrefixCounts counts the true inputs from the first on: in the result,
// counts[t][j] is equivalent to "at least j of the first t inputs are true",
// for j up to limit. It is the sequential counter of Sinz, "Towards an Optimal
// CNF Encoding of Boolean Cardinality Constraints" (CP 2005), both ways.
func (s *Solver) PrefixCounts(inputs []Lit, limit int) [][]Lit {
	always, never := s.True(), s.True().Not()
	counts := make([][]Lit, len(inputs)+1)
	counts[0] = make([]Lit, limit+1)
	for j := range counts[0] {
		counts[0][j] = never
	}
	counts[0][0] = always
	for t, input := range inputs {
		before := counts[t]
		counts[t+1] = append(make([]Lit, 0, limit+1), always)
		for j := 1; j <= limit; j++ {
			counts[t+1] = append(counts[t+1], s.countStep(input, before[j], before[j-1]))
		}
	}
	return counts
}

// countStep returns "enough, or one short and now input".
func (s *Solver) countStep(input, enough, oneShort Lit) Lit {
	switch {
	case s.Fixed(input.Not()) || s.Fixed(oneShort.Not()):
		return enough
	case s.Fixed(input):
		return oneShort
	case s.Fixed(enough.Not()) && s.Fixed(oneShort):
		return input
	}
	step := s.NewVar().Pos()
	s.AddClause(enough.Not(), step)
	s.AddClause(input.Not(), oneShort.Not(), step)
	s.AddClause(step.Not(), enough, input)
	s.AddClause(step.Not(), oneShort)
	return step
}
