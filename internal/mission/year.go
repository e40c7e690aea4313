package mission

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
)

// A Date is something that the calendar of the year shows: a mission, a call, a
// date of an agreement.
type Date struct {
	From, To    string // the first and the last day
	Title, Note string
	Href        string // below the territory's home
	Icon        string
	// Sectors are ids, Countries two letters: what the calendar is filtered by.
	Sectors, Countries []string
	Cancelled          bool
	// UID is what calendar programs know it by.
	UID     string
	Changed db.Instant
	Version int
}

// Dates gives the dates that a viewer may see of what one feature keeps, from a
// day to another.
type Dates func(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, from, to string) ([]Date, error)

// missionDates are the missions themselves, with the days of their calls.
func missionDates(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, from, to string) ([]Date, error) {
	missions, err := between(ctx, tx, v, from, to)
	if err != nil {
		return nil, err
	}
	countries, err := countriesOf(ctx, tx, v.Territory.ID, missions)
	if err != nil {
		return nil, err
	}
	var dates []Date
	for _, m := range missions {
		d := Date{
			From: m.StartsOn, To: m.EndsOn, Title: m.Name(w.Lang()), Note: w.List(m.Cities), Href: "/missions/" + m.ID, Icon: "ship",
			Sectors: m.Sectors, Countries: countries[m.ID], Cancelled: m.Stage == Cancelled, UID: m.ID, Changed: m.UpdatedAt, Version: m.Version,
		}
		if d.From != "" {
			dates = append(dates, d)
		}
		for _, call := range [][3]string{{m.CallFrom, "mission.call_opens", "opens"}, {m.CallTo, "mission.call_closes", "closes"}} {
			if call[0] != "" && m.Stage != Cancelled {
				d.From, d.To, d.Title, d.Note, d.Icon, d.UID = call[0], call[0], w.T(call[1], m.Name(w.Lang())), "", "inbox", m.ID+"-"+call[2]
				dates = append(dates, d)
			}
		}
	}
	return dates, nil
}

// between finds the missions that have a day of their own or of their call from
// a day to another.
func between(ctx context.Context, tx *db.Tx, v territory.Viewer, from, to string) ([]Row, error) {
	q := seenBy(v, "m.id, m.title, m.stage, m.starts_on, m.ends_on, m.call_from, m.call_to, m.sector_ids, m.lead_id, m.version, m.updated_at")
	q.Where("m.deleted_at IS NULL").Any(
		db.Condition{SQL: "m.starts_on <> '' AND m.starts_on <= ? AND (m.ends_on >= ? OR m.starts_on >= ?)", Args: []any{to, from, from}},
		db.Condition{SQL: "m.call_from BETWEEN ? AND ?", Args: []any{from, to}}, db.Condition{SQL: "m.call_to BETWEEN ? AND ?", Args: []any{from, to}},
	)
	rows, err := db.Collect(ctx, tx, q.Order("m.starts_on", "m.id"), func(scan db.Scan) (r Row, err error) {
		err = scan(&r.ID, &r.Title, (*string)(&r.Stage), &r.StartsOn, &r.EndsOn, &r.CallFrom, &r.CallTo, (*db.Strings)(&r.Sectors), &r.Lead,
			&r.Version, &r.UpdatedAt)
		r.Territory = v.Territory.ID
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("find the missions from %s to %s: %w", from, to, err)
	}
	return rows, addCities(ctx, tx, v.Territory.ID, rows)
}

// countriesOf finds the countries of missions, by mission.
func countriesOf(ctx context.Context, tx *db.Tx, territory int, missions []Row) (map[string][]string, error) {
	countries := map[string][]string{}
	ids := each(missions, func(r Row) string { return r.ID })
	_, err := db.Collect(ctx, tx, db.Select("DISTINCT l.mission_id, c.country",
		"legs l JOIN cities c ON c.territory_id = l.territory_id AND c.id = l.city_id").
		Where("l.territory_id = ? AND l.deleted_at IS NULL", territory).In("l.mission_id", ids...).Order("l.mission_id", "c.country"),
		func(scan db.Scan) (country string, err error) {
			var mission string
			err = scan(&mission, &country)
			countries[mission] = append(countries[mission], country)
			return country, err
		})
	if err != nil {
		return nil, fmt.Errorf("find the countries of missions: %w", err)
	}
	return countries, nil
}

// Between gives the dates of all features from a day to another, by day.
func (p *Pages) Between(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words, from, to string) ([]Date, error) {
	var all []Date
	for _, of := range append([]Dates{missionDates}, p.doors.Dates...) {
		some, err := of(ctx, tx, v, w, from, to)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b Date) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Title, b.Title))
	})
	return all, nil
}

// A month is what of the year it shows.
type month struct {
	name  string
	dates []Date
}

// months sorts the dates of a year into its months. What goes on from one into
// another is in both.
func months(w *i18n.Words, year int, dates []Date) []month {
	months := make([]month, 12)
	for i := range months {
		first := time.Date(year, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
		from, to := first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly)
		months[i].name = w.Month(first)
		for _, d := range dates {
			if d.From <= to && max(d.From, d.To) >= from {
				months[i].dates = append(months[i].dates, d)
			}
		}
	}
	return months
}

// meets says whether a date passes a filter by sector and one by country: any of
// the chosen ones will do.
func (d Date) meets(sectors, countries []string) bool {
	passes := func(chosen, of []string) bool {
		return len(chosen) == 0 || slices.ContainsFunc(of, func(one string) bool { return slices.Contains(chosen, one) })
	}
	return passes(sectors, d.Sectors) && passes(countries, d.Countries)
}

// yearOf reads the year that an address asks for, or takes that of a day.
func yearOf(asked, today string) int {
	if year, err := strconv.Atoi(asked); err == nil && year > 1900 && year < 2200 {
		return year
	}
	year, _ := strconv.Atoi(today[:4]) // a day begins with its year
	return year
}
