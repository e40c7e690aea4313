package mission_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// confided are all that a traveller can say, by field.
func confided() map[string]string {
	return map[string]string{
		"order_kind": "mandate", "order_number": "2017-118", "order_on": "2017-10-02", "passport_to": "2022-03-04",
		"entry_kind": "authorisation", "entry_state": "given", "entry_to": "2019-01-01", "insurance": "Assur'Mer +33 1 00",
		"flights": "AF84 | Paris | 2017-11-05 10:35 Europe/Paris | Miami | 2017-11-05 14:55 America/New_York; " +
			"AF99 | Miami | 2017-11-10 17:40 America/New_York | Paris | 2017-11-11 08:00 Europe/Paris",
		"stays": "Hotel Biscayne | 2017-11-05 | 2017-11-10", "room": "twin", "room_with": "Luc",
		"transfers":      "Miami airport | 2017-11-05 16:00 America/New_York | Hotel Biscayne | bus",
		"meal":           "vegetarian",
		"emergency_name": "Zoé Quetzal", "emergency_phone": "+33 6 99 88 77 66",
	}
}

// travelling adds a traveller with all that there is to say.
func travelling(t *testing.T, d *db.DB, m *miami) *mission.Traveller {
	t.Helper()
	tr := &mission.Traveller{Part: mission.Part{Meta: record.Meta{Territory: 1}, Mission: m.mission.ID}, Person: m.person.ID}
	if err := mission.Travellers().Fields.Apply(tr, confided()).Or(); err != nil {
		t.Fatal(err)
	}
	write(t, d, func(tx *db.Tx) error { return mission.Travellers().Add(ctx, tx, act, tr) })
	return tr
}

func TestTravellersAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := prepared(t, d)
		tr := travelling(t, d, m)
		want := confided()
		want["person"] = m.person.ID
		read := func() *mission.Traveller {
			var all []*mission.Traveller
			write(t, d, func(tx *db.Tx) (err error) {
				all, err = mission.TravellersOf(ctx, tx, 1, m.mission.ID)
				return err
			})
			if len(all) != 1 || all[0].Name != "Ana Bell" {
				t.Fatalf("travellers: %+v", all)
			}
			return all[0]
		}
		if diff := cmp.Diff(want, mission.Travellers().Fields.Texts(read())); diff != "" {
			t.Errorf("added: %s", diff)
		}
		write(t, d, func(tx *db.Tx) error {
			return mission.Travellers().Kind().Change(ctx, tx, act, 1, tr.ID, map[string]string{"meal": "fish", "stays": "", "room": "single"})
		})
		want["meal"], want["room"] = "fish", "single"
		delete(want, "stays")
		if diff := cmp.Diff(want, mission.Travellers().Fields.Texts(read())); diff != "" {
			t.Errorf("changed: %s", diff)
		}
	})
}

// TestLinesOfAJourney: what cannot be is refused, whatever the zones.
func TestLinesOfAJourney(t *testing.T) {
	for _, c := range []struct {
		field, text string
		fine        bool
	}{
		// It lands at an earlier time of day than it leaves, and in fact later.
		{"flights", "NH203 | Tokyo | 2017-11-05 22:55 Asia/Tokyo | Los Angeles | 2017-11-05 16:00 America/Los_Angeles", true},
		{"flights", "AF84 | Paris | 2017-11-05 14:55 Europe/Paris | London | 2017-11-05 13:00 Europe/London", false},
		{"flights", "AF84 | Paris | 2017-11-05 10:35 Europe/Paris | Miami | 2017-12-05 14:55 America/New_York", false},
		{"flights", "AF84 | Paris | 2017-11-05 10:35 Nowhere/Land | Miami | 2017-11-05 14:55 America/New_York", false},
		{"flights", " | Paris | 2017-11-05 10:35 Europe/Paris | Miami | 2017-11-05 14:55 America/New_York", false},
		{"flights", "AF84 to Miami", false},
		{"stays", "Hotel | 2017-11-05 | 2017-11-05", false},
		{"stays", " | 2017-11-05 | 2017-11-06", false},
		{"transfers", "Airport | 2017-11-05 16:00 America/New_York |  | bus", false},
		{"transfers", "Airport | 2017-11-05 16:00 America/New_York | Hotel | ", true},
	} {
		err := mission.Travellers().Fields.Apply(&mission.Traveller{}, map[string]string{c.field: c.text}).Or()
		if (err == nil) != c.fine {
			t.Errorf("%s: %v", c.text, err)
		}
	}
}

func TestRulesOfEntryAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepared(t, d)
		texts := map[string]string{"country": "US", "months": "3", "source": "The embassy", "checked_on": "2026-11-24"}
		own := &mission.EntryRule{Meta: record.Meta{Territory: 1}}
		if err := mission.EntryRules().Fields.Apply(own, texts).Or(); err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			if err := mission.EntryRules().Add(ctx, tx, act, own); err != nil {
				return err
			}
			if err := mission.EntryRules().Kind().Change(ctx, tx, act, 1, own.ID, map[string]string{"months": "6"}); err != nil {
				return err
			}
			rules, err := mission.EntryRulesOf(ctx, tx, 1)
			texts["months"] = "6"
			if diff := cmp.Diff(texts, mission.EntryRules().Fields.Texts(rules[0])); diff != "" {
				t.Error(diff)
			}
			if !slices.ContainsFunc(rules[1:], func(e *mission.EntryRule) bool { return e.Country == "US" && e.Months == 0 && e.Source != "" }) {
				t.Error("the rule that the program brings along is gone")
			}
			return err
		})
	})
}

// TestWhatTravellersConfideIsErased thirty days after the return, and not a day
// before: in the table, in the history and in search, with the proof.
func TestWhatTravellersConfideIsErased(t *testing.T) {
	hand := clock.At(time.Date(2017, 12, 9, 12, 0, 0, 0, time.UTC))
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) {
		m := prepared(t, d)
		write(t, d, func(tx *db.Tx) error {
			return mission.Missions().Kind().Change(ctx, tx, act, 1, m.mission.ID, map[string]string{"starts_on": "2017-11-05", "ends_on": "2017-11-10"})
		})
		tr := travelling(t, d, m)
		texts := func() (texts map[string]string) {
			write(t, d, func(tx *db.Tx) (err error) {
				texts, err = mission.Travellers().Kind().Texts(ctx, tx, 1, tr.ID)
				return err
			})
			return texts
		}
		erase := func() (proofs []directory.Erasure) {
			if err := mission.EraseTravellers(ctx, d); err != nil {
				t.Fatal(err)
			}
			write(t, d, func(tx *db.Tx) (err error) {
				proofs, err = directory.Erasures(ctx, tx, 1, 10)
				return err
			})
			return proofs
		}
		if proofs := erase(); len(proofs) > 0 || texts()["passport_to"] == "" {
			t.Fatalf("29 days after the return: %v, %v", proofs, texts())
		}
		hand.Advance(24 * time.Hour)
		erase()
		proofs := erase() // twice: nothing is proven twice
		if len(proofs) != 1 || proofs[0].Person != m.person.ID || proofs[0].Ending != directory.Travelled || proofs[0].Counts["traveller"] != 1 {
			t.Errorf("proofs: %+v", proofs)
		}
		if diff := cmp.Diff(map[string]string{"person": m.person.ID}, texts()); diff != "" {
			t.Errorf("left: %s", diff)
		}
		write(t, d, func(tx *db.Tx) error {
			entries, err := history.Of(ctx, tx, mission.Travellers().Ref(tr), 10)
			for _, e := range entries {
				for _, c := range e.Changes {
					if c.Before != "" || c.After != "" {
						t.Errorf("history still tells %s: %q, %q", c.Field, c.Before, c.After)
					}
				}
			}
			return err
		})
		hand.Advance(-24 * time.Hour)
	})
}
