package programme

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

const hour = time.Hour

// TestEveryFieldIsKept: what is written of a session, of who speaks and of who is
// invited is what is read.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 1)
		p := s.programme()
		made := s.add(func(made *Session) {
			made.Leg, made.Spot, made.Kind, made.Level = p.Legs[0].ID, "Suite A", "visit", Warn
			made.About, made.Participants, made.SignUp = i18n.Text{"fr": "Visite"}, []string{p.Participants[0].ID}, true
			made.Capacity, made.Languages = Capacity{"delegate": 40, Invited: 10}, []string{"fr", "en"}
			made.Host, made.Dress, made.TransportFrom, made.TransportAt = "The port", "Closed shoes", "Hotel", made.Start.Add(-30*time.Minute)
		})
		speaker := &Speaker{part: partOf(made), Position: 2, Seat: s.seats[0].ID, Role: "opens", Minutes: 5}
		guest := &Guest{part: partOf(made), Name: "Ana Lopez", Organisation: "Port", Email: "ana@example.org", Companions: 2, Waiting: true}
		guest.Owner = "agency"
		s.write(func(tx *db.Tx) error {
			if err := Speakers().Add(ctx, tx, act, speaker); err != nil {
				return err
			}
			return Guests().Add(ctx, tx, act, guest)
		})
		same := cmp.Options{cmp.AllowUnexported(Speaker{}, Guest{}), cmpopts.EquateEmpty()}
		s.write(func(tx *db.Tx) error {
			read, err := Sessions().Load(ctx, tx, 1, made.ID)
			if diff := cmp.Diff(made, read, same); err != nil || diff != "" {
				t.Error(err, diff)
			}
			heard, err := Speakers().Load(ctx, tx, 1, speaker.ID)
			if diff := cmp.Diff(speaker, heard, same); err != nil || diff != "" {
				t.Error(err, diff)
			}
			came, err := Guests().Load(ctx, tx, 1, guest.ID)
			if diff := cmp.Diff(guest, came, same); err != nil || diff != "" {
				t.Error(err, diff)
			}
			return nil
		})
	})
}

func TestSettle(t *testing.T) {
	ok := func() *Session {
		return &Session{Title: i18n.Text{"fr": "T"}, Start: after(0), End: after(60)}
	}
	for name, it := range map[string]struct {
		change func(*Session)
		field  string
	}{
		"as it should be":     {func(*Session) {}, ""},
		"without a title":     {func(s *Session) { s.Title = nil }, "title." + i18n.Fallback},
		"ends as it begins":   {func(s *Session) { s.End = s.Start }, "ends_at"},
		"fetched too late":    {func(s *Session) { s.TransportAt = after(1) }, "transport_at"},
		"fetched as it opens": {func(s *Session) { s.TransportAt = after(0) }, ""},
	} {
		s := ok()
		it.change(s)
		err := s.settle()
		problems, _ := err.(fault.Problems)
		if _, wrong := problems.On(it.field); wrong != (it.field != "") || (err == nil) != (it.field == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPublication: a session that forbids holds the time of those who attend, one
// that warns does not; both are in their agendas, and drafts are not.
func TestPublication(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 2)
		s.add(func(made *Session) { made.Published = true })
		s.add(func(made *Session) { made.Published, made.Level = true, Warn })
		s.add(func(*Session) {})
		third := s.add(func(made *Session) { made.Start, made.End = made.End, made.End.Add(hour) })
		publish := func() error {
			whole := s.programme().Whole
			return d.Write(ctx, func(tx *db.Tx) error {
				_, err := Publish(ctx, tx, whole)
				return err
			})
		}
		held := func() (n int) {
			s.write(func(tx *db.Tx) error {
				all, err := agenda.Of(ctx, tx, 1, s.mission.ID)
				n = len(all)
				return err
			})
			return n
		}
		if err := publish(); err != nil || held() != 2 {
			t.Fatalf("%d sessions are in the agendas: %v", held(), err)
		}
		save := func(change func(*Session)) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				one, err := Sessions().Load(ctx, tx, 1, third.ID)
				if err != nil {
					return err
				}
				change(one)
				return Sessions().Save(ctx, tx, act, one)
			})
		}
		if err := save(func(one *Session) { one.Published = true }); err != nil || held() != 3 {
			t.Fatalf("%d sessions are in the agendas: %v", held(), err)
		}
		if err := save(func(one *Session) { one.Start = one.Start.Add(-hour) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("moved onto another that forbids: %v", err)
		}
		if err := save(func(one *Session) { one.Published = false }); err != nil || held() != 2 {
			t.Errorf("%d sessions are in the agendas: %v", held(), err)
		}
	})
}

// TestCopyKeepsTheClock: an edition a week later, on the other side of a change
// of clocks, begins its sessions at the same hour of the day.
func TestCopyKeepsTheClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 1)
		miami, err := time.LoadLocation("America/New_York")
		if err != nil {
			t.Fatal(err)
		}
		at := func(month time.Month, day, hour int) db.Instant {
			return db.At(time.Date(2017, month, day, hour, 30, 0, 0, miami))
		}
		p := s.programme()
		s.add(func(made *Session) {
			made.Leg, made.Start, made.End, made.Published = p.Legs[0].ID, at(11, 3, 9), at(11, 3, 11), true // in summer time
			made.TransportAt = at(11, 3, 8)
		})
		next := &mission.Mission{Meta: record.Meta{Territory: 1}, Title: i18n.Text{"en": "Again"}}
		var copied []*Session
		s.write(func(tx *db.Tx) error {
			if err := mission.Missions().Add(ctx, tx, act, next); err != nil {
				return err
			}
			leg := &mission.Leg{Part: mission.Part{Meta: record.Meta{Territory: 1}, Mission: next.ID}, Name: "Miami", Zone: "America/New_York"}
			if err := mission.Legs().Add(ctx, tx, act, leg); err != nil {
				return err
			}
			c := &mission.Copying{From: p.Whole, To: next, Act: act, Days: 7, Legs: map[string]string{p.Legs[0].ID: leg.ID}}
			if err := Copy(ctx, tx, c); err != nil {
				return err
			}
			var err error
			copied, err = SessionsOf(ctx, tx, 1, next.ID)
			return err
		})
		one := copied[0]
		if one.Leg == "" || one.Leg == p.Legs[0].ID || one.Published || len(one.Participants) > 0 {
			t.Errorf("copied as %+v", one)
		}
		for what, pair := range map[string][2]db.Instant{
			"start": {one.Start, at(11, 10, 9)}, "end": {one.End, at(11, 10, 11)}, "transport": {one.TransportAt, at(11, 10, 8)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s at %s, not at %s", what, pair[0].In(miami), pair[1].In(miami))
			}
		}
	})
}
