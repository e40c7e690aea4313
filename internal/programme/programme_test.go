package programme

import (
	"context"
	"flag"
	"os"
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

// A stage is a mission in a database, with companies that have a seat each.
type stage struct {
	t       *testing.T
	db      *db.DB
	mission *mission.Mission
	seats   []*mission.Seat
}

func (s *stage) write(do func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.db.Write(ctx, do); err != nil {
		s.t.Fatal(err)
	}
}

// set makes a mission with some companies.
func set(t *testing.T, d *db.DB, companies int) *stage {
	t.Helper()
	s := &stage{t: t, db: d}
	s.write(func(tx *db.Tx) error {
		if _, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		}); err != nil {
			return err
		}
		s.mission = &mission.Mission{Meta: record.Meta{Territory: 1}, Title: i18n.Text{"en": "Miami"}, StartsOn: "2017-11-05", EndsOn: "2017-11-10"}
		if err := mission.Missions().Add(ctx, tx, act, s.mission); err != nil {
			return err
		}
		leg := &mission.Leg{Part: s.part(), Name: "Miami", Zone: "America/New_York"}
		if err := mission.Legs().Add(ctx, tx, act, leg); err != nil {
			return err
		}
		for range companies {
			if err := s.company(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

func (s *stage) part() mission.Part {
	return mission.Part{Meta: record.Meta{Territory: 1}, Mission: s.mission.ID}
}

func (s *stage) company(tx *db.Tx) error {
	o := &directory.Organisation{Meta: record.Meta{Territory: 1}, Name: "Company"}
	if err := directory.Organisations().Add(ctx, tx, act, o); err != nil {
		return err
	}
	p := &mission.Participant{Part: s.part(), Organisation: o.ID, Side: mission.Delegate}
	if err := mission.Participants().Add(ctx, tx, act, p); err != nil {
		return err
	}
	seat := &mission.Seat{Part: s.part(), Participant: p.ID, Number: 1}
	s.seats = append(s.seats, seat)
	return mission.Seats().Add(ctx, tx, act, seat)
}

// add keeps a session: a draft of an hour, an hour from now, which a test
// changes.
func (s *stage) add(change func(*Session)) *Session {
	s.t.Helper()
	made := &Session{
		Meta: record.Meta{Territory: 1}, Mission: s.mission.ID, Title: i18n.Text{"en": "Round table"},
		Start: s.db.Now().Add(hour), End: s.db.Now().Add(2 * hour),
	}
	change(made)
	s.write(func(tx *db.Tx) error { return Sessions().Add(ctx, tx, act, made) })
	return made
}

// open is a session that is open to those who register, with room for some
// companies.
func (s *stage) open(room int) *Session {
	return s.add(func(made *Session) {
		made.SignUp, made.Published, made.Capacity = true, true, Capacity{Group(mission.Delegate): room}
	})
}

func (s *stage) programme() (p *Programme) {
	s.t.Helper()
	s.write(func(tx *db.Tx) error {
		w, err := mission.Read(ctx, tx, 1, s.mission.ID)
		if err != nil {
			return err
		}
		p, err = Read(ctx, tx, w)
		return err
	})
	return p
}
