// Package calendar writes iCalendar files (RFC 5545) that carry their own
// definition of each zone they use, so that a phone shows the right hour on
// both sides of a change of clocks, whatever zone data it has.
package calendar

import (
	"io"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Calendar is one file.
type Calendar struct {
	// Product names what wrote the file, as "-//Organisation//Product//EN".
	Product string
	Name    string
	Events  []Event
}

// Event is one entry.
type Event struct {
	// UID stays the same for as long as the event lives; Sequence rises with
	// each change of it.
	UID      string
	Sequence int
	// Stamp is when this revision was made.
	Stamp time.Time
	// Start and End are written in the zone of their location; of an event that
	// takes whole days, as the first and the last of them, wherever its reader is.
	Start, End                     time.Time
	WholeDays                      bool
	Summary, Location, Description string
	// Position is where it takes place, when that is known.
	Position *Position
	// Cancelled tells programs that have the event to strike it out.
	Cancelled bool
}

// Position is a point on Earth, in degrees.
type Position struct {
	Latitude, Longitude float64
}

const (
	localTime = "20060102T150405"
	utcTime   = localTime + "Z"
)

// Write writes the calendar.
func Write(w io.Writer, c Calendar) error {
	file := ics.NewCalendar()
	file.SetProductId(c.Product)
	file.SetCalscale("GREGORIAN")
	file.SetMethod(ics.MethodPublish)
	if c.Name != "" {
		file.SetXWRCalName(clean(c.Name))
	}
	for _, zone := range zonesOf(c.Events) {
		file.AddVTimezone(zone.component())
	}
	for _, e := range c.Events {
		file.AddVEvent(e.component())
	}
	return file.SerializeTo(w, ics.WithNewLine("\r\n"))
}

func (e Event) component() *ics.VEvent {
	event := ics.NewEvent(e.UID)
	event.SetDtStampTime(e.Stamp)
	event.SetSequence(e.Sequence)
	if e.WholeDays {
		event.SetAllDayStartAt(e.Start)
		event.SetAllDayEndAt(e.End.AddDate(0, 0, 1)) // the end of an event is no part of it
	} else {
		setTime(event, ics.ComponentPropertyDtStart, e.Start)
		setTime(event, ics.ComponentPropertyDtEnd, e.End)
	}
	event.SetSummary(clean(e.Summary))
	if e.Location != "" {
		event.SetLocation(clean(e.Location))
	}
	if e.Description != "" {
		event.SetDescription(clean(e.Description))
	}
	if e.Position != nil {
		event.SetGeo(degrees(e.Position.Latitude), degrees(e.Position.Longitude))
	}
	if e.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
	} else {
		event.SetStatus(ics.ObjectStatusConfirmed)
	}
	return event
}

// setTime writes a local time with its zone. An hour that the clocks repeat
// means its first pass (RFC 5545, 3.3.5), so the second is written in UTC.
func setTime(event *ics.VEvent, property ics.ComponentProperty, t time.Time) {
	if !named(t.Location()) || repeated(t) {
		event.SetProperty(property, t.UTC().Format(utcTime))
		return
	}
	event.SetProperty(property, t.Format(localTime), ics.WithTZID(t.Location().String()))
}

// repeated says that the clocks already showed this local time before.
func repeated(t time.Time) bool {
	since, _ := t.ZoneBounds()
	if since.IsZero() {
		return false
	}
	_, before := since.Add(-time.Second).Zone()
	_, now := t.Zone()
	turned := time.Duration(before-now) * time.Second
	return t.Sub(since) < turned
}

// clean drops what a content line cannot hold: carriage returns and controls.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', 6, 64) }
