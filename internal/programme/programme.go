package programme

import (
	"context"
	"fmt"
	"slices"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
)

// A Programme is the sessions of a mission, in order, drafts too, with who is at
// each.
type Programme struct {
	*mission.Whole
	Sessions      []*Session
	Speakers      map[string][]*Speaker // by session, in the order of speech
	Registrations map[string][]*Registration
	Guests        map[string][]*Guest

	seats map[string]*mission.Seat
	sides map[string]*mission.Participant
}

// Read reads the programme of a mission.
func Read(ctx context.Context, tx *db.Tx, w *mission.Whole) (*Programme, error) {
	p := &Programme{Whole: w}
	var err error
	if p.Sessions, err = SessionsOf(ctx, tx, w.Territory, w.ID); err != nil {
		return nil, err
	}
	if p.Speakers, err = bySession(ctx, tx, w, SpeakersOf, func(s *Speaker) string { return s.Session }); err != nil {
		return nil, err
	}
	if p.Registrations, err = bySession(ctx, tx, w, RegistrationsOf, func(r *Registration) string { return r.Session }); err != nil {
		return nil, err
	}
	if p.Guests, err = bySession(ctx, tx, w, GuestsOf, func(g *Guest) string { return g.Session }); err != nil {
		return nil, err
	}
	p.index()
	return p, nil
}

// index makes what is asked for by id.
func (p *Programme) index() {
	p.seats, p.sides = map[string]*mission.Seat{}, map[string]*mission.Participant{}
	for _, s := range p.Seats {
		p.seats[s.ID] = s
	}
	for _, participant := range p.Participants {
		p.sides[participant.ID] = participant
	}
}

// ReadOf reads the programme that a session is of.
func ReadOf(ctx context.Context, tx *db.Tx, s *Session) (*Programme, error) {
	w, err := mission.Read(ctx, tx, s.Territory, s.Mission)
	if err != nil {
		return nil, err
	}
	return Read(ctx, tx, w)
}

// bySession lists what the sessions of a mission have, by session.
func bySession[T any](ctx context.Context, tx *db.Tx, w *mission.Whole,
	list func(context.Context, *db.Tx, int, string) ([]T, error), session func(T) string,
) (map[string][]T, error) {
	all, err := list(ctx, tx, w.Territory, w.ID)
	by := map[string][]T{}
	for _, one := range all {
		by[session(one)] = append(by[session(one)], one)
	}
	return by, err
}

// Session finds one of the programme, or nil.
func (p *Programme) Session(id string) *Session {
	at := slices.IndexFunc(p.Sessions, func(s *Session) bool { return s.ID == id })
	if at < 0 {
		return nil
	}
	return p.Sessions[at]
}

func (p *Programme) seat(id string) *mission.Seat { return p.seats[id] }

// group is that of a seat.
func (p *Programme) group(seat *mission.Seat) Group { return groupOf(p.sides[seat.Participant]) }

// invited says whether a seat may attend a session.
func (p *Programme) invited(s *Session, seat *mission.Seat) bool {
	participant := p.sides[seat.Participant]
	return participant != nil && participant.State != mission.Withdrawn &&
		(len(s.Participants) == 0 || slices.Contains(s.Participants, participant.ID)) &&
		(len(participant.Legs) == 0 || s.Leg == "" || slices.Contains(participant.Legs, s.Leg))
}

// Attending are the seats that attend a session, in the mission's order: those
// that registered, or all that are invited; and those that speak.
func (p *Programme) Attending(s *Session) []*mission.Seat {
	speaks := map[string]bool{}
	for _, speaker := range p.Speakers[s.ID] {
		speaks[speaker.Seat] = true
	}
	var seats []*mission.Seat
	for _, seat := range p.Seats {
		if speaks[seat.ID] || p.invited(s, seat) && (!s.SignUp || p.placed(s, seat.ID)) {
			seats = append(seats, seat)
		}
	}
	return seats
}

// Participating are the ids of the participants who attend a session.
func (p *Programme) Participating(s *Session) (ids []string) {
	for _, seat := range p.Attending(s) {
		if !slices.Contains(ids, seat.Participant) {
			ids = append(ids, seat.Participant)
		}
	}
	return ids
}

// placed says whether a seat registered for a session and does not wait.
func (p *Programme) placed(s *Session, seat string) bool {
	r := p.registration(s, seat)
	return r != nil && !r.Waiting
}

// taken is how many places of a session a group takes.
func (p *Programme) taken(s *Session, group Group) (n int) {
	if group == Invited {
		for _, g := range p.Guests[s.ID] {
			if !g.Waiting {
				n += g.places()
			}
		}
		return n
	}
	for _, seat := range p.Attending(s) {
		if p.group(seat) == group {
			n++
		}
	}
	return n
}

// Publish writes the sessions that are published into the agendas of a
// mission.
func Publish(ctx context.Context, tx *db.Tx, w *mission.Whole) (agenda.Changes, error) {
	p, err := Read(ctx, tx, w)
	if err != nil {
		return agenda.Changes{}, err
	}
	return p.publish(ctx, tx)
}

func (p *Programme) publish(ctx context.Context, tx *db.Tx) (agenda.Changes, error) {
	var wanted []agenda.Engagement
	for _, s := range p.Sessions {
		if s.Published {
			wanted = append(wanted, p.engagement(s))
		}
	}
	changes, err := agenda.Publish(ctx, tx, p.Territory, p.ID, "session", wanted)
	if err != nil {
		return changes, fmt.Errorf("publish the sessions: %w", err)
	}
	return changes, nil
}

// engagement is what a session takes of its mission's seats. A session that only
// warns takes no time.
func (p *Programme) engagement(s *Session) agenda.Engagement {
	e := agenda.Engagement{
		Record: s.ID, Title: s.Title, Start: s.Start, End: s.End, Zone: p.ZoneOf(s.Leg), Venue: s.Venue, Spot: s.Spot,
		Interpreted: len(s.Interpreters) > 0, Fictional: s.Fictional, Loose: s.Level != Forbid,
	}
	for _, seat := range p.Attending(s) {
		e.Things = append(e.Things, agenda.SeatThings(seat.ID, seat.Person)...)
	}
	return e
}
