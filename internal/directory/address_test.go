package directory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

func address(t *testing.T, d *db.DB, a directory.Address) *directory.Address {
	t.Helper()
	a.Territory = 1
	write(t, d, func(tx *db.Tx) error { return directory.Addresses().Add(ctx, tx, act, &a) })
	return &a
}

func addressesOf(t *testing.T, d *db.DB, organisation string) (found []*directory.Address) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		found, err = directory.AddressesOf(ctx, tx, 1, organisation)
		return err
	})
	return found
}

func TestAddressComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, miami := workspace(t, d)
		o := organisation(t, d, directory.Organisation{Name: "Biogalène"})
		first := address(t, d, directory.Address{
			Meta: record.Meta{Owner: "agency", Fictional: true}, Organisation: o.ID,
			Label: "Office", Street: "1 Main", Postcode: "33101", City: miami, Country: "US", Zone: "America/New_York",
		})
		second := address(t, d, directory.Address{Organisation: o.ID, Label: "Plant", Street: "2 quai"})
		gone := address(t, d, directory.Address{Organisation: o.ID, Label: "Shop", Street: "3 quai"})
		write(t, d, func(tx *db.Tx) error { return directory.Addresses().Delete(ctx, tx, act, 1, gone.ID) })
		first.CityName = "Miami"
		if diff := cmp.Diff([]*directory.Address{first, second}, addressesOf(t, d, o.ID)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAddressRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		address directory.Address
		field   string
	}{
		"of nothing":   {directory.Address{Label: "Plant", Street: "1 quai"}, "organisation"},
		"of no use":    {directory.Address{Organisation: "o", Street: "1 quai"}, "label"},
		"at no place":  {directory.Address{Organisation: "o", Label: "Plant", Postcode: "13002"}, "street"},
		"of all sorts": {directory.Address{Organisation: "o", Label: "Plant", City: "c"}, ""},
	} {
		problems, _ := directory.Addresses().Settle(&c.address).(fault.Problems)
		if _, found := problems.On(c.field); found == (c.field == "") {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// TestAddressesFollowAMerge: those of both are the winner's, until it is undone.
func TestAddressesFollowAMerge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		winner, loser := organisation(t, d, directory.Organisation{Name: "Port"}), organisation(t, d, directory.Organisation{Name: "Le port"})
		address(t, d, directory.Address{Organisation: winner.ID, Label: "Quay", Street: "1 quai"})
		address(t, d, directory.Address{Organisation: loser.ID, Label: "Dock", Street: "2 quai"})
		merging := record.Act{By: act.By, Batch: db.NewID()}
		write(t, d, func(tx *db.Tx) error {
			return kinds().Merge(ctx, tx, merging, organisationRef(1, winner.ID), organisationRef(1, loser.ID), nil)
		})
		if all := addressesOf(t, d, winner.ID); len(all) != 2 {
			t.Errorf("merged, the winner has %d addresses", len(all))
		}
		write(t, d, func(tx *db.Tx) error {
			_, err := kinds().Undo(ctx, tx, act.By, 1, merging.Batch)
			return err
		})
		for _, o := range []string{winner.ID, loser.ID} {
			if all := addressesOf(t, d, o); len(all) != 1 {
				t.Errorf("undone, one has %d addresses", len(all))
			}
		}
	})
}
