package territory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/territory"
)

func TestDutiesComeBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home := added(t, d)
		hers := territory.Charge{Mission: "m1", User: "u1", Duty: territory.Assess}
		theirs := territory.Charge{Mission: "m2", Organisation: "agency", Duty: territory.OnMission}
		write(t, d, func(tx *db.Tx) error {
			for _, c := range []territory.Charge{hers, hers, theirs, {Mission: "m2", User: "u2", Duty: territory.Assess}} {
				if err := c.Give(ctx, tx, home.ID); err != nil {
					return err
				}
			}
			return nil
		})
		read := func(organisation string) (charges territory.Charges) {
			t.Helper()
			write(t, d, func(tx *db.Tx) (err error) {
				charges, err = territory.ChargesOf(ctx, tx, home.ID, "u1", organisation)
				return err
			})
			return charges
		}
		want := territory.Charges{"m1": {territory.Assess}, "m2": {territory.OnMission}}
		if diff := cmp.Diff(want, read("agency")); diff != "" {
			t.Error(diff)
		}
		write(t, d, func(tx *db.Tx) error { return hers.Take(ctx, tx, home.ID) })
		if diff := cmp.Diff(territory.Charges{}, read("")); diff != "" {
			t.Error("after it was taken: " + diff)
		}
	})
}

// TestRightsOnMissions: what a partner agency or a duty opens is open on its
// mission alone.
func TestRightsOnMissions(t *testing.T) {
	on, off := territory.Subject{Mission: "m1"}, territory.Subject{Mission: "m2"}
	partner := territory.Viewer{
		Role: territory.Partner, Organisation: "agency", Charges: territory.Charges{"m1": {territory.OnMission}},
	}
	assessor := territory.Viewer{Role: territory.Company, Organisation: "c", Charges: territory.Charges{"m1": {territory.Assess}}}
	for _, it := range []struct {
		name         string
		viewer       territory.Viewer
		noun, action string
		on, off      bool
	}{
		{"an officer", territory.Viewer{Role: territory.Officer}, "mission", "edit", true, true},
		{"a partner sees", partner, "mission", "see", true, false},
		{"a partner edits", partner, "mission", "edit", true, false},
		{"a partner runs", partner, "mission", "run", false, false},
		{"an assessor sees", assessor, "mission", "see", true, false},
		{"an assessor edits", assessor, "mission", "edit", false, false},
	} {
		if got := it.viewer.May(it.noun, it.action, on); got != it.on {
			t.Errorf("%s, on the mission: %v", it.name, got)
		}
		if got := it.viewer.May(it.noun, it.action, off); got != it.off {
			t.Errorf("%s, on another: %v", it.name, got)
		}
	}
	if assessor.Reach("mission", "see") != territory.Joined || assessor.Reach("mission", "edit") != territory.Nothing {
		t.Error("the reach of a duty is not that of its table")
	}
	own := territory.Subject{Owner: "agency", Mission: "m2"}
	if !partner.May("participant", "edit", own) {
		t.Error("a partner may not edit its own record of another mission")
	}
}
