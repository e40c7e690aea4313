package matchmaking

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Waiting are the last plans of missions that the viewer may publish.
func Waiting(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words) ([]web.Entry, error) {
	if v.Reach("plan", "edit") != territory.All {
		return nil, nil
	}
	rows, err := New(tx).draftsToPublish(ctx, v.Territory.ID)
	if err != nil {
		return nil, fmt.Errorf("find the plans to publish: %w", err)
	}
	entries := make([]web.Entry, len(rows))
	for i, row := range rows {
		title, _ := row.Title.In(w.Lang())
		entries[i] = web.Entry{
			Title: w.T("plan.to_publish", row.Number), Note: title, Icon: "calendar-days", Href: v.Territory.Home() + "/plans/" + row.ID,
		}
	}
	return entries, nil
}
