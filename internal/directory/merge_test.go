package directory_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

func organisationRef(in int, id string) ref.Ref {
	return ref.Ref{Territory: in, Kind: "organisation", ID: id}
}

// A town is a random directory in a territory of its own.
type town struct {
	territory int
	ids       map[string][]string // by kind
}

func draw(t *rapid.T, of []string, what string) string { return rapid.SampledFrom(of).Draw(t, what) }

func newTown(t *rapid.T, tx *db.Tx, number int) (town, error) {
	home, err := territory.Add(ctx, tx, act.By, territory.Territory{
		Slug: fmt.Sprintf("town-%d", number), Name: "Town", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
	})
	if err != nil {
		return town{}, err
	}
	w := town{home.ID, map[string][]string{}}
	for i := range rapid.IntRange(2, 5).Draw(t, "organisations") {
		err := w.add(tx, "organisation", map[string]string{
			"name": fmt.Sprintf("Organisation %d", i), "siren": draw(t, []string{"", "732829320"}, "siren"),
			"other_names": draw(t, []string{"", "A", "B; C"}, "other names"), "street": draw(t, []string{"", "1 quai", "2 quai"}, "street"),
		})
		if err != nil {
			return w, err
		}
	}
	organisation := func() string { return draw(t, w.ids["organisation"], "organisation") }
	for i := range rapid.IntRange(2, 5).Draw(t, "people") {
		err := w.add(tx, "person", map[string]string{
			"family_name": fmt.Sprintf("Person %d", i), "organisation": draw(t, append(w.ids["organisation"], ""), "post"),
			"function": draw(t, []string{"", "Director"}, "function"), "email": draw(t, []string{"", "a@b.example", "c@b.example"}, "email"),
		})
		if err != nil {
			return w, err
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "posts") {
		err := w.add(tx, "post", map[string]string{"person": draw(t, w.ids["person"], "person"), "organisation": organisation()})
		if err != nil {
			return w, err
		}
	}
	for range rapid.IntRange(0, 8).Draw(t, "relations") {
		from, to := w.any(t), w.any(t)
		if from == to {
			continue
		}
		err := w.add(tx, "relation", map[string]string{"from": from, "to": to, "role": draw(t, []string{"branch_of", "knows"}, "role")})
		if err != nil {
			return w, err
		}
	}
	return w, nil
}

// any is a reference to an organisation or a person.
func (w town) any(t *rapid.T) string {
	kind := draw(t, []string{"organisation", "person"}, "kind")
	return kind + ":" + draw(t, w.ids[kind], kind)
}

func (w town) add(tx *db.Tx, kind string, texts map[string]string) error {
	id, err := kinds()[kind].Create(ctx, tx, act, record.Meta{Territory: w.territory}, texts)
	w.ids[kind] = append(w.ids[kind], id)
	return err
}

// state is all that the directory says, and what it is found by.
func (w town) state(tx *db.Tx) (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for kind, ids := range w.ids {
		for _, id := range ids {
			texts, err := kinds()[kind].Texts(ctx, tx, w.territory, id)
			if err != nil {
				return nil, err
			}
			card, err := kinds()[kind].Card(ctx, tx, w.territory, id)
			if err != nil {
				return nil, err
			}
			texts["(trash)"] = fmt.Sprint(card.Deleted)
			all[kind+" "+id] = texts
		}
	}
	hits, err := record.Search(ctx, tx, officer(w.territory), []string{"organisation", "person"}, "organisation person", 100)
	for _, hit := range hits {
		all["found "+hit.Ref.ID] = map[string]string{"title": hit.Title, "detail": hit.Detail}
	}
	return all, err
}

// TestMergeAndUndo: after a merge nothing points to the loser, and undoing it
// brings back every word.
func TestMergeAndUndo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		number := 0
		rapid.Check(t, func(t *rapid.T) {
			number++
			err := d.Write(ctx, func(tx *db.Tx) error { return mergeAndUndo(t, tx, number) })
			if err != nil {
				t.Fatal(err)
			}
		})
	})
}

func mergeAndUndo(t *rapid.T, tx *db.Tx, number int) error {
	w, err := newTown(t, tx, number)
	if err != nil {
		return err
	}
	kind := draw(t, []string{"organisation", "person"}, "kind")
	pair := rapid.Permutation(w.ids[kind]).Draw(t, "pair")
	winner, loser := ref.Ref{Territory: w.territory, Kind: kind, ID: pair[0]}, ref.Ref{Territory: w.territory, Kind: kind, ID: pair[1]}
	if len(pair) > 2 { // one that the loser had swallowed before
		third := ref.Ref{Territory: w.territory, Kind: kind, ID: pair[2]}
		if err := kinds().Merge(ctx, tx, act, loser, third, nil); err != nil {
			return err
		}
	}
	before, err := w.state(tx)
	if err != nil {
		return err
	}
	batch := db.NewID()
	chosen := map[string]string{}
	for _, difference := range kinds()[kind].Differences(before[kind+" "+winner.ID], before[kind+" "+loser.ID]) {
		chosen[difference.Name] = draw(t, []string{difference.Winner, difference.Loser, difference.Take}, difference.Name)
	}
	delete(chosen, "country") // which follows from the SIREN
	if err := kinds().Merge(ctx, tx, record.Act{By: act.By, Batch: batch}, winner, loser, chosen); err != nil {
		return err
	}
	if err := w.checkMerged(t, tx, winner, loser, chosen); err != nil {
		return err
	}
	undone, err := kinds().Undo(ctx, tx, act.By, w.territory, batch)
	if err != nil || len(undone.Kept) > 0 {
		t.Errorf("undone: %+v, %v", undone, err)
	}
	after, err := w.state(tx)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("after undoing: %s", diff)
	}
	return err
}

func (w town) checkMerged(t *rapid.T, tx *db.Tx, winner, loser ref.Ref, chosen map[string]string) error {
	texts, err := kinds()[winner.Kind].Texts(ctx, tx, w.territory, winner.ID)
	if err != nil {
		return err
	}
	for field, text := range chosen {
		if texts[field] != text {
			t.Errorf("the winner's %s is %q, chosen was %q", field, texts[field], text)
		}
	}
	card, err := kinds().Card(ctx, tx, loser)
	if err != nil {
		return err
	}
	gone, err := kinds()[loser.Kind].Texts(ctx, tx, w.territory, loser.ID)
	if err != nil {
		return err
	}
	if !card.Deleted || gone["merged_into"] != winner.ID {
		t.Errorf("the loser: %+v, %v", card, gone)
	}
	// The oracle reads every word of every live record instead of asking for uses.
	state, err := w.state(tx)
	for name, texts := range state {
		for field, text := range texts {
			if texts["(trash)"] == "false" && (text == loser.ID || text == loser.String()) {
				t.Errorf("the %s of %s still points to the loser", field, name)
			}
		}
	}
	return err
}

func TestMergeRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		workspace(t, d)
		a := organisation(t, d, directory.Organisation{Name: "A", SIREN: "732829320"})
		b := organisation(t, d, directory.Organisation{Name: "B", SIREN: "552100554"})
		agency := organisation(t, d, directory.Organisation{Name: "Agency"})
		organisation(t, d, directory.Organisation{Meta: record.Meta{Owner: agency.ID}, Name: "Theirs"})
		gone := organisation(t, d, directory.Organisation{Name: "Gone"})
		write(t, d, func(tx *db.Tx) error { return directory.Organisations().Delete(ctx, tx, act, 1, gone.ID) })
		ana, objector := person(t, d, directory.Person{Family: "Ruiz"}), person(t, d, directory.Person{Family: "Ruiz", Consent: "objected"})
		human := func(p *directory.Person) ref.Ref { return people().Ref(p) }
		for name, c := range map[string]struct {
			winner, loser ref.Ref
			texts         map[string]string
			key           string
		}{
			"two companies":       {organisationRef(1, a.ID), organisationRef(1, b.ID), nil, "merge.sirens"},
			"an agency":           {organisationRef(1, a.ID), organisationRef(1, agency.ID), nil, "merge.agency"},
			"itself":              {organisationRef(1, a.ID), organisationRef(1, a.ID), nil, "record.not_merged"},
			"another kind":        {organisationRef(1, a.ID), human(ana), nil, "record.not_merged"},
			"a kind that is not":  {ref.Ref{Territory: 1, Kind: "city", ID: "x"}, ref.Ref{Territory: 1, Kind: "city", ID: "y"}, nil, "record.not_merged"},
			"the trash":           {organisationRef(1, a.ID), organisationRef(1, gone.ID), nil, "record.merge_trash"},
			"another territory's": {organisationRef(2, a.ID), organisationRef(2, agency.ID), nil, "record.none"},
			"a lost objection":    {human(ana), human(objector), nil, "person.objection_lost"},
			"an undone objection": {human(objector), human(ana), map[string]string{"consent": "asked"}, "person.objection_lost"},
		} {
			err := d.Write(ctx, func(tx *db.Tx) error { return kinds().Merge(ctx, tx, act, c.winner, c.loser, c.texts) })
			if f := fault.Of(err); f == nil || f.Key != c.key {
				t.Errorf("%s: %v, want %s", name, err, c.key)
			}
		}
		write(t, d, func(tx *db.Tx) error {
			return kinds().Merge(ctx, tx, act, human(ana), human(objector), map[string]string{"consent": "objected"})
		})
	})
}

func TestDifferences(t *testing.T) {
	got := kinds()["organisation"].Differences(
		map[string]string{"name": "A", "other_names": "X; Y", "street": "1 quai", "size": "0"},
		map[string]string{"name": "B", "other_names": "Y; Z", "postcode": "13002", "size": "0", "merged_into": "c"},
	)
	take := map[string]string{}
	for _, difference := range got {
		take[difference.Name] = difference.Take
	}
	want := map[string]string{"name": "A", "other_names": "X; Y; Z", "street": "1 quai", "postcode": "13002"}
	if diff := cmp.Diff(want, take); diff != "" {
		t.Error(diff)
	}
}
