package app

import (
	"context"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/matchmaking"
)

// funding makes the pages about money.
func (a *App) funding() *funding.Pages {
	return funding.NewPages(a.db, a.frame, a.kinds, funding.Doors{Meetings: publishedMeetings})
}

// publishedMeetings counts the meetings of a mission that are published and not
// cancelled.
func publishedMeetings(ctx context.Context, tx *db.Tx, territory int, mission string) (n int, err error) {
	meetings, err := matchmaking.MeetingsOf(ctx, tx, territory, mission)
	for _, m := range meetings {
		if m.State != matchmaking.Cancelled {
			n++
		}
	}
	return n, err
}
