package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/browsertest"
	"github.com/escale-hq/escale/internal/config"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/directory"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

func TestMain(m *testing.M) {
	code := dbtest.Run(m)
	if err := browsertest.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

// A house is the whole program on a database of its own, with two territories:
// the first has a member of each role, and organisations of the territory and
// of two agencies.
type house struct {
	t    testing.TB
	app  *App
	home territory.Territory
	away territory.Territory
	// The organisations of the first territory: one is the territory's own, one
	// belongs to the partner's agency, one to another agency, and two are the
	// agency and the company that members belong to.
	ours, agencys, others, agency, company string
	foreign                                string // an organisation of the other territory
	city, abroad                           string // a city of each territory
	users                                  map[territory.Role]auth.User
	stranger                               auth.User // of the other territory alone
	missions                               missions
}

// build makes a house on an address of a database.
func build(t testing.TB, address string) *house {
	t.Helper()
	settings, _, err := config.Load(map[string]string{
		"database": address, "development": "true", "files": filepath.Join(t.TempDir(), "files"),
	}, []string{"ESCALE_KEY=" + strings.Repeat("ab", 32)})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(ctx, settings, slog.New(slog.NewTextHandler(io.Discard, nil)), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	a.purposes = append(a.purposes, answering)
	h := &house{t: t, app: a, users: map[territory.Role]auth.User{}}
	h.write(h.fill)
	return h
}

func (h *house) write(do func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.app.db.Write(ctx, do); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) fill(tx *db.Tx) (err error) {
	home := place("marseille")
	home.Logo = h.logo()
	if h.home, err = territory.Add(ctx, tx, act.By, home); err != nil {
		return err
	}
	if h.away, err = territory.Add(ctx, tx, act.By, place("montpellier")); err != nil {
		return err
	}
	for _, o := range []struct {
		id    *string
		in    int
		owner func() string
		name  string
	}{
		{&h.agency, h.home.ID, nobody, "Agency"},
		{&h.company, h.home.ID, nobody, "Company"},
		{&h.ours, h.home.ID, nobody, "Ours"},
		{&h.agencys, h.home.ID, func() string { return h.agency }, "The agency's"},
		{&h.others, h.home.ID, func() string { return "another" }, "Another agency's"},
		{&h.foreign, h.away.ID, nobody, "Foreign"},
	} {
		made := &directory.Organisation{Meta: record.Meta{Territory: o.in, Owner: o.owner()}, Name: o.name, Logo: home.Logo}
		if err := directory.Organisations().Add(ctx, tx, act, made); err != nil {
			return err
		}
		*o.id = made.ID
	}
	for id, in := range map[*string]int{&h.city: h.home.ID, &h.abroad: h.away.ID} {
		made := &directory.City{Meta: record.Meta{Territory: in}, Name: "Miami", Country: "US", Zone: "America/New_York"}
		if err := directory.Cities().Add(ctx, tx, act, made); err != nil {
			return err
		}
		*id = made.ID
	}
	for _, role := range territory.Roles() {
		if h.users[role], err = h.join(tx, h.home, role); err != nil {
			return err
		}
	}
	if h.stranger, err = h.join(tx, h.away, territory.Administrator); err != nil {
		return err
	}
	return h.addMissions(tx)
}

// dot is a picture of one pixel.
func dot() []byte {
	var into bytes.Buffer
	if err := png.Encode(&into, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return into.Bytes()
}

// logo is what the logo of every organisation and of the first territory is
// kept under.
func (h *house) logo() string {
	h.t.Helper()
	hash, err := h.app.logos().Put(1, bytes.NewReader(dot()))
	if err != nil {
		h.t.Fatal(err)
	}
	return hash
}

// person adds somebody, of an organisation or of none.
func (h *house) person(in territory.Territory, owner, organisation string) string {
	h.t.Helper()
	made := &directory.Person{Meta: record.Meta{Territory: in.ID, Owner: owner}, Family: "Doe", Organisation: organisation}
	h.write(func(tx *db.Tx) error { return directory.People(h.app.objections).Add(ctx, tx, act, made) })
	return made.ID
}

func nobody() string { return "" }

func place(slug string) territory.Territory {
	return territory.Territory{Slug: slug, Name: slug, Country: "FR", Languages: []string{"fr", "en"}, Zone: "Europe/Paris", Currency: "EUR"}
}

// join adds a user who is a member in a role.
func (h *house) join(tx *db.Tx, where territory.Territory, role territory.Role) (auth.User, error) {
	user, err := auth.AddUser(ctx, tx, auth.User{Email: db.NewID() + "@example.org", Name: string(role), Language: "en"})
	if err != nil {
		return auth.User{}, err
	}
	m := territory.Member{User: user.ID, Role: role}
	switch role {
	case territory.Partner:
		m.Organisation = h.agency
	case territory.Company:
		m.Organisation = h.company
	}
	return user, territory.Join(ctx, tx, act.By, where.ID, m)
}

// A browser sends requests to the house, and keeps its cookies.
type browser struct {
	h       *house
	cookies map[string]*http.Cookie
}

// stranger is a browser in which nobody is signed in.
func (h *house) nobody() *browser { return &browser{h, map[string]*http.Cookie{}} }

// link is the path by which a user signs in once.
func (h *house) link(user auth.User) string {
	h.t.Helper()
	var link string
	h.write(func(tx *db.Tx) (err error) {
		link, err = h.app.auth.SignInLink(ctx, tx, user, "/")
		return err
	})
	parsed, err := url.Parse(link)
	if err != nil {
		h.t.Fatal(err)
	}
	return parsed.Path
}

// as is a browser in which a user is signed in.
func (h *house) as(user auth.User) *browser {
	h.t.Helper()
	b := h.nobody()
	if w := b.post(h.link(user), nil); w.Code != http.StatusSeeOther {
		h.t.Fatalf("sign in: %d\n%s", w.Code, w.Body)
	}
	return b
}

func (b *browser) get(path string) *httptest.ResponseRecorder { return b.do("GET", path, nil) }

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	return b.do("POST", path, form)
}

func (b *browser) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	b.h.t.Helper()
	r := httptest.NewRequest(method, b.h.app.settings.PublicURL.String()+path, strings.NewReader(form.Encode()))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return b.send(r)
}

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	for _, cookie := range b.cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.h.app.Handler().ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
		} else {
			b.cookies[cookie.Name] = cookie
		}
	}
	return w
}
