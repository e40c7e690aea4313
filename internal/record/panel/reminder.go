package panel

import (
	"context"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// A Reminder tells a member what is due today and what is late.
type Reminder struct {
	Territory territory.Territory
	Member    territory.Member
	Tasks     []Task
}

// morning is the hour of the territory's clock before which nobody is reminded.
const morning = 7

// remembered is how long it is known that somebody was reminded.
const remembered = 30 * 24 * time.Hour

// Remind sends the day's reminders of every territory, each once, however often
// it is called: send is in the transaction that notes it.
func Remind(ctx context.Context, d *db.DB, kinds record.Kinds, send func(context.Context, *db.Tx, Reminder) error) error {
	homes, err := territory.List(ctx, d)
	if err != nil {
		return err
	}
	for _, home := range homes {
		if home.At(d.Now()).Hour() < morning {
			continue
		}
		err := d.Write(ctx, func(tx *db.Tx) error { return remindAll(ctx, tx, kinds, home, send) })
		if err != nil {
			return fmt.Errorf("remind the members of %s: %w", home.Slug, err)
		}
	}
	return nil
}

func remindAll(ctx context.Context, tx *db.Tx, kinds record.Kinds, home territory.Territory, send func(context.Context, *db.Tx, Reminder) error) error {
	members, err := territory.Members(ctx, tx, home.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Disabled {
			continue
		}
		if err := remindOne(ctx, tx, kinds, home, m, send); err != nil {
			return err
		}
	}
	return New(tx).forgetReminders(ctx, home.ID, day(home, tx.Now.Add(-remembered)))
}

func remindOne(ctx context.Context, tx *db.Tx, kinds record.Kinds, home territory.Territory, m territory.Member, send func(context.Context, *db.Tx, Reminder) error) error {
	v := viewerOf(home, m)
	tasks, err := ListTasks(ctx, tx, kinds, v, Choice{Member: m.User, Before: tomorrow(home, tx.Now)})
	if err != nil || len(tasks) == 0 {
		return err
	}
	fresh, err := New(tx).remind(ctx, home.ID, m.User, day(home, tx.Now))
	if err != nil || fresh == 0 {
		return err
	}
	return send(ctx, tx, Reminder{home, m, tasks})
}

// viewerOf is a member as a viewer: what they may see decides what they can be
// given to do, and reminded of.
func viewerOf(home territory.Territory, m territory.Member) territory.Viewer {
	return territory.Viewer{Territory: home, User: m.User, Name: m.Name, Role: m.Role, Organisation: m.Organisation}
}

// tomorrow is the day after that of an instant.
func tomorrow(home territory.Territory, at db.Instant) string {
	return home.At(at).AddDate(0, 0, 1).Format(time.DateOnly)
}

// day is the day of an instant by the territory's clock.
func day(home territory.Territory, at db.Instant) string { return home.At(at).Format(time.DateOnly) }
