package directory_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// TestMain draws the same random directories every time, few enough for two
// engines.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "1", "rapid.checks": "30"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(dbtest.Run(m))
}

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

func write(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func officer(territoryID int) territory.Viewer {
	return territory.Viewer{Territory: territory.Territory{ID: territoryID}, Role: territory.Officer, Language: "fr"}
}

// workspace makes two territories, the first with sectors and two cities, whose
// ids it gives.
func workspace(t *testing.T, d *db.DB) (marseille, miami string) {
	t.Helper()
	for _, slug := range []string{"marseille", "montpellier"} {
		write(t, d, func(tx *db.Tx) error {
			_, err := territory.Add(ctx, tx, act.By, territory.Territory{
				Slug: slug, Name: slug, Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
			})
			return err
		})
	}
	home := &directory.City{Meta: record.Meta{Territory: 1}, Name: "Marseille", Country: "FR", Zone: "Europe/Paris"}
	abroad := &directory.City{
		Meta: record.Meta{Territory: 1}, Name: "Miami", Country: "US", Zone: "America/New_York",
		Latitude: 25.7743, Longitude: -80.1937, Placed: true,
	}
	write(t, d, func(tx *db.Tx) error {
		for _, c := range []*directory.City{home, abroad} {
			if err := directory.Cities().Add(ctx, tx, act, c); err != nil {
				return err
			}
		}
		return directory.SetSectors(ctx, tx, 1, []directory.Sector{
			{ID: "health", Name: i18n.Text{"fr": "Santé", "en": "Health"}, Letter: "S", Shape: "disc"},
			{ID: "maritime", Name: i18n.Text{"fr": "Maritime", "en": "Maritime"}, Letter: "M", Shape: "hull"},
		})
	})
	return home.ID, abroad.ID
}

func organisation(t *testing.T, d *db.DB, o directory.Organisation) *directory.Organisation {
	t.Helper()
	if o.Territory == 0 {
		o.Territory = 1
	}
	write(t, d, func(tx *db.Tx) error { return directory.Organisations().Add(ctx, tx, act, &o) })
	return &o
}

func TestOrganisationComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, _ := workspace(t, d)
		want := organisation(t, d, directory.Organisation{
			Meta: record.Meta{Owner: "agency", Fictional: true},
			Name: "Biogalène", LegalName: "Biogalène SAS", OtherNames: []string{"BGL", "Bio; G"}, Kind: "company",
			City: marseille, Street: "1 quai", Postcode: "13002", SIRET: "73282932000074", NAF: "21.20Z", Size: "20-49",
			Founded: "2011", Site: "https://biogalene.example", Email: "a@biogalene.example", Phone: "+33 4 91 00 00 00",
			Description: i18n.Text{"fr": "Tests rapides", "en": "Quick tests"}, Sectors: []string{"health", "maritime"},
		})
		write(t, d, func(tx *db.Tx) error {
			got, err := directory.Organisations().Load(ctx, tx, 1, want.ID)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(directory.Organisation{})); diff != "" {
				t.Error(diff)
			}
			if got.SIREN != "732829320" || got.Country != "FR" {
				t.Errorf("SIREN %q, country %q", got.SIREN, got.Country)
			}
			return err
		})
	})
}

func TestCityComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, miami := workspace(t, d)
		write(t, d, func(tx *db.Tx) error {
			named, err := directory.CitiesNamed(ctx, tx, 1, "MIAMI")
			if err != nil || len(named) != 1 || named[0].ID != miami {
				t.Fatalf("%v, %v", named, err)
			}
			if c := named[0]; c.Latitude != 25.7743 || c.Longitude != -80.1937 || !c.Placed || c.Zone != "America/New_York" {
				t.Errorf("%+v", c)
			}
			return nil
		})
	})
}

// TestEveryFieldIsKept sets each field of each noun by its text, and reads it
// back from the database: a field that the store forgets is found.
func TestEveryFieldIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, _ := workspace(t, d)
		into := organisation(t, d, directory.Organisation{Name: "Other"})
		given := map[string]map[string]string{
			"organisation": {
				"name": "N", "legal_name": "L", "other_names": "A; B", "kind": "port", "siren": "732829320",
				"siret": "73282932000074", "foreign_id": "F", "country": "FR", "city": marseille, "street": "S", "postcode": "P",
				"sectors": "health; maritime", "naf": "21.20Z", "naf25": "21.20Z", "size": "10000+", "founded": "1999",
				"site": "https://a.example", "email": "a@b.example", "phone": "1", "description.fr": "D", "description.en": "E",
				"offers.fr": "O", "offers.en": "P", "needs.fr": "Q", "needs.en": "R", "source": "doc", "merged_into": into.ID,
				"logo": strings.Repeat("0a", 32),
			},
			"city": {"name": "C", "country": "FR", "zone": "Europe/Paris", "latitude": "1.5", "longitude": "-2"},
		}
		for _, kind := range []record.Kind{directory.Organisations().Kind(), directory.Cities().Kind()} {
			want := given[kind.Name]
			for _, field := range kind.Fields {
				if want[field.Name] == "" {
					t.Errorf("%s: the test gives no %s", kind.Name, field.Name)
				}
			}
			write(t, d, func(tx *db.Tx) error {
				id, err := kind.Create(ctx, tx, act, record.Meta{Territory: 1}, map[string]string{"name": "x", "country": "FR", "zone": "Europe/Paris"})
				if err != nil {
					return err
				}
				if err := kind.Change(ctx, tx, act, 1, id, want); err != nil {
					return err
				}
				got, err := kind.Texts(ctx, tx, 1, id)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", kind.Name, diff)
				}
				return err
			})
		}
	})
}

func TestOrganisationRefuses(t *testing.T) {
	d := dbtest.Open(t)
	workspace(t, d)
	for field, o := range map[string]directory.Organisation{
		"name":  {},
		"siret": {Name: "X", SIREN: "552100554", SIRET: "73282932000074"},
	} {
		o.Territory = 1
		err := d.Write(ctx, func(tx *db.Tx) error { return directory.Organisations().Add(ctx, tx, act, &o) })
		if problems, ok := err.(fault.Problems); !ok || len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestNoReferenceAcrossTerritories: the engine itself refuses it.
func TestNoReferenceAcrossTerritories(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, _ := workspace(t, d)
		for name, o := range map[string]directory.Organisation{
			"city":   {Name: "X", City: marseille},
			"sector": {Name: "X", Sectors: []string{"health"}},
		} {
			o.Territory = 2
			err := d.Write(ctx, func(tx *db.Tx) error { return directory.Organisations().Add(ctx, tx, act, &o) })
			if err == nil {
				t.Errorf("a %s of another territory was taken", name)
			}
		}
	})
}

func TestListOrganisations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, miami := workspace(t, d)
		etang := organisation(t, d, directory.Organisation{
			Name: "Étang Bleu", City: marseille, Country: "FR", Size: "1-2", Kind: "company", Sectors: []string{"maritime"},
		})
		organisation(t, d, directory.Organisation{Name: "Coral Clinic", City: miami, Country: "US", Size: "250-499", Sectors: []string{"health"}})
		organisation(t, d, directory.Organisation{Name: "Aérolit", Country: "FR", SIREN: "732829320", Sectors: []string{"health", "maritime"}})
		gone := organisation(t, d, directory.Organisation{Name: "Gone", Country: "FR"})
		write(t, d, func(tx *db.Tx) error { return directory.Organisations().Delete(ctx, tx, act, 1, gone.ID) })
		organisation(t, d, directory.Organisation{Meta: record.Meta{Territory: 2}, Name: "Neighbour"})
		organisation(t, d, directory.Organisation{Meta: record.Meta{Owner: "agency"}, Name: "Theirs"})

		agency := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Partner, Organisation: "agency"}
		firm := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Company, Organisation: etang.ID}
		for name, c := range map[string]struct {
			who    territory.Viewer
			filter directory.OrganisationFilter
			want   []string
		}{
			"all by name":          {officer(1), directory.OrganisationFilter{}, []string{"Aérolit", "Coral Clinic", "Étang Bleu", "Theirs"}},
			"descending":           {officer(1), directory.OrganisationFilter{Sort: "name", Descending: true}, []string{"Theirs", "Étang Bleu", "Coral Clinic", "Aérolit"}},
			"by city":              {officer(1), directory.OrganisationFilter{Countries: []string{"FR", "US"}, Sizes: []string{"1-2", "250-499"}, Sort: "city"}, []string{"Étang Bleu", "Coral Clinic"}},
			"sector":               {officer(1), directory.OrganisationFilter{Sectors: []string{"health"}}, []string{"Aérolit", "Coral Clinic"}},
			"any sector":           {officer(1), directory.OrganisationFilter{Sectors: []string{"health", "maritime"}}, []string{"Aérolit", "Coral Clinic", "Étang Bleu"}},
			"kind":                 {officer(1), directory.OrganisationFilter{Kinds: []string{"company"}}, []string{"Étang Bleu"}},
			"city":                 {officer(1), directory.OrganisationFilter{City: miami}, []string{"Coral Clinic"}},
			"search":               {officer(1), directory.OrganisationFilter{Search: "etang"}, []string{"Étang Bleu"}},
			"SIREN":                {officer(1), directory.OrganisationFilter{Search: "732829320"}, []string{"Aérolit"}},
			"search in":            {officer(1), directory.OrganisationFilter{Search: "etang", Countries: []string{"US"}}, nil},
			"search finds nothing": {officer(1), directory.OrganisationFilter{Search: "zzzzz"}, nil},
			"trash":                {officer(1), directory.OrganisationFilter{Deleted: true}, []string{"Gone"}},
			"unknown sort":         {officer(1), directory.OrganisationFilter{Sort: "name; DROP TABLE organisations"}, []string{"Aérolit", "Coral Clinic", "Étang Bleu", "Theirs"}},
			"page 2":               {officer(1), directory.OrganisationFilter{Page: 2}, nil},
			"the neighbour":        {officer(2), directory.OrganisationFilter{}, []string{"Neighbour"}},
			"an agency":            {agency, directory.OrganisationFilter{}, []string{"Theirs"}},
			"a company":            {firm, directory.OrganisationFilter{}, []string{"Étang Bleu"}},
		} {
			got, all := list(t, d, c.who, c.filter)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			if name != "page 2" && all != len(c.want) {
				t.Errorf("%s: %d in all", name, all)
			}
		}
	})
}

func list(t *testing.T, d *db.DB, v territory.Viewer, f directory.OrganisationFilter) (names []string, all int) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, n, err := directory.ListOrganisations(ctx, tx, v, f)
		all = n
		for _, row := range rows {
			names = append(names, row.Name)
			if row.Name == "Aérolit" && !slices.Equal(row.Sectors, []string{"health", "maritime"}) {
				t.Errorf("its sectors are %v", row.Sectors)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, all
}
