package outcome

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Waiting are the missions with outcomes that the viewer may confirm.
func Waiting(ctx context.Context, tx *db.Tx, v territory.Viewer, w *i18n.Words) ([]web.Entry, error) {
	if v.Reach("outcome", "confirm") != territory.All {
		return nil, nil
	}
	rows, err := New(tx).declaredByMission(ctx, v.Territory.ID)
	if err != nil {
		return nil, fmt.Errorf("count the outcomes to confirm: %w", err)
	}
	entries := make([]web.Entry, len(rows))
	for i, row := range rows {
		title, _ := row.Title.In(w.Lang())
		entries[i] = web.Entry{
			Title: w.N("outcome.to_confirm", int(row.Declared)), Note: title, Icon: "badge-check",
			Href: v.Territory.Home() + "/missions/" + row.ID + MissionPage().Path,
		}
	}
	return entries, nil
}
