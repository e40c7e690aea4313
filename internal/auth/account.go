package auth

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// signedIn lets in whoever is signed in, whatever they are a member of.
func signedIn(handle func(w http.ResponseWriter, r *http.Request, user User) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		user, found := UserOf(r.Context())
		if !found {
			return fault.New(fault.SignIn, "auth.sign_in_first")
		}
		return handle(w, r, user)
	}
}

// account answers GET /account.
func (a *Auth) account(w http.ResponseWriter, r *http.Request, user User) error {
	return a.showAccount(w, r, user, http.StatusOK, web.Form{Values: url.Values{
		"name": {user.Name}, "language": {user.Language}, "theme": {user.Theme},
	}})
}

func (a *Auth) showAccount(w http.ResponseWriter, r *http.Request, user User, status int, form web.Form) error {
	f := a.frame(r)
	f.Title, form.Words = f.Words.T("auth.account.title"), f.Words
	page := accountView{user: user, form: form, current: SessionOf(r.Context()).ID}
	err := a.db.Read(r.Context(), func(tx *db.Tx) error {
		rows, err := New(tx).sessionsOf(r.Context(), user.ID, tx.Now)
		for _, row := range rows {
			page.sessions = append(page.sessions, Session(row))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, accountPage(f, page))
}

// accountView is what the page of one's own account shows.
type accountView struct {
	user     User
	form     web.Form
	sessions []Session
	current  string
}

// saveAccount answers POST /account.
func (a *Auth) saveAccount(w http.ResponseWriter, r *http.Request, user User) error {
	user.Name, user.Language, user.Theme = strings.TrimSpace(r.PostFormValue("name")), r.PostFormValue("language"), r.PostFormValue("theme")
	err := a.db.Write(r.Context(), func(tx *db.Tx) error { return EditUser(r.Context(), tx, user) })
	if problems := fault.Problems(nil); errors.As(err, &problems) {
		return a.showAccount(w, r, user, http.StatusUnprocessableEntity, web.Form{Values: r.PostForm, Problems: problems})
	}
	if err != nil {
		return err
	}
	return web.Onward(w, r, "/account", web.Toast{Text: a.frame(r).Words.T("auth.account.saved")})
}

// endSession answers POST /account/sessions/{id}/end.
func (a *Auth) endSession(w http.ResponseWriter, r *http.Request, user User) error {
	err := a.db.Write(r.Context(), func(tx *db.Tx) error {
		ended, err := New(tx).endSession(r.Context(), user.ID, r.PathValue("id"))
		if err == nil && ended == 0 {
			return fault.New(fault.NotFound, "auth.no_session")
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Onward(w, r, "/account", web.Toast{Text: a.frame(r).Words.T("auth.account.ended")})
}
