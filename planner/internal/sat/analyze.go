package sat

// learner holds the working memory of conflict analysis.
type learner struct {
	clause     []Lit
	marks      []mark // by variable
	marked     []Var  // variables whose mark is to be cleared
	levelStamp []int64
	stamp      int64
	stack      []Lit // explanations being read, one above the other
}

// mark is what the analysis of one conflict knows of a variable.
type mark uint8

const (
	inClause  mark = 1 << iota // met by the resolution
	redundant                  // implied by other literals of the clause
	essential                  // known not to be redundant
)

// maxMinimizeDepth bounds the recursion of clause minimisation.
const maxMinimizeDepth = 1000

func (a *learner) grow() {
	a.marks = append(a.marks, 0)
}

// allowLevels makes room for decision levels up to n.
func (a *learner) allowLevels(n int) {
	if missing := n + 1 - len(a.levelStamp); missing > 0 {
		a.levelStamp = append(a.levelStamp, make([]int64, missing)...)
	}
}

func (a *learner) mark(v Var, m mark) {
	if a.marks[v] == 0 {
		a.marked = append(a.marked, v)
	}
	a.marks[v] |= m
}

func (a *learner) clear() {
	for _, v := range a.marked {
		a.marks[v] = 0
	}
	a.marked = a.marked[:0]
}

// learn turns the conflict in s.conflict into a clause, undoes the decisions
// down to the level where it forces a literal, and adds it.
func (s *Solver) learn() {
	s.resolve()
	s.minimize()
	clause := s.learner.clause
	lbd := s.computeLBD(clause)
	level := s.moveHighestSecond(clause)
	s.learner.clear()
	s.policy.learnt(lbd)
	s.backtrack(level)
	s.addLearnt(clause, lbd)
}

// resolve walks back along the trail from the conflict to the first unique
// implication point, and leaves its negation first in the clause.
func (s *Solver) resolve() {
	a := &s.learner
	a.clause = append(a.clause[:0], NoLit)
	open := 0 // literals of the conflict's level still to be resolved
	index := len(s.trail)
	lits := s.conflict
	for {
		for _, l := range lits {
			open += s.include(l)
		}
		index--
		for a.marks[s.trail[index].Var()] == 0 {
			index--
		}
		l := s.trail[index]
		open--
		if open == 0 {
			a.clause[0] = l.Not()
			return
		}
		s.refreshLBD(s.vars[l.Var()].reason)
		a.stack = s.explain(a.stack[:0], l)
		lits = a.stack
	}
}

// include takes a false literal into the resolvent. It returns 1 if the
// literal is of the conflict's level, and so has to be resolved away.
func (s *Solver) include(l Lit) int {
	v := l.Var()
	level := s.vars[v].level
	if level == 0 || s.learner.marks[v] != 0 {
		return 0
	}
	s.learner.mark(v, inClause)
	s.bumpActivity(v)
	if int(level) == s.level() {
		return 1
	}
	s.learner.clause = append(s.learner.clause, l)
	return 0
}

// minimize drops the literals of the clause that the others imply (Sörensson
// and Biere, "Minimizing Learned Clauses", SAT 2009).
func (s *Solver) minimize() {
	a := &s.learner
	a.stamp++
	for _, l := range a.clause {
		a.levelStamp[s.vars[l.Var()].level] = a.stamp
	}
	a.stack = a.stack[:0]
	kept := a.clause[:1]
	for _, l := range a.clause[1:] {
		if !s.isRedundant(l, 0) {
			kept = append(kept, l)
		}
	}
	a.clause = kept
}

// isRedundant reports whether the false literal l follows from the clause.
func (s *Solver) isRedundant(l Lit, depth int) bool {
	a := &s.learner
	v := l.Var()
	state, m := &s.vars[v], a.marks[v]
	switch {
	case state.level == 0 || m&redundant != 0 || (depth > 0 && m&inClause != 0):
		return true
	case m&essential != 0 || state.reason == noReason || depth == maxMinimizeDepth:
		return false
	case a.levelStamp[state.level] != a.stamp:
		return false // no literal of that level is in the clause
	}
	base := len(a.stack)
	a.stack = s.explain(a.stack, l.Not())
	end := len(a.stack)
	verdict := redundant
	for i := base; i < end && verdict == redundant; i++ {
		if !s.isRedundant(a.stack[i], depth+1) {
			verdict = essential
		}
	}
	a.stack = a.stack[:base]
	a.mark(v, verdict)
	return verdict == redundant
}

// computeLBD counts the decision levels of some literals.
func (s *Solver) computeLBD(lits []Lit) int {
	a := &s.learner
	a.stamp++
	lbd := 0
	for _, l := range lits {
		level := s.vars[l.Var()].level
		if a.levelStamp[level] != a.stamp {
			a.levelStamp[level] = a.stamp
			lbd++
		}
	}
	return lbd
}

// refreshLBD notes that a learnt clause was used, and lowers its LBD if it has
// become better than it was.
func (s *Solver) refreshLBD(r reason) {
	if r.kind() != clauseKind || !s.arena.learnt(r.clause()) {
		return
	}
	ref := r.clause()
	lbd := s.arena.lbd(ref)
	if lbd > keptLBD {
		lbd = min(lbd, s.computeLBD(s.arena.lits(ref)))
	}
	s.arena.setUse(ref, lbd, maxUses)
}

// moveHighestSecond puts the literal of the highest level but the first in
// second place, where it is watched, and returns that level.
func (s *Solver) moveHighestSecond(clause []Lit) int {
	if len(clause) == 1 {
		return 0
	}
	highest := 1
	for i := 2; i < len(clause); i++ {
		if s.vars[clause[i].Var()].level > s.vars[clause[highest].Var()].level {
			highest = i
		}
	}
	clause[1], clause[highest] = clause[highest], clause[1]
	return int(s.vars[clause[1].Var()].level)
}

// addLearnt adds a learnt clause, whose first literal it forces.
func (s *Solver) addLearnt(clause []Lit, lbd int) {
	switch len(clause) {
	case 1:
		s.enqueue(clause[0], noReason)
	case 2:
		s.attachBinary(clause[0], clause[1])
		s.enqueue(clause[0], binaryReason(clause[1]))
	default:
		ref := s.arena.add(clause, lbd)
		s.arena.setUse(ref, lbd, maxUses)
		s.attach(ref)
		s.enqueue(clause[0], clauseReason(ref))
	}
}

// analyzeFinal finds the assumptions that force the assumption failed to be
// false. Every decision on the trail is an assumption at that time.
func (s *Solver) analyzeFinal(failed Lit) {
	s.core = append(s.core[:0], failed)
	if s.vars[failed.Var()].level == 0 {
		return
	}
	a := &s.learner
	a.mark(failed.Var(), inClause)
	for i := len(s.trail) - 1; i >= int(s.levelStart[0]); i-- {
		l := s.trail[i]
		if a.marks[l.Var()] == 0 {
			continue
		}
		if s.vars[l.Var()].reason == noReason {
			s.core = append(s.core, l)
			continue
		}
		a.stack = s.explain(a.stack[:0], l)
		for _, cause := range a.stack {
			if s.vars[cause.Var()].level > 0 {
				a.mark(cause.Var(), inClause)
			}
		}
	}
	a.clear()
}
