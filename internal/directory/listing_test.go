package directory_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

// TestOrganisationsByCity: those of a city stand together, by name, and move
// when the city is renamed; those of none come first.
func TestOrganisationsByCity(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, miami := workspace(t, d)
		for name, city := range map[string]string{"Zelie": marseille, "Anchor": miami, "Étang": marseille, "Coral": miami, "Nowhere": ""} {
			organisation(t, d, directory.Organisation{Name: name, City: city})
		}
		byCity := directory.OrganisationFilter{Sort: "city"}
		want := []string{"Nowhere", "Étang", "Zelie", "Anchor", "Coral"}
		if got, _ := list(t, d, officer(1), byCity); !slices.Equal(got, want) {
			t.Errorf("by city: %s", got)
		}
		write(t, d, func(tx *db.Tx) error {
			city, err := directory.Cities().Load(ctx, tx, 1, marseille)
			if err != nil {
				return err
			}
			city.Name = "Nice"
			return directory.Cities().Save(ctx, tx, act, city)
		})
		want = []string{"Nowhere", "Anchor", "Coral", "Étang", "Zelie"}
		if got, _ := list(t, d, officer(1), byCity); !slices.Equal(got, want) {
			t.Errorf("after the city was renamed: %s", got)
		}
		byCity.Descending = true
		slices.Reverse(want)
		if got, _ := list(t, d, officer(1), byCity); !slices.Equal(got, want) {
			t.Errorf("descending: %s", got)
		}
	})
}

// TestPeopleByOrganisation: likewise, of people and the organisation that counts.
func TestPeopleByOrganisation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		first := organisation(t, d, directory.Organisation{Name: "Anchor"})
		second := organisation(t, d, directory.Organisation{Name: "Coral"})
		for family, employer := range map[string]string{"Zola": first.ID, "Aron": second.ID, "Élie": first.ID, "Nobody": ""} {
			person(t, d, directory.Person{Family: family, Organisation: employer})
		}
		if got, want := peopleByOrganisation(t, d), []string{"Nobody", "Élie", "Zola", "Aron"}; !slices.Equal(got, want) {
			t.Errorf("by organisation: %s", got)
		}
		write(t, d, func(tx *db.Tx) error {
			o, err := directory.Organisations().Load(ctx, tx, 1, first.ID)
			if err != nil {
				return err
			}
			o.Name = "Delta"
			return directory.Organisations().Save(ctx, tx, act, o)
		})
		if got, want := peopleByOrganisation(t, d), []string{"Nobody", "Aron", "Élie", "Zola"}; !slices.Equal(got, want) {
			t.Errorf("after the organisation was renamed: %s", got)
		}
	})
}

func peopleByOrganisation(t *testing.T, d *db.DB) (families []string) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, _, err := directory.ListPeople(ctx, tx, officer(1), directory.PersonFilter{Sort: "organisation"})
		for _, row := range rows {
			families = append(families, row.Family)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// TestSectorsAreFoundByTheirWholeID: no letter of it stands for another.
func TestSectorsAreFoundByTheirWholeID(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		organisation(t, d, directory.Organisation{Name: "Coral Clinic", Sectors: []string{"maritime", "health"}})
		for sector, want := range map[string]int{"health": 1, "maritime": 1, "mari": 0, "Health": 0, "h_alth": 0, "%": 0, "": 0, `","`: 0} {
			if _, all := list(t, d, officer(1), directory.OrganisationFilter{Sectors: []string{sector}}); all != want {
				t.Errorf("sector %q: %d, want %d", sector, all, want)
			}
		}
	})
}

// TestPagesOfALongList: the pages give every organisation once, in order, and
// each says how many there are in all.
func TestPagesOfALongList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		want := make([]string, 2*web.PageSize+1)
		write(t, d, func(tx *db.Tx) error {
			for i := range want {
				want[i] = fmt.Sprintf("Banc %03d", i)
				o := directory.Organisation{Meta: record.Meta{Territory: 1}, Name: want[i]}
				if err := directory.Organisations().Add(ctx, tx, act, &o); err != nil {
					return err
				}
			}
			return nil
		})
		var got []string
		for page := 1; page <= 4; page++ {
			names, all := list(t, d, officer(1), directory.OrganisationFilter{Page: page})
			if got = append(got, names...); all != len(want) {
				t.Errorf("page %d says %d in all", page, all)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
