package workbook

import (
	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/planner"
)

// reportValue compares the value with its bound.
type reportValue struct {
	Meter chart.Meter
	// Slack says what was given up for the tiers below, if anything.
	Slack string
}

// figures are the five that one remembers; one that does not apply is left out.
func (r *reporter) figures() []reportFigure {
	figures := []reportFigure{r.valueFigure()}
	for _, figure := range []func() (reportFigure, bool){
		r.minimumFigure, r.worstFigure, r.breaksFigure, r.travelFigure,
	} {
		if f, applies := figure(); applies {
			figures = append(figures, f)
		}
	}
	return figures
}

func (r *reporter) valueFigure() reportFigure {
	quality := r.o.Result.Quality
	f := reportFigure{Figure: r.w.Number(r.o.Result.Score.Value), Noun: r.t("figure.value")}
	if !r.bounded() {
		f.State = r.t("state.none")
		return f
	}
	f.Context = []string{r.t("figure.bound", quality.Bound)}
	if quality.BestValue >= quality.Bound {
		f.State, f.Sure = r.t("gap.none"), true
	} else {
		f.State = r.t("gap.some", r.gap())
	}
	if quality.SlackUsed > 0 {
		f.Context = append(f.Context, r.t("figure.best", quality.BestValue))
	}
	return f
}

// gap is what separates the best value from the bound.
func (r *reporter) gap() string {
	quality := r.o.Result.Quality
	return r.w.Percent(reportShare(quality.Bound-quality.BestValue, quality.Bound), 2)
}

func (r *reporter) minimumFigure() (reportFigure, bool) {
	guaranteed, held := 0, 0
	for i, p := range r.book.Participants {
		if p.Min > 0 {
			guaranteed++
			if r.met[i] >= p.Min {
				held++
			}
		}
	}
	f := reportFigure{Figure: r.t("of", held, guaranteed), Noun: r.n("figure.minimums", guaranteed)}
	r.setState(&f, planner.Shortfall, r.w.Number)
	if short := r.o.Result.Score.Shortfall; short > 0 {
		f.Context = []string{r.n("figure.shortfall", short)}
	} else {
		f.State, f.Sure = r.t("state.held"), true
	}
	return f, guaranteed > 0
}

func (r *reporter) worstFigure() (reportFigure, bool) {
	served := r.o.Result.Score.Served
	if len(served) == 0 {
		return reportFigure{}, false
	}
	worst := served[0]
	f := reportFigure{
		Figure:  r.servedShare(worst),
		Noun:    r.t("figure.worst"),
		Context: []string{r.book.Participants[worst.Participant].Name, r.n("figure.points", worst.Met, worst.Best)},
	}
	r.setState(&f, planner.WorstServed, func(permille int) string { return r.w.Percent(float64(permille)/1000, 0) })
	return f, true
}

func (r *reporter) servedShare(s planner.Served) string {
	return r.w.Percent(reportShare(s.Met, s.Best), 0)
}

func (r *reporter) breaksFigure() (reportFigure, bool) {
	_, sought := r.tier(planner.Breaks)
	breaks := r.o.Result.Score.Breaks
	f := reportFigure{Figure: r.w.Number(breaks), Noun: r.n("figure.breaks", breaks), Context: []string{r.t("figure.idle")}}
	r.setState(&f, planner.Breaks, r.w.Number)
	return f, sought
}

func (r *reporter) travelFigure() (reportFigure, bool) {
	journeys, minutes := 0, 0
	for _, a := range r.agendas {
		minutes += travelOf(a)
		for _, d := range a.Days {
			for _, s := range d.Stops {
				if s.Kind == TravelStop {
					journeys++
				}
			}
		}
	}
	if journeys == 0 {
		return reportFigure{}, false
	}
	f := reportFigure{
		Figure:  r.w.Minutes((minutes + journeys/2) / journeys),
		Noun:    r.t("figure.travel"),
		Context: []string{r.n("figure.journeys", journeys, r.w.Minutes(minutes))},
	}
	r.setState(&f, planner.Travel, r.w.Minutes)
	return f, true
}

// setState says how sure a figure is: proven, at best so much, or no bound.
func (r *reporter) setState(f *reportFigure, tier planner.Tier, say func(int) string) {
	t, sought := r.tier(tier)
	switch {
	case !sought || t.Status == planner.NoBound:
		f.State = r.t("state.none")
	case t.Status == planner.Gap:
		f.State = r.t("state.gap", say(t.Bound))
	case t.Status == planner.Proven:
		f.State, f.Sure = r.t("state.proven"), true
	default:
		f.State, f.Sure = r.t("state.certified"), true
	}
}

func (r *reporter) value() reportValue {
	score, quality := r.o.Result.Score, r.o.Result.Quality
	top := score.Value
	if r.bounded() {
		top = max(top, quality.Bound)
	}
	ticks, end := r.ticks(top)
	meter := chart.Meter{
		Value: float64(score.Value), Bound: float64(quality.Bound), Top: float64(end),
		ValueText: r.w.Number(score.Value), Ticks: ticks,
		Label: r.t("meter.unbounded", score.Value),
	}
	if r.bounded() {
		meter.BoundText = r.t("meter.bound", quality.Bound)
		meter.Label = r.t("meter.label", score.Value, quality.Bound)
	}
	return reportValue{Meter: meter, Slack: r.slack()}
}

// slack says what the plan gave up of its best value, and why.
func (r *reporter) slack() string {
	used, best := r.o.Result.Quality.SlackUsed, r.o.Result.Quality.BestValue
	if used <= 0 {
		return ""
	}
	return r.n("slack", used, r.w.Percent(reportShare(used, best), 1), best)
}
