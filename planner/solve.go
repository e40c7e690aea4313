package planner

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Solve plans the problem. Its error is what [Problem.Validate] says of one that
// is not valid; where the demands conflict, the result has no plan, but causes.
// When the context ends, or the time is up, the best plan so far is returned.
//
// The value is bounded by a Lagrangian dual (Fisher, Management Science 27(1),
// 1981) whose prices are the result's certificate and guide the first plan. That
// is improved by local search: insertions that displace what is worth less, and
// Kempe chains, which move free time about, accepted by annealing (Kirkpatrick,
// Gelatt and Vecchi, Science 220, 1983); tier by tier, a settled tier outweighing
// the next. Where all meetings are required and only breaks are left to choose
// (Bofill et al., JAIR 74, 2022), the plan is decided exactly instead.
func Solve(ctx context.Context, p *Problem, o Options) (*Result, error) {
	return solve(ctx, p, nil, o)
}

// solve plans the problem, near a previous plan unless that is nil.
func solve(ctx context.Context, p *Problem, previous *Plan, o Options) (*Result, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	began := time.Now()
	if o.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Time)
		defer cancel()
	}
	r := &run{model: newModel(p), judge: newJudge(p), options: o, previous: previous, began: began}
	r.judged = r.judge.bestAlone()
	result := r.solve(ctx)
	result.Quality.Elapsed = time.Since(began)
	result.Quality.Cut = ctx.Err() != nil
	return result, nil
}

// run is one call of Solve or Repair.
type run struct {
	*model
	// judge scores plans, apart from the search; judged is what each participant
	// could get alone in its eyes, which no plan changes.
	judge    *judge
	judged   []int
	options  Options
	previous *Plan
	began    time.Time
	// locks are the candidates that stay where they are.
	locks []lock
	// was is the previous plan as the search knows it, nil without one.
	was *holding

	active   []int32
	searches []*search
	bound    int
	// prices are the certificate of the bound.
	prices *Certificate
	guide  *guide
	// bestValue is the value reached before slack was used.
	bestValue int64
}

// solve goes from the locks to the answer; see [Solve].
func (r *run) solve(ctx context.Context) *Result {
	r.locks = r.requestLocks()
	if causes := r.recall(); causes != nil {
		return &Result{Causes: causes}
	}
	if a, b, found := r.tableTwice(r.locks); found {
		return &Result{Causes: []Cause{r.causeOfLock(a), r.causeOfLock(b)}}
	}
	if w, ok := r.asWholeDay(); ok {
		return w.solve(ctx)
	}
	r.bound = math.MaxInt
	if r.options.Prove {
		r.prices, r.bound = r.findPrices(ctx)
	}
	r.start()
	r.report("construct", 0)
	r.each(func(s *search) { s.restore(r.was) })
	r.each(func(s *search) { s.construct() })
	return r.finish(r.seek(ctx))
}

// start makes the searches.
func (r *run) start() {
	r.active = r.activeCandidates()
	for i := range max(1, r.options.Workers) {
		random := rand.New(rand.NewPCG(r.options.Seed, uint64(i)))
		s := &search{state: newState(r.model, weightsAt([]Tier{Value}, 0, 0), random), active: r.active, guide: r.guide, goal: math.MinInt64}
		if r.was != nil {
			s.was = r.was
			s.cost.compareWith(r.was)
		}
		r.searches = append(r.searches, s)
	}
}

// activeCandidates lists the candidates that can be held at all and are worth
// something: points, or a meeting towards a guaranteed minimum.
func (m *model) activeCandidates() []int32 {
	var active []int32
	for c := range m.candidates {
		d := &m.candidates[c]
		if d.possible() && (d.value > 0 || d.required || m.guarantees(int32(c))) {
			active = append(active, int32(c))
		}
	}
	return active
}

// guarantees says whether the candidate counts towards a guaranteed minimum.
func (m *model) guarantees(c int32) bool {
	return slices.ContainsFunc(m.membersOf(c), func(x member) bool { return m.problem.Participants[x.participant].Min > 0 })
}

// each runs the work on all searches side by side.
func (r *run) each(work func(*search)) {
	var group sync.WaitGroup
	for _, s := range r.searches {
		group.Go(func() { work(s) })
	}
	group.Wait()
}

// outcome is a holding and its exact score. A plan with defects, required
// meetings missing or breaks spread too much, is no plan.
type outcome struct {
	holding holding
	plan    *Plan
	score   Score
	defects int64
}

// seek goes through the tiers of the order, and returns the best plan found
// before and after slack was used.
func (r *run) seek(ctx context.Context) outcome {
	order := r.tiers()
	floor := int64(math.MaxInt64)
	best := r.outcomeOf(r.searches[0])
	for i, tier := range order {
		w := weightsAt(order, i, floor)
		r.anneal(ctx, tier, w)
		if s := r.bestSearch(); !s.holds(&best.holding) {
			if found := r.outcomeOf(s); found.betterThan(&best, order[:i+1], floor) {
				best = found
			}
		}
		if tier == Value {
			r.bestValue = int64(best.score.Value)
			floor = r.bestValue - r.slack(r.bestValue)
		}
		r.each(func(s *search) { s.load(&best.holding) })
		r.report(tier.String(), best.score.Value)
	}
	if !slices.Contains(order, Value) {
		r.bestValue = int64(best.score.Value)
	}
	return best
}

// tiers are those of the order in which there is anything to seek.
func (r *run) tiers() []Tier {
	var order []Tier
	for _, tier := range r.options.Order {
		if r.applies(tier, r.previous != nil) {
			order = append(order, tier)
		}
	}
	return order
}

// slack is how much of the value may be given up.
func (r *run) slack(value int64) int64 { return value * int64(r.options.SlackPermille) / 1000 }

// anneal searches for the tier, on all searches side by side.
func (r *run) anneal(ctx context.Context, tier Tier, w weights) {
	how := pursuitOf(tier)
	prices := pointPrices(tier, w)
	cooling := schedule{
		first: how.first * r.warmth(), last: how.last,
		steps: int64(how.share*float64(r.steps())) / int64(len(prices)),
	}
	r.each(func(s *search) {
		s.fair = tier == WorstServed
		s.active = r.active
		if tier == Value {
			s.active = r.guide.promising(r.active)
		}
		for _, price := range prices {
			w.value = price
			s.cost.reweigh(s.state, w)
			s.goal = r.goal(tier, s)
			s.anneal(ctx, cooling)
		}
	})
}

// pointPrices are the values of a point in the stages of a tier's search. While
// the worst served are raised, a point of the slack is dear at first, so that it
// is spent on those who have nothing, and cheap in the end.
func pointPrices(tier Tier, w weights) []int64 {
	if tier == WorstServed && w.below > 0 {
		return []int64{servedPenalty(0, 1) / 8, servedPenalty(0, 1) / 64, 0}
	}
	return []int64{w.value}
}

// warmth raises the first temperature of a small problem: its few moves have to
// be able to cross any valley.
func (r *run) warmth() float64 { return 1 + 100/float64(1+len(r.searches[0].active)) }

// goal is the energy at which the tier's search may stop: value at its bound, or
// nothing to improve, and no more changed from a previous plan than must be.
func (r *run) goal(tier Tier, s *search) int64 {
	lost, away := r.leastLost()
	changed := s.cost.w.lost*int64(lost) + s.cost.w.away*int64(away)
	switch {
	case tier == Value && r.bound < math.MaxInt:
		return changed - s.cost.w.value*int64(r.bound)
	case tier == Value, tier == WorstServed && s.cost.w.value > 0:
		return math.MinInt64
	default:
		return changed
	}
}

// steps is the work of one phase of one worker.
func (r *run) steps() int64 {
	if r.options.Steps > 0 {
		return r.options.Steps
	}
	return 40_000 + 300*int64(len(r.candidates))
}

// bestSearch is the search with the least energy, the first of equals.
func (r *run) bestSearch() *search {
	best := r.searches[0]
	for _, s := range r.searches[1:] {
		if s.cost.energy() < best.cost.energy() {
			best = s
		}
	}
	return best
}

// outcomeOf writes out and judges what a search holds.
func (r *run) outcomeOf(s *search) outcome {
	h := holding{spots: slices.Clone(s.spots), seats: slices.Clone(s.seats)}
	plan, defects := r.export(&h, r.locks, r.was)
	if r.was != nil && len(plan.Meetings) < h.count() {
		// A published table is not worth a meeting.
		plan, defects = r.export(&h, r.locks, nil)
	}
	defects += s.cost.missing
	if s.cost.w.spread > 0 {
		defects += s.cost.excessSpread()
	}
	return outcome{h, plan, r.judge.evaluate(plan, r.previous, r.judged), defects}
}

// betterThan compares two outcomes on the tiers, a value at the floor or above
// counting as enough.
func (a *outcome) betterThan(b *outcome, order []Tier, floor int64) bool {
	if a.defects != b.defects {
		return a.defects < b.defects
	}
	x, y := a.score, b.score
	x.Value = int(min(int64(x.Value), floor))
	y.Value = int(min(int64(y.Value), floor))
	return x.Compare(y, order) > 0
}

// report tells the caller how far the work is.
func (r *run) report(phase string, value int) {
	if r.options.Progress == nil {
		return
	}
	glimpse := Progress{Phase: phase, Value: value, Elapsed: time.Since(r.began)}
	if r.prices != nil {
		glimpse.Bound = r.bound
	}
	r.options.Progress(glimpse)
}

// finish puts the answer together.
func (r *run) finish(best outcome) *Result {
	q := Quality{BestValue: int(r.bestValue), SlackUsed: int(r.bestValue) - best.score.Value}
	if r.prices != nil {
		q.Bound = r.bound
	}
	for _, s := range r.searches {
		q.Steps += s.steps
	}
	if best.defects > 0 {
		return &Result{Causes: r.causes(r.searches[0]), Quality: q, Certificate: r.prices}
	}
	q.Tiers = r.judgeTiers(best.score)
	result := &Result{Plan: best.plan, Score: best.score, Quality: q, Certificate: r.prices}
	if r.previous != nil {
		result.Changes = Changes(r.problem, r.previous, best.plan)
	}
	return result
}

// figure is the score on one tier, as [TierQuality] gives it.
func (s Score) figure(tier Tier) int {
	switch tier {
	case Shortfall:
		return s.Shortfall
	case Value:
		return s.Value
	case WorstServed:
		return s.worstServed()
	case Breaks:
		return s.Breaks
	case Travel:
		return s.Travel
	case Lost:
		return s.Lost
	default:
		return s.Moved
	}
}

// worstServed is the worst-served ratio in thousandths, 1000 when nobody has
// anything to be served with.
func (s Score) worstServed() int {
	if len(s.Served) == 0 {
		return 1000
	}
	return 1000 * s.Served[0].Met / s.Served[0].Best
}
