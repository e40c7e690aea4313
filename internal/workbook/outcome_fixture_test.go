package workbook

import (
	"testing"
	"time"

	"github.com/escale-hq/escale/planner"
)

// Positions in the book of [outputOutcome].
const (
	outputNacre = iota
	outputMistral
	outputBiscayne
	outputStudio
)

func outputZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// outputOutcome is a small planned mission to Miami, on both sides of the
// night of 5 November 2017, when the clocks go back. All in it is fictional.
func outputOutcome(t testing.TB) *Outcome {
	t.Helper()
	zone := outputZone(t, "America/New_York")
	book := outputBook(zone)
	problem, plan := outputProblem(book), &planner.Plan{Meetings: outputMeetings()}
	return &Outcome{
		Book:    book,
		Problem: problem,
		Result: &planner.Result{
			Plan:        plan,
			Score:       planner.Evaluate(problem, plan, nil),
			Quality:     outputQuality(),
			Certificate: outputCertificate(),
		},
		Unmet: []planner.Unmet{{
			Wish: 3, Reason: planner.ReasonFull, Searched: true, Slots: []planner.SlotID{0, 1},
			Participants: []planner.ParticipantID{outputBiscayne},
			Change:       &planner.Remedy{Kind: planner.FreeSlot, Participant: outputBiscayne, Slot: 2, Slots: 1, Gain: 5},
		}},
		Made:      time.Date(2017, 10, 20, 9, 0, 0, 0, time.UTC),
		Version:   1,
		Seed:      7,
		UIDs:      []string{"a", "b", "c", "d"},
		Sequences: []int{0, 0, 0, 0},

		SessionUIDs:      []string{"s", "t"},
		SessionSequences: []int{0, 0},
	}
}

func outputBook(zone *time.Location) *Book {
	at := func(day, hour, minute int) time.Time { return time.Date(2017, 11, day, hour, minute, 0, 0, zone) }
	slot := func(day, hour, minute, n, block int) Slot {
		start := at(day, hour, minute)
		return Slot{Start: start, End: start.Add(30 * time.Minute), Day: n, Block: block}
	}
	return &Book{
		Name: "Miami 2017 (fictional)", Zone: zone, Language: "en", Fictional: true, MeetingMinutes: 30,
		Legs: []Leg{{Name: "Miami", Zone: zone}},
		Slots: []Slot{
			slot(3, 9, 0, 0, 0), slot(3, 9, 30, 0, 0), slot(3, 14, 0, 0, 1),
			slot(6, 9, 0, 1, 2), slot(6, 9, 30, 1, 2), slot(6, 14, 0, 1, 3),
			slot(6, 14, 30, 1, 3), slot(6, 15, 0, 1, 3),
		},
		Venues: []Venue{
			{ID: "hub", Name: "Brickell Hub", Address: "1 Fictional Avenue, Miami", Latitude: 25.76, Longitude: -80.19, Located: true},
			{ID: "port", Name: "Port pavilion"},
			{ID: "studio", Name: "Studio Ocho"},
		},
		Places: []Place{
			{Venue: 0, Tables: 2, First: 3},
			{Venue: 2, Tables: 1, Label: "Suite B", Reserved: true},
		},
		Participants: []Participant{
			{ID: "F01", Name: "Nacre Océan", Side: planner.Delegate, People: []string{"Anne Roux", "Bruno Tissot"}, Seats: 2, Min: 1, Languages: []string{"fr"}},
			{ID: "F02", Name: "Mistral Data", Side: planner.Delegate, Seats: 1, Languages: []string{"fr"}},
			{ID: "M01", Name: "Biscayne Port Systems", Side: planner.Counterpart, Seats: 1, Languages: []string{"en"}},
			{ID: "M02", Name: "Studio Ocho", Side: planner.Counterpart, Seats: 1, Languages: []string{"en", "fr"}, Places: []int{1}},
		},
		Wishes: []Wish{
			{From: outputNacre, To: outputBiscayne, Kind: planner.Must, Note: "Shore power"},
			{From: outputBiscayne, To: outputNacre, Kind: planner.Nice, Weight: 3},
			{From: outputMistral, To: outputStudio, Kind: planner.Nice, Weight: 4},
			{From: outputMistral, To: outputBiscayne, Kind: planner.Must},
			{From: outputStudio, To: outputBiscayne, Kind: planner.Never},
			{From: outputNacre, To: outputMistral, Kind: planner.Nice, Minutes: 60},
			{From: outputNacre, To: outputStudio, Kind: planner.Nice, Weight: 1},
		},
		Sessions: []Session{
			{Name: "Smart ports", Start: at(6, 11, 0).UTC(), End: at(6, 12, 0).UTC(), Venue: 1, Participants: []int{outputNacre, outputMistral}},
			{Name: "Arrival", Start: at(4, 18, 0), End: at(4, 20, 0), Venue: planner.None, Participants: []int{outputMistral}},
		},
		Interpreters: []Interpreters{{Languages: [2]string{"fr", "en"}, Count: 2}},
		// The way from the hub to the studio is quicker through the port.
		Travel: [][]int{{0, 20, 60}, {25, 0, 15}, {40, 18, 0}},
	}
}

// outputMeetings keep every rule, and leave the studio idle once.
func outputMeetings() []planner.Meeting {
	return []planner.Meeting{
		{
			Attendees: []planner.Attendee{{Participant: outputNacre, Seat: 2}, {Participant: outputBiscayne, Seat: 1}},
			Start:     0, Slots: 1, Place: 0, Table: 2, Pool: 0, Interpreter: 1, Request: planner.None, Locked: true,
		},
		{
			Attendees: []planner.Attendee{{Participant: outputMistral, Seat: 1}, {Participant: outputStudio, Seat: 1}},
			Start:     5, Slots: 1, Place: 1, Table: 1, Pool: planner.None, Request: planner.None,
		},
		{
			Attendees: []planner.Attendee{{Participant: outputMistral, Seat: 1}, {Participant: outputNacre, Seat: 1}},
			Start:     3, Slots: 2, Place: 0, Table: 1, Pool: planner.None, Request: planner.None,
		},
		{
			Attendees: []planner.Attendee{{Participant: outputNacre, Seat: 1}, {Participant: outputStudio, Seat: 1}},
			Start:     7, Slots: 1, Place: 1, Table: 1, Pool: planner.None, Request: planner.None,
		},
	}
}

func outputProblem(b *Book) *planner.Problem {
	p := &planner.Problem{
		Venues:      make([]planner.Venue, len(b.Venues)),
		Places:      []planner.Place{{Venue: 0, Tables: 2}, {Venue: 2, Tables: 1, Reserved: true}},
		Pools:       []planner.Pool{{Languages: [2]string{"fr", "en"}, Count: 2}},
		Travel:      b.Travel,
		BreakSpread: -1,
	}
	for _, q := range b.Participants {
		places := make([]planner.PlaceID, len(q.Places))
		for i, place := range q.Places {
			places[i] = planner.PlaceID(place)
		}
		p.Participants = append(p.Participants, planner.Participant{
			Side: q.Side, Seats: q.Seats, Languages: q.Languages, Min: q.Min, Places: places,
		})
	}
	for _, s := range b.Sessions {
		span := planner.Span{Start: planner.Minute(s.Start.Unix() / 60), End: planner.Minute(s.End.Unix() / 60)}
		session := planner.Session{Span: span, Venue: planner.VenueID(s.Venue)}
		for _, q := range s.Participants {
			session.Participants = append(session.Participants, planner.ParticipantID(q))
		}
		p.Sessions = append(p.Sessions, session)
	}
	for _, s := range b.Slots {
		span := planner.Span{Start: planner.Minute(s.Start.Unix() / 60), End: planner.Minute(s.End.Unix() / 60)}
		p.Slots = append(p.Slots, planner.Slot{Span: span, Leg: s.Leg, Day: s.Day, Block: s.Block})
	}
	for _, w := range b.Wishes {
		p.Wishes = append(p.Wishes, planner.Wish{
			From: planner.ParticipantID(w.From), To: planner.ParticipantID(w.To), Kind: w.Kind, Weight: w.Weight, Minutes: w.Minutes,
		})
	}
	return p
}

func outputQuality() planner.Quality {
	return planner.Quality{
		BestValue: 15, Bound: 20, Steps: 100, Elapsed: 1500 * time.Millisecond,
		Tiers: []planner.TierQuality{
			{Tier: planner.Shortfall, Status: planner.Certified},
			{Tier: planner.Value, Figure: 15, Bound: 20, Status: planner.Gap},
			{Tier: planner.Breaks, Figure: 1, Status: planner.NoBound},
		},
	}
}

// outputCertificate prices two seats in two slots, which is enough to show.
func outputCertificate() *planner.Certificate {
	rows := func(n, m int) [][]int {
		rows := make([][]int, n)
		for i := range rows {
			rows[i] = make([]int, m)
		}
		return rows
	}
	c := &planner.Certificate{
		Scale: 2, Seat: rows(4, 8), Place: rows(2, 8), Pool: rows(1, 8), Max: make([]int, 4), Day: rows(4, 2),
	}
	c.Seat[outputMistral][1], c.Seat[outputBiscayne][0] = 3, 4
	return c
}
