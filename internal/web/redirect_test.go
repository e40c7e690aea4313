package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestAToastIsSaidOnce, by the page that follows what was done.
func TestAToastIsSaidOnce(t *testing.T) {
	toast := Toast{Text: "Organisation supprimée : Aérolit ; « fin »", UndoAction: "/t/marseille/undo/1"}
	done := httptest.NewRecorder()
	if err := Onward(done, httptest.NewRequest(http.MethodPost, "/delete", nil), "/list", toast); err != nil {
		t.Fatal(err)
	}
	if done.Code != http.StatusSeeOther || done.Header().Get("Location") != "/list" {
		t.Errorf("status %d leads to %s", done.Code, done.Header().Get("Location"))
	}
	next := httptest.NewRequest(http.MethodGet, "/list", nil)
	for _, c := range done.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
			t.Errorf("the cookie is %v", c)
		}
		next.AddCookie(c)
	}
	shown := httptest.NewRecorder()
	var said *Toast
	OnceToasts(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { said = ToastOf(r) })).ServeHTTP(shown, next)
	if diff := cmp.Diff(&toast, said); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if c := shown.Result().Cookies(); len(c) != 1 || c[0].MaxAge != -1 {
		t.Errorf("the toast is not forgotten: %v", c)
	}
}

// TestAToastThatIsNotOursIsNotSaid: what a cookie holds may come from anybody.
func TestAToastThatIsNotOursIsNotSaid(t *testing.T) {
	elsewhere, err := json.Marshal(Toast{Text: "Undo", UndoAction: "//elsewhere.example/undo"})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"", "?", base64.RawURLEncoding.EncodeToString([]byte("{")), base64.RawURLEncoding.EncodeToString(elsewhere)} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: toastCookie, Value: value})
		if said := ToastOf(r); said != nil {
			t.Errorf("%q is said: %+v", value, said)
		}
	}
}

// TestLocalPath: an address that a browser could read as another's is none of
// ours.
func TestLocalPath(t *testing.T) {
	for _, ours := range []string{
		"/", "/t/marseille?page=2", "/t/marseille?back=//elsewhere.example", "/t/x#y", "/%2F/elsewhere.example", "/%5Celsewhere.example",
		"/%09/elsewhere.example", "/.//elsewhere.example", "/t/marseille/recherche?q=été",
	} {
		if got := LocalPath(ours); got != ours {
			t.Errorf("%q becomes %q", ours, got)
		}
	}
	for _, other := range []string{
		"", "list", "//elsewhere.example", "///elsewhere.example", `/\elsewhere.example`, `\\elsewhere.example`, "https://elsewhere.example/",
		"https:elsewhere.example", "javascript:alert(1)", "/\t/elsewhere.example", "/\n/elsewhere.example", "/x\r\nSet-Cookie: a=b", "/\x00",
		"/\u0085/elsewhere.example", "\t//elsewhere.example", " /t", "%2F%2Felsewhere.example", "/" + strings.Repeat("x", longestPath),
	} {
		if got := LocalPath(other); got != "/" {
			t.Errorf("%q is taken for ours: %q", other, got)
		}
	}
}

// TestLocalPathStaysHere: a redirect to such an address stays on this host, as
// browsers resolve it.
func TestLocalPathStaysHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := "/" + rapid.StringOf(rapid.SampledFrom([]rune(`/\.:@?#%25 etc	`))).Draw(t, "address")
		w := httptest.NewRecorder()
		http.Redirect(w, httptest.NewRequest(http.MethodPost, "/sign-in", nil), LocalPath(address), http.StatusSeeOther)
		base, _ := url.Parse("https://here.example/sign-in")
		to, err := base.Parse(w.Header().Get("Location"))
		if err == nil && to.Host != base.Host { // one that cannot be parsed leads nowhere
			t.Fatalf("%q leads to %s", address, to)
		}
	})
}
