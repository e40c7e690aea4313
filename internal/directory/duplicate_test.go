package directory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func duplicates(t *testing.T, d *db.DB, v territory.Viewer, kind string) (pairs [][2]string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		list, all, err := directory.Duplicates(ctx, tx, v, kind, 1)
		for _, pair := range list {
			pairs = append(pairs, [2]string{pair.First.Title, pair.Second.Title})
		}
		if all != len(list) {
			t.Errorf("%d in all, %d on the page", all, len(list))
		}
		return err
	})
	return pairs
}

func examine(t *testing.T, d *db.DB) {
	t.Helper()
	if err := directory.Examine(ctx, d, 1); err != nil {
		t.Fatal(err)
	}
}

func TestDuplicatesAreExamined(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, _ := workspace(t, d)
		first := organisation(t, d, directory.Organisation{Name: "Ateliers Dupré", City: marseille, SIREN: "732829320"})
		second := organisation(t, d, directory.Organisation{Name: "ATELIERS DUPRE SAS", SIREN: "732829320"})
		third := organisation(t, d, directory.Organisation{Name: "Ateliers Dupré", City: marseille})
		organisation(t, d, directory.Organisation{Name: "Coral Clinic"})
		organisation(t, d, directory.Organisation{Meta: record.Meta{Territory: 2}, Name: "Coral Clinic"})
		if got := duplicates(t, d, officer(1), "organisation"); got != nil {
			t.Errorf("before any examination: %v", got)
		}
		examine(t, d)
		surest := [2]string{first.Name, second.Name}
		if got := duplicates(t, d, officer(1), "organisation"); len(got) != 3 || got[0] != surest {
			t.Errorf("to examine: %v", got)
		}

		write(t, d, func(tx *db.Tx) error { return directory.Dismiss(ctx, tx, 1, "organisation", second.ID, first.ID, true) })
		examine(t, d)
		if got := duplicates(t, d, officer(1), "organisation"); len(got) != 2 || got[0] == surest {
			t.Errorf("after one was dismissed: %v", got)
		}
		write(t, d, func(tx *db.Tx) error {
			return directory.Dismiss(ctx, tx, 1, "organisation", first.ID, second.ID, false)
		})
		if got := duplicates(t, d, officer(1), "organisation"); len(got) != 3 {
			t.Errorf("after that was taken back: %v", got)
		}

		write(t, d, func(tx *db.Tx) error { return directory.Organisations().Delete(ctx, tx, act, 1, third.ID) })
		if got := duplicates(t, d, officer(1), "organisation"); len(got) != 1 {
			t.Errorf("with one in the trash: %v", got)
		}
	})
}

func TestDuplicatesAreShownToWhoMaySeeBoth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		person(t, d, directory.Person{Meta: record.Meta{Owner: "agency"}, Given: "Ana", Family: "Ruiz", Email: "a@b.example"})
		person(t, d, directory.Person{Given: "Ana", Family: "Ruíz", Email: "a@b.example"})
		person(t, d, directory.Person{Given: "Ana", Family: "Ruiz"}) // a name alone is common
		examine(t, d)
		if diff := cmp.Diff([][2]string{{"Ana Ruiz", "Ana Ruíz"}}, duplicates(t, d, officer(1), "person")); diff != "" {
			t.Error(diff)
		}
		agency := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Partner, Organisation: "agency"}
		if got := duplicates(t, d, agency, "person"); got != nil {
			t.Errorf("the agency sees %v", got)
		}
	})
}

func TestWhyTwoRecordsAreAlike(t *testing.T) {
	d := dbtest.Open(t)
	workspace(t, d)
	a, b := person(t, d, directory.Person{Family: "Ruiz", Email: "a@b.example"}), person(t, d, directory.Person{Family: "Roy", Email: "a@b.example"})
	o, p := organisation(t, d, directory.Organisation{Name: "Coral"}), organisation(t, d, directory.Organisation{Name: "CORAL SARL"})
	for kind, c := range map[string]struct{ first, second, want string }{
		"person": {a.ID, b.ID, "person.same_email"}, "organisation": {o.ID, p.ID, "match.same_name"},
	} {
		write(t, d, func(tx *db.Tx) error {
			why, err := directory.Likenesses(ctx, tx, 1, kind, c.first, c.second)
			if len(why) != 1 || why[0].Key != c.want {
				t.Errorf("%s: %v", kind, why)
			}
			return err
		})
	}
}
