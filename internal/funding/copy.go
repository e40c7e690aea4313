package funding

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/mission"
	"github.com/escale-hq/escale/internal/record"
)

// Copy plans the budget of an earlier edition for the new one, with its days
// moved: what was planned and who pays, not what became of it.
func Copy(ctx context.Context, tx *db.Tx, c *mission.Copying) error {
	expenses, err := ExpensesOf(ctx, tx, c.From.Territory, c.From.ID)
	if err != nil {
		return err
	}
	for _, e := range expenses {
		e.Meta = record.Meta{Territory: c.To.Territory, Owner: e.Owner, Fictional: c.To.Fictional}
		e.Mission, e.PlannedOn = c.To.ID, c.Day(e.PlannedOn)
		if err := Expenses().Add(ctx, tx, c.Act, e); err != nil {
			return fmt.Errorf("copy a line of the budget: %w", err)
		}
	}
	return nil
}
