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

// A Session is a browser in which a user is signed in.
type Session struct {
	ID              string
	Device, Address string
	CreatedAt       db.Instant
	SeenAt          db.Instant
	ExpiresAt       db.Instant
}

const (
	sessionCookie = "escale_session"
	deviceCookie  = "escale_device"
)

// seenEvery is how often it is noted that a session is in use.
const seenEvery = 5 * time.Minute

// deviceMemory is how long a browser is known again after it was last signed in
// with.
const deviceMemory = 365 * 24 * time.Hour

type sessionKey struct{}

// present is who is there in a request.
type present struct {
	user    User
	session Session
}

// UserOf is the user who is signed in, if there is one.
func UserOf(ctx context.Context) (User, bool) {
	p, found := ctx.Value(sessionKey{}).(present)
	return p.user, found
}

// SessionOf is the session of the request; without one it is zero.
func SessionOf(ctx context.Context) Session {
	p, _ := ctx.Value(sessionKey{}).(present)
	return p.session
}

// Sessions finds out who is signed in, for all that follows. When the database
// does not answer, the request fails as refuse says.
func (a *Auth) Sessions(next http.Handler, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie(a.cookieName(sessionCookie))
		if err != nil || strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		p, err := a.present(r.Context(), cookie.Value)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			next.ServeHTTP(w, r)
		case err != nil:
			refuse(w, r, err)
		default:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionKey{}, p)))
		}
	})
}

// present finds the session of a token; sql.ErrNoRows says that there is none
// in force.
func (a *Auth) present(ctx context.Context, token string) (p present, err error) {
	var row sessionRow
	err = a.db.Read(ctx, func(tx *db.Tx) (err error) {
		row, err = New(tx).session(ctx, digest(token))
		return err
	})
	if err != nil {
		return present{}, err
	}
	now := a.db.Now()
	if !now.Before(row.ExpiresAt.Time) || now.Sub(row.SeenAt.Time) >= a.with.Idle {
		return present{}, sql.ErrNoRows
	}
	if now.Sub(row.SeenAt.Time) >= seenEvery {
		// Whoever reads a page goes on reading when nothing can be written.
		_ = a.db.Write(ctx, func(tx *db.Tx) error { return New(tx).seeSession(ctx, tx.Now, digest(token)) })
	}
	return present{
		User{ID: row.UserID, Email: row.Email, Name: row.Name, Language: row.Language, Theme: row.Theme, CreatedAt: row.CreatedAt},
		Session{ID: row.ID, SeenAt: row.SeenAt, ExpiresAt: row.ExpiresAt},
	}, nil
}

// tokens are what a browser is given when its user signs in: a new one for the
// session always, so that one planted before is worth nothing, and one by which
// the browser is known again, which it may have already.
type tokens struct{ session, device string }

func (a *Auth) newTokens(r *http.Request) tokens {
	if cookie, err := r.Cookie(a.cookieName(deviceCookie)); err == nil && len(cookie.Value) >= 32 {
		return tokens{newToken(), cookie.Value}
	}
	return tokens{newToken(), newToken()}
}

// begin signs somebody in, in the browser of the request, and leads on: the end
// of every way to sign in. The way itself says who it is, in the transaction of
// the new session.
func (a *Auth) begin(w http.ResponseWriter, r *http.Request, onward string, who func(tx *db.Tx) (User, error)) error {
	t := a.newTokens(r)
	err := a.db.Write(r.Context(), func(tx *db.Tx) error {
		user, err := who(tx)
		switch {
		case err != nil:
			return err
		case user.Disabled:
			return fault.New(fault.Forbidden, "auth.disabled")
		}
		return a.open(r, tx, user, t)
	})
	if err != nil {
		return err
	}
	a.setCookie(w, sessionCookie, t.session, a.with.Lifetime)
	a.setCookie(w, deviceCookie, t.device, deviceMemory)
	http.Redirect(w, r, web.LocalPath(onward), http.StatusSeeOther)
	return nil
}

// open begins a session in the browser of the request, in place of the one that
// it had, and tells the user of a browser that they did not use before.
func (a *Auth) open(r *http.Request, tx *db.Tx, user User, t tokens) error {
	ctx, q := r.Context(), New(tx)
	if last, found := UserOf(ctx); found {
		if _, err := q.endSession(ctx, last.ID, SessionOf(ctx).ID); err != nil {
			return fmt.Errorf("end the session before: %w", err)
		}
	}
	err := q.addSession(ctx, addSessionParams{
		Digest: digest(t.session), ID: db.NewID(), UserID: user.ID, Device: deviceName(r.UserAgent()),
		Address: a.with.Client(r).String(), CreatedAt: tx.Now, SeenAt: tx.Now, ExpiresAt: tx.Now.Add(a.with.Lifetime),
	})
	if err != nil {
		return fmt.Errorf("begin the session: %w", err)
	}
	devices, err := q.devices(ctx, user.ID)
	if err != nil {
		return fmt.Errorf("count the browsers: %w", err)
	}
	added, err := q.addDevice(ctx, user.ID, digest(t.device), tx.Now)
	if err != nil {
		return fmt.Errorf("note the browser: %w", err)
	}
	switch {
	case added == 0: // known
		return q.seeDevice(ctx, tx.Now, user.ID, digest(t.device))
	case devices == 0: // the very first
		return nil
	default:
		return a.tellOfBrowser(r, tx, user)
	}
}

// tellOfBrowser lets a user know that somebody signed in with a browser that
// was not used before.
func (a *Auth) tellOfBrowser(r *http.Request, tx *db.Tx, user User) error {
	account := a.with.PublicURL.JoinPath("account").String()
	return a.with.Send(r.Context(), tx, user.letter("auth.letter.browser", account, deviceName(r.UserAgent()), a.with.Client(r).String()))
}

// deviceName is what a user recognises a browser by: "Firefox, Linux". What the
// browser says of itself is not trusted further.
func deviceName(agent string) string {
	browsers := [][2]string{
		{"Edg", "Edge"}, {"OPR", "Opera"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	}
	systems := [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"},
	}
	return firstNamed(agent, browsers) + ", " + firstNamed(agent, systems)
}

// firstNamed finds the first sign in what a browser says, and gives its name.
func firstNamed(agent string, signs [][2]string) string {
	for _, sign := range signs {
		if strings.Contains(agent, sign[0]) {
			return sign[1]
		}
	}
	return "?"
}
