package app

import (
	"net/http"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// enter finds out who asks, in which territory, and whether the table of rights
// lets them take the route. What a handler does with a record, it asks the
// viewer about: here it is only whether the role has the right at all.
func (a *App) enter(route web.Route) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		user, signedIn := auth.UserOf(r.Context())
		if !signedIn {
			return fault.New(fault.SignIn, "app.sign_in")
		}
		viewer, err := a.viewer(r, user)
		if err != nil {
			return err
		}
		if viewer.Reach(route.Noun, route.Action) == territory.Nothing {
			return fault.New(fault.Forbidden, "territory.forbidden")
		}
		return route.Handle(w, r.WithContext(territory.With(r.Context(), viewer)))
	}
}

// viewer is what the user is in the territory that the address names. To those
// who are nothing in it, it does not exist.
func (a *App) viewer(r *http.Request, user auth.User) (v territory.Viewer, err error) {
	err = a.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v, err = territory.Enter(r.Context(), tx, r.PathValue("territory"), user)
		return err
	})
	return v, err
}
