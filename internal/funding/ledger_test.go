package funding

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
)

// stopped says whether an award was stopped at the ceiling.
func stopped(t *testing.T, err error) bool {
	t.Helper()
	var problems fault.Problems
	if !errors.As(err, &problems) {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	p, found := problems.On("amount")
	if !found || p.Key != "grant.over" {
		t.Fatalf("refused otherwise: %v", problems)
	}
	return true
}

// TestAwardsAboveTheCeilingAreStopped: aid of a company, of its mother, of the
// mother's other subsidiary and of other funders adds up over three years.
func TestAwardsAboveTheCeilingAreStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		mother, daughter, sister := s.company("Mère", ""), s.company("Fille", ""), s.company("Sœur", "")
		branch, former, friend := s.company("Agence", ""), s.company("Cédée", ""), s.company("Amie", "")
		s.tie(daughter, mother, "subsidiary_of", "", "")
		s.tie(mother, sister, "controlled_by", "2020-01-01", "") // the sister is above
		s.tie(branch, daughter, "branch_of", "", "")
		s.tie(former, mother, "subsidiary_of", "", "2025-12-31")
		s.tie(friend, mother, "member_of", "", "")

		if err := s.add(s.award(mother, 100_000, "2024-03-01")); err != nil {
			t.Fatal(err)
		}
		if err := s.add(s.award(former, 290_000, "2026-02-01")); err != nil {
			t.Fatal(err) // sold before: an undertaking of its own
		}
		if err := s.add(s.award(friend, 290_000, "2026-02-01")); err != nil {
			t.Fatal(err)
		}
		s.declare(sister, 120_000, "1407/2013", "2023-11-24")
		s.declare(sister, 200_000, "2023/2832", "2026-01-01") // of another regulation
		s.declare(branch, 30_000, GeneralDeMinimis, "2025-05-05")

		if !stopped(t, s.add(s.award(daughter, 50_001, "2026-11-24"))) {
			t.Error("50,001 on top of 250,000 pass")
		}
		if stopped(t, s.add(s.award(daughter, 170_000, "2026-11-25"))) {
			t.Error("on the day after, the oldest aid still counts")
		}
		if !stopped(t, s.add(s.award(branch, 1, "2026-11-26"))) {
			t.Error("one euro passes where none is left")
		}
	})
}

// TestNoWayAround: a stored award cannot be raised, moved or put back so that the
// ceiling is passed, and may be changed in what the ceiling does not look at.
func TestNoWayAround(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := setStage(t, d)
		company := s.company("Vigie fictive", "")
		first, second := s.award(company, 200_000, "2026-01-10"), s.award(company, 100_000, "2026-02-10")
		for _, g := range []*Grant{first, second} {
			if err := s.add(g); err != nil {
				t.Fatal(err)
			}
		}
		kind := Grants().Kind()
		change := func(id string, texts map[string]string) error {
			return d.Write(ctx, func(tx *db.Tx) error { return kind.Change(ctx, tx, act, first.Territory, id, texts) })
		}
		if !stopped(t, change(second.ID, map[string]string{"amount": "100000.01"})) {
			t.Error("one cent more passes")
		}
		if err := change(second.ID, map[string]string{"object": "Autre objet", "registered_on": "2026-02-20"}); err != nil {
			t.Error(err)
		}
		if err := change(second.ID, map[string]string{"regulation": "651/2014"}); err != nil {
			t.Errorf("another legal basis: %v", err)
		}
		if err := change(first.ID, map[string]string{"amount": "300000"}); err != nil {
			t.Errorf("now that the other is exempt: %v", err)
		}
		if !stopped(t, change(second.ID, map[string]string{"regulation": GeneralDeMinimis})) {
			t.Error("it comes back above the ceiling")
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return kind.Delete(ctx, tx, act, first.Territory, first.ID) }); err != nil {
			t.Fatal(err)
		}
		if err := change(second.ID, map[string]string{"regulation": GeneralDeMinimis}); err != nil {
			t.Errorf("with the first in the trash: %v", err)
		}
		err := d.Write(ctx, func(tx *db.Tx) error { return kind.Restore(ctx, tx, act, first.Territory, first.ID) })
		if !stopped(t, err) {
			t.Error("it comes out of the trash above the ceiling")
		}
	})
}

// TestLateEntry: an award that is entered with an older date is judged with those
// that came after it.
func TestLateEntry(t *testing.T) {
	s := setStage(t, dbtest.Open(t))
	company := s.company("Vigie fictive", "")
	if err := s.add(s.award(company, 250_000, "2026-11-01")); err != nil {
		t.Fatal(err)
	}
	if !stopped(t, s.add(s.award(company, 60_000, "2024-06-01"))) {
		t.Error("310,000 within three years pass")
	}
	if err := s.add(s.award(company, 50_000, "2024-06-01")); err != nil {
		t.Error(err)
	}
}

// TestCeilingsAreData: outside the days of every ceiling nothing is awarded, and
// a territory's own ceiling comes first.
func TestCeilingsAreData(t *testing.T) {
	s := setStage(t, dbtest.Open(t))
	company := s.company("Vigie fictive", "")
	for _, c := range []struct{ regulation, on string }{{GeneralDeMinimis, "2031-01-01"}, {"1407/2013", "2026-01-01"}} {
		g := s.award(company, 1, c.on)
		g.Regulation = c.regulation
		var problems fault.Problems
		if err := s.add(g); !errors.As(err, &problems) {
			t.Errorf("%s on %s: %v", c.regulation, c.on, err)
		} else if p, _ := problems.On("regulation"); p.Key != "ceiling.none_that_day" {
			t.Errorf("%s on %s: %v", c.regulation, c.on, problems)
		}
	}
	s.write(func(tx *db.Tx) error {
		return Ceilings().Add(ctx, tx, act, &Ceiling{
			Meta: s.meta(), Regulation: GeneralDeMinimis, Amount: 100_00, Years: 3, From: "2026-06-01", Source: "Test",
		})
	})
	if stopped(t, s.add(s.award(company, 200, "2026-05-31"))) {
		t.Error("the new ceiling holds before its day")
	}
	if !stopped(t, s.add(s.award(company, 200, "2026-06-01"))) {
		t.Error("the new ceiling does not hold on its day")
	}
}

// TestBroughtCeilings: what the program brings along is what the rules say.
func TestBroughtCeilings(t *testing.T) {
	ceilings, err := brought()
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]int64{}
	for _, c := range ceilings {
		if c.Source == "" || c.From == "" {
			t.Errorf("%s has no source or no day", c.Regulation)
		}
		if err := c.settle(); err != nil {
			t.Errorf("%s: %v", c.Regulation, err)
		}
		have[c.Regulation] = c.Amount / 100
	}
	want := map[string]int64{"2023/2831": 300_000, "2023/2832": 750_000, "1408/2013": 50_000, "717/2014": 30_000}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("(-rules +brought):\n%s", diff)
	}
}

func TestClock(t *testing.T) {
	ceilings, err := brought()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, decided, registered, today string
		want                             Clock
	}{
		{"before the register", "2025-12-31", "", "2026-06-01", Clock{}},
		{"running", "2026-11-23", "", "2026-12-21", Clock{Due: "2026-12-21"}},
		{"late", "2026-11-23", "", "2026-12-22", Clock{Due: "2026-12-21", Late: true}},
		{"in time", "2026-11-23", "2026-12-21", "2027-06-01", Clock{Due: "2026-12-21", Done: true, OnTime: true}},
		{"entered late", "2026-11-23", "2026-12-22", "2027-06-01", Clock{Due: "2026-12-21", Done: true}},
	} {
		g := &Grant{State: Awarded, RegisteredOn: c.registered, Decided: Decided{DecidedOn: c.decided, Regulation: GeneralDeMinimis}}
		if diff := cmp.Diff(c.want, clockOf(g, ceilings, c.today)); diff != "" {
			t.Errorf("%s (-want +have):\n%s", c.name, diff)
		}
	}
	if c := clockOf(&Grant{State: Awarded, Decided: Decided{DecidedOn: "2026-11-23", Regulation: "651/2014"}}, ceilings, "2027-01-01"); c != (Clock{}) {
		t.Errorf("an exempt grant has a clock: %v", c)
	}
}
