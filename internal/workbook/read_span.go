package workbook

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/sheet"
)

// wallSpan is a span as it is written, without a zone. The minute of a whole
// day is sheet.NoTime, and its last day is part of it.
type wallSpan struct {
	from, to sheet.Stamp
}

func (w wallSpan) wholeDays() bool { return !w.from.HasTime() }

// What people write before a span, between its ends, and between two spans of
// one day.
var (
	spanLead = regexp.MustCompile(`^(?:du|le|de|from|on)\s+`)
	spanDash = regexp.MustCompile(`^(?:-|–|—|→|to\s|until\s|till\s|jusqu.(?:à|au)\s|a\s|à|au\s)\s*`)
	spanAnd  = regexp.MustCompile(`^(?:,|et\s|and\s|&)\s*`)
)

// parseSpans reads the spans of a part of a cell, such as
// "2017-11-06 09:00-12:00, 14:00-16:00". One without a date is on the given
// day, when there is one; above says that it was needed.
func parseSpans(text string, day time.Time) (spans []wallSpan, above, ok bool) {
	rest := spanLead.ReplaceAllString(strings.ToLower(strings.TrimSpace(text)), "")
	stamp, after, dated := sheet.CutDate(rest)
	if !dated {
		if day.IsZero() {
			return nil, false, false
		}
		stamp = sheet.Stamp{Date: day, Minute: sheet.NoTime}
	}
	for {
		span, left, ok := cutSpan(stamp, spanLead.ReplaceAllString(after, ""))
		if !ok {
			return nil, false, false
		}
		spans = append(spans, span)
		if left == "" {
			return spans, !dated, true
		}
		if after = spanAnd.ReplaceAllString(left, ""); after == left {
			return nil, false, false
		}
	}
}

// cutSpan reads what follows a date: nothing, a last day, or two times with
// perhaps another date between.
func cutSpan(stamp sheet.Stamp, rest string) (span wallSpan, left string, ok bool) {
	if rest == "" {
		return wallSpan{stamp, stamp}, "", true
	}
	from, to := stamp, stamp
	minute, after, timed := sheet.CutTime(rest)
	if timed {
		from.Minute, rest = minute, after
	}
	after = spanDash.ReplaceAllString(rest, "")
	if after == rest {
		return wallSpan{}, "", false
	}
	if last, following, dated := sheet.CutDate(after); dated {
		to, after = last, following
	} else if !timed {
		return wallSpan{}, "", false
	}
	if timed {
		if to.Minute, after, timed = sheet.CutTime(after); !timed {
			return wallSpan{}, "", false
		}
	}
	return wallSpan{from, to}, after, true
}

// spans reads the cell as spans of real time, in the zones of the legs.
func (f field) spans(legs []int) []Span {
	if stamp, ok := f.cell.Stamp(); ok && stamp.HasDate() && !stamp.HasTime() {
		return f.realSpans([]wallSpan{{stamp, stamp}}, legs)
	}
	var spans []Span
	var day time.Time
	for part := range splitSeq(f.cell.Text, ";\n") {
		part := f.part(part)
		walls, above, ok := parseSpans(part.cell.Text, day)
		if !ok {
			part.fail("read.error.spans")
			continue
		}
		if above {
			part.noteOnce("read.note.date_above")
		}
		day = walls[len(walls)-1].to.Date
		spans = append(spans, part.realSpans(walls, legs)...)
	}
	return spans
}

func (f field) realSpans(walls []wallSpan, legs []int) []Span {
	var spans []Span
	for _, wall := range walls {
		f.observe(wall.from)
		if wall.to.Date != wall.from.Date {
			f.observe(wall.to)
		}
		if span, ok := f.realSpan(wall, legs); ok {
			spans = append(spans, span)
		}
	}
	return spans
}

// realSpan finds when the span is.
func (f field) realSpan(wall wallSpan, legs []int) (Span, bool) {
	zone, ok := f.zoneOn(wall.from.Date, legs)
	if !ok {
		return Span{}, false
	}
	if !f.r.slotsBetween(wall.from.Date, wall.to.Date) {
		f.noteOnce("read.note.span_outside")
	}
	span := Span{midnight(wall.from.Date, zone), midnight(wall.to.Date.AddDate(0, 0, 1), zone)}
	if !wall.wholeDays() {
		if span, ok = f.timedSpan(wall, zone); !ok {
			return Span{}, false
		}
	}
	if !span.End.After(span.Start) {
		f.fail("read.error.ends_before", wall.from.String())
		return Span{}, false
	}
	return span, true
}

// timedSpan finds when a span between two times is. One that a change of the
// clocks makes uncertain is taken at its longest, as it says when somebody
// cannot come.
func (f field) timedSpan(wall wallSpan, zone *time.Location) (Span, bool) {
	from := instants(wall.from.Date, wall.from.Minute, zone)
	to := instants(wall.to.Date, wall.to.Minute, zone)
	if len(from) == 0 || len(to) == 0 {
		f.fail("read.error.no_such_time", zone.String())
		return Span{}, false
	}
	if len(from)+len(to) > 2 {
		f.note("read.note.span_longest", zone.String())
	}
	return Span{from[0], to[len(to)-1]}, true
}

// slotsBetween says whether there are slots on these days, or none at all.
func (r *reader) slotsBetween(first, last time.Time) bool {
	return len(r.book.Slots) == 0 || slices.ContainsFunc(r.book.Slots, func(s Slot) bool {
		day := dateOf(s.Start)
		return !day.Before(first) && !day.After(last)
	})
}

// zoneOn finds the zone of a local date for somebody who takes part in some of
// the legs, or in all when none is said: that of the leg that has slots on the
// day, else of the leg nearest in time.
func (f field) zoneOn(date time.Time, legs []int) (*time.Location, bool) {
	var zones []*time.Location
	nearest := time.Duration(-1)
	for _, slot := range f.r.book.Slots {
		zone := f.r.book.LegZone(slot.Leg)
		if len(legs) > 0 && !slices.Contains(legs, slot.Leg) {
			continue
		}
		switch distance := date.Sub(dateOf(slot.Start)).Abs(); {
		case nearest < 0 || distance < nearest:
			nearest, zones = distance, []*time.Location{zone}
		case distance == nearest && !slices.Contains(zones, zone):
			zones = append(zones, zone)
		}
	}
	switch len(zones) {
	case 0:
		return f.r.book.Zone, true
	case 1:
		return zones[0], true
	default:
		tells := "venue" // the column that would tell
		if slices.Contains(f.spec.names(false), "leg") {
			tells = "leg"
		}
		f.fail("read.error.which_leg", date.Format(time.DateOnly), heading(f.r.words, "read.column."+tells))
		return nil, false
	}
}

// splitSeq gives the parts of a text between any of the marks, without spaces
// around and without empty ones.
func splitSeq(text, marks string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		isMark := func(r rune) bool { return strings.ContainsRune(marks, r) }
		for part := range strings.FieldsFuncSeq(text, isMark) {
			if part = strings.TrimSpace(part); part != "" && !yield(part) {
				return
			}
		}
	}
}
