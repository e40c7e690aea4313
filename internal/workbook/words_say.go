package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/planner"
)

// speaker names the things of a book in its language. A plan made by hand may
// name what does not exist, so everything out of range is said as a number.
type speaker struct {
	w *i18n.Words
	b *Book
}

func speakerOf(b *Book) speaker { return speaker{w: wordsFor(b.Language), b: b} }

// pick is the text of the first key of which every argument is there: a
// sentence never speaks of what is not known. Arguments are said already.
func (s speaker) pick(args []string, keys ...string) string {
	for _, key := range keys {
		if s.w.Has(key) && s.complete(key, args) {
			spoken := make([]any, len(args))
			for i, arg := range args {
				spoken[i] = arg
			}
			return s.w.T(key, spoken...)
		}
	}
	return ""
}

func (s speaker) complete(key string, args []string) bool {
	for _, name := range s.w.Placeholders(key) {
		if i := int(name[0] - '0'); i >= len(args) || args[i] == "" {
			return false
		}
	}
	return true
}

func (s speaker) participant(p planner.ParticipantID) string {
	if p < 0 || int(p) >= len(s.b.Participants) {
		return unknown(int(p))
	}
	return s.b.Participants[p].Name
}

func (s speaker) participants(list []planner.ParticipantID) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = s.participant(p)
	}
	return s.w.List(names)
}

// seat is the person in a seat, or its number where nobody is named.
func (s speaker) seat(a planner.Attendee) string {
	if a.Participant < 0 || int(a.Participant) >= len(s.b.Participants) {
		return unknown(a.Seat)
	}
	if name := s.b.PersonName(a); name != "" {
		return name
	}
	return s.w.T("words.seat", a.Seat)
}

// attendee is a participant with, where it has several, the seat.
func (s speaker) attendee(a planner.Attendee) string {
	name := s.participant(a.Participant)
	if a.Participant < 0 || int(a.Participant) >= len(s.b.Participants) ||
		s.b.Participants[a.Participant].Seats < 2 || a.Seat < 1 {
		return name
	}
	return s.w.T("words.attendee", name, s.seat(a))
}

// attendees joins those who meet: Cap Hydro – Keys Biotech.
func (s speaker) attendees(list []planner.Attendee) string {
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = s.attendee(a)
	}
	return strings.Join(names, " – ")
}

func (s speaker) place(p planner.PlaceID) string {
	if p < 0 || int(p) >= len(s.b.Places) {
		return ""
	}
	place := s.b.Places[p]
	name := s.b.Venues[place.Venue].Name
	if place.Label != "" {
		return s.w.T("words.place_table", name, place.Label)
	}
	return name
}

func (s speaker) pool(p planner.PoolID) string {
	if p < 0 || int(p) >= len(s.b.Interpreters) {
		return ""
	}
	return s.b.poolName(p)
}

// moment is when a meeting is held: Tue 7, 9:00 – 9:30.
func (s speaker) moment(start planner.SlotID, slots int) string {
	if start < 0 || int(start)+max(slots, 1) > len(s.b.Slots) {
		return unknown(int(start))
	}
	span := s.b.slotSpan(start, slots)
	return s.w.T("words.moment", s.day(start), s.w.Span(span.Start, span.End))
}

// day is the day of a slot, with its city where the mission has several.
func (s speaker) day(slot planner.SlotID) string {
	leg := s.b.Slots[slot].Leg
	day := s.w.DateShort(s.b.Slots[slot].Start.In(s.b.LegZone(leg)))
	if len(s.b.Legs) > 1 && leg < len(s.b.Legs) {
		return s.w.T("words.day_leg", day, s.b.Legs[leg].Name)
	}
	return day
}

// meeting says who meets, when and where.
func (s speaker) meeting(m planner.Meeting) string {
	return s.w.T("words.meeting", s.attendees(m.Attendees), s.spot(m))
}

// spot says when and where a meeting is held.
func (s speaker) spot(m planner.Meeting) string {
	when, where := s.moment(m.Start, m.Slots), s.place(m.Place)
	if where == "" {
		return when
	}
	if table := s.b.TableLabel(m); table != "" && s.b.Places[m.Place].Label == "" {
		where = s.w.T("words.place_table", where, table)
	}
	return when + ", " + where
}

// unknown stands for something that does not exist.
func unknown(position int) string { return fmt.Sprintf("[%s]", strconv.Itoa(position)) }
