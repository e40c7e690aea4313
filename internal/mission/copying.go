package mission

import (
	"context"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
)

// A Copying makes a new edition of an earlier mission. Every date moves by whole
// weeks, so that a Tuesday stays one; every hour stays what the clocks there
// show, whether they changed meanwhile or not.
type Copying struct {
	From *Whole
	To   *Mission
	Act  record.Act
	Days int
	// Legs, Venues and Places lead from the ids of the earlier mission's to those
	// of the new one's.
	Legs, Venues, Places map[string]string
}

// A Copier copies what one feature keeps of a mission.
type Copier func(ctx context.Context, tx *db.Tx, c *Copying) error

// weeksBetween is how many days there are from the Monday of the week of one
// day to that of another.
func weeksBetween(from, to string) (days int, err error) {
	first, err := time.Parse(time.DateOnly, from)
	second, failed := time.Parse(time.DateOnly, to)
	if err != nil || failed != nil {
		return 0, fault.New(fault.Invalid, "mission.copy_days")
	}
	return int(monday(second).Sub(monday(first)) / (24 * time.Hour)), nil
}

func monday(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// Day is a day of the earlier mission in the new one; none stays none.
func (c *Copying) Day(day string) string { return shifted(day, c.Days) }

// Instant is a moment of the earlier mission in the new one, where the clocks
// show the same hour. One that they leave out that day is an hour later.
func (c *Copying) Instant(at time.Time, zone *time.Location) time.Time {
	return at.In(zone).AddDate(0, 0, c.Days)
}

// LegIDs are some legs of the earlier mission in the new one.
func (c *Copying) LegIDs(ids []string) []string { return renamed(ids, c.Legs) }

func renamed(ids []string, names map[string]string) (kept []string) {
	for _, id := range ids {
		if names[id] != "" {
			kept = append(kept, names[id])
		}
	}
	return kept
}

// grid moves stretches, which are written in local time.
func (c *Copying) grid(texts []string) (moved []string, err error) {
	for _, text := range texts {
		s, err := stretchIn(text, time.UTC)
		if err != nil {
			return nil, err
		}
		moved = append(moved, Stretch{Start: s.Start.AddDate(0, 0, c.Days), End: s.End.AddDate(0, 0, c.Days)}.Text())
	}
	return moved, nil
}

// spans moves spans, each in the zone of the leg that it begins in.
func (c *Copying) spans(texts []string) (moved []string, err error) {
	all, err := Spans(texts)
	for _, s := range all {
		local := c.From.local(s)
		zone := local.Start.Location()
		moved = append(moved, Span{Start: c.Instant(local.Start, zone), End: c.Instant(local.End, zone)}.Text())
	}
	return moved, err
}

// begin makes the new mission.
func (c *Copying) begin(ctx context.Context, tx *db.Tx, title i18n.Text) error {
	from := c.From.Mission
	to := *from
	to.Meta = record.Meta{Territory: from.Territory, Owner: from.Owner, Fictional: from.Fictional}
	to.Title, to.Stage, to.EditionOf, to.Source = title, Idea, from.ID, ""
	to.StartsOn, to.EndsOn, to.CallFrom, to.CallTo = c.Day(from.StartsOn), c.Day(from.EndsOn), "", ""
	c.To = &to
	return Missions().Add(ctx, tx, c.Act, c.To)
}

// part is the part of the new mission that is like one of the earlier one.
func (c *Copying) part(of Part) Part {
	return Part{Meta: record.Meta{Territory: of.Territory, Owner: c.To.Owner, Fictional: of.Fictional}, Mission: c.To.ID, Position: of.Position}
}

// own copies what missions are made of, but for who takes part.
func (c *Copying) own(ctx context.Context, tx *db.Tx) (err error) {
	for _, step := range []func(context.Context, *db.Tx) error{c.legs, c.venues, c.places, c.interpreters, c.partners} {
		if err = step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (c *Copying) legs(ctx context.Context, tx *db.Tx) (err error) {
	for _, l := range c.From.Legs {
		to := *l
		to.Part, to.StartsOn, to.EndsOn = c.part(l.Part), c.Day(l.StartsOn), c.Day(l.EndsOn)
		if to.Grid, err = c.grid(l.Grid); err != nil {
			return err
		}
		if err := Legs().Add(ctx, tx, c.Act, &to); err != nil {
			return err
		}
		c.Legs[l.ID] = to.ID
	}
	return nil
}

func (c *Copying) venues(ctx context.Context, tx *db.Tx) (err error) {
	for _, v := range c.From.Venues {
		to := *v
		to.Part, to.Legs = c.part(v.Part), c.LegIDs(v.Legs)
		if to.Closed, err = c.spans(v.Closed); err != nil {
			return err
		}
		if err := Venues().Add(ctx, tx, c.Act, &to); err != nil {
			return err
		}
		c.Venues[v.ID] = to.ID
	}
	for _, j := range c.From.Journeys {
		from, to := c.Venues[j.From], c.Venues[j.To]
		if from == "" || to == "" {
			continue // to a venue that is in the trash
		}
		if err := (Journey{From: from, To: to, Minutes: j.Minutes}).Keep(ctx, tx, c.To.Territory); err != nil {
			return err
		}
	}
	return nil
}

func (c *Copying) places(ctx context.Context, tx *db.Tx) (err error) {
	for _, p := range c.From.Places {
		to := *p
		if to.Part, to.Venue = c.part(p.Part), c.Venues[p.Venue]; to.Venue == "" {
			continue // of a venue that is in the trash
		}
		if to.Closed, err = c.spans(p.Closed); err != nil {
			return err
		}
		if err := Places().Add(ctx, tx, c.Act, &to); err != nil {
			return err
		}
		c.Places[p.ID] = to.ID
	}
	return nil
}

func (c *Copying) interpreters(ctx context.Context, tx *db.Tx) error {
	for _, i := range c.From.Interpreters {
		to := *i
		to.Part, to.Legs, to.Busy = c.part(i.Part), c.LegIDs(i.Legs), nil
		if err := InterpreterNoun().Add(ctx, tx, c.Act, &to); err != nil {
			return err
		}
	}
	return nil
}

func (c *Copying) partners(ctx context.Context, tx *db.Tx) error {
	partners, err := PartnersOf(ctx, tx, c.From.Territory, c.From.ID)
	if err != nil {
		return err
	}
	for _, p := range partners {
		to := *p
		to.Part = c.part(p.Part)
		if err := Partners().Add(ctx, tx, c.Act, &to); err != nil {
			return err
		}
	}
	return nil
}

// tasks copies the tasks, done or not, as tasks to do.
func (c *Copying) tasks(ctx context.Context, tx *db.Tx, tasks []panel.Task) error {
	place := panel.Place{On: Missions().Ref(c.To), Subject: c.To.Subject()}
	for _, t := range slices.Backward(tasks) {
		task := &panel.Task{
			Meta:  record.Meta{Territory: c.To.Territory, Owner: c.To.Owner, Fictional: c.To.Fictional},
			Place: place, Title: t.Title, Member: t.Member, Due: c.Day(t.Due),
		}
		if err := panel.Tasks().Add(ctx, tx, c.Act, task); err != nil {
			return err
		}
	}
	return nil
}
