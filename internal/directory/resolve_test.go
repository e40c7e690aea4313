package directory_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
)

// kindOf is a kind of the directory.
func kindOf(t *testing.T, name string) record.Kind {
	t.Helper()
	kind, known := record.NewKinds(directory.Kinds()...)[name]
	if !known {
		t.Fatalf("there is no kind %q", name)
	}
	return kind
}

func TestResolve(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, miami := workspace(t, d)
		one := organisation(t, d, directory.Organisation{Name: "Étang Bleu", SIRET: "73282932000074"})
		twin := organisation(t, d, directory.Organisation{Name: "Jumelle"})
		other := organisation(t, d, directory.Organisation{Name: "Jumelle"})
		longer := organisation(t, d, directory.Organisation{Name: "Mistral Énergie SARL"})
		organisation(t, d, directory.Organisation{Name: "Mistral Énergies Nouvelles"})
		gone := organisation(t, d, directory.Organisation{Name: "Partie"})
		write(t, d, func(tx *db.Tx) error { return directory.Organisations().Delete(ctx, tx, act, 1, gone.ID) })
		for _, c := range []struct {
			kind  string
			asked record.Asked
			want  []string // ids, or "make NAME, COUNTRY"
		}{
			{"city", record.Asked{Text: "marseille"}, []string{marseille}},
			{"city", record.Asked{Text: "13002 MARSEILLE CEDEX 02", Within: "FR"}, []string{marseille}},
			{"city", record.Asked{Text: "Marsiglia"}, []string{marseille}},
			{"city", record.Asked{Text: "Miami", Within: "US"}, []string{miami}},
			{"city", record.Asked{Text: "Haïfa", Within: "IL"}, []string{"make Haifa, IL"}},
			{"city", record.Asked{Text: "Nowhere-on-Sea"}, nil},
			{"sector", record.Asked{Text: "sante"}, []string{"health"}},
			{"sector", record.Asked{Text: "Health"}, []string{"health"}},
			{"sector", record.Asked{Text: "maritime"}, []string{"maritime"}},
			{"sector", record.Asked{Text: "Poésie"}, nil},
			{"organisation", record.Asked{Text: "ETANG BLEU SAS"}, []string{one.ID}},
			{"organisation", record.Asked{Text: "mistral energie"}, []string{longer.ID}},
			{"organisation", record.Asked{Text: "732 829 320 00074"}, []string{one.ID}},
			{"organisation", record.Asked{Text: "732829320"}, []string{one.ID}},
			{"organisation", record.Asked{Text: "Jumelle"}, []string{twin.ID, other.ID}},
			{"organisation", record.Asked{Text: "Partie"}, nil},
			{"organisation", record.Asked{Text: "!"}, nil},
		} {
			if diff := cmp.Diff(c.want, resolved(t, d, 1, c.kind, c.asked)); diff != "" {
				t.Errorf("%s %v: %s", c.kind, c.asked, diff)
			}
			if c.kind != "city" && resolved(t, d, 2, c.kind, c.asked) != nil {
				t.Errorf("%s %v is found from another territory", c.kind, c.asked)
			}
		}
	})
}

func resolved(t *testing.T, d *db.DB, in int, kind string, asked record.Asked) (said []string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		meanings, err := kindOf(t, kind).Resolve(ctx, tx, in, []record.Asked{asked})
		for _, m := range meanings[0] {
			if m.Make != nil {
				said = append(said, "make "+m.Make["name"]+", "+m.Make["country"])
			} else {
				said = append(said, m.Card.Ref.ID)
			}
		}
		return err
	})
	return said
}

func TestAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		marseille, _ := workspace(t, d)
		bleu := organisation(t, d, directory.Organisation{
			Name: "Étang Bleu", SIRET: "73282932000074", City: marseille, Email: "contact@etang.example",
		})
		texts := []map[string]string{
			{"name": "EB", "siren": "732829320"},
			{"name": "EB", "siren": "732829320", "siret": "73282932000082"},
			{"name": "Étang Bleu S.A.S.", "city": "Marseille"},
			{"name": "ETANG BLEU", "email": "contact@etang.example"},
			{"name": "Tout autre"},
			{"name": "Tout autre SARL"},
		}
		want := []record.Likeness{
			{Ref: directory.Organisations().Ref(bleu), Sure: true},
			{Ref: directory.Organisations().Ref(bleu)},
			{Ref: directory.Organisations().Ref(bleu)},
			{Ref: directory.Organisations().Ref(bleu), Sure: true},
			{},
			{Earlier: 4},
		}
		write(t, d, func(tx *db.Tx) error {
			alike, err := kindOf(t, "organisation").Alike(ctx, tx, 1, texts)
			for i, likenesses := range alike {
				if !slices.ContainsFunc(likenesses, func(l record.Likeness) bool {
					return l.Ref == want[i].Ref && l.Sure == want[i].Sure && l.Earlier == want[i].Earlier && len(l.Why) > 0
				}) && (want[i].Ref.ID != "" || want[i].Earlier > 0) {
					t.Errorf("%v: %+v", texts[i], likenesses)
				}
				if texts[i]["name"] == "Tout autre" && len(likenesses) > 0 {
					t.Errorf("%v resembles %+v", texts[i], likenesses)
				}
				if !slices.IsSortedFunc(likenesses, record.Likeness.Compare) {
					t.Errorf("%v: what is sure is not first: %+v", texts[i], likenesses)
				}
			}
			return err
		})
	})
}
