package web

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

func fetch(t testing.TB, address, accepts string) *httptest.ResponseRecorder {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", accepts)
	Assets().ServeHTTP(w, r)
	return w
}

func TestAssetsAreKeptForEverUnderTheirVersion(t *testing.T) {
	for _, test := range []struct{ address, cache, kind string }{
		{Asset("app.css"), "public, max-age=31536000, immutable", "text/css; charset=utf-8"},
		{Asset("app.js"), "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		{Asset("icons.svg"), "public, max-age=31536000, immutable", "image/svg+xml"},
		{Asset(earlyFonts()[0]), "public, max-age=31536000, immutable", "font/woff2"},
		{"/static/another-version/app.css", "no-cache", "text/css; charset=utf-8"},
	} {
		w := fetch(t, test.address, "gzip")
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != test.cache || w.Header().Get("Content-Type") != test.kind {
			t.Errorf("%s: status %d, headers %v", test.address, w.Code, w.Header())
		}
	}
	if w := fetch(t, "/static/../assets.go", ""); w.Code != http.StatusNotFound {
		t.Errorf("a file that is none of the kit's has status %d", w.Code)
	}
}

// TestPackedAssetsAreTheSame: a file reads the same packed or not, under tags
// that tell the two apart, and a browser that has it is told so.
func TestPackedAssetsAreTheSame(t *testing.T) {
	plain, packed := fetch(t, Asset("app.css"), ""), fetch(t, Asset("app.css"), "gzip")
	if packed.Body.Len() >= plain.Body.Len() {
		t.Errorf("packed is %d bytes, plain %d", packed.Body.Len(), plain.Body.Len())
	}
	if plain.Header().Get("ETag") == packed.Header().Get("ETag") {
		t.Error("both have one tag")
	}
	if plain.Body.String() != unpacked(t, packed) {
		t.Error("packed and plain differ")
	}
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, Asset("app.css"), nil)
	r.Header.Set("If-None-Match", plain.Header().Get("ETag"))
	Assets().ServeHTTP(w, r)
	if w.Code != http.StatusNotModified {
		t.Errorf("a file that the browser has is sent again: %d", w.Code)
	}
}

// firstLoad is what may travel before a page is there, over a slow network.
const firstLoad = 100 << 10

// TestFirstLoadIsSmall counts, packed, a page with all that it asks for at once,
// and the modules that its script asks for.
func TestFirstLoadIsSmall(t *testing.T) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	frame := Frame{Words: testWords(t, "fr"), Search: "/search", Nav: []NavSection{{Items: []NavItem{{Label: "Missions", Href: "/m", Icon: "ship"}}}}}
	if err := Render(w, r, http.StatusOK, Page(frame)); err != nil {
		t.Fatal(err)
	}
	total, loaded := w.Body.Len(), map[string]bool{}
	for _, found := range regexp.MustCompile(`"(/static/[^"#]+)`).FindAllStringSubmatch(unpacked(t, w), -1) {
		loaded[found[1]] = true
	}
	for _, found := range regexp.MustCompile(`from "\./([^"]+)"`).FindAllStringSubmatch(fetch(t, Asset("app.js"), "").Body.String(), -1) {
		loaded[Asset(found[1])] = true
	}
	for address := range loaded {
		total += fetch(t, address, "gzip").Body.Len()
	}
	if len(loaded) < 9 {
		t.Errorf("the page asks for %v only: the test misses some", loaded)
	}
	if total > firstLoad {
		t.Errorf("a first page takes %d bytes, more than %d", total, firstLoad)
	}
	t.Logf("%d bytes in %d files", total, len(loaded)+1)
}

// TestEverySymbolIsThere: an icon that a page names is in the sprite, and an
// icon of the sprite has one name.
func TestEverySymbolIsThere(t *testing.T) {
	sprite := string(assets().assets["icons.svg"].plain)
	for _, s := range badges {
		if strings.Count(sprite, `id="`+s.icon+`"`) != 1 {
			t.Errorf("the icon %q of a badge is not in the sprite once", s.icon)
		}
	}
}

// TestStyleNamesFilesOfTheKit: what the style sheet loads is beside it.
func TestStyleNamesFilesOfTheKit(t *testing.T) {
	style := string(assets().assets["app.css"].plain)
	for _, found := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(style, -1) {
		name := strings.Trim(found[1], `"'`)
		if _, ok := assets().assets[path.Base(name)]; !ok && !strings.HasPrefix(name, "data:") {
			t.Errorf("the style sheet loads %q, which is no file of the kit", name)
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	handler := SecurityHeaders(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Referrer-Policy", "no-referrer")
	}))
	for _, secure := range []bool{false, true} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		if secure {
			r.TLS = &tls.ConnectionState{}
		}
		handler.ServeHTTP(w, r)
		policy := w.Header().Get("Content-Security-Policy")
		for _, refused := range []string{"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} {
			if strings.Contains(policy, refused) {
				t.Errorf("the policy lets %s in: %s", refused, policy)
			}
		}
		if !strings.HasPrefix(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("the policy is %s", policy)
		}
		if got := w.Header().Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("a handler's stricter policy became %q", got)
		}
		if strict := w.Header().Get("Strict-Transport-Security") != ""; strict != secure {
			t.Errorf("strict transport is asked for: %v, over TLS: %v", strict, secure)
		}
	}
}
