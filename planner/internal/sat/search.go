package sat

import "math"

// NoLimit as a conflict limit lets a search run until it has an answer.
const NoLimit int64 = math.MaxInt64

const (
	initialActivity = 1e-3 // ties are broken by random activities below this
	activityDecay   = 0.90
	maxActivity     = 1e100
	stopInterval    = 256 // conflicts between two questions to Options.Stop
)

// Solve searches for a model in which the assumptions are true, and gives up
// after a number of conflicts. After [Satisfiable], Value reads the model;
// after [Unsatisfiable], Core names assumptions that contradict one another.
func (s *Solver) Solve(assumptions []Lit, conflicts int64) Status {
	s.core = s.core[:0]
	if s.inconsistent {
		return Unsatisfiable
	}
	s.assumptions = append(s.assumptions[:0], assumptions...)
	// An assumption that already holds opens a level without a decision.
	s.learner.allowLevels(len(s.vars) + len(assumptions))
	end := NoLimit
	if conflicts < NoLimit-s.policy.conflicts {
		end = s.policy.conflicts + conflicts
	}
	status := s.search(end)
	s.backtrack(0)
	return status
}

func (s *Solver) search(end int64) Status {
	for !s.exhausted(end) {
		if s.propagate() {
			s.maintain()
			if status := s.extend(); status != Unknown {
				return status
			}
			continue
		}
		if s.level() == 0 {
			s.inconsistent = true
			return Unsatisfiable
		}
		s.policy.conflicts++
		s.phases.remember(s.trail[:s.levelStart[s.level()-1]])
		s.learn()
		s.bump /= activityDecay
	}
	return Unknown
}

// exhausted reports whether the search has to give up.
func (s *Solver) exhausted(end int64) bool {
	p := &s.policy
	if p.conflicts >= end {
		return true
	}
	if s.stop == nil || p.conflicts < p.nextStop {
		return false
	}
	p.nextStop = p.conflicts + stopInterval
	return s.stop()
}

// maintain does what is due between conflicts: restarts, changes of mode, new
// phases, and the reduction of the learnt clauses.
func (s *Solver) maintain() {
	p := &s.policy
	if p.conflicts >= p.nextReduce {
		s.reduce()
	}
	if p.conflicts >= p.nextMode {
		p.switchMode()
		s.phases.reset()
	}
	if p.restartDue() {
		p.restarted()
		if p.conflicts < p.nextRephase {
			s.backtrack(s.reusableLevel())
			return
		}
		s.backtrack(len(s.assumptions))
		s.phases.rephase(p.nextRephasing(), s.rng)
	}
}

// reusableLevel returns the level down to which a restart would make the same
// decisions again: those about variables more active than the next one to
// decide, after the assumptions (van der Tak, Ramos and Heule, "Reusing the
// Assignment Trail in CDCL Solvers", JSAT 2011).
func (s *Solver) reusableLevel() int {
	level := min(len(s.assumptions), s.level())
	for len(s.order.heap) > 0 && s.values[s.order.heap[0].Pos()] != isUnset {
		s.order.pop()
	}
	if len(s.order.heap) == 0 {
		return level
	}
	next := s.order.activity[s.order.heap[0]]
	for level < s.level() && s.order.activity[s.trail[s.levelStart[level]].Var()] > next {
		level++
	}
	return level
}

// extend makes the next assumption or decision. It answers if an assumption is
// false or every variable has a value.
func (s *Solver) extend() Status {
	for s.level() < len(s.assumptions) {
		l := s.assumptions[s.level()]
		switch s.values[l] {
		case isTrue:
			s.openLevel() // keeps levels and assumptions in step
		case isFalse:
			s.analyzeFinal(l)
			return Unsatisfiable
		default:
			s.decide(l)
			return Unknown
		}
	}
	for len(s.order.heap) > 0 {
		v := s.order.pop()
		if s.values[v.Pos()] == isUnset {
			s.decide(s.phases.choose(v, s.policy.stable))
			return Unknown
		}
	}
	s.saveModel()
	return Satisfiable
}

func (s *Solver) saveModel() {
	s.model = s.model[:0]
	for v := range s.vars {
		s.model = append(s.model, s.values[Var(v).Pos()] == isTrue)
	}
}

// bumpActivity makes a variable of the conflict more likely to be decided soon
// (VSIDS: Moskewicz et al., "Chaff", DAC 2001, with the exponential form of
// MiniSat).
func (s *Solver) bumpActivity(v Var) {
	s.order.activity[v] += s.bump
	if s.order.activity[v] > maxActivity {
		for i := range s.order.activity {
			s.order.activity[i] /= maxActivity
		}
		s.bump /= maxActivity
	}
	s.order.raised(v)
}
