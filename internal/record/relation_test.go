package record_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

func tied() record.Kinds { return record.NewKinds(ships().Kind(), record.RelationKind()) }

func relate(d *db.DB, v territory.Viewer, r *record.Relation) error {
	return d.Write(ctx, func(tx *db.Tx) error { return tied().Relate(ctx, tx, v, act, r) })
}

// ties are the titles at the other ends of a record's relations, with the role
// and the direction.
func ties(t *testing.T, d *db.DB, v territory.Viewer, of ref.Ref) (told []string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		list, err := tied().RelationsOf(ctx, tx, v, of)
		if fault.Is(err, fault.NotFound) {
			told = []string{"not there"}
			return nil
		}
		for _, tie := range list {
			arrow := "<- "
			if tie.Forth {
				arrow = "-> "
			}
			told = append(told, arrow+tie.Role+" "+tie.Other.Title)
		}
		return err
	})
	return told
}

func TestRelationsAreShownToWhoSeesBothEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		mother, daughter, theirs := add(t, d, 1, "Mother", "", ""), add(t, d, 1, "Daughter", "", ""), add(t, d, 1, "Theirs", "agency", "")
		gone := add(t, d, 1, "Gone", "", "")
		for _, r := range []record.Relation{
			{From: ships().Ref(daughter), To: ships().Ref(mother), Role: "subsidiary_of"},
			{From: ships().Ref(theirs), To: ships().Ref(mother), Role: "branch_of"},
			{From: ships().Ref(mother), To: ships().Ref(gone), Role: "member_of"},
			{From: ships().Ref(daughter), To: ships().Ref(mother), Role: "subsidiary_of"}, // said twice
		} {
			if err := relate(d, officer, &r); err != nil {
				t.Fatal(err)
			}
		}
		write(t, d, func(tx *db.Tx) error { return ships().Delete(ctx, tx, act, 1, gone.ID) })
		agency := territory.Viewer{Territory: territory.Territory{ID: 1}, Role: territory.Partner, Organisation: "agency"}
		for name, c := range map[string]struct {
			who  territory.Viewer
			of   ref.Ref
			want []string
		}{
			"all of the mother's":     {officer, ships().Ref(mother), []string{"<- subsidiary_of Daughter", "<- branch_of Theirs"}},
			"the daughter's":          {officer, ships().Ref(daughter), []string{"-> subsidiary_of Mother"}},
			"the agency's own":        {agency, ships().Ref(theirs), nil},
			"the mother, to it":       {agency, ships().Ref(mother), []string{"not there"}},
			"in another territory":    {officer, ref.Ref{Territory: 2, Kind: "organisation", ID: mother.ID}, []string{"not there"}},
			"of a kind that is not":   {officer, ref.Ref{Territory: 1, Kind: "balloon", ID: mother.ID}, []string{"not there"}},
			"of a record that is not": {officer, ref.Ref{Territory: 1, Kind: "organisation", ID: "x"}, []string{"not there"}},
		} {
			if diff := cmp.Diff(c.want, ties(t, d, c.who, c.of)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		neighbour := territory.Viewer{Territory: territory.Territory{ID: 2}, Role: territory.Officer}
		err := relate(d, neighbour, &record.Relation{From: ships().Ref(daughter), To: ships().Ref(mother), Role: "knows"})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("tied from another territory: %v", err)
		}
		err = relate(d, agency, &record.Relation{From: ships().Ref(theirs), To: ships().Ref(mother), Role: "knows"})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("tied to what the viewer may not see: %v", err)
		}
	})
}

func TestRelationsComeAndGo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		a, b := add(t, d, 1, "A", "", ""), add(t, d, 1, "B", "", "")
		r := record.Relation{From: ships().Ref(a), To: ships().Ref(b), Role: "subsidiary_of", Since: "2011-01-01", Until: "2012-01-01", Share: "51", Source: "doc"}
		if err := relate(d, officer, &r); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"from": ships().Ref(a).String(), "to": ships().Ref(b).String(), "role": "subsidiary_of",
			"since": "2011-01-01", "until": "2012-01-01", "share": "51", "source": "doc",
		}
		write(t, d, func(tx *db.Tx) error {
			got, err := tied()["relation"].Texts(ctx, tx, 1, r.ID)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		batch := record.Act{By: act.By, Batch: "untie"}
		write(t, d, func(tx *db.Tx) error { return tied().Unrelate(ctx, tx, officer, batch, r.ID) })
		if got := ties(t, d, officer, ships().Ref(a)); got != nil {
			t.Errorf("untied: %v", got)
		}
		write(t, d, func(tx *db.Tx) error {
			_, err := tied().Undo(ctx, tx, act.By, 1, "untie")
			return err
		})
		if got := ties(t, d, officer, ships().Ref(a)); len(got) != 1 {
			t.Errorf("tied again: %v", got)
		}
	})
}

func TestRelationRefuses(t *testing.T) {
	d := dbtest.Open(t)
	harbour(t, d)
	a, b := ships().Ref(add(t, d, 1, "A", "", "")).String(), ships().Ref(add(t, d, 1, "B", "", "")).String()
	for field, texts := range map[string]map[string]string{
		"from":  {"to": b, "role": "knows"},
		"to":    {"from": a, "to": a, "role": "knows"},
		"role":  {"from": a, "to": b},
		"share": {"from": a, "to": b, "role": "knows", "share": "101"},
		"since": {"from": a, "to": b, "role": "knows", "since": "yesterday"},
		"until": {"from": a, "to": b, "role": "knows", "since": "2012-01-01", "until": "2011-01-01"},
	} {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tied()["relation"].Create(ctx, tx, act, record.Meta{Territory: 1}, texts)
			return err
		})
		if problems, ok := err.(fault.Problems); !ok || len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
