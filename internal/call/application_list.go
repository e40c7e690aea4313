package call

import (
	"context"
	"fmt"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Filter says which applications a list shows.
type Filter struct {
	Call    string // id, or "" for those of all calls
	States  []string
	Sectors []string
	Search  string
	Page    int // from 1
}

// A Row is an application as a list shows it.
type Row struct {
	ID, Name, Email, Contact, CallID, Organisation string
	State                                          State
	Fictional                                      bool
	SubmittedAt, UpdatedAt, LateUntil              db.Instant
	Double                                         bool
}

// Title is the company's name, or else the address that it was begun with.
func (r Row) Title() string {
	if r.Name == "" {
		return r.Email
	}
	return r.Name
}

// searched bounds how many records a search within a list considers.
const searched = 500

// seen asks for the applications of the filter that the viewer may see, by name.
func (f Filter) seen(ctx context.Context, tx *db.Tx, v territory.Viewer) (*db.Query, error) {
	q := v.Within(db.Select("a.id", "applications a"), "application", "a.territory_id", territory.Columns{
		Owner: "a.owner_id", Organisation: "a.organisation_id", Mission: "a.mission_id",
	}).Where("a.deleted_at IS NULL")
	if f.Call != "" {
		q.Where("a.call_id = ?", f.Call)
	}
	if len(f.States) > 0 {
		q.In("a.state", f.States...)
	}
	if len(f.Sectors) > 0 {
		q.InQuery("a.id", db.Select("s.application_id", "application_sectors s").Where("s.territory_id = ?", v.Territory.ID).In("s.sector_id", f.Sectors...))
	}
	if f.Search != "" {
		hits, err := record.Search(ctx, tx, v, []string{"application"}, f.Search, searched)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(hits))
		for i, hit := range hits {
			ids[i] = hit.Ref.ID
		}
		q.In("a.id", ids...)
	}
	return q.Order("a.name_key", "a.id"), nil
}

// ListApplications gives a page of the applications that the viewer may see, by
// name, and how many there are in all, as far as lists count.
func ListApplications(ctx context.Context, tx *db.Tx, v territory.Viewer, f Filter) ([]Row, int, error) {
	q, err := f.seen(ctx, tx, v)
	if err != nil {
		return nil, 0, err
	}
	q.Only("a.id, a.name, a.email, a.contact, a.call_id, COALESCE(a.organisation_id, ''), a.state, a.fictional, a.submitted_at, a.updated_at, a.late_until, a.double_of IS NOT NULL")
	rows, all, err := db.CollectPage(ctx, tx, q.Page(f.Page, web.PageSize), web.Counted, func(scan db.Scan) (r Row, err error) {
		return r, scan(&r.ID, &r.Name, &r.Email, &r.Contact, &r.CallID, &r.Organisation, &r.State, &r.Fictional,
			&r.SubmittedAt, &r.UpdatedAt, &r.LateUntil, &r.Double)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list the applications: %w", err)
	}
	return rows, all, nil
}
