package app

import (
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
)

// lack says in words what a request failed for want of: room on the disk, or a
// database that answers. Other errors stay as they are.
func lack(err error) error {
	switch {
	case !fault.Is(err, fault.Internal):
		return err
	case db.IsFull(err):
		return fault.Because(err, fault.Unavailable, "app.full")
	case db.IsUnreachable(err):
		return fault.Because(err, fault.Unavailable, "app.unreachable")
	default:
		return err
	}
}
