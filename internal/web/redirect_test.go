package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func TestLocal(t *testing.T) {
	for address, want := range map[string]bool{
		"": true, "/": true, "/t/marseille?page=2": true,
		"//elsewhere.example": false, `/\elsewhere.example`: false, "https://elsewhere.example": false, "list": false, "/\t/elsewhere.example": false,
	} {
		if got := local(address); got != want {
			t.Errorf("local(%q) is %v", address, got)
		}
	}
}
