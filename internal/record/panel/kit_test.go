package panel_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/escale-hq/escale/internal/auth"
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/dbtest"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/panel"
	"github.com/escale-hq/escale/internal/ref"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/wordstest"
)

// TestMain draws the same random names every time.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(dbtest.Run(m))
}

// TestWords leaves the texts out that the rest of the house says by the name of
// a kind: TestKindsAreSaid has those.
func TestWords(t *testing.T) {
	own := fstest.MapFS{}
	for _, name := range []string{"panel", "note", "file", "task"} {
		for _, lang := range []string{"fr", "en"} {
			path := "words/" + name + "." + lang + ".json"
			data, err := panel.Words.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			own[path] = &fstest.MapFile{Data: data}
		}
	}
	wordstest.Check(t, wordstest.Load(t, own))
}

func TestKindsAreSaid(t *testing.T) {
	all := wordstest.Load(t, panel.Words)
	if err := all.Check(); err != nil {
		t.Error(err)
	}
	for _, kind := range panel.Kinds() {
		keys := []string{kind.Name + ".one"}
		for _, field := range kind.Fields {
			keys = append(keys, kind.Name+".field."+field.Name)
		}
		for _, key := range keys {
			if !all.For("fr").Has(key) {
				t.Errorf("%s has no text", key)
			}
		}
	}
}

var (
	ctx = context.Background()
	act = record.Act{By: history.System()}
)

// A ship is a noun of the tests' own. Its kind is called organisation, so that
// the table of rights knows it.
type ship struct {
	record.Meta
	Name string
}

func ships() record.Noun[ship] {
	return record.Noun[ship]{
		Name:   "organisation",
		Fields: record.Fields[ship]{record.TextField("name", func(s *ship) *string { return &s.Name })},
		Meta:   func(s *ship) *record.Meta { return &s.Meta },
		Load: func(ctx context.Context, tx *db.Tx, territory int, id string) (*ship, error) {
			s := ship{Meta: record.Meta{Territory: territory, ID: id}}
			err := tx.QueryRowContext(ctx, `SELECT owner_id, name, version, deleted_at FROM ships WHERE territory_id = $1 AND id = $2`,
				territory, id).Scan(&s.Owner, &s.Name, &s.Version, &s.DeletedAt)
			if errors.Is(err, sql.ErrNoRows) {
				return nil, fault.New(fault.NotFound, "record.none")
			}
			return &s, err
		},
		Insert: func(ctx context.Context, tx *db.Tx, s *ship) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO ships VALUES ($1, $2, $3, $4, $5, NULL)`, s.Territory, s.ID, s.Owner, s.Name, s.Version)
			return err
		},
		Update: func(ctx context.Context, tx *db.Tx, s *ship) error {
			_, err := tx.ExecContext(ctx, `UPDATE ships SET version = $1, deleted_at = $2 WHERE territory_id = $3 AND id = $4`,
				s.Version, s.DeletedAt, s.Territory, s.ID)
			return err
		},
		Settle: func(*ship) error { return nil },
		Found: func(s *ship) record.Found {
			return record.Found{Title: s.Name, Subject: territory.Subject{Owner: s.Owner, Organisation: s.ID}}
		},
	}
}

// A harbour is a territory with ships, and people who look at them.
type harbour struct {
	t      *testing.T
	db     *db.DB
	kinds  record.Kinds
	folder string
	pages  *panel.Pages
	home   territory.Territory
	words  *i18n.Catalogue
	// The ships: the territory's, an agency's, the agency itself, a company, and
	// one of another territory.
	ours, agencys, agency, company, foreign string
	officer, other, partner, crew, observer territory.Viewer
}

func open(t *testing.T, d *db.DB) *harbour {
	t.Helper()
	kind := ships().Kind()
	kind.List = "/organisations"
	kind.Address = func(id string) string { return "/organisations/" + id }
	h := &harbour{t: t, db: d, kinds: record.NewKinds(append(panel.Kinds(), kind)...), folder: t.TempDir()}
	h.words = catalogue(t)
	h.pages = panel.NewPages(d, h.frame, h.kinds, panel.NewFolder(h.folder))
	h.write(h.fill)
	return h
}

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	own := fstest.MapFS{}
	for _, lang := range []string{"fr", "en"} {
		own["words/organisation."+lang+".json"] = &fstest.MapFile{Data: []byte(`{"organisation.list": "Ships", "organisation.field.name": "Name"}`)}
	}
	var all []*i18n.Catalogue
	for _, load := range []func() (*i18n.Catalogue, error){
		func() (*i18n.Catalogue, error) { return i18n.Load(own, "words") },
		func() (*i18n.Catalogue, error) { return i18n.Load(panel.Words, "words") },
		func() (*i18n.Catalogue, error) { return i18n.Load(record.Words, "words") },
		func() (*i18n.Catalogue, error) { return i18n.Load(web.Words, "words") },
	} {
		c, err := load()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	joined, err := i18n.Join(all...)
	if err != nil {
		t.Fatal(err)
	}
	return joined
}

func (h *harbour) frame(r *http.Request) web.Frame {
	return web.Frame{Words: h.words.For("en"), Path: r.URL.RequestURI()}
}

func (h *harbour) fill(tx *db.Tx) (err error) {
	if _, err := tx.Exec(`CREATE TABLE ships (territory_id integer, id text, owner_id text, name text, version integer, deleted_at text)`); err != nil {
		return err
	}
	place := territory.Territory{Slug: "marseille", Name: "Marseille", Country: "FR", Languages: []string{"fr"}, Zone: "Europe/Paris", Currency: "EUR"}
	if h.home, err = territory.Add(ctx, tx, act.By, place); err != nil {
		return err
	}
	place.Slug = "montpellier"
	away, err := territory.Add(ctx, tx, act.By, place)
	if err != nil {
		return err
	}
	for _, s := range []struct {
		id    *string
		in    int
		owner *string
		name  string
	}{
		{&h.ours, h.home.ID, new(string), "Belem"},
		{&h.agency, h.home.ID, new(string), "Agency"},
		{&h.agencys, h.home.ID, &h.agency, "Launch"},
		{&h.company, h.home.ID, new(string), "Company"},
		{&h.foreign, away.ID, new(string), "Foreign"},
	} {
		made := &ship{Meta: record.Meta{Territory: s.in, Owner: *s.owner}, Name: s.name}
		if err := ships().Add(ctx, tx, act, made); err != nil {
			return err
		}
		*s.id = made.ID
	}
	for _, m := range []struct {
		viewer       *territory.Viewer
		name         string
		role         territory.Role
		organisation string
	}{
		{&h.officer, "Ana", territory.Officer, ""},
		{&h.other, "Bo", territory.Officer, ""},
		{&h.partner, "Pia", territory.Partner, h.agency},
		{&h.crew, "Cleo", territory.Company, h.company},
		{&h.observer, "Odo", territory.Observer, ""},
	} {
		if *m.viewer, err = h.member(tx, m.name, m.role, m.organisation); err != nil {
			return err
		}
	}
	return nil
}

func (h *harbour) member(tx *db.Tx, name string, role territory.Role, organisation string) (territory.Viewer, error) {
	user, err := auth.AddUser(ctx, tx, auth.User{Email: name + "@example.org", Name: name, Language: "en"})
	if err != nil {
		return territory.Viewer{}, err
	}
	return territory.Viewer{
		Territory: h.home, User: user.ID, Name: name, Role: role, Organisation: organisation, Actor: user.Actor(),
	}, territory.Join(ctx, tx, act.By, h.home.ID, territory.Member{User: user.ID, Role: role, Organisation: organisation})
}

func (h *harbour) write(do func(tx *db.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(ctx, do); err != nil {
		h.t.Fatal(err)
	}
}

// card is what there is to know of a ship of the home territory.
func (h *harbour) card(id string) (c record.Card) {
	h.t.Helper()
	h.write(func(tx *db.Tx) (err error) {
		c, err = h.kinds.Card(ctx, tx, ref.Ref{Territory: h.home.ID, Kind: "organisation", ID: id})
		return err
	})
	return c
}

// note, file and task put one on a ship.
func (h *harbour) note(by territory.Viewer, on, text string) string {
	h.t.Helper()
	n := &panel.Note{
		Meta: record.Meta{Territory: h.home.ID, Owner: h.card(on).Subject.Owner}, Place: panel.On(h.card(on)),
		Text: text, Author: by.User, AuthorName: by.Name,
	}
	h.write(func(tx *db.Tx) error { return panel.Notes().Add(ctx, tx, record.Act{By: by.Actor}, n) })
	return n.ID
}

func (h *harbour) file(by territory.Viewer, on, name, content string) string {
	h.t.Helper()
	u, err := panel.NewFolder(h.folder).Receive(h.home.ID, name, strings.NewReader(content))
	if err != nil {
		h.t.Fatal(err)
	}
	place := panel.On(h.card(on))
	var f *panel.File
	h.write(func(tx *db.Tx) (err error) {
		f, err = panel.Attach(ctx, tx, record.Act{By: by.Actor, Batch: db.NewID()}, by, place, u)
		return err
	})
	return f.ID
}

func (h *harbour) task(place panel.Place, title, member, due string) string {
	h.t.Helper()
	k := &panel.Task{Meta: record.Meta{Territory: h.home.ID, Owner: place.Subject.Owner}, Place: place, Title: title, Member: member, Due: due}
	h.write(func(tx *db.Tx) error { return panel.Tasks().Add(ctx, tx, act, k) })
	return k.ID
}

// serve answers a request as the program would for a viewer.
func (h *harbour) serve(v territory.Viewer, r *http.Request) *httptest.ResponseRecorder {
	h.t.Helper()
	mux := http.NewServeMux()
	for _, route := range h.pages.Routes() {
		mux.Handle(route.Pattern, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if v.Reach(route.Noun, route.Action) == territory.Nothing {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			if err := route.Handle(w, r.WithContext(territory.With(r.Context(), v))); err != nil {
				http.Error(w, web.Explain(h.words.For("en"), err)+"\n"+err.Error(), web.StatusOf(err))
			}
		}))
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func (h *harbour) get(v territory.Viewer, path string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.serve(v, httptest.NewRequest(http.MethodGet, "/t/marseille"+path, nil))
}

func (h *harbour) post(v territory.Viewer, path string, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/t/marseille"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.serve(v, r)
}

// upload sends a file as a browser does.
func (h *harbour) upload(v territory.Viewer, path, name, content string, limit int64) *httptest.ResponseRecorder {
	h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}})
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err := errors.Join(err, form.Close()); err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/t/marseille"+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, limit)
	return h.serve(v, r)
}

// serveLimited sends a form of which so many bytes are taken.
func (h *harbour) serveLimited(v territory.Viewer, path, form string, limit int64) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/t/marseille"+path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, limit)
	return h.serve(v, r)
}

// found are the titles that a search by a viewer finds.
func (h *harbour) found(v territory.Viewer, query string) (titles []string) {
	h.t.Helper()
	h.write(func(tx *db.Tx) error {
		hits, err := h.kinds.Search(ctx, tx, v, query, 10)
		for _, hit := range hits {
			titles = append(titles, hit.Title)
		}
		return err
	})
	return titles
}

func want(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("answered %d, not %d:\n%s", w.Code, status, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the answer does not say %q:\n%s", text, w.Body)
		}
	}
}
