package workbook

import (
	"strconv"

	"github.com/escale-hq/escale/internal/sheet"
	"github.com/escale-hq/escale/planner"
)

// served says how each participant fares.
func (p planPrinter) served() sheet.Sheet {
	s := p.page("output.served", p.w.T("output.served.best"))
	s.Frozen = 2
	s.Columns = []sheet.Column{
		p.column("output.column.id", 8, sheet.Plain),
		p.column("output.column.participant", 30, sheet.Strong),
		p.column("output.column.wished", 10, sheet.Integer),
		p.column("output.column.met", 10, sheet.Integer),
		p.column("output.column.points_met", 12, sheet.Integer),
		p.column("output.column.points_best", 12, sheet.Integer),
		p.column("output.column.share", 10, sheet.Percent),
		p.column("output.column.meetings", 12, sheet.Integer),
		p.column("output.column.breaks", 10, sheet.Integer),
		p.column("output.column.travel", 12, sheet.Integer),
	}
	for _, line := range planParticipants(p.o) {
		var share any
		if line.PointsBest > 0 {
			share = float64(line.PointsMet) / float64(line.PointsBest)
		}
		s.Rows = append(s.Rows, sheet.Values(line.ID, line.Name, line.Wished, line.Met, line.PointsMet, line.PointsBest,
			share, line.Meetings, line.Breaks, line.TravelMinutes))
	}
	return s
}

// quality says how good the plan is, tier by tier, and how it was found.
func (p planPrinter) quality() sheet.Sheet {
	s := p.page("output.quality", VerdictText(p.o))
	s.Columns = []sheet.Column{
		p.column("output.column.measure", 34, sheet.Strong),
		p.column("output.column.status", 28, sheet.Plain),
		p.column("output.column.figure", 16, sheet.Integer),
		p.column("output.column.bound", 16, sheet.Integer),
	}
	for _, t := range p.o.Result.Quality.Tiers {
		if p.o.Previous == nil && (t.Tier == planner.Lost || t.Tier == planner.Moved) {
			continue // A first plan has nothing to keep.
		}
		s.Rows = append(s.Rows, p.tierRow(t))
	}
	q := p.o.Result.Quality
	s.Rows = append(s.Rows,
		sheet.Values(p.w.T("output.quality.best_value"), nil, q.BestValue),
		sheet.Values(p.w.T("output.quality.slack_used"), nil, q.SlackUsed),
		sheet.Values(p.w.T("output.quality.meetings"), nil, len(p.o.Result.Plan.Meetings)),
		sheet.Values(p.w.T("output.quality.steps"), nil, int(q.Steps)),
		[]sheet.Value{{What: p.w.T("output.quality.seconds")}, {}, {What: q.Elapsed.Seconds(), Style: sheet.Decimal}},
		sheet.Values(p.w.T("output.quality.seed"), nil, strconv.FormatUint(p.o.Seed, 10)),
	)
	if q.Cut {
		s.Lines = append(s.Lines, p.w.T("output.quality.cut"))
	}
	return s
}

// tierRow leaves the bound empty where there is none: an empty cell is not 0.
func (p planPrinter) tierRow(t planner.TierQuality) []sheet.Value {
	figure, bound := any(t.Figure), any(t.Bound)
	style := sheet.Integer
	if t.Tier == planner.WorstServed {
		const thousandths = 1000
		figure, bound, style = float64(t.Figure)/thousandths, float64(t.Bound)/thousandths, sheet.Percent
	}
	status := sheet.Warning
	switch t.Status {
	case planner.NoBound:
		bound = nil
	case planner.Certified, planner.Proven:
		status = sheet.Good
	}
	name := TierText(p.b.Language, t.Tier)
	if t.Tier == planner.Travel {
		name = p.w.T("output.column.travel")
	}
	return []sheet.Value{
		{What: name},
		{What: StatusText(p.b.Language, t.Status), Style: status},
		{What: figure, Style: style},
		{What: bound, Style: style},
	}
}
