package mission

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
)

// SetCall keeps the first and the last day of the call for a mission, or "" where
// there is none. The call tells its own history: this is no change of the
// mission, and disturbs nobody who edits it.
func SetCall(ctx context.Context, tx *db.Tx, territory int, mission, from, to string) error {
	if err := New(tx).setCallDays(ctx, setCallDaysParams{CallFrom: from, CallTo: to, TerritoryID: territory, ID: mission}); err != nil {
		return fmt.Errorf("set the days of the call of the mission %s: %w", mission, err)
	}
	return nil
}
