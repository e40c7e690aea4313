package programme

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

var nine = time.Date(2017, 11, 6, 14, 0, 0, 0, time.UTC) // nine o'clock in Miami

func after(minutes int) db.Instant { return db.At(nine.Add(time.Duration(minutes) * time.Minute)) }

// held is a session from some minutes after nine to others, at a venue.
func held(id string, from, to int, venue string) *Session {
	return &Session{Meta: record.Meta{ID: id}, Level: Forbid, Title: i18n.Text{"en": id}, Start: after(from), End: after(to), Venue: venue}
}

// delegation is a mission with an official of each of two ranks and a company,
// with a seat each, and two venues twenty minutes apart.
func delegation() *mission.Whole {
	w := &mission.Whole{Mission: &mission.Mission{}, Journeys: []mission.Journey{{From: "hub", To: "port", Minutes: 20}}}
	for i, side := range []mission.Side{mission.Official, mission.Official, mission.Delegate} {
		p := &mission.Participant{Side: side, State: mission.TakesPart}
		p.ID = fmt.Sprint("p", i+1)
		seat := &mission.Seat{Participant: p.ID, Number: 1}
		seat.ID = fmt.Sprint("s", i+1)
		w.Participants, w.Seats = append(w.Participants, p), append(w.Seats, seat)
	}
	for _, id := range []string{"hub", "port"} {
		v := &mission.Venue{}
		v.ID = id
		w.Venues = append(w.Venues, v)
	}
	return w
}

func programmeOf(w *mission.Whole, sessions ...*Session) *Programme {
	p := &Programme{Whole: w, Sessions: sessions, Speakers: map[string][]*Speaker{}}
	p.index()
	return p
}

// found writes conflicts so that they can be compared.
func found(conflicts []Conflict) (lines []string) {
	for _, c := range conflicts {
		other := ""
		if c.Other != nil && c.Other.Session != nil {
			other = c.Other.Session.ID
		} else if c.Other != nil {
			other = c.Other.Engagement.Record
		}
		lines = append(lines, fmt.Sprint(c.Session.ID, " ", other, " ", c.Clash, " ", c.Level, " ", c.Who))
	}
	slices.Sort(lines)
	return lines
}

func TestConflicts(t *testing.T) {
	one := func(s *Session) *Session { s.Participants = []string{"p3"}; return s }
	at := func(s *Session, l Level) *Session { s.Level = l; return s }
	fetched := func(s *Session, at int) *Session { s.TransportAt = after(at); return s }
	spot := func(s *Session, at string) *Session { s.Spot = at; return s }
	for name, it := range map[string]struct {
		sessions []*Session
		want     []string
	}{
		"one after the other": {[]*Session{one(held("a", 0, 60, "hub")), one(held("b", 60, 90, "hub"))}, nil},
		"at once": {
			[]*Session{one(held("a", 0, 60, "hub")), one(held("b", 59, 90, "port"))},
			[]string{"a b twice forbid [s3]"},
		},
		"at once, and one of them only warns": {
			[]*Session{one(held("a", 0, 60, "hub")), at(one(held("b", 30, 90, "port")), Warn)},
			[]string{"a b twice warn [s3]"},
		},
		"at once, in the same place": {
			[]*Session{one(held("a", 0, 60, "hub")), at(one(held("b", 30, 90, "hub")), Note)},
			[]string{"a b spot note []", "a b twice note [s3]"},
		},
		"at once, in two rooms, by others": {
			[]*Session{
				spot(one(held("a", 0, 60, "hub")), "Suite A"),
				spot(&Session{Meta: record.Meta{ID: "b"}, Level: Forbid, Start: after(0), End: after(60), Venue: "hub", Participants: []string{"p1"}}, "Suite B"),
			},
			nil,
		},
		"too far": {
			[]*Session{one(held("a", 0, 60, "hub")), one(held("b", 79, 90, "port"))},
			[]string{"a b way warn [s3]"},
		},
		"far enough":   {[]*Session{one(held("a", 0, 60, "hub")), one(held("b", 80, 90, "port"))}, nil},
		"the way back": {[]*Session{one(held("a", 0, 60, "port")), one(held("b", 61, 90, "hub"))}, nil},
		"fetched too early": {
			[]*Session{one(held("a", 0, 60, "hub")), fetched(one(held("b", 90, 120, "port")), 50)},
			[]string{"a b twice forbid [s3]"},
		},
		"fetched in time": {[]*Session{one(held("a", 0, 60, "hub")), fetched(one(held("b", 70, 120, "port")), 60)}, nil},
	} {
		p := programmeOf(delegation(), it.sessions...)
		if diff := cmp.Diff(it.want, found(p.Conflicts(nil))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestOrderOfSpeech: the highest rank speaks last, whoever else speaks between.
func TestOrderOfSpeech(t *testing.T) {
	s := held("a", 0, 60, "hub")
	for name, it := range map[string]struct {
		seats []string
		want  []string
	}{
		"the highest last":    {[]string{"s3", "s2", "s1"}, nil},
		"the highest first":   {[]string{"s1", "s2"}, []string{"a  order note [s1 s2]"}},
		"somebody in between": {[]string{"s1", "s3", "s2"}, []string{"a  order note [s1 s2]"}},
		"no officials":        {[]string{"s3", "", "s3"}, nil},
	} {
		p := programmeOf(delegation(), s)
		for _, seat := range it.seats {
			p.Speakers["a"] = append(p.Speakers["a"], &Speaker{Seat: seat})
		}
		if diff := cmp.Diff(it.want, found(p.Conflicts(nil))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestMoreThanThereIsRoomFor(t *testing.T) {
	s := held("a", 0, 60, "hub")
	s.Capacity = Capacity{Group(mission.Official): 1, Group(mission.Delegate): 1}
	conflicts := programmeOf(delegation(), s).Conflicts(nil)
	if len(conflicts) != 1 || conflicts[0].Clash != Room || conflicts[0].Group != Group(mission.Official) {
		t.Errorf("%+v", conflicts)
	}
}

// TestConflictsByBruteForce compares with what follows each seat minute by
// minute.
func TestConflictsByBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := delegation()
		venues, seats := []string{"", "hub", "port"}, []string{"s1", "s2", "s3"}
		from, length := rapid.IntRange(0, 80), rapid.IntRange(1, 60)
		var sessions []*Session
		for i := range rapid.IntRange(1, 4).Draw(t, "sessions") {
			start := from.Draw(t, "from")
			s := held(fmt.Sprint("a", i), start, start+length.Draw(t, "length"), rapid.SampledFrom(venues).Draw(t, "venue"))
			s.Participants = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"p1", "p2", "p3"}), 1, 3, rapid.ID[string]).Draw(t, "who")
			s.Level = Level(rapid.SampledFrom(levels()).Draw(t, "level"))
			if rapid.Bool().Draw(t, "fetched") {
				s.TransportAt = after(start - rapid.IntRange(0, 15).Draw(t, "before"))
			}
			sessions = append(sessions, s)
		}
		var meetings []agenda.Engagement
		for i := range rapid.IntRange(0, 3).Draw(t, "meetings") {
			start := from.Draw(t, "from")
			meetings = append(meetings, agenda.Engagement{
				Kind: "meeting", Record: fmt.Sprint("m", i), Start: after(start), End: after(start + length.Draw(t, "length")),
				Venue:  rapid.SampledFrom(venues).Draw(t, "venue"),
				Things: []agenda.Thing{{Kind: agenda.Seat, ID: rapid.SampledFrom(seats).Draw(t, "seat")}},
			})
		}
		p := programmeOf(w, sessions...)
		if diff := cmp.Diff(walk(sessions, meetings), found(p.Conflicts(meetings))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A stay is where somebody is told to be, in minutes after nine.
type stay struct {
	id, venue  string
	from, to   int
	seats      []string
	level      Level
	isSession  bool
	fetchedFor bool
}

func walk(sessions []*Session, meetings []agenda.Engagement) (lines []string) {
	minute := func(at db.Instant) int { return int(at.Sub(nine) / time.Minute) }
	var stays []stay
	for _, s := range sessions {
		from, fetched := minute(s.Start), !s.TransportAt.IsZero()
		if fetched {
			from = minute(s.TransportAt)
		}
		var seats []string
		for _, seat := range []string{"s1", "s2", "s3"} {
			if slices.Contains(s.Participants, "p"+seat[1:]) {
				seats = append(seats, seat)
			}
		}
		stays = append(stays, stay{s.ID, s.Venue, from, minute(s.End), seats, s.Level, true, fetched})
	}
	for _, m := range meetings {
		stays = append(stays, stay{m.Record, m.Venue, minute(m.Start), minute(m.End), []string{m.Things[0].ID}, Forbid, false, false})
	}
	for i, a := range stays {
		for _, b := range stays[i+1:] {
			if a.isSession {
				lines = append(lines, meet(a, b)...)
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func meet(a, b stay) (lines []string) {
	both := false
	for minute := -100; minute < 200; minute++ {
		both = both || minute >= a.from && minute < a.to && minute >= b.from && minute < b.to
	}
	level := a.level
	if a.level == Forbid || b.level == Note {
		level = b.level
	}
	if both && b.isSession && a.venue == b.venue && a.venue != "" {
		lines = append(lines, fmt.Sprint(a.id, " ", b.id, " spot ", level, " []"))
	}
	first, then := a, b
	if b.from < a.from {
		first, then = b, a
	}
	arrives := first.to
	if first.venue == "hub" && then.venue == "port" && !then.fetchedFor {
		arrives += 20
	}
	var who []string
	for _, seat := range a.seats {
		if slices.Contains(b.seats, seat) {
			who = append(who, seat)
		}
	}
	switch {
	case len(who) == 0:
	case both:
		lines = append(lines, fmt.Sprint(a.id, " ", b.id, " twice ", level, " ", who))
	case arrives > then.from:
		if level == Forbid {
			level = Warn
		}
		lines = append(lines, fmt.Sprint(a.id, " ", b.id, " way ", level, " ", who))
	}
	return lines
}
