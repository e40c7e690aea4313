package workbook

import (
	"time"

	"github.com/escale-hq/escale/planner"
)

// Problem is the book as the planner wants it: positions stay the same, and
// instants become minutes since the Unix epoch.
func (b *Book) Problem() *planner.Problem {
	return &planner.Problem{
		Slots:        convert(b.Slots, problemSlot),
		Venues:       convert(b.Venues, problemVenue),
		Places:       convert(b.Places, problemPlace),
		Participants: convert(b.Participants, problemParticipant),
		Pools:        convert(b.Interpreters, problemPool),
		Wishes:       convert(b.Wishes, problemWish),
		Requests:     convert(b.Meetings, b.problemRequest),
		Sessions:     convert(b.Sessions, problemSession),
		Travel:       b.Travel,
		Gap:          b.GapMinutes,
		BreakSpread:  -1,
	}
}

func convert[A, B any](list []A, one func(A) B) []B {
	if len(list) == 0 {
		return nil
	}
	converted := make([]B, len(list))
	for i, a := range list {
		converted[i] = one(a)
	}
	return converted
}

// identifiers makes the planner's identifiers of positions in the book.
func identifiers[ID ~int](list []int) []ID {
	return convert(list, func(i int) ID { return ID(i) })
}

// minuteOf is the minute of an instant; spans begin and end on whole ones.
func minuteOf(t time.Time) planner.Minute { return planner.Minute(t.Unix() / 60) }

func problemSpan(s Span) planner.Span {
	return planner.Span{Start: minuteOf(s.Start), End: minuteOf(s.End)}
}

func problemSlot(s Slot) planner.Slot {
	return planner.Slot{Span: problemSpan(Span{s.Start, s.End}), Leg: s.Leg, Day: s.Day, Block: s.Block}
}

func problemVenue(v Venue) planner.Venue {
	return planner.Venue{Legs: v.Legs, Closed: convert(v.Closed, problemSpan)}
}

func problemPlace(p Place) planner.Place {
	return planner.Place{
		Venue: planner.VenueID(p.Venue), Tables: p.Tables, Closed: convert(p.Closed, problemSpan), Reserved: p.Reserved,
	}
}

func problemParticipant(p Participant) planner.Participant {
	return planner.Participant{
		Side: p.Side, Seats: p.Seats, Languages: p.Languages, Legs: p.Legs, Busy: convert(p.Unavailable, problemSpan),
		Min: p.Min, Max: p.Max, MaxDay: p.MaxDay, Places: identifiers[planner.PlaceID](p.Places),
	}
}

func problemPool(i Interpreters) planner.Pool {
	return planner.Pool{Languages: i.Languages, Count: i.Count, Busy: convert(i.Unavailable, problemSpan), Legs: i.Legs}
}

func problemWish(w Wish) planner.Wish {
	return planner.Wish{
		From: planner.ParticipantID(w.From), To: planner.ParticipantID(w.To), Kind: w.Kind, Weight: w.Weight,
		Minutes: w.Minutes, Venues: identifiers[planner.VenueID](w.Venues), FromSeat: w.FromSeat, ToSeat: w.ToSeat,
	}
}

// problemRequest makes a request of a meeting that was asked for as such. One
// that no wish gives a worth is worth a must: it would never be held for
// nothing.
func (b *Book) problemRequest(m Meeting) planner.Request {
	request := planner.Request{
		Attendees: m.Attendees, Venues: identifiers[planner.VenueID](m.Venues),
		Required: m.Locked, Locked: m.Locked, Place: planner.PlaceID(m.Place), Table: m.Table,
	}
	if m.Start != planner.None {
		request.Starts = []planner.SlotID{planner.SlotID(m.Start)}
	}
	if !b.wished(m) {
		request.Value = planner.MustWeight
	}
	return request
}

// wished says whether one of the attendees wishes to meet another.
func (b *Book) wished(m Meeting) bool {
	attends := make(map[int]bool, len(m.Attendees))
	for _, a := range m.Attendees {
		attends[int(a.Participant)] = true
	}
	for _, w := range b.Wishes {
		if w.Kind != planner.Never && attends[w.From] && attends[w.To] {
			return true
		}
	}
	return false
}

func problemSession(s Session) planner.Session {
	return planner.Session{
		Span: problemSpan(Span{s.Start, s.End}), Venue: planner.VenueID(s.Venue),
		Participants: identifiers[planner.ParticipantID](s.Participants),
	}
}
