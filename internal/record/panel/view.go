package panel

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
)

// A View is a list as somebody filtered and sorted it, kept under a name of
// theirs.
type View struct{ ID, Name, Query string }

// Bounds of a saved view, in characters.
const (
	mostViewName  = 60
	mostViewQuery = 2000
)

// ViewsOf lists the viewer's own views of the list of a kind, by name.
func ViewsOf(ctx context.Context, tx *db.Tx, v territory.Viewer, kind string) ([]View, error) {
	rows, err := New(tx).viewsOf(ctx, v.Territory.ID, v.User, kind)
	if err != nil {
		return nil, fmt.Errorf("list the views: %w", err)
	}
	views := make([]View, len(rows))
	for i, row := range rows {
		views[i] = View(row)
	}
	return views, nil
}

// KeepView keeps a view of the list of a kind.
func KeepView(ctx context.Context, tx *db.Tx, v territory.Viewer, kind string, view View) error {
	query, err := viewQuery(view.Query)
	if err != nil {
		return err
	}
	name := strings.Join(strings.Fields(view.Name), " ")
	if n := utf8.RuneCountInString(name); n == 0 || n > mostViewName {
		return fault.New(fault.Invalid, "panel.view_name", mostViewName)
	}
	err = New(tx).addView(ctx, addViewParams{
		TerritoryID: v.Territory.ID, ID: db.NewID(), UserID: v.User, Kind: kind, Name: name, Query: query, CreatedAt: tx.Now,
	})
	if err != nil {
		return fmt.Errorf("keep a view: %w", err)
	}
	return nil
}

// viewQuery is the query of an address as a view keeps it: one that a list can
// read, from its first page.
func viewQuery(text string) (string, error) {
	values, err := url.ParseQuery(text)
	if err != nil || len(text) > mostViewQuery {
		return "", fault.New(fault.Invalid, "panel.view_query")
	}
	values.Del("page")
	return values.Encode(), nil
}
