package sat

import "math/rand/v2"

// phase is a preferred value of a variable; 0 is none.
type phase int8

const (
	noPhase    phase = 0
	falsePhase phase = -1
	truePhase  phase = 1
)

func phaseOf(l Lit) phase {
	if l.IsNeg() {
		return falsePhase
	}
	return truePhase
}

// phases remembers values worth trying again, by variable.
type phases struct {
	saved  []phase // the last value
	target []phase // the largest assignment without conflict of this mode
	best   []phase // the largest since the last change of phases
	hint   []phase // what the caller suggested

	targetSize, bestSize int
}

func (p *phases) grow() {
	p.saved = append(p.saved, falsePhase)
	p.target = append(p.target, noPhase)
	p.best = append(p.best, noPhase)
	p.hint = append(p.hint, noPhase)
}

// remember keeps an assignment without conflict if it is larger than those
// kept before.
func (p *phases) remember(trail []Lit) {
	if len(trail) > p.targetSize {
		p.targetSize = len(trail)
		record(p.target, trail)
	}
	if len(trail) > p.bestSize {
		p.bestSize = len(trail)
		record(p.best, trail)
	}
}

func record(phases []phase, trail []Lit) {
	for _, l := range trail {
		phases[l.Var()] = phaseOf(l)
	}
}

// reset forgets the target.
func (p *phases) reset() {
	p.targetSize = 0
	clear(p.target)
}

// choose returns the literal of v to decide.
func (p *phases) choose(v Var, stable bool) Lit {
	wanted := p.saved[v]
	if stable && p.target[v] != noPhase {
		wanted = p.target[v]
	}
	if wanted == truePhase {
		return v.Pos()
	}
	return v.Neg()
}

// rephase starts again from other phases, in turn the best so far, the hints,
// the opposite of the present ones, all false, and random ones.
func (p *phases) rephase(turn int64, rng *rand.Rand) {
	switch turn % 6 {
	case 0, 3:
		overwrite(p.saved, p.best)
	case 1:
		overwrite(p.saved, p.hint)
	case 2:
		for v := range p.saved {
			p.saved[v] = -p.saved[v]
		}
	case 4:
		for v := range p.saved {
			p.saved[v] = falsePhase
		}
	case 5:
		for v := range p.saved {
			p.saved[v] = phase(2*rng.IntN(2) - 1)
		}
	}
	p.reset()
	p.bestSize = 0
}

func overwrite(saved, from []phase) {
	for v, wanted := range from {
		if wanted != noPhase {
			saved[v] = wanted
		}
	}
}
