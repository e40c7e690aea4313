package directory

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// A Rule says how long a territory keeps people who give no sign.
type Rule struct {
	Months     int // after their last contact, or after their record was made
	NoticeDays int // between the notice and the end
	Ending     Ending
}

// usualRule is the rule until an administrator sets another: the French
// authority's reference for prospects, three years after their last contact.
func usualRule() Rule { return Rule{Months: 36, NoticeDays: 30, Ending: Erased} }

// Validate says what is wrong with what was filled in.
func (r Rule) Validate() error {
	var p fault.Problems
	if r.Months < 1 || r.Months > 1200 {
		p.Add("months", "retention.months_range")
	}
	if r.NoticeDays < 1 || r.NoticeDays > 366 {
		p.Add("notice_days", "retention.notice_range")
	}
	if r.Ending != Erased && r.Ending != Archived {
		p.Add("ending", "retention.ending_unknown")
	}
	return p.Or()
}

func (r Rule) texts() map[string]string {
	return map[string]string{
		"months": strconv.Itoa(r.Months), "notice_days": strconv.Itoa(r.NoticeDays), "ending": string(r.Ending),
	}
}

// RuleOf is the rule of a territory.
func RuleOf(ctx context.Context, tx *db.Tx, territory int) (Rule, error) {
	rows, err := New(tx).retentionOf(ctx, territory)
	switch {
	case err != nil:
		return Rule{}, fmt.Errorf("find how long people are kept: %w", err)
	case len(rows) == 0:
		return usualRule(), nil
	}
	return Rule{Months: rows[0].Months, NoticeDays: rows[0].NoticeDays, Ending: Ending(rows[0].Ending)}, nil
}

// SetRule keeps another rule, and who set it.
func SetRule(ctx context.Context, tx *db.Tx, by history.Actor, territory int, r Rule) error {
	if err := r.Validate(); err != nil {
		return err
	}
	before, err := RuleOf(ctx, tx, territory)
	if err != nil {
		return err
	}
	if err := New(tx).putRetention(ctx, putRetentionParams{territory, r.Months, r.NoticeDays, string(r.Ending)}); err != nil {
		return fmt.Errorf("keep how long people are kept: %w", err)
	}
	_, err = history.Write(ctx, tx, history.Event{
		Ref: ref.Ref{Territory: territory, Kind: "retention", ID: "person"}, Actor: by, Action: "edit",
		Changes: history.Diff(before.texts(), r.texts()),
	})
	return err
}

// endsAtOnce is how many people one transaction notices or ends: on SQLite others
// wait that long to write, and each is looked for in the files that were brought.
const endsAtOnce = 20

// A Notice tells a territory whose time is nearly up, in the transaction that
// keeps that it was told.
type Notice func(ctx context.Context, tx *db.Tx, home territory.Territory, people []PersonRow) error

// Retain applies each territory's rule for today: it gives notice of those whose
// time is nearly up, and ends the records of those whom notice was given of long
// enough ago, and who gave no sign since. It may be run twice.
func (e Eraser) Retain(ctx context.Context, d *db.DB, notice Notice) error {
	homes, err := territory.List(ctx, d)
	if err != nil {
		return err
	}
	for _, home := range homes {
		r := retaining{e, home, notice}
		for _, step := range []func(context.Context, *db.Tx, Rule, time.Time) (int, error){r.give, r.finish} {
			if err := r.repeat(ctx, d, step); err != nil {
				return fmt.Errorf("apply how long %s keeps people: %w", home.Slug, err)
			}
		}
	}
	return nil
}

// retaining applies the rule of one territory.
type retaining struct {
	Eraser
	home   territory.Territory
	notice Notice
}

// repeat does a step, some people a transaction, until nobody is left.
func (r retaining) repeat(ctx context.Context, d *db.DB, step func(context.Context, *db.Tx, Rule, time.Time) (int, error)) error {
	for done := endsAtOnce; done == endsAtOnce; {
		err := d.Write(ctx, func(tx *db.Tx) error {
			rule, err := RuleOf(ctx, tx, r.home.ID)
			if err != nil {
				return err
			}
			done, err = step(ctx, tx, rule, r.home.At(tx.Now))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// due begins a query for the people who gave no sign since a day. Fictional
// people are nobody, facts taken from a document are kept with it, and what was
// merged goes with the record that it was merged into.
func (r retaining) due(rule Rule, since time.Time) *db.Query {
	q := db.Select(
		"p.id, p.counted_from, p.given_name, p.family_name, p.name_order, p.original_name, p.languages, COALESCE(p.organisation_id, ''), p.function",
		"people p LEFT JOIN retention_notices n ON n.territory_id = p.territory_id AND n.person_id = p.id AND n.counted_from = p.counted_from",
	).
		Where("p.territory_id = ? AND p.counted_from <= ?", r.home.ID, since.AddDate(0, -rule.Months, 0).Format(time.DateOnly)).
		Where("NOT p.fictional AND p.source = '' AND p.merged_into IS NULL").
		Where("p.given_name <> '' OR p.family_name <> '' OR p.original_name <> ''")
	if rule.Ending == Archived {
		q.Where("p.deleted_at IS NULL")
	}
	return q.Order("p.counted_from", "p.id").Page(1, endsAtOnce)
}

// A silent person gave no sign since a day.
type silent struct {
	PersonRow
	since string
}

func (r retaining) collect(ctx context.Context, tx *db.Tx, q *db.Query) ([]silent, error) {
	return db.Collect(ctx, tx, q, func(scan db.Scan) (p silent, err error) {
		p.Territory = r.home.ID
		err = scan(&p.ID, &p.since, &p.Given, &p.Family, &p.Order, &p.Original, (*db.Strings)(&p.Languages), &p.Organisation, &p.Function)
		return p, err
	})
}

// give gives notice of some of those whose time will be up in the days of the
// rule.
func (r retaining) give(ctx context.Context, tx *db.Tx, rule Rule, today time.Time) (int, error) {
	people, err := r.collect(ctx, tx, r.due(rule, today.AddDate(0, 0, rule.NoticeDays)).Where("n.person_id IS NULL"))
	if err != nil || len(people) == 0 {
		return 0, err
	}
	rows := make([]PersonRow, len(people))
	for i, p := range people {
		rows[i] = p.PersonRow
		err := New(tx).putNotice(ctx, putNoticeParams{r.home.ID, p.ID, p.since, today.Format(time.DateOnly)})
		if err != nil {
			return 0, fmt.Errorf("keep a notice: %w", err)
		}
	}
	return len(people), r.notice(ctx, tx, r.home, rows)
}

// finish ends the records of some of those whose time is up.
func (r retaining) finish(ctx context.Context, tx *db.Tx, rule Rule, today time.Time) (int, error) {
	noticed := today.AddDate(0, 0, -rule.NoticeDays).Format(time.DateOnly)
	people, err := r.collect(ctx, tx, r.due(rule, today).Where("n.given_on <= ?", noticed))
	if err != nil {
		return 0, err
	}
	act := record.Act{By: history.System(), Batch: db.NewID()}
	for _, p := range people {
		if _, err := r.end(ctx, tx, act, r.home.ID, p.ID, rule); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}
