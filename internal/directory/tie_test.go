package directory_test

import (
	"testing"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestTiesBetweenOrganisations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		mother, daughter := organisation(t, d, directory.Organisation{Name: "Mother"}), organisation(t, d, directory.Organisation{Name: "Daughter"})
		human := person(t, d, directory.Person{Family: "Ruiz"})
		finance := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Finance}
		good := record.Relation{From: organisationRef(1, daughter.ID), To: organisationRef(1, mother.ID), Role: "subsidiary_of", Share: "80"}
		odd, alien := good, good
		odd.Role = "cousin_of"
		alien.To = people().Ref(human)
		for name, c := range map[string]struct {
			who  territory.Viewer
			tie  record.Relation
			kind fault.Kind
		}{
			"a tie that is none":    {officer(1), odd, fault.Invalid},
			"a tie with a human":    {officer(1), alien, fault.Invalid},
			"by who only reads":     {finance, good, fault.Forbidden},
			"from elsewhere":        {officer(2), good, fault.NotFound},
			"what nothing is wrong": {officer(1), good, -1},
		} {
			err := d.Write(ctx, func(tx *db.Tx) error {
				return directory.TieOrganisations(ctx, tx, kinds(), c.who, act, &c.tie)
			})
			if (err == nil) != (c.kind < 0) || err != nil && !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
