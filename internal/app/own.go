package app

import (
	"net/http"
	"slices"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// ownRoutes are the addresses that belong to no feature.
func (a *App) ownRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /{$}", Open: true, Handle: a.root},
		{Pattern: "POST /preferences", Open: true, Handle: a.prefer},
	}
}

// root answers GET /: it leads to the workspace of who is in one, and lets who
// is in several choose.
func (a *App) root(w http.ResponseWriter, r *http.Request) error {
	user, signedIn := auth.UserOf(r.Context())
	if !signedIn {
		return fault.New(fault.SignIn, "app.sign_in")
	}
	var territories []territory.Territory
	err := a.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		territories, err = territory.Of(r.Context(), tx, user.ID)
		return err
	})
	if err != nil {
		return err
	}
	if len(territories) == 1 {
		http.Redirect(w, r, territories[0].Home(), http.StatusSeeOther)
		return nil
	}
	f := a.frame(r)
	f.Title = f.Words.T("app.choose")
	return web.Render(w, r, http.StatusOK, choosePage(f, territories))
}

// prefer answers POST /preferences: it keeps the language and the theme that
// somebody chose, with the user or in a cookie.
func (a *App) prefer(w http.ResponseWriter, r *http.Request) error {
	lang, theme := preferred(r)
	if chosen := r.PostFormValue("language"); slices.Contains(a.words.Languages(), chosen) {
		lang = chosen
	}
	if r.PostForm.Has("theme") && slices.Contains([]string{"", "light", "dark"}, r.PostFormValue("theme")) {
		theme = r.PostFormValue("theme")
	}
	if user, signedIn := auth.UserOf(r.Context()); signedIn {
		user.Language, user.Theme = lang, theme
		err := a.db.Write(r.Context(), func(tx *db.Tx) error { return auth.EditUser(r.Context(), tx, user) })
		if err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{
		Name: preferences, Value: lang + "." + theme, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: a.settings.PublicURL.Scheme == "https", SameSite: http.SameSiteLaxMode,
	})
	http.Redirect(w, r, web.LocalPath(r.PostFormValue("back")), http.StatusSeeOther)
	return nil
}
