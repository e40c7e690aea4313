package panel

import (
	"net/http"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// A Shelf is what a list shows of its viewer's saved views.
type Shelf struct {
	Home  string // of the territory
	Kind  string
	List  string // address of the list without any filter
	Query string // of the list as it is shown
	Views []View
}

func (s Shelf) href(v View) string {
	if v.Query == "" {
		return s.List
	}
	return s.List + "?" + v.Query
}

// current says whether the list is shown as the view has it.
func (s Shelf) current(v View) bool {
	query, err := viewQuery(s.Query)
	return err == nil && query == v.Query
}

// keepable says whether the list is filtered or sorted in a way that no view
// has yet.
func (s Shelf) keepable() bool {
	query, err := viewQuery(s.Query)
	if err != nil || query == "" {
		return false
	}
	for _, v := range s.Views {
		if v.Query == query {
			return false
		}
	}
	return true
}

// keepView answers POST /t/{territory}/views.
func (p *Pages) keepView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	kind, known := p.kinds[r.PostForm.Get("kind")]
	if !known || kind.List == "" || v.Reach(kind.Name, "see") == territory.Nothing {
		return fault.New(fault.Invalid, "panel.view_query")
	}
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return KeepView(r.Context(), tx, v, kind.Name, View{Name: r.PostForm.Get("name"), Query: r.PostForm.Get("query")})
	})
	if err != nil {
		return err
	}
	query, err := viewQuery(r.PostForm.Get("query"))
	if err != nil {
		return err
	}
	to := Shelf{List: v.Territory.Home() + kind.List}.href(View{Query: query})
	return web.Onward(w, r, to, web.Toast{Text: p.frame(r).Words.T("panel.view_kept")})
}

// dropView answers POST /t/{territory}/views/{view}/delete. A view that is not
// there, or somebody else's, is as good as dropped.
func (p *Pages) dropView(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	v := territory.ViewerOf(r.Context())
	err := p.db.Write(r.Context(), func(tx *db.Tx) error {
		return New(tx).dropView(r.Context(), v.Territory.ID, v.User, r.PathValue("view"))
	})
	if err != nil {
		return err
	}
	to := v.Territory.Home() + p.kinds[r.PostForm.Get("kind")].List
	return web.Onward(w, r, to, web.Toast{Text: p.frame(r).Words.T("panel.view_dropped")})
}
