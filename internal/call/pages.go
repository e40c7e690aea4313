package call

import (
	"context"
	"slices"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/job"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// With is what the app hands the pages in.
type With struct {
	DB       *db.DB
	Frame    web.Framer
	Kinds    record.Kinds
	Auth     *auth.Auth
	Register *register.Register
	Folder   panel.Folder
	// Words are for previews in other languages than the reader's.
	Words      *i18n.Catalogue
	Objections directory.Objections
	// Send sends a letter once the transaction is kept.
	Send func(ctx context.Context, tx *db.Tx, letter auth.Letter) error
	// Later asks for a job of a territory, on behalf of a user.
	Later func(ctx context.Context, tx *db.Tx, territory int, user string, args job.Args) error
	// Letter keeps the letter of a decision as a document of the office; it may be
	// nil.
	Letter func(ctx context.Context, tx *db.Tx, a *Application, r *Review) error
	// Public is a path of ours as people outside write it, with the host.
	Public func(path string) string
}

// Pages are the public page of a call, the application by a personal link, and
// what officers see of both.
type Pages struct{ With }

// NewPages makes the pages.
func NewPages(with With) *Pages { return &Pages{with} }

// Routes are the addresses of the pages.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(p.publicRoutes(), p.applicantRoutes(), p.invitedRoutes(), p.callRoutes(), p.applicationRoutes(), p.inviteRoutes(), p.selectionRoutes())
}

// stamp is a moment in the territory's zone, which is named.
func stamp(w *i18n.Words, home territory.Territory, at db.Instant) string {
	t := home.At(at)
	return w.T("call.at", w.Stamp(t), home.Zone, w.Offset(t))
}

// after is how long personal links hold after the call has closed: to look
// back, and to withdraw.
const after = 180 * 24 * time.Hour

// linkEnd is until when the link to an application holds.
func linkEnd(c *Call, a *Application, now db.Instant) db.Instant {
	end := now
	for _, at := range []db.Instant{c.ClosesAt, a.LateUntil} {
		if end.Before(at.Time) {
			end = at
		}
	}
	if limit := now.Add(longest); limit.Before(end.Time) {
		end = limit
	}
	return end.Add(after)
}

// longest keeps the end of links of a call that is far away within what links
// may last.
const longest = 500 * 24 * time.Hour
