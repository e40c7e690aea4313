package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/chart"
	"github.com/escale-hq/escale/planner"
)

// lists are the venues of the day, then those who have meetings on it; idle
// says who has none. On a day without meetings, its sessions say it all.
func (d dayReader) lists() (lists []reportList, idle string) {
	if venues := d.venues(); len(venues) > 0 {
		head := [2]string{d.t("head.meetings"), d.t("head.tables")}
		lists = append(lists, d.list("venues", head, venues))
	}
	if len(d.held) == 0 {
		return lists, ""
	}
	sides := []struct {
		side planner.Side
		key  string
	}{{planner.OnePool, "participants"}, {planner.Delegate, "delegates"}, {planner.Counterpart, "counterparts"}}
	var idles []string
	for _, s := range sides {
		lines, without := d.seats(s.side)
		if len(lines) > 0 {
			head := [2]string{d.t("head.meetings"), d.t("head.breaks")}
			lists = append(lists, d.list(s.key, head, lines))
		}
		if without > 0 {
			idles = append(idles, d.n("idle."+s.key, without))
		}
	}
	return lists, strings.Join(idles, " ")
}

func (d dayReader) list(key string, head [2]string, lines []reportLine) reportList {
	first, rest := unfold(lines, linesOpen)
	return reportList{
		Caption:   d.n("list."+key, len(lines)),
		Head:      head,
		First:     first,
		Rest:      rest,
		RestLabel: d.n("rest."+key, len(rest)),
	}
}

// seats are the lines of a side's seats that have meetings, by name, and how
// many of its participants have none.
func (d dayReader) seats(side planner.Side) (lines []reportLine, without int) {
	meets := map[int]bool{}
	for _, a := range d.agendas {
		if d.book.Participants[a.Participant].Side != side {
			continue
		}
		stops := d.stops(a)
		if slices.ContainsFunc(stops, func(s Stop) bool { return s.Kind == MeetingStop }) {
			meets[a.Participant] = true
			lines = append(lines, d.seat(a, stops))
		}
	}
	for i, p := range d.book.Participants {
		if p.Side == side && !meets[i] {
			without++
		}
	}
	compare := d.w.Collate()
	slices.SortStableFunc(lines, func(a, b reportLine) int { return compare(a.Name, b.Name) })
	return lines, without
}

func (d dayReader) seat(a Agenda, stops []Stop) reportLine {
	line := reportLine{Name: d.book.Participants[a.Participant].Name}
	if a.Of > 1 {
		line.Detail = speakerOf(d.book).seat(planner.Attendee{Participant: planner.ParticipantID(a.Participant), Seat: a.Seat})
	}
	strip := chart.Strip{Grid: d.grid, Away: d.away(a.Participant)}
	for _, s := range stops {
		span := d.span(s.Start, s.End)
		switch s.Kind {
		case MeetingStop:
			strip.Meetings = append(strip.Meetings, span)
		case SessionStop:
			strip.Sessions = append(strip.Sessions, span)
		case TravelStop:
			strip.Journeys = append(strip.Journeys, span)
		}
	}
	strip.Label = d.say(strip)
	breaks := breaksOf(d.o, Agenda{Participant: a.Participant, Days: []AgendaDay{{Date: d.key.date, Leg: d.key.leg, Stops: stops}}})
	line.Strip = strip
	line.Figures = [2]string{d.w.Number(len(strip.Meetings)), d.w.Number(breaks)}
	return line
}

// say puts a strip in words: the times of its meetings, then of its sessions.
func (d dayReader) say(s chart.Strip) string {
	var parts []string
	if len(s.Meetings) > 0 {
		starts := make([]string, len(s.Meetings))
		for i, m := range s.Meetings {
			starts[i] = d.clock(m.From)
		}
		parts = append(parts, d.n("say.meetings", len(starts), d.w.List(starts)))
	}
	if len(s.Sessions) > 0 {
		spans := make([]string, len(s.Sessions))
		for i, m := range s.Sessions {
			spans[i] = d.clock(m.From) + "–" + d.clock(m.To)
		}
		parts = append(parts, d.n("say.sessions", len(spans), d.w.List(spans)))
	}
	return strings.Join(parts, d.t("say.then"))
}

// away joins the slots of the day in which a participant is not available.
func (d dayReader) away(participant int) []chart.Span {
	return d.joined(func(s Slot) bool { return !d.book.available(participant, s) })
}

// joined gives the stretches of slots that a rule picks.
func (d dayReader) joined(picks func(Slot) bool) []chart.Span {
	var spans []chart.Span
	last := planner.None
	for i, s := range d.slots {
		if !picks(d.book.Slots[s]) {
			continue
		}
		span := d.slotSpan(s)
		if last == i-1 && len(spans) > 0 {
			spans[len(spans)-1].To = span.To
		} else {
			spans = append(spans, span)
		}
		last = i
	}
	return spans
}

// venues are the lines of those that hold something on the day: those with
// common tables first, then the busiest.
func (d dayReader) venues() []reportLine {
	var lines []reportLine
	for v := range d.book.Venues {
		if line, used := d.venue(v); used {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b reportLine) int { return cmp.Compare(b.weight, a.weight) })
	return lines
}

func (d dayReader) venue(v int) (line reportLine, used bool) {
	meetings, taken := 0, map[int]int{}
	for _, m := range d.held {
		if d.book.Places[m.Place].Venue != v {
			continue
		}
		meetings++
		for s := range max(m.Slots, 1) {
			taken[int(m.Start)+s]++
		}
	}
	peak, tables := 0, d.tablesOf(v)
	for _, n := range taken {
		peak = max(peak, n)
	}
	strip := chart.Strip{Grid: d.grid, Away: d.joined(func(s Slot) bool { return covers(d.book.Venues[v].Closed, s) })}
	for _, s := range d.slots {
		if taken[s] > 0 {
			strip.Loads = append(strip.Loads, chart.Load{Span: d.slotSpan(s), Share: reportShare(taken[s], max(tables, peak))})
		}
	}
	strip.Sessions = d.sessionsAt(v)
	strip.Label = d.sayVenue(strip, meetings, peak)
	line = reportLine{
		Name: d.book.Venues[v].Name, Strip: strip, weight: d.weight(v, meetings),
		Figures: [2]string{d.w.Number(meetings), d.peak(peak, tables)},
	}
	return line, meetings > 0 || len(strip.Sessions) > 0
}

// weight puts a venue before those of less.
func (d dayReader) weight(venue, meetings int) int {
	for i, p := range d.book.Places {
		if p.Venue == venue && d.common[i] {
			return len(d.plan.Meetings) + meetings
		}
	}
	return meetings
}

// peak is the most tables taken at a time, of those there are.
func (d dayReader) peak(peak, tables int) string {
	if tables == 0 {
		return d.w.Number(peak)
	}
	return d.t("load.cell", peak, tables)
}

// tablesOf counts the tables of a venue; 0 when some place of it takes any
// number of meetings.
func (d dayReader) tablesOf(venue int) int {
	tables := 0
	for _, p := range d.book.Places {
		if p.Venue != venue {
			continue
		}
		if p.Tables == 0 {
			return 0
		}
		tables += p.Tables
	}
	return tables
}

// sessionsAt are the spans of the day's sessions in a venue.
func (d dayReader) sessionsAt(venue int) []chart.Span {
	var spans []chart.Span
	for _, s := range d.programme() {
		if s.Venue == venue {
			spans = append(spans, d.span(s.Start, s.End))
		}
	}
	return spans
}

func (d dayReader) sayVenue(s chart.Strip, meetings, peak int) string {
	said := d.n("say.venue", meetings, peak)
	if len(s.Sessions) == 0 {
		return said
	}
	sessions := d.say(chart.Strip{Sessions: s.Sessions})
	if meetings == 0 {
		return sessions
	}
	return said + d.t("say.then") + sessions
}
