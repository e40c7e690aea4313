package programme

import (
	"context"
	"slices"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// A Registration is a seat that wants to attend a session: it does, or waits for
// room.
type Registration struct {
	part
	Seat    string // id
	Waiting bool
}

// Registrations is how registrations are kept.
func Registrations() record.Noun[Registration] {
	return record.Noun[Registration]{
		Name: "registration",
		Fields: record.Fields[Registration]{
			record.ReferenceField("seat", "seat", func(r *Registration) *string { return &r.Seat }),
			record.YesField("waiting", func(r *Registration) *bool { return &r.Waiting }),
		},
		Meta: func(r *Registration) *record.Meta { return &r.Meta },
		Load: loadRegistration, Insert: insertRegistration,
		Update: func(ctx context.Context, tx *db.Tx, r *Registration) error {
			if err := updateRegistration(ctx, tx, r); err != nil {
				return err
			}
			return settleAll(ctx, tx, r.Territory, r.Mission)
		},
		Settle: func(*Registration) error { return nil },
		// A registration is found with its session.
		Found: func(r *Registration) record.Found { return record.Found{Subject: r.Subject(), On: r.on()} },
	}
}

// Register lets a seat attend a session, or wait where there is no room: then
// the registration says so.
func Register(ctx context.Context, tx *db.Tx, act record.Act, s *Session, seat *mission.Seat) (*Registration, error) {
	if !s.IsOpen(tx.Now) {
		return nil, fault.New(fault.Conflict, "programme.not_open")
	}
	p, err := ReadOf(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	if !p.invited(s, seat) {
		return nil, fault.New(fault.NotFound, "record.none")
	}
	if r := p.registration(s, seat.ID); r != nil {
		return r, nil
	}
	busy, err := engaged(ctx, tx, s, seat)
	switch {
	case err != nil:
		return nil, err
	case busy:
		return nil, fault.New(fault.Conflict, "programme.engaged")
	}
	group := p.group(seat)
	r := &Registration{part: partOf(s), Seat: seat.ID, Waiting: !s.Capacity.fits(group, p.taken(s, group), 1)}
	if err := Registrations().Add(ctx, tx, act, r); err != nil {
		return nil, err
	}
	return r, settleAll(ctx, tx, s.Territory, s.Mission)
}

// Leave takes a seat out of those who attend a session, or wait. Whoever waits
// first moves up.
func Leave(ctx context.Context, tx *db.Tx, act record.Act, s *Session, seat *mission.Seat) error {
	if !s.IsOpen(tx.Now) {
		return fault.New(fault.Conflict, "programme.not_open")
	}
	p, err := ReadOf(ctx, tx, s)
	if err != nil {
		return err
	}
	r := p.registration(s, seat.ID)
	if r == nil {
		return nil
	}
	return Registrations().Delete(ctx, tx, act, r.Territory, r.ID)
}

// engaged says whether a seat, or its person in another mission, cannot attend a
// session because of what they are engaged in already.
func engaged(ctx context.Context, tx *db.Tx, s *Session, seat *mission.Seat) (bool, error) {
	if s.Level != Forbid {
		return false, nil
	}
	// Agendas hold whole ticks: those that the session touches.
	start, end := s.Begins().Truncate(agenda.Tick), s.End.Add(agenda.Tick-1).Truncate(agenda.Tick)
	n, err := New(tx).engagedElsewhere(ctx, engagedElsewhereParams{
		TerritoryID: s.Territory, ThingID: seat.ID, ThingID_2: seat.Person, RecordID: s.ID, StartsAt: db.At(end), EndsAt: db.At(start),
	})
	return n > 0, err
}

// moveUp lets those who wait attend, where there is room, in the order in which
// they came. Who is engaged elsewhere meanwhile goes on waiting.
func (p *Programme) moveUp(ctx context.Context, tx *db.Tx, act record.Act) error {
	for _, s := range p.Sessions {
		if err := p.moveUpTo(ctx, tx, act, s); err != nil {
			return err
		}
	}
	return nil
}

func (p *Programme) moveUpTo(ctx context.Context, tx *db.Tx, act record.Act, s *Session) error {
	registrations, guests := Registrations(), Guests() // what follows from a change is what is being done
	registrations.Update, guests.Update = updateRegistration, updateGuest
	for _, r := range p.Registrations[s.ID] {
		seat := p.seat(r.Seat)
		if !r.Waiting || seat == nil || !p.invited(s, seat) || !s.Capacity.fits(p.group(seat), p.taken(s, p.group(seat)), 1) {
			continue
		}
		busy, err := engaged(ctx, tx, s, seat)
		if err != nil {
			return err
		}
		if r.Waiting = busy; busy {
			continue
		}
		if err := registrations.Save(ctx, tx, act, r); err != nil {
			return err
		}
	}
	for _, g := range p.Guests[s.ID] {
		if !g.Waiting {
			continue
		}
		if !s.Capacity.fits(Invited, p.taken(s, Invited), g.places()) {
			break // smaller parties do not overtake
		}
		g.Waiting = false
		if err := guests.Save(ctx, tx, act, g); err != nil {
			return err
		}
	}
	return nil
}

// registration is that of a seat for a session, or nil.
func (p *Programme) registration(s *Session, seat string) *Registration {
	at := slices.IndexFunc(p.Registrations[s.ID], func(r *Registration) bool { return r.Seat == seat })
	if at < 0 {
		return nil
	}
	return p.Registrations[s.ID][at]
}
