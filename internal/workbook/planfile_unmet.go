package workbook

import (
	"time"

	"github.com/escale-hq/escale/planner"
)

// PlanUnmet is a wish that is not met: why, and the single change that would
// meet it. Change is null where none was found; Searched tells "none exists"
// from "not searched".
type PlanUnmet struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Wish   string `json:"wish"`
	Points int    `json:"points"`
	Reason string `json:"reason"`
	// Slots, Participants, Venues, Interpreters and Against are what the
	// reason speaks of; Against are the ids of meetings.
	Slots        []time.Time `json:"slots,omitempty"`
	Participants []string    `json:"participants,omitempty"`
	Venues       []string    `json:"venues,omitempty"`
	Interpreters []string    `json:"interpreters,omitempty"`
	Against      []string    `json:"against,omitempty"`
	Change       *PlanRemedy `json:"change"`
	Searched     bool        `json:"searched"`
}

// PlanRemedy is a single change that would meet a wish; Gain is in points,
// Breaks and TravelMinutes are what it adds.
type PlanRemedy struct {
	Kind          string     `json:"kind"`
	Participant   string     `json:"participant,omitempty"`
	Start         *time.Time `json:"start,omitempty"`
	End           *time.Time `json:"end,omitempty"`
	Venue         string     `json:"venue,omitempty"`
	Interpreters  string     `json:"interpreters,omitempty"`
	By            int        `json:"by,omitempty"`
	Gain          int        `json:"gain"`
	Breaks        int        `json:"breaks"`
	TravelMinutes int        `json:"travel_minutes"`
}

var (
	wishCodes   = [...]string{planner.Must: "must", planner.Nice: "nice", planner.Never: "never"}
	reasonCodes = [...]string{
		planner.ReasonNever:         "never",
		planner.ReasonLeg:           "never_in_one_place",
		planner.ReasonNoCommonSlot:  "no_common_slot",
		planner.ReasonNoPlace:       "no_place",
		planner.ReasonNoInterpreter: "no_interpreter",
		planner.ReasonTravel:        "travel",
		planner.ReasonMax:           "maximum",
		planner.ReasonMaxDay:        "maximum_of_day",
		planner.ReasonFull:          "full",
		planner.ReasonNoTable:       "no_table",
		planner.ReasonDisplaced:     "displaced",
		planner.ReasonPossible:      "possible",
		planner.ReasonPerson:        "person",
	}
	remedyCodes = [...]string{
		planner.OneMoreTable:       "one_more_table",
		planner.FreeSlot:           "free_slot",
		planner.OneMoreInterpreter: "one_more_interpreter",
		planner.RaiseMax:           "raise_maximum",
		planner.RaiseMaxDay:        "raise_maximum_of_day",
	}
)

func planUnmet(o *Outcome) []PlanUnmet {
	lines := make([]PlanUnmet, 0, len(o.Unmet))
	for _, u := range o.Unmet {
		lines = append(lines, planUnmetLine(o, u))
	}
	return lines
}

func planUnmetLine(o *Outcome, u planner.Unmet) PlanUnmet {
	b, wish := o.Book, o.Problem.Wishes[u.Wish]
	line := PlanUnmet{
		From:     b.Participants[wish.From].ID,
		To:       b.Participants[wish.To].ID,
		Wish:     wishCodes[wish.Kind],
		Points:   wish.Points(),
		Reason:   reasonCodes[u.Reason],
		Searched: u.Searched,
	}
	for _, s := range u.Slots {
		line.Slots = append(line.Slots, b.slotSpan(s, 1).Start)
	}
	for _, p := range u.Participants {
		line.Participants = append(line.Participants, b.Participants[p].ID)
	}
	for _, p := range u.Places {
		line.Venues = append(line.Venues, b.Venues[b.Places[p].Venue].ID)
	}
	for _, p := range u.Pools {
		line.Interpreters = append(line.Interpreters, b.poolName(p))
	}
	for _, i := range u.Against {
		line.Against = append(line.Against, o.UIDs[i])
	}
	if u.Change != nil {
		line.Change = b.planRemedy(u.Change)
	}
	return line
}

// planRemedy names only what the kind of change concerns.
func (b *Book) planRemedy(r *planner.Remedy) *PlanRemedy {
	line := &PlanRemedy{Kind: remedyCodes[r.Kind], Gain: r.Gain, Breaks: r.Breaks, TravelMinutes: r.Travel}
	switch r.Kind {
	case planner.OneMoreTable:
		line.Venue = b.Venues[b.Places[r.Place].Venue].ID
	case planner.OneMoreInterpreter:
		line.Interpreters = b.poolName(r.Pool)
	case planner.FreeSlot:
		line.Participant = b.Participants[r.Participant].ID
	case planner.RaiseMax, planner.RaiseMaxDay:
		line.Participant, line.By = b.Participants[r.Participant].ID, r.By
	}
	if r.Kind != planner.RaiseMax && r.Kind != planner.RaiseMaxDay {
		span := b.slotSpan(r.Slot, r.Slots)
		line.Start, line.End = &span.Start, &span.End
	}
	return line
}
