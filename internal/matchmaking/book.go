package matchmaking

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/programme"
	"github.com/escale-hq/escale/internal/workbook"
	"github.com/escale-hq/escale/planner"
)

// A mission's records as the planner wants them, and the way back.
type planning struct {
	whole *mission.Whole
	book  *workbook.Book

	seats                              map[string][]*mission.Seat
	legs, venues, places, participants map[string]int // id -> position in the book
	// taking are the participants in the order of the book: without those that
	// withdrew.
	taking []*mission.Participant
}

// read finds a mission with all that planning it takes.
func read(ctx context.Context, tx *db.Tx, territory int, id string) (*planning, error) {
	whole, err := mission.Read(ctx, tx, territory, id)
	if err != nil {
		return nil, err
	}
	sessions, err := programme.Read(ctx, tx, whole)
	if err != nil {
		return nil, err
	}
	wishes, err := WishesOf(ctx, tx, territory, id)
	if err != nil {
		return nil, err
	}
	requests, err := RequestsOf(ctx, tx, territory, id)
	if err != nil {
		return nil, err
	}
	p := &planning{whole: whole, seats: whole.SeatsOfEach()}
	if err := p.addMission(); err != nil {
		return nil, fmt.Errorf("make a book of the mission %s: %w", id, err)
	}
	p.addWishes(wishes)
	p.addRequests(requests)
	p.addSessions(sessions)
	return p, nil
}

// addMission begins the book with what the mission is made of.
func (p *planning) addMission() error {
	m := p.whole.Mission
	zone, err := time.LoadLocation(p.whole.ZoneOf(""))
	if err != nil {
		return err
	}
	p.book = &workbook.Book{
		Name: m.Name(m.Language), Zone: zone, Language: m.Language, Fictional: m.Fictional,
		MeetingMinutes: m.MeetingMinutes, GapMinutes: m.GapMinutes,
	}
	for _, add := range []func() error{p.addLegs, p.addVenues, p.addPlaces, p.addParticipants, p.addInterpreters} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

func (p *planning) addLegs() error {
	p.legs = map[string]int{}
	var stretches []workbook.Stretch
	for i, leg := range p.whole.Legs {
		zone, err := leg.Location()
		if err != nil {
			return err
		}
		p.legs[leg.ID] = i
		p.book.Legs = append(p.book.Legs, workbook.Leg{Name: leg.Name, Zone: zone})
		grid, err := leg.Stretches()
		if err != nil {
			return err
		}
		slices.SortFunc(grid, func(a, b mission.Stretch) int { return a.Start.Compare(b.Start) })
		for _, s := range grid {
			stretches = append(stretches, workbook.Stretch{Leg: i, Start: s.Start, End: s.End})
		}
	}
	p.book.CutSlots(stretches)
	return nil
}

func (p *planning) addVenues() error {
	p.venues = map[string]int{}
	for i, v := range p.whole.Venues {
		closed, err := spans(v.Closed)
		if err != nil {
			return err
		}
		p.venues[v.ID] = i
		p.book.Venues = append(p.book.Venues, workbook.Venue{
			ID: v.Code, Name: v.Name, Address: v.Address, Latitude: v.At.Latitude, Longitude: v.At.Longitude, Located: v.Placed,
			Legs: positions(v.Legs, p.legs), Closed: closed,
		})
	}
	known := map[[2]int]int{}
	for _, j := range p.whole.Journeys {
		known[[2]int{p.venues[j.From], p.venues[j.To]}] = j.Minutes
	}
	p.book.SetTravel(known)
	return nil
}

func (p *planning) addPlaces() error {
	p.places = map[string]int{}
	for i, place := range p.whole.Places {
		closed, err := spans(place.Closed)
		if err != nil {
			return err
		}
		p.places[place.ID] = i
		p.book.Places = append(p.book.Places, workbook.Place{
			Venue: p.venues[place.Venue], Tables: place.Tables, First: place.First, Label: place.Label, Reserved: place.Reserved,
			Closed: closed,
		})
	}
	return nil
}

// addParticipants adds those who meet others: officials are in the programme
// only.
func (p *planning) addParticipants() error {
	p.participants = map[string]int{}
	for _, taker := range p.whole.Participants {
		if taker.State == mission.Withdrawn || taker.Side == mission.Official {
			continue
		}
		busy, err := spans(taker.Busy)
		if err != nil {
			return err
		}
		one := workbook.Participant{
			ID: taker.Code, Name: taker.Name, Side: side(taker.Side), Languages: taker.Languages,
			Seats: max(len(p.seats[taker.ID]), 1), Min: taker.Least, Max: taker.Most, MaxDay: taker.MostADay,
			Legs: positions(taker.Legs, p.legs), Unavailable: busy, Places: positions(taker.Places, p.places),
		}
		if one.ID == "" {
			one.ID = taker.ID
		}
		if contact := p.whole.People[taker.Contact]; contact != nil {
			one.Contact, one.Email = contact.Name(), contact.Email
		}
		for _, seat := range p.seats[taker.ID] {
			if person := p.whole.People[seat.Person]; person != nil {
				one.People = append(one.People, person.Name())
			}
		}
		p.participants[taker.ID] = len(p.taking)
		p.taking = append(p.taking, taker)
		p.book.Participants = append(p.book.Participants, one)
	}
	return nil
}

func (p *planning) addInterpreters() error {
	for _, i := range p.whole.Interpreters {
		busy, err := spans(i.Busy)
		if err != nil {
			return err
		}
		p.book.Interpreters = append(p.book.Interpreters, workbook.Interpreters{
			Languages: [2]string{i.Languages[0], i.Languages[1]}, Count: i.Number, Legs: positions(i.Legs, p.legs), Unavailable: busy,
		})
	}
	return nil
}

// addWishes adds the wishes between those who take part.
func (p *planning) addWishes(wishes []*Wish) {
	for _, w := range wishes {
		from, here := p.participants[w.From]
		to, there := p.participants[w.To]
		if !here || !there {
			continue
		}
		p.book.Wishes = append(p.book.Wishes, workbook.Wish{
			From: from, To: to, Kind: wishKind(w.Kind), Weight: w.Weight, Minutes: w.Minutes,
			Venues: positions(w.Venues, p.venues), FromSeat: w.FromSeat, ToSeat: w.ToSeat, Note: w.Note,
		})
	}
}

// addRequests adds the meetings that were asked for as such, of which all are
// there.
func (p *planning) addRequests(requests []*Request) {
	for _, r := range requests {
		m := workbook.Meeting{
			Start: p.slot(r.Start), Place: planner.None, Table: r.Table, Venues: positions(r.Venues, p.venues), Locked: r.Locked,
		}
		if place, there := p.places[r.Place]; there {
			m.Place = place
		}
		all := true
		for _, text := range r.Seats {
			id, seat := seatOf(text)
			at, here := p.participants[id]
			all = all && here
			m.Attendees = append(m.Attendees, planner.Attendee{Participant: planner.ParticipantID(at), Seat: seat})
		}
		if all {
			p.book.Meetings = append(p.book.Meetings, m)
		}
	}
}

// slot is the position of the slot that begins then, or planner.None.
func (p *planning) slot(start db.Instant) int {
	return slices.IndexFunc(p.book.Slots, func(s workbook.Slot) bool { return !start.IsZero() && s.Start.Equal(start.Time) })
}

// addSessions adds the sessions that keep those who attend from meeting anybody,
// from when they are fetched.
func (p *planning) addSessions(of *programme.Programme) {
	for _, s := range of.Sessions {
		attending := positions(of.Participating(s), p.participants)
		if s.Level != programme.Forbid || len(attending) == 0 {
			continue
		}
		name, _ := s.Title.In(p.book.Language)
		session := workbook.Session{Name: name, Start: s.Begins().Time, End: s.End.Time, Venue: planner.None}
		if venue, there := p.venues[s.Venue]; there {
			session.Venue = venue
		}
		if zone, err := time.LoadLocation(p.whole.ZoneOf(s.Leg)); err == nil {
			session.Start, session.End = session.Start.In(zone), session.End.In(zone)
		}
		session.Participants = attending
		p.book.Sessions = append(p.book.Sessions, session)
	}
}

// positions are where the records of some ids are; what is not there is left
// out.
func positions(ids []string, at map[string]int) []int {
	var list []int
	for _, id := range ids {
		if i, there := at[id]; there {
			list = append(list, i)
		}
	}
	return list
}

func spans(texts []string) ([]workbook.Span, error) {
	kept, err := mission.Spans(texts)
	var list []workbook.Span
	for _, s := range kept {
		list = append(list, workbook.Span{Start: s.Start, End: s.End})
	}
	return list, err
}

func side(s mission.Side) planner.Side {
	switch s {
	case mission.Delegate:
		return planner.Delegate
	case mission.Counterpart:
		return planner.Counterpart
	default:
		return planner.OnePool
	}
}

func wishKind(kind string) planner.WishKind {
	switch kind {
	case Must:
		return planner.Must
	case Never:
		return planner.Never
	default:
		return planner.Nice
	}
}

// content is a list of texts as content in a language.
func content(list []string, lang string) i18n.Text {
	if len(list) == 0 {
		return nil
	}
	return i18n.Text{lang: strings.Join(list, "; ")}
}
