package planner

import (
	"errors"
	"fmt"
)

// Validate says everything that is wrong with the problem, one error a fault,
// joined; nil when there is nothing. Each error names the entry by its position
// and says what to do. [Solve], [Check] and [Evaluate] expect a valid problem.
//
// A valid problem may still be impossible to plan: that is for [Solve] to say.
func (p *Problem) Validate() error {
	v := validator{problem: p}
	v.slots()
	v.venues()
	v.places()
	v.travel()
	v.participants()
	v.pools()
	v.wishes()
	v.requests()
	v.locks()
	v.sessions()
	v.precedences()
	if p.Gap < 0 {
		v.addf("the gap is %d minutes: give 0 or more", p.Gap)
	}
	return errors.Join(v.faults...)
}

// validator gathers the faults of a problem.
type validator struct {
	problem *Problem
	faults  []error
}

// addf notes a fault.
func (v *validator) addf(format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf("planner: "+format, args...))
}

// number reports a figure that must not be negative.
func (v *validator) number(what string, i int, field string, n int) {
	if n < 0 {
		v.addf("%s %d: %s is %d: give 0 or more", what, i, field, n)
	}
}

// spans reports those that end before they start.
func (v *validator) spans(what string, i int, field string, spans []Span) {
	for _, s := range spans {
		if s.End < s.Start {
			v.addf("%s %d: %s holds a span from %d to %d: swap its ends", what, i, field, s.Start, s.End)
		}
	}
}

// legs reports negative ones.
func (v *validator) legs(what string, i int, legs []int) {
	for _, leg := range legs {
		v.number(what, i, "leg", leg)
	}
}

// within reports a position that points to no entry of a list.
func (v *validator) within(what string, i int, field string, id, count int) bool {
	if id >= 0 && id < count {
		return true
	}
	v.addf("%s %d: %s is %d, but there are %d: give a position from 0 to %d", what, i, field, id, count, count-1)
	return false
}

func (v *validator) slots() {
	for i, s := range v.problem.Slots {
		if s.End <= s.Start {
			v.addf("slot %d runs from %d to %d: let it end after it starts", i, s.Start, s.End)
		}
		v.number("slot", i, "leg", s.Leg)
		v.number("slot", i, "day", s.Day)
		v.number("slot", i, "block", s.Block)
		if i == 0 {
			continue
		}
		last := v.problem.Slots[i-1]
		if s.Leg < last.Leg || s.Leg == last.Leg && s.Start < last.Start {
			v.addf("slot %d comes before slot %d: order slots by leg, then by start", i, i-1)
		} else if s.Leg == last.Leg && s.Start < last.End {
			v.addf("slot %d starts before slot %d ends: slots of a leg must not overlap", i, i-1)
		}
	}
}

func (v *validator) venues() {
	for i, venue := range v.problem.Venues {
		v.legs("venue", i, venue.Legs)
		v.spans("venue", i, "closed", venue.Closed)
	}
}

func (v *validator) places() {
	for i, place := range v.problem.Places {
		v.within("place", i, "venue", int(place.Venue), len(v.problem.Venues))
		v.number("place", i, "tables", place.Tables)
		v.spans("place", i, "closed", place.Closed)
	}
}

func (v *validator) travel() {
	travel := v.problem.Travel
	if travel == nil {
		return
	}
	if len(travel) != len(v.problem.Venues) {
		v.addf("travel has %d rows for %d venues: give one a venue", len(travel), len(v.problem.Venues))
	}
	for from, row := range travel {
		if len(row) != len(v.problem.Venues) {
			v.addf("travel from venue %d has %d entries for %d venues: give one a venue", from, len(row), len(v.problem.Venues))
		}
		for to, minutes := range row {
			if minutes < 0 {
				v.addf("travel from venue %d to venue %d takes %d minutes: give 0 or more", from, to, minutes)
			}
		}
	}
}

func (v *validator) participants() {
	for i, who := range v.problem.Participants {
		if who.Side < OnePool || who.Side > Counterpart {
			v.addf("participant %d: side is %d: give OnePool, Delegate or Counterpart", i, who.Side)
		}
		v.number("participant", i, "seats", who.Seats)
		v.number("participant", i, "min", who.Min)
		v.number("participant", i, "max", who.Max)
		v.number("participant", i, "max a day", who.MaxDay)
		if who.Max > 0 && who.Min > who.Max {
			v.addf("participant %d: min is %d and max is %d: lower min or raise max", i, who.Min, who.Max)
		}
		for _, language := range who.Languages {
			if language == "" {
				v.addf("participant %d: a language has no name: name it, such as \"fr\"", i)
			}
		}
		for _, place := range who.Places {
			v.within("participant", i, "place", int(place), len(v.problem.Places))
		}
		v.legs("participant", i, who.Legs)
		v.spans("participant", i, "busy", who.Busy)
	}
}

func (v *validator) pools() {
	for i, pool := range v.problem.Pools {
		if pool.Languages[0] == "" || pool.Languages[0] == pool.Languages[1] || pool.Languages[1] == "" {
			v.addf("pool %d: languages are %q and %q: give two different ones", i, pool.Languages[0], pool.Languages[1])
		}
		v.number("pool", i, "count", pool.Count)
		v.legs("pool", i, pool.Legs)
		v.spans("pool", i, "busy", pool.Busy)
	}
}
