package mission_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/wordstest"
)

// listed are the titles of the missions of a filter, in order.
func listed(t *testing.T, d *db.DB, v territory.Viewer, f mission.Filter) (titles []string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		rows, all, err := mission.List(ctx, tx, v, f)
		if all != len(rows) {
			t.Errorf("%d of %d rows", len(rows), all)
		}
		for _, row := range rows {
			titles = append(titles, row.Name("fr"))
		}
		return err
	})
	return titles
}

// officer is somebody who sees all of the territory.
func officer(t *testing.T, d *db.DB) (v territory.Viewer) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		v = territory.Viewer{Role: territory.Officer}
		v.Territory, err = territory.BySlug(ctx, tx, "marseille")
		return err
	})
	return v
}

// TestListKnowsEveryStatus: on every combination of decision and days, a list by
// status has the missions whose status it is, and no other.
func TestListKnowsEveryStatus(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepared(t, d)
		v := officer(t, d)
		want := map[mission.Status][]string{}
		write(t, d, func(tx *db.Tx) error {
			today := mission.Today(v, tx.Now)
			day := func(days int) string {
				at, err := time.Parse(time.DateOnly, today)
				if err != nil {
					t.Fatal(err)
				}
				return at.AddDate(0, 0, days).Format(time.DateOnly)
			}
			spans := [][2]string{{"", ""}, {day(-9), day(-5)}, {day(-1), day(0)}, {day(0), day(3)}, {day(2), day(9)}, {day(-3), ""}, {day(3), ""}}
			for _, stage := range mission.Stages() {
				for _, span := range spans {
					for _, call := range spans {
						m := &mission.Mission{
							Meta: record.Meta{Territory: 1}, Stage: stage, StartsOn: span[0], EndsOn: span[1], CallFrom: call[0], CallTo: call[1],
						}
						m.Title = i18n.Text{"fr": string(stage) + span[0] + span[1] + call[0] + call[1]}
						if err := mission.Missions().Add(ctx, tx, act, m); err != nil {
							return err
						}
						want[m.Status(today)] = append(want[m.Status(today)], m.Name("fr"))
					}
				}
			}
			return nil
		})
		for _, status := range append(mission.Statuses(), mission.Status(mission.Cancelled)) {
			var got []string
			write(t, d, func(tx *db.Tx) error {
				for page := 1; ; page++ {
					rows, _, err := mission.List(ctx, tx, v, mission.Filter{Statuses: []string{string(status)}, Page: page})
					for _, row := range rows {
						if row.Name("fr") != "Miami 2017" {
							got = append(got, row.Name("fr"))
						}
					}
					if err != nil || len(rows) == 0 {
						return err
					}
				}
			})
			slices.Sort(got)
			slices.Sort(want[status])
			if diff := cmp.Diff(want[status], got); diff != "" {
				t.Errorf("%s: %s", status, diff)
			}
		}
	})
}

func TestListFiltersAndOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := prepared(t, d)
		v := officer(t, d)
		year := ""
		write(t, d, func(tx *db.Tx) error {
			now := v.Territory.At(tx.Now)
			year = now.AddDate(0, 0, -900).Format("2006")
			for title, days := range map[string]int{"soon": 10, "later": 90, "past": -60, "long past": -900} {
				day := now.AddDate(0, 0, days).Format(time.DateOnly)
				made := &mission.Mission{Meta: record.Meta{Territory: 1}, Title: i18n.Text{"fr": title}, StartsOn: day, EndsOn: day, Stage: mission.Confirmed, Sectors: []string{"health"}}
				if err := mission.Missions().Add(ctx, tx, act, made); err != nil {
					return err
				}
				leg := &mission.Leg{Part: mission.Part{Meta: record.Meta{Territory: 1}, Mission: made.ID}, Name: "L", Zone: "UTC"}
				if title == "soon" {
					leg.City = m.city.ID
				}
				if err := mission.Legs().Add(ctx, tx, act, leg); err != nil {
					return err
				}
			}
			return nil
		})
		for name, it := range map[string]struct {
			filter mission.Filter
			want   []string
		}{
			"all":     {mission.Filter{}, []string{"soon", "later", "Miami 2017", "past", "long past"}},
			"sector":  {mission.Filter{Sectors: []string{"health"}}, []string{"soon", "later", "past", "long past"}},
			"part":    {mission.Filter{Sectors: []string{"heal"}}, nil},
			"country": {mission.Filter{Countries: []string{"US", "FR"}}, []string{"soon"}},
			"city":    {mission.Filter{City: m.city.ID}, []string{"soon"}},
			"year":    {mission.Filter{Years: []string{year}}, []string{"long past"}},
			"search":  {mission.Filter{Search: "later"}, []string{"later"}},
			"trash":   {mission.Filter{Deleted: true}, nil},
		} {
			if diff := cmp.Diff(it.want, listed(t, d, v, it.filter)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		agent := territory.Viewer{Territory: v.Territory, Role: territory.Partner, Organisation: m.organisation.ID}
		if got := listed(t, d, agent, mission.Filter{}); got != nil {
			t.Errorf("an agency on no mission sees %v", got)
		}
		agent.Charges = territory.Charges{m.mission.ID: {territory.OnMission}}
		if diff := cmp.Diff([]string{"Miami 2017"}, listed(t, d, agent, mission.Filter{})); diff != "" {
			t.Error(diff)
		}
	})
}

// TestFieldsHaveNames: history and forms name every field.
func TestFieldsHaveNames(t *testing.T) {
	catalogue := wordstest.Load(t, mission.Words)
	for _, lang := range catalogue.Languages() {
		for _, kind := range mission.Kinds() {
			for _, field := range kind.Fields {
				if key := kind.Name + ".field." + field.Name; !catalogue.For(lang).Has(key) {
					t.Errorf("%s: no text %s", lang, key)
				}
			}
		}
	}
}
