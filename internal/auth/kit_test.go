package auth_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/clock"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/web"
)

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	code := dbtest.Run(m)
	if err := browsertest.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

var ctx = context.Background()

// A house is sign-in at work over https, on a database of its own, with a clock
// that the test moves. Letters are kept in place of being sent.
type house struct {
	t      testing.TB
	auth   *auth.Auth
	db     *db.DB
	hand   *clock.Hand
	server *httptest.Server

	mu      sync.Mutex
	asks    []auth.Ask
	letters []auth.Letter
}

// each runs a test in a house on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	hand := clock.At(dbtest.Now())
	dbtest.EachAt(t, hand.Now, func(t *testing.T, d *db.DB) { test(t, newHouse(t, d, hand)) })
}

// one runs a test in a house on one engine, for what does not depend on it.
func one(t *testing.T) *house {
	hand := clock.At(dbtest.Now())
	d, err := db.Open(ctx, dbtest.SQLite(t), hand.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return newHouse(t, d, hand)
}

func newHouse(t testing.TB, d *db.DB, hand *clock.Hand, with ...func(*auth.Options)) *house {
	h := &house{t: t, db: d, hand: hand}
	var handler http.Handler
	h.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(h.server.Close)
	public, _ := url.Parse(h.server.URL)
	options := auth.Options{
		PublicURL: public, Key: []byte("a key of the tests, 32 bytes long"), Idle: 14 * 24 * time.Hour, Lifetime: 90 * 24 * time.Hour,
		Client: func(r *http.Request) netip.Addr { return netip.MustParseAddr(r.Header.Get("X-From")) },
		Later:  h.later, Send: h.send,
	}
	for _, change := range with {
		change(&options)
	}
	a, err := auth.NewAuth(d, frame(t), options)
	if err != nil {
		t.Fatal(err)
	}
	h.auth = a
	handler = h.handler()
	return h
}

func (h *house) later(_ context.Context, _ *db.Tx, ask auth.Ask) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asks = append(h.asks, ask)
	return nil
}

func (h *house) send(_ context.Context, _ *db.Tx, letter auth.Letter) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.letters = append(h.letters, letter)
	return nil
}

// frame makes the pages' frames, in the language that the browser asks for.
func frame(t testing.TB) web.Framer {
	var catalogues []*i18n.Catalogue
	for _, words := range []fs.FS{web.Words, auth.Words} {
		c, err := i18n.Load(words, "words")
		if err != nil {
			t.Fatal(err)
		}
		catalogues = append(catalogues, c)
	}
	c, err := i18n.Join(catalogues...)
	if err != nil {
		t.Fatal(err)
	}
	return func(r *http.Request) web.Frame {
		lang := "en"
		if strings.HasPrefix(r.Header.Get("Accept-Language"), "fr") {
			lang = "fr"
		}
		return web.Frame{Words: c.For(lang), Path: r.URL.Path}
	}
}

// handler serves the routes as app does, and a page that names who is there.
func (h *house) handler() http.Handler {
	frame := frame(h.t)
	refuse := func(w http.ResponseWriter, r *http.Request, err error) {
		if fault.Is(err, fault.Internal) {
			h.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		}
		_ = web.Render(w, r, web.StatusOf(err), web.ErrorPage(frame(r), err, ""))
	}
	mux := http.NewServeMux()
	for _, route := range h.auth.Routes() {
		mux.Handle(route.Pattern, route.Handle.Or(refuse))
	}
	mux.HandleFunc("GET /who", func(w http.ResponseWriter, r *http.Request) {
		user, _ := auth.UserOf(r.Context())
		_, _ = io.WriteString(w, user.Email)
	})
	mux.Handle("GET /static/", web.Assets())
	for _, p := range []auth.Purpose{answer, agenda, declare} {
		for _, method := range []string{"GET", "POST"} {
			mux.Handle(method+" /l/{token}/"+p.Name, h.auth.ByLink(p, greet).Or(refuse))
		}
	}
	return web.SecurityHeaders(h.auth.Sessions(mux, refuse))
}

// write changes the database, and fails the test where that fails.
func (h *house) write(do func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(ctx, do); err != nil {
		h.t.Fatal(err)
	}
}

// add makes a user of an address.
func (h *house) add(email string) (made auth.User) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		made, err = auth.AddUser(ctx, tx, auth.User{Email: email, Name: "Ada Lovelace", Language: "en"})
		return err
	})
	return made
}

// answered does what was put off, and gives the letters sent since the last
// time.
func (h *house) answered() []auth.Letter {
	h.t.Helper()
	h.mu.Lock()
	asks := h.asks
	h.asks = nil
	h.mu.Unlock()
	for _, ask := range asks {
		if err := h.auth.SendSignInLink(ctx, ask); err != nil {
			h.t.Fatal(err)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	letters := h.letters
	h.letters = nil
	return letters
}

// link asks for a link and gives its path.
func (h *house) link(b *browser, email, onward string) string {
	h.t.Helper()
	b.post("/sign-in", "email", email, "onward", onward)
	letters := h.answered()
	if len(letters) == 0 || letters[len(letters)-1].Key != "auth.letter.sign_in" {
		h.t.Fatalf("the letters are %+v, want one to sign in", letters)
	}
	return strings.TrimPrefix(letters[len(letters)-1].Link, h.server.URL)
}

// signIn signs a user in.
func (h *house) signIn(b *browser, email string) {
	h.t.Helper()
	if got := b.post(h.link(b, email, "/")); got.status != http.StatusSeeOther {
		h.t.Fatalf("signing in is answered with %d: %s", got.status, got.body)
	}
}

// A browser keeps cookies and follows no redirection by itself.
type browser struct {
	h        *house
	client   *http.Client
	from     string // the address of the client
	agent    string
	language string
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	client := &http.Client{
		Transport: h.server.Client().Transport, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &browser{h: h, client: client, from: "192.0.2.1", agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"}
}

// A reply is what a browser got.
type reply struct {
	status   int
	location string
	header   http.Header
	cookies  []*http.Cookie
	body     string
}

func (b *browser) get(path string) reply { return b.do(http.MethodGet, path, nil) }

// post sends a form: names and values in turn.
func (b *browser) post(path string, values ...string) reply {
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Set(values[i], values[i+1])
	}
	return b.do(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (b *browser) do(method, path string, body io.Reader) reply {
	b.h.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, b.h.server.URL+path, body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	r.Header.Set("X-From", b.from)
	r.Header.Set("User-Agent", b.agent)
	r.Header.Set("Accept-Language", b.language)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := b.client.Do(r)
	if err != nil {
		b.h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.h.t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header.Get("Location"), response.Header, response.Cookies(), string(text)}
}

// who is the address of whoever is signed in here, or "".
func (b *browser) who() string { return b.get("/who").body }

// cookie is the value of a cookie that the browser keeps, or "".
func (b *browser) cookie(name string) string {
	public, _ := url.Parse(b.h.server.URL)
	for _, c := range b.client.Jar.Cookies(public) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// plant puts a cookie into the browser.
func (b *browser) plant(name, value string) {
	public, _ := url.Parse(b.h.server.URL)
	b.client.Jar.SetCookies(public, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: true}})
}
