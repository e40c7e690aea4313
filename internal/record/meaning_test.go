package record_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
)

func TestDraft(t *testing.T) {
	kind := ships().Kind()
	before := map[string]string{"name": "Mistral", "flag": "FR"}
	for name, c := range map[string]struct {
		set     map[string]string
		want    record.Draft
		problem string // the field that has one
	}{
		"one field":  {map[string]string{"flag": "US"}, record.Draft{Title: "Mistral", Texts: map[string]string{"name": "Mistral", "flag": "US"}}, ""},
		"emptied":    {map[string]string{"flag": ""}, record.Draft{Title: "Mistral", Texts: map[string]string{"name": "Mistral"}}, ""},
		"no choice":  {map[string]string{"name": "Tramontane", "flag": "XX"}, record.Draft{Title: "Tramontane", Texts: map[string]string{"name": "Tramontane", "flag": "FR"}}, "flag"},
		"no name":    {map[string]string{"name": " "}, record.Draft{}, "name"},
		"not a name": {map[string]string{"draught": "7"}, record.Draft{Title: "Mistral", Texts: before}, ""},
	} {
		got, err := kind.Draft(before, c.set)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		problems, _ := err.(fault.Problems)
		if _, found := problems.On(c.problem); found != (c.problem != "") || len(problems) > 1 || !found && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCardNamed(t *testing.T) {
	several := record.Card{Title: "health", Names: i18n.Text{"fr": "Santé"}}
	for card, want := range map[*record.Card]string{{Title: "Miami"}: "Miami", &several: "Santé"} {
		if got := card.Named("fr"); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

// TestUndoOne takes back what a batch did to one record, and nothing else.
func TestUndoOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		harbour(t, d)
		kinds := record.NewKinds(ships().Kind())
		made, other := add(t, d, 1, "Mistral", "", "B"), add(t, d, 1, "Sirocco", "", "B")
		undo := func(s *ship) (kept bool) {
			write(t, d, func(tx *db.Tx) (err error) {
				kept, err = kinds.UndoOne(ctx, tx, record.Act{By: act.By, Batch: "U"}, ships().Ref(s), "B")
				return err
			})
			return kept
		}
		write(t, d, func(tx *db.Tx) error {
			return kinds["organisation"].Change(ctx, tx, record.Act{By: act.By, Batch: "B"}, 1, made.ID, map[string]string{"flag": "FR"})
		})
		if undo(made) || !load(t, d, made.ID).Deleted() || load(t, d, other.ID).Deleted() {
			t.Errorf("made twice over: %+v; the other: %+v", load(t, d, made.ID), load(t, d, other.ID))
		}
		write(t, d, func(tx *db.Tx) error {
			return kinds["organisation"].Change(ctx, tx, act, 1, other.ID, map[string]string{"name": "Levante"})
		})
		if !undo(other) || load(t, d, other.ID).Deleted() {
			t.Error("what somebody changed since was taken back")
		}
	})
}
