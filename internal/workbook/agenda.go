package workbook

import (
	"slices"
	"time"

	"github.com/escale-hq/escale/planner"
)

// Agendas gives every seat of every participant its agenda, in the order of
// the participants: meetings, sessions, and the journeys between them.
func Agendas(o *Outcome) []Agenda {
	d := newDiary(o)
	var agendas []Agenda
	for p, participant := range o.Book.Participants {
		for seat := 1; seat <= max(participant.Seats, 1); seat++ {
			a := planner.Attendee{Participant: planner.ParticipantID(p), Seat: seat}
			agendas = append(agendas, Agenda{
				Participant: p,
				Seat:        seat,
				Person:      o.Book.PersonName(a),
				Of:          max(participant.Seats, 1),
				Days:        d.days(a),
			})
		}
	}
	return agendas
}

// diary indexes a planned workbook by those who attend.
type diary struct {
	book     *Book
	problem  *planner.Problem
	plan     *planner.Plan
	meetings map[planner.Attendee][]int
	sessions map[planner.ParticipantID][]int
	wishes   map[[2]planner.ParticipantID][]planner.WishID
	travel   [][]int
}

func newDiary(o *Outcome) *diary {
	d := &diary{
		book:     o.Book,
		problem:  o.Problem,
		plan:     o.Result.Plan,
		meetings: map[planner.Attendee][]int{},
		sessions: map[planner.ParticipantID][]int{},
		wishes:   wishesByPair(o.Problem.Wishes),
		travel:   shortestTravel(o.Problem.Travel),
	}
	for i, m := range d.plan.Meetings {
		for _, a := range m.Attendees {
			d.meetings[a] = append(d.meetings[a], i)
		}
	}
	for i, s := range d.book.Sessions {
		for _, p := range s.Participants {
			id := planner.ParticipantID(p)
			d.sessions[id] = append(d.sessions[id], i)
		}
	}
	return d
}

// wishesByPair lists the wishes of one participant for another; a refusal is
// not a wish that a meeting could meet.
func wishesByPair(wishes []planner.Wish) map[[2]planner.ParticipantID][]planner.WishID {
	byPair := map[[2]planner.ParticipantID][]planner.WishID{}
	for i, w := range wishes {
		if w.Kind != planner.Never {
			pair := [2]planner.ParticipantID{w.From, w.To}
			byPair[pair] = append(byPair[pair], planner.WishID(i))
		}
	}
	return byPair
}

// shortestTravel closes the minutes between venues under going through a
// third one (Floyd, CACM 5(6), 1962), as the planner counts them.
func shortestTravel(minutes [][]int) [][]int {
	shortest := make([][]int, len(minutes))
	for i, row := range minutes {
		shortest[i] = slices.Clone(row)
	}
	for via := range shortest {
		for from := range shortest {
			for to := range shortest[from] {
				through := shortest[from][via] + shortest[via][to]
				shortest[from][to] = min(shortest[from][to], through)
			}
		}
	}
	return shortest
}

// dayKey tells days apart: a mission may hold two legs on one date.
type dayKey struct {
	date time.Time
	leg  int
}

// days gathers the stops of a seat by day, and adds the journeys of each.
func (d *diary) days(a planner.Attendee) []AgendaDay {
	byDay := map[dayKey][]Stop{}
	for _, i := range d.meetings[a] {
		leg := d.book.Slots[d.plan.Meetings[i].Start].Leg
		d.enter(byDay, leg, d.meetingStop(i, a))
	}
	for _, i := range d.sessions[a.Participant] {
		d.enter(byDay, d.book.SessionLeg(d.book.Sessions[i]), d.sessionStop(i))
	}
	days := make([]AgendaDay, 0, len(byDay))
	for key, stops := range byDay {
		slices.SortStableFunc(stops, compareStops)
		days = append(days, AgendaDay{Date: key.date, Leg: key.leg, Stops: d.withJourneys(stops)})
	}
	slices.SortFunc(days, func(x, y AgendaDay) int { return x.Stops[0].Start.Compare(y.Stops[0].Start) })
	return days
}

func (d *diary) enter(byDay map[dayKey][]Stop, leg int, s Stop) {
	year, month, day := s.Start.Date()
	key := dayKey{time.Date(year, month, day, 0, 0, 0, 0, s.Start.Location()), leg}
	byDay[key] = append(byDay[key], s)
}

func compareStops(x, y Stop) int {
	if c := x.Start.Compare(y.Start); c != 0 {
		return c
	}
	return x.End.Compare(y.End)
}

func (d *diary) meetingStop(i int, a planner.Attendee) Stop {
	m := d.plan.Meetings[i]
	span := d.book.MeetingSpan(m)
	return Stop{
		Kind:        MeetingStop,
		Start:       span.Start,
		End:         span.End,
		Meeting:     i,
		Session:     planner.None,
		With:        others(m.Attendees, a.Participant),
		Venue:       d.book.Places[m.Place].Venue,
		Table:       d.book.TableLabel(m),
		Interpreter: d.book.InterpreterLabel(m),
		Why:         d.wishesFirstOf(a.Participant, d.wishesMet(m)),
	}
}

func others(attendees []planner.Attendee, p planner.ParticipantID) []planner.Attendee {
	var rest []planner.Attendee
	for _, a := range attendees {
		if a.Participant != p {
			rest = append(rest, a)
		}
	}
	return rest
}

// wishesMet lists the wishes among those who attend, in the order of the
// workbook. A wish that names a person is met by that person only.
func (d *diary) wishesMet(m planner.Meeting) []planner.WishID {
	var met []planner.WishID
	for _, from := range m.Attendees {
		for _, to := range m.Attendees {
			for _, w := range d.wishes[[2]planner.ParticipantID{from.Participant, to.Participant}] {
				if wish := d.problem.Wishes[w]; seated(wish.FromSeat, from) && seated(wish.ToSeat, to) {
					met = append(met, w)
				}
			}
		}
	}
	slices.Sort(met)
	return met
}

// wishesFirstOf puts the wishes of the participant itself before the others.
func (d *diary) wishesFirstOf(p planner.ParticipantID, met []planner.WishID) []planner.WishID {
	slices.SortStableFunc(met, func(a, b planner.WishID) int {
		return trueFirst(d.problem.Wishes[a].From == p, d.problem.Wishes[b].From == p)
	})
	return met
}

// seated says whether the attendee holds the seat that a wish names.
func seated(seat int, a planner.Attendee) bool { return seat == 0 || seat == a.Seat }

func (d *diary) sessionStop(i int) Stop {
	s := d.book.Sessions[i]
	zone := d.book.LegZone(d.book.SessionLeg(s))
	return Stop{
		Kind:    SessionStop,
		Start:   s.Start.In(zone),
		End:     s.End.In(zone),
		Meeting: planner.None,
		Session: i,
		Venue:   s.Venue,
	}
}

// SessionLeg is the leg whose venue holds the session, else the one whose
// slots are nearest in time: a session may come before the first slot.
func (b *Book) SessionLeg(s Session) int {
	if s.Venue != planner.None && len(b.Venues[s.Venue].Legs) == 1 {
		return b.Venues[s.Venue].Legs[0]
	}
	leg, nearest := 0, time.Duration(-1)
	for _, slot := range b.Slots {
		if away := slot.Start.Sub(s.Start).Abs(); nearest < 0 || away < nearest {
			leg, nearest = slot.Leg, away
		}
	}
	return leg
}

// withJourneys puts a journey before each stop that is held in another venue
// than the one before it. From a session of no venue, nobody knows the way.
func (d *diary) withJourneys(stops []Stop) []Stop {
	at := planner.None
	var line []Stop
	for _, s := range stops {
		if minutes := d.minutes(at, s.Venue); minutes > 0 {
			line = append(line, journey(s, minutes))
		}
		line = append(line, s)
		at = s.Venue
	}
	return line
}

func (d *diary) minutes(from, to int) int {
	if from == planner.None || to == planner.None || from == to || d.travel == nil {
		return 0
	}
	return d.travel[from][to]
}

// journey leads to a stop, leaving as late as one can.
func journey(to Stop, minutes int) Stop {
	return Stop{
		Kind:    TravelStop,
		Start:   to.Start.Add(-time.Duration(minutes) * time.Minute),
		End:     to.Start,
		Meeting: planner.None,
		Session: planner.None,
		Venue:   to.Venue,
		Minutes: minutes,
	}
}
