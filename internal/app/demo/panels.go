package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
)

// panels puts invented notes and tasks on the invented organisations, by the
// officer and for them.
func (f *filler) panels(ctx context.Context, home territory.Territory, organisations map[string]string) error {
	officer := f.user(territory.Officer)
	by := record.Act{By: officer.Actor()}
	meta := record.Meta{Territory: home.ID, Fictional: true}
	for _, x := range f.fictions.Notes {
		note := &panel.Note{
			Meta: meta, Place: on(home, organisations[x.Organisation]), Text: x.Text, Author: officer.ID, AuthorName: officer.Name,
		}
		if err := panel.Notes().Add(ctx, f.tx, by, note); err != nil {
			return fmt.Errorf("add a note on %s: %w", x.Organisation, err)
		}
	}
	for _, x := range f.fictions.Tasks {
		task := &panel.Task{
			Meta: meta, Place: on(home, organisations[x.Organisation]), Title: x.Title, Member: officer.ID,
			Due: home.At(f.tx.Now).AddDate(0, 0, x.Days).Format(time.DateOnly),
		}
		if err := panel.Tasks().Add(ctx, f.tx, by, task); err != nil {
			return fmt.Errorf("add a task about %s: %w", x.Organisation, err)
		}
	}
	return nil
}

// on is the place that one of the territory's own organisations offers.
func on(home territory.Territory, organisation string) panel.Place {
	return panel.Place{
		On:      ref.Ref{Territory: home.ID, Kind: "organisation", ID: organisation},
		Subject: territory.Subject{Organisation: organisation},
	}
}

// user is the one who has a role.
func (f *filler) user(role territory.Role) auth.User {
	for _, p := range f.people {
		if p.Role == role {
			return p.User
		}
	}
	return auth.User{}
}
