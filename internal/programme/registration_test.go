package programme

import (
	"fmt"
	"sync"
	"testing"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
)

// standing tells how each seat stands with a session: "in", "waiting" or "-".
func (s *stage) standing(of *Session) (all string) {
	p := s.programme()
	for _, seat := range s.seats {
		switch r := p.registration(of, seat.ID); {
		case r == nil:
			all += "- "
		case r.Waiting:
			all += "waiting "
		default:
			all += "in "
		}
	}
	return all
}

func (s *stage) register(of *Session, seat int) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := Register(ctx, tx, act, of, s.seats[seat])
		return err
	})
}

func (s *stage) leave(of *Session, seat int) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return Leave(ctx, tx, act, of, s.seats[seat]) })
}

func TestWhoWaitsMovesUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 4)
		open := s.open(2)
		expect := func(err error, want string) {
			t.Helper()
			if got := s.standing(open); err != nil || got != want {
				t.Errorf("%q, not %q: %v", got, want, err)
			}
		}
		for seat := range 3 {
			expect(s.register(open, seat), []string{"in - - - ", "in in - - ", "in in waiting - "}[seat])
		}
		expect(s.register(open, 0), "in in waiting - ") // again
		expect(s.register(open, 3), "in in waiting waiting ")
		expect(s.leave(open, 2), "in in - waiting ")
		expect(s.register(open, 2), "in in waiting waiting ") // behind the fourth now
		expect(s.leave(open, 0), "- in waiting in ")
		s.write(func(tx *db.Tx) error {
			one, err := Sessions().Load(ctx, tx, 1, open.ID)
			if err != nil {
				return err
			}
			one.Capacity = Capacity{Group(mission.Delegate): 3}
			return Sessions().Save(ctx, tx, act, one)
		})
		expect(nil, "- in in in ")
		var engaged int
		s.write(func(tx *db.Tx) error {
			all, err := agenda.Of(ctx, tx, 1, s.mission.ID)
			engaged = len(all[0].Things)
			return err
		})
		if engaged != 3 {
			t.Errorf("%d seats have it in their agenda", engaged)
		}
	})
}

// TestTheLastPlace: of many who register at once, as many get in as there is room
// for.
func TestTheLastPlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const many, room = 8, 3
		s := set(t, d, many)
		open := s.open(room)
		var all sync.WaitGroup
		for seat := range many {
			all.Go(func() {
				if err := s.register(open, seat); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if taken := s.programme().taken(open, Group(mission.Delegate)); taken != room {
			t.Errorf("%d got in, and there is room for %d", taken, room)
		}
	})
}

func TestWhoCannotRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 2)
		p := s.programme()
		if err := s.register(s.add(func(made *Session) { made.Published, made.Level = true, Warn }), 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("for one without registration: %v", err)
		}
		if err := s.register(s.add(func(made *Session) { made.SignUp = true }), 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("for a draft: %v", err)
		}
		others := s.add(func(made *Session) {
			made.SignUp, made.Published, made.Participants = true, true, []string{p.Participants[1].ID}
		})
		if err := s.register(others, 0); !fault.Is(err, fault.NotFound) {
			t.Errorf("for one of others: %v", err)
		}
		first, second := s.open(2), s.open(2)
		if err := s.register(first, 0); err != nil {
			t.Fatal(err)
		}
		if err := s.register(second, 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("for another at the same time: %v", err)
		}
	})
}

// TestWhoIsEngagedDoesNotMoveUp: their place on the waiting list stays theirs.
func TestWhoIsEngagedDoesNotMoveUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 3)
		first, second := s.open(1), s.open(3)
		for _, seat := range []int{0, 1, 2} {
			if err := s.register(first, seat); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.register(second, 1); err != nil {
			t.Fatal(err)
		}
		if err := s.leave(first, 0); err != nil {
			t.Fatal(err)
		}
		if got := s.standing(first); got != "- waiting in " {
			t.Errorf("%q", got)
		}
	})
}

// TestGuestsWait: parties get in whole, in the order in which they were invited.
func TestGuestsWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := set(t, d, 0)
		of := s.add(func(made *Session) { made.Capacity = Capacity{Invited: 4} })
		guest := func(companions int, waiting bool) *Guest {
			g := &Guest{part: partOf(of), Name: "Guest", Companions: companions, Waiting: waiting}
			s.write(func(tx *db.Tx) error { return Guests().Add(ctx, tx, act, g) })
			return g
		}
		first := guest(2, false)
		guest(1, true)
		guest(0, true)
		standing := func() (text string) {
			for _, g := range s.programme().Guests[of.ID] {
				text += fmt.Sprint(g.places(), g.Waiting, " ")
			}
			return text
		}
		s.write(func(tx *db.Tx) error { return settleAll(ctx, tx, 1, s.mission.ID) })
		if got := standing(); got != "3 false 2 true 1 true " {
			t.Errorf("%q", got)
		}
		s.write(func(tx *db.Tx) error {
			return Guests().Delete(ctx, tx, act, 1, first.ID)
		})
		if got := standing(); got != "2 false 1 false " {
			t.Errorf("%q", got)
		}
		words, err := i18n.Load(Words, "words")
		if err != nil {
			t.Fatal(err)
		}
		if all := s.programme().Attendees(of, words.For("fr")); len(all) != 3 {
			t.Errorf("%d are expected: %+v", len(all), all)
		}
	})
}
