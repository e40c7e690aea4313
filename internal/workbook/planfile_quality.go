package workbook

import (
	"encoding/json"
	"strings"

	"github.com/escale-hq/escale/planner"
)

// PlanQuality says how good the plan is. Gap compares BestValue with Bound, as
// a share of the bound; a bound that could not be computed is null, never 0.
type PlanQuality struct {
	Value         int          `json:"value"`
	BestValue     int          `json:"best_value"`
	Bound         *int         `json:"bound"`
	Gap           *json.Number `json:"gap"`
	SlackUsed     int          `json:"slack_used"`
	Status        string       `json:"status"`
	MinShortfall  int          `json:"min_shortfall"`
	Breaks        int          `json:"breaks"`
	BreaksBound   *int         `json:"breaks_bound"`
	TravelMinutes int          `json:"travel_minutes"`
	Lost          int          `json:"lost"`
	Moved         int          `json:"moved"`
	Tiers         []PlanTier   `json:"tiers"`
	Seconds       json.Number  `json:"seconds"`
	Steps         int64        `json:"steps"`
	Cut           bool         `json:"cut"`
}

// PlanTier is what is known of one tier of the objective. The figure of the
// worst served is in thousandths.
type PlanTier struct {
	Tier   string `json:"tier"`
	Figure int    `json:"figure"`
	Bound  *int   `json:"bound"`
	Status string `json:"status"`
}

func planQuality(o *Outcome) PlanQuality {
	score, q := o.Result.Score, o.Result.Quality
	quality := PlanQuality{
		Value:         score.Value,
		BestValue:     q.BestValue,
		SlackUsed:     q.SlackUsed,
		Status:        statusCode(planner.NoBound),
		MinShortfall:  score.Shortfall,
		Breaks:        score.Breaks,
		TravelMinutes: score.Travel,
		Lost:          score.Lost,
		Moved:         score.Moved,
		Tiers:         []PlanTier{},
		Seconds:       seconds(q.Elapsed),
		Steps:         q.Steps,
		Cut:           q.Cut,
	}
	for _, t := range q.Tiers {
		line := planTier(t)
		quality.Tiers = append(quality.Tiers, line)
		switch t.Tier {
		case planner.Value:
			quality.Status = line.Status
		case planner.Breaks:
			quality.BreaksBound = line.Bound
		}
	}
	if quality.Status != statusCode(planner.NoBound) {
		gap := ratio(q.Bound-q.BestValue, q.Bound)
		quality.Bound, quality.Gap = &q.Bound, &gap
	}
	return quality
}

func planTier(t planner.TierQuality) PlanTier {
	line := PlanTier{Tier: strings.ReplaceAll(t.Tier.String(), " ", "_"), Figure: t.Figure, Status: statusCode(t.Status)}
	if t.Status != planner.NoBound {
		line.Bound = &t.Bound
	}
	return line
}

func statusCode(s planner.Status) string { return strings.ReplaceAll(s.String(), " ", "_") }
