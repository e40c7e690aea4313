package agenda_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/agenda"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Run(m)) }

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

// missions makes two missions of a territory, and gives their ids.
func missions(t *testing.T, d *db.DB) (ids [2]string) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		if _, err := territory.Add(ctx, tx, act.By, territory.Territory{
			Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR",
		}); err != nil {
			return err
		}
		for i := range ids {
			m := &mission.Mission{Meta: record.Meta{Territory: 1}, Title: i18n.Text{"en": "M"}}
			if err := mission.Missions().Add(ctx, tx, act, m); err != nil {
				return err
			}
			ids[i] = m.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

var nine = time.Date(2017, 11, 6, 14, 0, 0, 0, time.UTC) // nine o'clock in Miami

// at is a meeting of a seat at a table, some minutes after nine.
func at(record string, after, length int, seat string, table int) agenda.Engagement {
	start := nine.Add(time.Duration(after) * time.Minute)
	return agenda.Engagement{
		Record: record, Start: db.At(start), End: db.At(start.Add(time.Duration(length) * time.Minute)), Zone: "America/New_York",
		Things: []agenda.Thing{{Kind: agenda.Seat, ID: seat}, {Kind: agenda.Table, ID: "hub", Number: table}},
	}
}

// loose is an engagement that holds no time.
func loose(e agenda.Engagement) agenda.Engagement {
	e.Loose = true
	return e
}

func publish(d *db.DB, mission string, wanted ...agenda.Engagement) (changes agenda.Changes, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		changes, err = agenda.Publish(ctx, tx, 1, mission, "meeting", wanted)
		return err
	})
	return changes, err
}

func TestNothingIsBookedTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := missions(t, d)
		first := at("a", 0, 30, "ana", 1)
		for name, it := range map[string]struct {
			second agenda.Engagement
			key    string // of the refusal, or ""
		}{
			"the same seat at once":        {at("b", 0, 30, "ana", 2), "agenda.twice.seat"},
			"the same seat, half over":     {at("b", 15, 30, "ana", 2), "agenda.twice.seat"},
			"the same seat, on other ends": {at("b", 28, 30, "ana", 2), "agenda.twice.seat"},
			"the same table":               {at("b", 10, 5, "bo", 1), "agenda.twice.table"},
			"one after the other":          {at("b", 30, 30, "ana", 1), ""},
			"others":                       {at("b", 0, 30, "bo", 2), ""},
			"one that holds no time":       {loose(at("b", 0, 30, "ana", 1)), ""},
		} {
			if _, err := publish(d, m[0]); err != nil {
				t.Fatal(err)
			}
			_, err := publish(d, m[0], first, it.second)
			if it.key == "" && err != nil || it.key != "" && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestAPersonIsInOnePlace: seats are of one mission, people of all.
func TestAPersonIsInOnePlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := missions(t, d)
		with := func(seat string) agenda.Engagement {
			e := at("of "+seat, 0, 30, seat, 0)
			e.Things = agenda.SeatThings(seat, "ana")
			return e
		}
		if _, err := publish(d, m[0], with("s1")); err != nil {
			t.Fatal(err)
		}
		if _, err := publish(d, m[1], with("s2")); !fault.Is(err, fault.Conflict) {
			t.Errorf("in two missions at once: %v", err)
		}
	})
}

func TestPublishKeepsWhatDidNotChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := missions(t, d)
		a, b, c := at("a", 0, 30, "ana", 1), at("b", 30, 30, "ana", 1), at("c", 0, 30, "bo", 2)
		steps := []struct {
			name   string
			wanted []agenda.Engagement
			want   agenda.Changes
		}{
			{"first", []agenda.Engagement{a, b}, agenda.Changes{Added: 2}},
			{"again", []agenda.Engagement{b, a}, agenda.Changes{Kept: 2}},
			{"changing places", []agenda.Engagement{at("a", 30, 30, "ana", 1), at("b", 0, 30, "ana", 1)}, agenda.Changes{Moved: 2}},
			{"one less, one more", []agenda.Engagement{at("a", 30, 30, "ana", 1), c}, agenda.Changes{Added: 1, Kept: 1, Cancelled: 1}},
			{"one back", []agenda.Engagement{at("a", 30, 30, "ana", 1), b, c}, agenda.Changes{}},
		}
		for _, step := range steps[:4] {
			got, err := publish(d, m[0], step.wanted...)
			if err != nil {
				t.Fatal(step.name, err)
			}
			if diff := cmp.Diff(step.want, got); diff != "" {
				t.Error(step.name, diff)
			}
		}
		before := held(t, d, m[0])
		if _, err := publish(d, m[0], steps[4].wanted...); !fault.Is(err, fault.Conflict) {
			t.Errorf("a and b at once: %v", err)
		}
		if diff := cmp.Diff(before, held(t, d, m[0])); diff != "" {
			t.Error("what was refused changed something: " + diff)
		}
	})
}

// held lists the records that hold something, in order.
func held(t *testing.T, d *db.DB, mission string) (records []string) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) error {
		engagements, err := agenda.Of(ctx, tx, 1, mission)
		for _, e := range engagements {
			records = append(records, e.Record+" "+e.Start.Format("15:04"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(records)
	return records
}
