package workbook

import (
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/sheet"
)

// instants gives the moments at which the clocks of a zone show a minute of a
// day: one, none when they are put forward over it, two when they are put back.
func instants(date time.Time, minute int, zone *time.Location) []time.Time {
	shown := date.Add(time.Duration(minute) * time.Minute)
	var found []time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := shown.Add(near).In(zone).Zone()
		moment := shown.Add(-time.Duration(offset) * time.Second).In(zone)
		if moment.Format(time.DateTime) == shown.Format(time.DateTime) &&
			!slices.ContainsFunc(found, moment.Equal) {
			found = append(found, moment)
		}
	}
	slices.SortFunc(found, time.Time.Compare)
	return found
}

// midnight is when a day begins, even where the clocks jump over midnight or
// over the whole day.
func midnight(date time.Time, zone *time.Location) time.Time {
	for minute := 0; ; minute += 15 {
		if found := instants(date, minute, zone); len(found) > 0 {
			return found[0]
		}
	}
}

// moment is when the clocks show the minute of the day. Of two such moments the
// first is taken, with a note; none is an error.
func (f field) moment(date time.Time, minute int, zone *time.Location) (time.Time, bool) {
	found := instants(date, minute, zone)
	switch len(found) {
	case 0:
		f.fail("read.error.no_such_time", zone.String())
		return time.Time{}, false
	case 2:
		f.note("read.note.time_twice", zone.String())
	}
	return found[0], true
}

// dateOrders remembers the dates written in digits. Which part is the day can
// be told only when all have been seen.
type dateOrders struct {
	assumed []assumedDate
	// monthFirst is a date that can only be so.
	monthFirst string
}

// assumedDate is a date that was read day first and could be the other way.
type assumedDate struct {
	field field
	date  time.Time
}

// observe takes note of how a date was told.
func (f field) observe(s sheet.Stamp) {
	date := s.Date.Format(time.DateOnly)
	switch s.Order {
	case sheet.Assumed:
		f.r.dates.assumed = append(f.r.dates.assumed, assumedDate{f, s.Date})
	case sheet.MonthFirst:
		f.r.dates.monthFirst = f.cell.Text
		f.noteOnce("read.note.date_month_first", date)
	case sheet.Counted:
		f.noteOnce("read.note.date_number", date)
	}
}

// settle judges the dates that could be read both ways: an error where others
// have the month first, else day first, as in France, with a note.
func (d *dateOrders) settle() {
	for _, a := range d.assumed {
		date := a.date.Format(time.DateOnly)
		if d.monthFirst == "" {
			a.field.noteOnce("read.note.date_day_first", date)
			continue
		}
		other := time.Date(a.date.Year(), time.Month(a.date.Day()), int(a.date.Month()), 0, 0, 0, 0, time.UTC)
		a.field.fail("read.error.date_order", d.monthFirst, date, other.Format(time.DateOnly))
	}
}

// date reads the cell as a day.
func (f field) date() (time.Time, bool) {
	stamp, ok := f.cell.Stamp()
	if !ok || !stamp.HasDate() {
		f.fail("read.error.date")
		return time.Time{}, false
	}
	f.observe(stamp)
	return stamp.Date, true
}

// stampOn reads the cell as a time of day, on the given day unless it says its
// own.
func (f field) stampOn(day time.Time) (sheet.Stamp, bool) {
	stamp, ok := f.cell.Stamp()
	if ok && !stamp.HasDate() {
		stamp.Date = day
	}
	switch {
	case ok && stamp.HasTime() && stamp.HasDate():
		f.observe(stamp)
		return stamp, true
	case day.IsZero():
		f.fail("read.error.moment")
	default:
		f.fail("read.error.time")
	}
	return sheet.Stamp{}, false
}

// dateOf is the local day of a moment, as stamps hold it.
func dateOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
