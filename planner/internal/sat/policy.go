package sat

// policy decides when to restart, to change mode, to choose new phases and to
// reduce the learnt clauses. It alternates a focused mode, which restarts as
// soon as the learnt clauses get worse, and a stable mode, which restarts
// rarely and follows the best assignment so far (Oh, "Between SAT and UNSAT",
// SAT 2015; Biere et al., "CaDiCaL ... Entering the SAT Competition 2020").
type policy struct {
	conflicts int64
	nextStop  int64

	fast, slow   average // of the LBD of learnt clauses
	stable       bool
	nextMode     int64
	modeLength   float64
	nextRestart  int64
	lubyRestarts int64

	nextRephase int64
	rephasings  int64

	nextReduce int64
	reductions int64
}

const (
	fastSmoothing    = 0.03
	slowSmoothing    = 1e-4
	restartMargin    = 1.1 // the fast average above the slow one
	restartInterval  = 30  // least number of conflicts between restarts in focused mode
	lubyUnit         = 256 // conflicts in stable mode
	firstMode        = 1000
	modeGrowth       = 1.25
	rephaseInterval  = 1000
	firstReduce      = 2000
	reduceInterval   = 1700
	reduceIncrement  = 300
	minimumSmoothing = 1.0
)

// newPolicy begins in stable mode: most models of easy formulas are found before
// it ends, and a restart costs as much as many conflicts where propagation sets
// thousands of variables.
func newPolicy() policy {
	return policy{
		stable:      true,
		fast:        average{smoothing: fastSmoothing},
		slow:        average{smoothing: slowSmoothing},
		nextMode:    firstMode,
		modeLength:  firstMode,
		nextRephase: rephaseInterval,
		nextReduce:  firstReduce,
	}
}

// learnt takes note of the LBD of a new clause.
func (p *policy) learnt(lbd int) {
	p.fast.add(float64(lbd))
	p.slow.add(float64(lbd))
}

func (p *policy) restartDue() bool {
	if p.conflicts < p.nextRestart {
		return false
	}
	return p.stable || p.fast.mean > restartMargin*p.slow.mean
}

func (p *policy) restarted() {
	if p.stable {
		p.lubyRestarts++
		p.nextRestart = p.conflicts + lubyUnit*luby(p.lubyRestarts)
		return
	}
	p.nextRestart = p.conflicts + restartInterval
}

func (p *policy) switchMode() {
	p.stable = !p.stable
	p.modeLength *= modeGrowth
	p.nextMode = p.conflicts + int64(p.modeLength)
	p.nextRestart = p.conflicts
}

// nextRephasing counts the changes of phases from 0.
func (p *policy) nextRephasing() int64 {
	i := p.rephasings
	p.rephasings++
	p.nextRephase = p.conflicts + rephaseInterval*(p.rephasings+1)
	return i
}

func (p *policy) reduced() {
	p.reductions++
	p.nextReduce = p.conflicts + reduceInterval + reduceIncrement*p.reductions
}

// average is an exponential moving average that starts as a plain mean, so
// that the first values do not weigh for ever.
type average struct {
	smoothing float64
	mean      float64
	count     float64
}

func (a *average) add(x float64) {
	a.count++
	a.mean += max(a.smoothing, minimumSmoothing/a.count) * (x - a.mean)
}

// luby returns the i-th term, from 1, of the sequence 1 1 2 1 1 2 4 ... (Luby,
// Sinclair and Zuckerman, "Optimal Speedup of Las Vegas Algorithms", 1993).
func luby(i int64) int64 {
	for {
		k := int64(1)
		for k < i+1 {
			k <<= 1
		}
		if k == i+1 {
			return k >> 1
		}
		i -= k>>1 - 1
	}
}
