package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // The zones travel with the binary: a host may have none.

	ics "github.com/arran4/golang-ical"
)

// zoneSpan is a zone and the stretch of time in which events use it.
type zoneSpan struct {
	zone        *time.Location
	first, last time.Time
}

// zonesOf lists the zones that the events name, by name.
func zonesOf(events []Event) []zoneSpan {
	byName := map[string]zoneSpan{}
	for _, e := range events {
		for _, t := range []time.Time{e.Start, e.End} {
			if named(t.Location()) && !e.WholeDays {
				name := t.Location().String()
				byName[name] = byName[name].with(t)
			}
		}
	}
	spans := make([]zoneSpan, 0, len(byName))
	for _, s := range byName {
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b zoneSpan) int { return strings.Compare(a.zone.String(), b.zone.String()) })
	return spans
}

func (s zoneSpan) with(t time.Time) zoneSpan {
	if s.zone == nil {
		return zoneSpan{t.Location(), t, t}
	}
	if t.Before(s.first) {
		s.first = t
	}
	if t.After(s.last) {
		s.last = t
	}
	return s
}

// named says that a zone has a name that other programs know. UTC is written
// as such, and so is a bare offset.
func named(zone *time.Location) bool {
	return strings.Contains(zone.String(), "/")
}

// component spells out the zone: each stretch of one offset that the span
// touches, with the instant it began and the offset before.
func (s zoneSpan) component() *ics.VTimezone {
	timezone := ics.NewTimezone(s.zone.String())
	for at := s.first; ; {
		since, until := at.In(s.zone).ZoneBounds()
		timezone.Components = append(timezone.Components, observance(at.In(s.zone), since))
		if until.IsZero() || until.After(s.last) {
			return timezone
		}
		at = until
	}
}

// observance is the stretch of one offset in which t falls, begun at since.
// Its start is written in the offset before it, as RFC 5545 (3.6.5) asks.
func observance(t, since time.Time) ics.Component {
	name, to := t.Zone()
	from, start := to, "19700101T000000"
	if !since.IsZero() {
		_, from = since.Add(-time.Second).Zone()
		start = since.In(time.FixedZone("", from)).Format(localTime)
	}
	base := ics.ComponentBase{}
	base.SetProperty(ics.ComponentPropertyDtStart, start)
	base.SetProperty("TZOFFSETFROM", offset(from))
	base.SetProperty("TZOFFSETTO", offset(to))
	base.SetProperty("TZNAME", name)
	if t.IsDST() {
		return &ics.Daylight{ComponentBase: base}
	}
	return &ics.Standard{ComponentBase: base}
}

// offset writes seconds east of Greenwich as RFC 5545 (3.3.14) does.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
