package programme

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// Copy adds the sessions of a mission to another as drafts, some days later. The
// clock on the wall stays the same, whatever the clocks of the place did in
// between. Legs are those in the same position; venues those of the same code,
// or else the venue's name is the place. Who attends and who speaks is not
// copied. It gives how many sessions there are.
func Copy(ctx context.Context, tx *db.Tx, act record.Act, from, to *mission.Whole, days int) (int, error) {
	sessions, err := SessionsOf(ctx, tx, from.Territory, from.ID)
	if err != nil {
		return 0, err
	}
	for _, s := range sessions {
		moved, err := s.copied(from, to, days)
		if err != nil {
			return 0, err
		}
		if err := Sessions().Add(ctx, tx, act, moved); err != nil {
			return 0, fmt.Errorf("copy the session %s: %w", s.ID, err)
		}
	}
	return len(sessions), nil
}

// copied is the session as one of another mission.
func (s *Session) copied(from, to *mission.Whole, days int) (*Session, error) {
	there := *s
	there.Meta = record.Meta{Territory: to.Territory, Owner: to.Owner, Fictional: to.Fictional}
	there.Mission, there.Published = to.ID, false
	there.Participants, there.Interpreters = nil, nil
	there.Leg = legLike(from, to, s.Leg)
	there.Venue, there.Spot = venueLike(from, to, s)
	zones := [2]string{from.ZoneOf(s.Leg), to.ZoneOf(there.Leg)}
	for _, at := range []*db.Instant{&there.Start, &there.End, &there.TransportAt} {
		if at.IsZero() {
			continue
		}
		moved, err := later(*at, zones[0], zones[1], days)
		if err != nil {
			return nil, err
		}
		*at = moved
	}
	return &there, nil
}

// later is an instant some days later, at the same time of the day, by the
// clocks of the zone that it was in and of the one that it is in then.
func later(at db.Instant, from, to string, days int) (db.Instant, error) {
	before, err := time.LoadLocation(from)
	if err != nil {
		return at, fmt.Errorf("move a session: %w", err)
	}
	after, err := time.LoadLocation(to)
	if err != nil {
		return at, fmt.Errorf("move a session: %w", err)
	}
	local := at.In(before)
	year, month, day := local.Date()
	return db.At(time.Date(year, month, day+days, local.Hour(), local.Minute(), local.Second(), 0, after)), nil
}

// legLike is the leg of a mission in the position that a leg has in another, or
// "".
func legLike(from, to *mission.Whole, leg string) string {
	at := slices.IndexFunc(from.Legs, func(l *mission.Leg) bool { return l.ID == leg })
	if at < 0 || at >= len(to.Legs) {
		return ""
	}
	return to.Legs[at].ID
}

// venueLike is where a session is in another mission.
func venueLike(from, to *mission.Whole, s *Session) (venue, spot string) {
	at := slices.IndexFunc(from.Venues, func(v *mission.Venue) bool { return v.ID == s.Venue })
	if at < 0 {
		return "", s.Spot
	}
	was := from.Venues[at]
	if at = slices.IndexFunc(to.Venues, func(v *mission.Venue) bool { return v.Code == was.Code }); at >= 0 {
		return to.Venues[at].ID, s.Spot
	}
	if s.Spot == "" {
		return "", was.Name
	}
	return "", was.Name + ", " + s.Spot
}
