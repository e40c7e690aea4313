package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// toastCookie carries what was just done to the page that follows.
const toastCookie = "escale_toast"

// Onward leads on to a page after something was done, which that page says.
func Onward(w http.ResponseWriter, r *http.Request, to string, toast Toast) error {
	text, err := json.Marshal(toast)
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: toastCookie, Value: base64.RawURLEncoding.EncodeToString(text), Path: "/", MaxAge: 60,
		HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// ToastOf is what was just done, if this page is the one that says so. It is
// said once.
func ToastOf(r *http.Request) *Toast {
	cookie, err := r.Cookie(toastCookie)
	if err != nil {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return nil
	}
	var toast Toast
	if json.Unmarshal(text, &toast) != nil || toast.UndoAction != "" && LocalPath(toast.UndoAction) != toast.UndoAction {
		return nil
	}
	return &toast
}

// longestPath bounds the addresses that are taken from a request and kept.
const longestPath = 2000

// LocalPath is an address to lead on to, if it is one of ours; else the root.
// It is the one judge of addresses that somebody else may have written. Browsers
// read a backslash as a slash and drop control characters, so that an address
// with one may lead away; what is encoded stays a part of the path.
func LocalPath(address string) string {
	misread := func(r rune) bool { return r == '\\' || unicode.IsControl(r) }
	ours := strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && len(address) <= longestPath
	if !ours || strings.ContainsFunc(address, misread) {
		return "/"
	}
	return address
}

// OnceToasts forgets the toast that a page is about to show.
func OnceToasts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie(toastCookie); err == nil && r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Dest") != "image" {
			http.SetCookie(w, &http.Cookie{Name: toastCookie, Path: "/", MaxAge: -1, Expires: time.Unix(1, 0)})
		}
		next.ServeHTTP(w, r)
	})
}
