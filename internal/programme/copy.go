package programme

import (
	"context"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// Copy adds the sessions of a mission to a new edition of it, as drafts: with the
// hours that the clocks show, and without who attends and who speaks.
func Copy(ctx context.Context, tx *db.Tx, c *mission.Copying) error {
	sessions, err := SessionsOf(ctx, tx, c.From.Territory, c.From.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		zone, err := time.LoadLocation(c.From.ZoneOf(s.Leg))
		if err != nil {
			return fmt.Errorf("copy the session %s: %w", s.ID, err)
		}
		for _, at := range times(s) {
			if !at.IsZero() {
				*at = db.At(c.Instant(at.Time, zone))
			}
		}
		s.Meta = record.Meta{Territory: c.To.Territory, Fictional: c.To.Fictional}
		s.Mission, s.Leg, s.Venue = c.To.ID, c.Legs[s.Leg], c.Venues[s.Venue]
		s.Participants, s.Interpreters, s.Published = nil, nil, false
		if err := Sessions().Add(ctx, tx, c.Act, s); err != nil {
			return fmt.Errorf("copy a session: %w", err)
		}
	}
	return nil
}
