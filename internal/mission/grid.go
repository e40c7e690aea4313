package mission

import (
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/fault"
)

// mostDays bounds the days of a leg that a grid is made for.
const mostDays = 60

// gridOf gives each day from the first to the last the same hours, "09:00/12:30";
// Saturdays and Sundays only where that is asked for.
func gridOf(first, last string, hours []string, weekends bool) ([]string, error) {
	day, err := time.Parse(time.DateOnly, first)
	end, failed := time.Parse(time.DateOnly, last)
	if err != nil || failed != nil || end.Sub(day) > mostDays*24*time.Hour {
		return nil, fault.New(fault.Invalid, "leg.hours_need_days", mostDays)
	}
	var grid []string
	for ; !day.After(end); day = day.AddDate(0, 0, 1) {
		if !weekends && (day.Weekday() == time.Saturday || day.Weekday() == time.Sunday) {
			continue
		}
		for _, span := range hours {
			// People write a dash between two hours.
			span = strings.NewReplacer("–", "/", "-", "/", " ", "").Replace(span)
			stretch, err := stretchText(day.Format(time.DateOnly) + " " + span)
			if err != nil {
				return nil, fault.New(fault.Invalid, "leg.hours", span)
			}
			grid = append(grid, stretch)
		}
	}
	return grid, nil
}

// has says whether the leg has a day.
func (l *Leg) has(day string) bool { return l.StartsOn != "" && day >= l.StartsOn && day <= l.EndsOn }

// zoneOn is the zone of the leg that has a day, or of the first one.
func (w *Whole) zoneOn(day string) *time.Location {
	name := w.ZoneOf("")
	for _, l := range w.Legs {
		if l.has(day) {
			name = l.Zone
			break
		}
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// localSpans reads stretches as people write them, a line each, in the time of
// the leg that they are in: "2017-11-06 14:00/17:30".
func (w *Whole) localSpans(text string) (spans []string, err error) {
	for line := range strings.Lines(strings.ReplaceAll(text, ";", "\n")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		s, err := stretchIn(line, w.zoneOn(line[:min(len(line), len(time.DateOnly))]))
		if err != nil {
			return nil, err
		}
		spans = append(spans, Span(s).Text())
	}
	return spans, nil
}

// writeLocal is the other way round: spans as people write them.
func (w *Whole) writeLocal(spans []string) string {
	all, err := Spans(spans)
	if err != nil {
		return strings.Join(spans, "\n") // they were checked when they were kept
	}
	return strings.Join(each(all, func(s Span) string { return w.local(s).Text() }), "\n")
}

// local is a span in the time of the leg that has its first day there, or of
// the first one.
func (w *Whole) local(s Span) Stretch {
	zone := w.zoneOn("")
	for _, l := range w.Legs {
		there, err := l.Location()
		if err == nil && l.has(s.Start.In(there).Format(time.DateOnly)) {
			zone = there
			break
		}
	}
	return Stretch{Start: s.Start.In(zone), End: s.End.In(zone)}
}
