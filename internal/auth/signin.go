package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/web"
)

// linkLife is how long a link to sign in can be used, linkMemory how long it is
// known afterwards, to say that it is over.
const (
	linkLife   = 15 * time.Minute
	linkMemory = 24 * time.Hour
)

// mostAsksFrom and mostAsksFor are how many links may be asked for in an hour,
// from an address and for an account.
const (
	mostAsksFrom = 20
	mostAsksFor  = 5
)

// An Ask is somebody's wish to sign in. Nobody but the job that answers it
// learns whether the address is known.
type Ask struct {
	Email  string `json:"email"`
	Onward string `json:"onward"`
}

// Kind names the work.
func (Ask) Kind() string { return "auth.sign_in" }

// signIn answers GET /sign-in.
func (a *Auth) signIn(w http.ResponseWriter, r *http.Request) error {
	onward := web.LocalPath(r.URL.Query().Get("onward"))
	if _, signedIn := UserOf(r.Context()); signedIn {
		http.Redirect(w, r, onward, http.StatusSeeOther)
		return nil
	}
	return a.signInForm(w, r, http.StatusOK, web.Form{Values: map[string][]string{"onward": {onward}}})
}

func (a *Auth) signInForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	f := a.frame(r)
	f.Title, form.Words = f.Words.T("auth.sign_in.title"), f.Words
	return web.Render(w, r, status, signInPage(f, form, a.providerName()))
}

// providerName is on the button of the page, or "" where there is no provider.
func (a *Auth) providerName() string {
	if a.with.Provider == nil {
		return ""
	}
	return a.with.Provider.Name
}

// ask answers POST /sign-in: the same, and as fast, whoever asks.
func (a *Auth) ask(w http.ResponseWriter, r *http.Request) error {
	ask := Ask{Email: strings.TrimSpace(r.PostFormValue("email")), Onward: web.LocalPath(r.PostFormValue("onward"))}
	key, err := emailKey(ask.Email)
	if err != nil {
		form := web.Form{Values: r.PostForm}
		form.Problems.AddError("email", err)
		return a.signInForm(w, r, http.StatusUnprocessableEntity, form)
	}
	if err := a.putOff(r, ask, key); err != nil {
		return err
	}
	http.Redirect(w, r, "/sign-in/sent", http.StatusSeeOther)
	return nil
}

// putOff leaves an ask to a job, unless there were too many.
func (a *Auth) putOff(r *http.Request, ask Ask, key string) error {
	err := a.db.Write(r.Context(), func(tx *db.Tx) error {
		return Limit(r.Context(), tx, "sign-in from "+a.Origin(r), mostAsksFrom, time.Hour)
	})
	if err != nil {
		return err
	}
	return a.db.Write(r.Context(), func(tx *db.Tx) error {
		if err := Limit(r.Context(), tx, "sign-in for "+key, mostAsksFor, time.Hour); err != nil {
			return err
		}
		return a.with.Later(r.Context(), tx, ask)
	})
}

// sent answers GET /sign-in/sent.
func (a *Auth) sent(w http.ResponseWriter, r *http.Request) error {
	f := a.frame(r)
	f.Title = f.Words.T("auth.sent.title")
	return web.Render(w, r, http.StatusOK, sentPage(f))
}

// SendSignInLink sends a link to whoever asked, if there is such a user. It is the
// work that [Options.Later] puts off.
func (a *Auth) SendSignInLink(ctx context.Context, ask Ask) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		user, err := ByEmail(ctx, tx, ask.Email)
		switch {
		case fault.Is(err, fault.NotFound), err == nil && user.Disabled:
			return nil
		case err != nil:
			return err
		}
		link, err := a.SignInLink(ctx, tx, user, ask.Onward)
		if err != nil {
			return err
		}
		return a.with.Send(ctx, tx, user.letter("auth.letter.sign_in", link))
	})
}

// SignInLink makes a link by which a user signs in once, and gives its address.
func (a *Auth) SignInLink(ctx context.Context, tx *db.Tx, user User, onward string) (string, error) {
	token := newToken()
	err := New(tx).addSignInLink(ctx, addSignInLinkParams{digest(token), user.ID, web.LocalPath(onward), tx.Now, tx.Now.Add(linkLife)})
	if err != nil {
		return "", fmt.Errorf("make the link: %w", err)
	}
	return a.with.PublicURL.JoinPath("sign-in", token).String(), nil
}

// confirm answers GET /sign-in/{token}: a page with a button. Programs that
// look into mail follow links, and must sign nobody in.
func (a *Auth) confirm(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	link, err := a.signInLink(r)
	if err != nil {
		return a.over(w, r, err)
	}
	f := a.frame(r)
	f.Title = f.Words.T("auth.confirm.title")
	return web.Render(w, r, http.StatusOK, confirmPage(f, link.Name, link.Email))
}

func (a *Auth) signInLink(r *http.Request) (link signInLinkRow, err error) {
	err = a.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		link, err = New(tx).signInLink(r.Context(), digest(r.PathValue("token")))
		return err
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return link, fault.New(fault.NotFound, "auth.link_unknown")
	case err != nil:
		return link, fmt.Errorf("find the link: %w", err)
	case !link.UsedAt.IsZero(), !a.db.Now().Before(link.ExpiresAt.Time):
		return link, fault.New(fault.NotFound, "auth.link_over")
	}
	return link, nil
}

// enter answers POST /sign-in/{token}: it uses the link up and begins a session.
func (a *Auth) enter(w http.ResponseWriter, r *http.Request) error {
	link, err := a.signInLink(r)
	if err != nil {
		return a.over(w, r, err)
	}
	err = a.begin(w, r, link.Onward, func(tx *db.Tx) (User, error) {
		used, err := New(tx).useSignInLink(r.Context(), tx.Now, digest(r.PathValue("token")), tx.Now)
		switch {
		case err != nil:
			return User{}, fmt.Errorf("use the link: %w", err)
		case used == 0: // by somebody else, a moment ago
			return User{}, fault.New(fault.NotFound, "auth.link_over")
		}
		return ByID(r.Context(), tx, link.UserID)
	})
	return a.over(w, r, err)
}

// over says why nobody was signed in, and offers to begin again. What nobody
// foresaw stays an error.
func (a *Auth) over(w http.ResponseWriter, r *http.Request, err error) error {
	if err == nil || fault.Is(err, fault.Internal) {
		return err
	}
	f := a.frame(r)
	f.Title = f.Words.T("auth.over.title")
	return web.Render(w, r, web.StatusOf(err), overPage(f, web.Explain(f.Words, err)))
}

// signOut answers POST /sign-out.
func (a *Auth) signOut(w http.ResponseWriter, r *http.Request) error {
	if user, signedIn := UserOf(r.Context()); signedIn {
		err := a.db.Write(r.Context(), func(tx *db.Tx) error {
			_, err := New(tx).endSession(r.Context(), user.ID, SessionOf(r.Context()).ID)
			return err
		})
		if err != nil {
			return fmt.Errorf("end the session: %w", err)
		}
	}
	a.dropCookie(w, sessionCookie)
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}
