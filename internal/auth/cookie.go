package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// hostPrefix, over https, lets a browser take a cookie from this very host
// alone.
const hostPrefix = "__Host-"

func (a *Auth) secure() bool { return a.with.PublicURL.Scheme == "https" }

func (a *Auth) cookieName(name string) string {
	if a.secure() {
		return hostPrefix + name
	}
	return name
}

func (a *Auth) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: a.cookieName(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: a.secure(), SameSite: http.SameSiteLaxMode,
	})
}

func (a *Auth) dropCookie(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{
		Name: a.cookieName(name), Path: "/", MaxAge: -1, HttpOnly: true, Secure: a.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// A keepsake is what a browser keeps for us, sealed: it can neither read nor
// alter it, nor use it under another name or later.
type keepsake struct {
	Until time.Time
	Value json.RawMessage
}

// keep lets the browser keep a value for a while.
func (a *Auth) keep(w http.ResponseWriter, name string, value any, life time.Duration) error {
	inner, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	text, err := json.Marshal(keepsake{a.db.Now().Add(life).Time, inner})
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	a.setCookie(w, name, a.keys.seal(name, text), life)
	return nil
}

// kept reads what the browser keeps under a name.
func (a *Auth) kept(r *http.Request, name string, into any) error {
	cookie, err := r.Cookie(a.cookieName(name))
	if err != nil {
		return err
	}
	text, err := a.keys.open(name, cookie.Value)
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	var k keepsake
	if err := json.Unmarshal(text, &k); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if !a.db.Now().Before(k.Until) {
		return errors.New(name + " was kept for too long")
	}
	return json.Unmarshal(k.Value, into)
}
