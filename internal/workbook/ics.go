package workbook

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/escale-hq/escale/internal/calendar"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// product names Escale in the files that it writes.
const product = "-//Escale//Meeting planner//EN"

// CalendarFile is the agenda of one seat as a calendar file.
type CalendarFile struct {
	// Name is safe on any file system, and unique.
	Name     string
	Calendar calendar.Calendar
}

// CalendarFiles gives every seat its agenda. A meeting that was withdrawn, or
// that another seat attends now, is in it as cancelled, so that a phone which
// has it strikes it out.
func CalendarFiles(o *Outcome) []CalendarFile {
	agendas := Agendas(o)
	files := make([]CalendarFile, 0, len(agendas))
	e := eventWriter{o: o, w: wordsFor(o.Book.Language)}
	names := map[string]bool{}
	for _, a := range agendas {
		p := o.Book.Participants[a.Participant]
		files = append(files, CalendarFile{
			Name: freeName(names, fmt.Sprintf("%s-%d", safeName(p.ID), a.Seat)),
			Calendar: calendar.Calendar{
				Product: product,
				Name:    e.w.T("output.ics.name", o.Book.Name, p.Name),
				Events:  slices.Concat(e.events(a), e.cancelled(p.ID, a.Seat)),
			},
		})
	}
	return files
}

// safeName keeps letters and digits without accents, hyphens and underscores;
// anything else becomes an underscore.
func safeName(id string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(id) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)), r == '-', r == '_':
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}

// freeName adds a number to a name that was given before, whatever the case.
func freeName(names map[string]bool, name string) string {
	free := name
	for n := 2; names[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	names[strings.ToLower(free)] = true
	return free + ".ics"
}

// eventWriter turns stops of agendas into events of calendars.
type eventWriter struct {
	o *Outcome
	w *i18n.Words
}

func (e eventWriter) events(a Agenda) []calendar.Event {
	var events []calendar.Event
	for _, day := range a.Days {
		var journey *Stop
		for i, s := range day.Stops {
			if s.Kind == TravelStop {
				journey = &day.Stops[i]
				continue
			}
			events = append(events, e.event(a, s, journey))
			journey = nil
		}
	}
	return events
}

func (e eventWriter) event(a Agenda, s Stop, journey *Stop) calendar.Event {
	event := calendar.Event{Stamp: e.o.Made, Start: s.Start, End: s.End, Location: e.location(s)}
	if s.Kind == SessionStop {
		event.UID, event.Sequence = e.o.SessionUIDs[s.Session], e.o.SessionSequences[s.Session]
		event.Summary = e.o.Book.Sessions[s.Session].Name
	} else {
		event.UID, event.Sequence = e.o.UIDs[s.Meeting], e.o.Sequences[s.Meeting]
		event.Summary = e.names(s.With)
	}
	event.Description = strings.Join(e.lines(a, s, journey), "\n")
	if s.Venue != planner.None && e.o.Book.Venues[s.Venue].Located {
		venue := e.o.Book.Venues[s.Venue]
		event.Position = &calendar.Position{Latitude: venue.Latitude, Longitude: venue.Longitude}
	}
	return event
}

// names are those of the organisations that one meets.
func (e eventWriter) names(with []planner.Attendee) string {
	var names []string
	for _, a := range with {
		names = append(names, e.o.Book.Participants[a.Participant].Name)
	}
	return e.w.List(names)
}

func (e eventWriter) location(s Stop) string {
	if s.Venue == planner.None {
		return ""
	}
	venue := e.o.Book.Venues[s.Venue]
	parts := []string{venue.Name}
	if s.Table != "" {
		parts = append(parts, e.w.T("output.ics.table", s.Table))
	}
	if venue.Address != "" {
		parts = append(parts, venue.Address)
	}
	return strings.Join(parts, ", ")
}

// lines say what helps to be there in time and well prepared. Of the wishes,
// only the notes of the agenda's owner are his to read.
func (e eventWriter) lines(a Agenda, s Stop, journey *Stop) []string {
	var lines []string
	if journey != nil {
		lines = append(lines, e.w.T("output.ics.leave", e.w.Clock(journey.Start), e.w.Minutes(journey.Minutes)))
	}
	if people := e.people(s.With); len(people) > 0 {
		lines = append(lines, e.w.T("output.ics.with", e.w.List(people)))
	}
	if s.Interpreter != "" {
		lines = append(lines, e.w.T("output.ics.interpreter", s.Interpreter))
	}
	for _, id := range s.Why {
		if wish := e.o.Book.Wishes[id]; wish.From == a.Participant && wish.Note != "" {
			lines = append(lines, e.w.T("output.ics.why", wish.Note))
		}
	}
	if e.o.Book.Fictional {
		lines = append(lines, e.w.T("output.fictional"))
	}
	return lines
}

func (e eventWriter) people(with []planner.Attendee) []string {
	var people []string
	for _, a := range with {
		if name := e.o.Book.PersonName(a); name != "" {
			people = append(people, name)
		}
	}
	return people
}

// cancelled are the meetings that the seat held in an earlier plan, and that
// it no longer holds.
func (e eventWriter) cancelled(id string, seat int) []calendar.Event {
	own := PlanSeat{id, seat}
	var events []calendar.Event
	for _, m := range e.o.Withdrawn {
		if slices.Contains(m.Participants, own) {
			events = append(events, e.struck(m, m.Sequence))
		}
	}
	if e.o.Previous == nil {
		return events
	}
	for _, m := range e.o.Previous.Meetings {
		now := slices.Index(e.o.UIDs, m.ID)
		if now < 0 || !slices.Contains(m.Participants, own) || e.attends(now, own) {
			continue
		}
		events = append(events, e.struck(m, e.o.Sequences[now]))
	}
	return events
}

func (e eventWriter) attends(meeting int, who PlanSeat) bool {
	for _, a := range e.o.Result.Plan.Meetings[meeting].Attendees {
		if e.o.Book.Participants[a.Participant].ID == who.ID && a.Seat == who.Seat {
			return true
		}
	}
	return false
}

// struck is a meeting as it last was, cancelled.
func (e eventWriter) struck(m PlanMeeting, sequence int) calendar.Event {
	var who []string
	for _, p := range m.Participants {
		who = append(who, e.o.Book.nameOf(p.ID))
	}
	return calendar.Event{
		UID: m.ID, Sequence: sequence, Stamp: e.o.Made, Start: m.Start, End: m.End,
		Summary: e.w.List(who), Cancelled: true,
	}
}
