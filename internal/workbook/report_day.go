package workbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/planner"
)

// reportDay is a day in one city: who and what is engaged when.
type reportDay struct {
	Short, Title, Zone string
	// Shown is the day that the page opens on.
	Shown bool
	Axis  chart.Axis
	// Grid are the spans of the day's slots.
	Grid []chart.Span
	// Sessions are said in words, and drawn in the lines of those who attend.
	Sessions []string
	Lists    []reportList
	// Idle says who has nothing on that day.
	Idle     string
	Meetings []reportMeeting
}

// reportList is a table of lines of time. The page opens on First.
type reportList struct {
	Caption     string
	Head        [2]string
	First, Rest []reportLine
	// RestLabel opens the rest.
	RestLabel string
}

// reportLine is a day of a seat or of a venue.
type reportLine struct {
	Name, Detail string
	Strip        chart.Strip
	// Figures are the meetings, then the breaks or the tables.
	Figures [2]string
	weight  int
}

// reportMeeting is a meeting in words.
type reportMeeting struct {
	Span, Who, Where, Interpreter string
	Locked                        bool
}

// A list of lines opens on so many.
const linesOpen = 10

// dayReader reads one day of the plan.
type dayReader struct {
	*reporter
	key   dayKey
	slots []int
	// held are the meetings of the day.
	held []planner.Meeting
	axis chart.Axis
	grid string
}

// days lists every day that has slots or engagements, in order.
func (r *reporter) days() []reportDay {
	keys := r.dayKeys()
	days := make([]reportDay, len(keys))
	for i, key := range keys {
		days[i] = r.day(key, "slots-"+strconv.Itoa(i+1))
	}
	if len(days) > 0 {
		first := slices.IndexFunc(days, func(d reportDay) bool { return len(d.Meetings) > 0 })
		days[max(first, 0)].Shown = true
	}
	return days
}

func (r *reporter) dayKeys() []dayKey {
	seen := map[dayKey]bool{}
	for _, s := range r.book.Slots {
		seen[dayKey{dateAt(r.local(s.Start, s.Leg)), s.Leg}] = true
	}
	for _, a := range r.agendas {
		for _, d := range a.Days {
			seen[dayKey{d.Date, d.Leg}] = true
		}
	}
	keys := make([]dayKey, 0, len(seen))
	for key := range seen {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b dayKey) int {
		return cmp.Or(a.date.Compare(b.date), cmp.Compare(a.leg, b.leg))
	})
	return keys
}

func dateAt(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}

func (r *reporter) day(key dayKey, grid string) reportDay {
	d := dayReader{reporter: r, key: key, grid: grid}
	for i, s := range r.book.Slots {
		if s.Leg == key.leg && dateAt(r.local(s.Start, s.Leg)).Equal(key.date) {
			d.slots = append(d.slots, i)
		}
	}
	for _, m := range r.plan.Meetings {
		if slices.Contains(d.slots, int(m.Start)) {
			d.held = append(d.held, m)
		}
	}
	d.axis = d.newAxis()
	day := reportDay{
		Short:    d.short(),
		Title:    r.w.DayMonth(key.date),
		Zone:     d.zone(),
		Axis:     d.axis,
		Sessions: d.sessions(),
		Meetings: d.meetings(),
	}
	for _, s := range d.slots {
		day.Grid = append(day.Grid, d.slotSpan(s))
	}
	day.Lists, day.Idle = d.lists()
	return day
}

// short is the day on its switch, with the city where there are several.
func (d dayReader) short() string {
	short := d.w.DateShort(d.key.date)
	if len(d.book.Legs) > 1 {
		return short + " · " + d.book.Legs[d.key.leg].Name
	}
	return short
}

// zone names the local time of the day, at noon: the clocks may change in the
// night before.
func (d dayReader) zone() string {
	offset := d.w.Offset(d.key.date.Add(12 * time.Hour))
	if d.key.leg < len(d.book.Legs) && d.book.Legs[d.key.leg].Name != "" {
		return d.t("day.zone", d.book.Legs[d.key.leg].Name, offset)
	}
	return d.t("day.zone_unnamed", d.book.LegZone(d.key.leg).String(), offset)
}

// minute is a time of the day, on the clock of the place; the day after counts
// on from it.
func (d dayReader) minute(t time.Time) int {
	t = t.In(d.key.date.Location())
	days := int(dateAt(t).Sub(d.key.date).Round(24*time.Hour) / (24 * time.Hour))
	return days*24*60 + t.Hour()*60 + t.Minute()
}

func (d dayReader) span(start, end time.Time) chart.Span {
	return chart.Span{From: d.minute(start), To: d.minute(end)}
}

func (d dayReader) slotSpan(s int) chart.Span {
	return d.span(d.book.Slots[s].Start, d.book.Slots[s].End)
}

// newAxis covers the slots of the day and all that anyone is engaged in.
func (d dayReader) newAxis() chart.Axis {
	from, to := 24*60, 0
	widen := func(s chart.Span) { from, to = min(from, s.From), max(to, s.To) }
	for _, s := range d.slots {
		widen(d.slotSpan(s))
	}
	for _, a := range d.agendas {
		for _, s := range d.stops(a) {
			widen(d.span(s.Start, s.End))
		}
	}
	return chart.NewAxis(max(from, 0), to, d.clock)
}

// stops are those of an agenda on this day.
func (d dayReader) stops(a Agenda) []Stop {
	for _, day := range a.Days {
		if day.Leg == d.key.leg && day.Date.Equal(d.key.date) {
			return day.Stops
		}
	}
	return nil
}

// programme is the day's, in order of time.
func (d dayReader) programme() []Session {
	elsewhen := func(s Session) bool { return !dateAt(s.Start.In(d.key.date.Location())).Equal(d.key.date) }
	sessions := slices.DeleteFunc(slices.Clone(d.book.Sessions), elsewhen)
	slices.SortStableFunc(sessions, func(a, b Session) int { return a.Start.Compare(b.Start) })
	return sessions
}

// sessions says the programme of the day.
func (d dayReader) sessions() []string {
	var said []string
	for _, s := range d.programme() {
		if d.book.SessionLeg(s) != d.key.leg {
			continue
		}
		parts := []string{d.w.Span(d.local(s.Start, d.key.leg), d.local(s.End, d.key.leg)), s.Name}
		if s.Venue != planner.None {
			parts = append(parts, d.book.Venues[s.Venue].Name)
		}
		parts = append(parts, d.n("participants", len(s.Participants)))
		said = append(said, strings.Join(parts, " · "))
	}
	return said
}

// meetings writes those of the day in words, in order of time, then of place.
func (d dayReader) meetings() []reportMeeting {
	held := slices.Clone(d.held)
	slices.SortStableFunc(held, func(a, b planner.Meeting) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Table, b.Table))
	})
	s := speakerOf(d.book)
	written := make([]reportMeeting, len(held))
	for i, m := range held {
		span := d.book.MeetingSpan(m)
		written[i] = reportMeeting{
			Span:        d.w.Span(span.Start, span.End),
			Who:         s.attendees(m.Attendees),
			Where:       d.where(m),
			Interpreter: d.book.InterpreterLabel(m),
			Locked:      m.Locked,
		}
	}
	return written
}

func (d dayReader) where(m planner.Meeting) string {
	venue := d.book.Venues[d.book.Places[m.Place].Venue].Name
	if table := d.book.TableLabel(m); table != "" {
		return d.t("day.table", venue, table)
	}
	return venue
}
