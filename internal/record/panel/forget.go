package panel

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
)

// ForgetUser removes what the panels of a territory keep of a user: their name
// on what they wrote, which stays; their views and reminders. Their tasks are
// nobody's then.
func ForgetUser(ctx context.Context, tx *db.Tx, territory int, user string) error {
	q := New(tx)
	for _, forget := range []func(context.Context, int, string) error{
		q.forgetNoteAuthor, q.forgetContentAuthor, q.leaveTasks, q.dropReminders, q.dropViews,
	} {
		if err := forget(ctx, territory, user); err != nil {
			return fmt.Errorf("forget a user on records: %w", err)
		}
	}
	return nil
}
