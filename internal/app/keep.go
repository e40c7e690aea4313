package app

import (
	"context"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/call"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/importer"
	"github.com/escale-hq/escale/internal/record/link"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// The periodic jobs of the directory.
type (
	retainPeople     struct{}
	examineDirectory struct{}
)

// Kind names the end of the records of people who give no sign.
func (retainPeople) Kind() string { return "retain-people" }

// Kind names the search for duplicates.
func (examineDirectory) Kind() string { return "examine-directory" }

// eraser removes what is known of people, wherever it is.
func (a *App) eraser() directory.Eraser {
	return directory.Eraser{Kinds: a.kinds, Objections: a.objections, Traces: []record.Trace{link.Trace(), importer.Trace(), call.Trace()}}
}

// retain applies the rules that say how long people are kept.
func (a *App) retain(ctx context.Context, _ retainPeople) error {
	return a.eraser().Retain(ctx, a.db, a.announceEnds)
}

// announceEnds tells those who keep the directory how many people's time is
// nearly up. The message names nobody: the list does.
func (a *App) announceEnds(ctx context.Context, tx *db.Tx, home territory.Territory, people []directory.PersonRow) error {
	members, err := territory.Members(ctx, tx, home.ID)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.Disabled || member.Role != territory.Administrator && member.Role != territory.Officer {
			continue
		}
		user, err := auth.ByID(ctx, tx, member.User)
		if err != nil {
			return err
		}
		link := a.settings.PublicURL.JoinPath(home.Home(), "people")
		link.RawQuery = "sort=contact"
		err = a.send(ctx, tx, auth.Letter{
			Key: "retention.letter", To: user.Email, ToName: user.Name, Language: user.Language, Link: link.String(),
			Args: []any{home.Name, a.words.For(user.Language).N("retention.people", len(people))},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// quietHour is when the directories that take minutes are searched for
// duplicates, in the time of their territory: pages come first by day.
const quietHour = 2

// examine looks for duplicates in the directory of each territory: every hour,
// and where there are many organisations once a night.
func (a *App) examine(ctx context.Context, _ examineDirectory) error {
	homes, err := territory.List(ctx, a.db)
	if err != nil {
		return err
	}
	for _, home := range homes {
		large, err := a.large(ctx, home)
		if err == nil && (!large || home.At(a.db.Now()).Hour() == quietHour) {
			err = directory.Examine(ctx, a.db, home.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// large says whether a directory takes minutes to search for duplicates.
func (a *App) large(ctx context.Context, home territory.Territory) (large bool, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		n, err := a.kinds["organisation"].Count(ctx, tx, territory.Viewer{Territory: home, Role: territory.Administrator})
		large = n > web.Counted
		return err
	})
	return large, err
}
