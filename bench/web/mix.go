package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/escale-hq/escale/bench/internal/server"
	"github.com/escale-hq/escale/bench/internal/workspace"
	"github.com/escale-hq/escale/internal/db"
)

// A call is one request, made before it is due.
type call struct {
	kind string
	path string
	form url.Values // what is sent, if something is
	want int        // the status of the answer
}

// A mix draws the requests of a busy day.
type mix struct {
	random        *rand.Rand
	officers      []*server.Session
	partner       *server.Session
	organisations []workspace.Item
	people        []workspace.Item
	saved         int // organisations that were saved already, in this order
	assets        []string
	floor         *httptest.Server
	stranger      *server.Session // at the floor
}

var asset = regexp.MustCompile(`(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"`)

// newMix signs everybody in, and looks at a list as a browser does: for what it
// refers to, and for its size, which the floor has.
func newMix(ctx context.Context, d *db.DB, s *server.Server, seed uint64) (m *mix, err error) {
	m = &mix{random: rand.New(rand.NewPCG(seed, 1))}
	if m.organisations, err = workspace.Organisations(ctx, d); err != nil {
		return nil, err
	}
	if m.people, err = workspace.People(ctx, d); err != nil {
		return nil, err
	}
	if len(m.organisations) < 100 || len(m.people) < 100 {
		return nil, errors.New("the database holds too few records to ask for")
	}
	m.random.Shuffle(len(m.organisations), func(i, j int) {
		m.organisations[i], m.organisations[j] = m.organisations[j], m.organisations[i]
	})
	links, err := workspace.Links(ctx, d, s.URL, []byte(server.Key))
	if err != nil {
		return nil, err
	}
	for _, link := range links {
		session, err := s.SignIn(ctx, link)
		if err != nil {
			return nil, err
		}
		m.officers = append(m.officers, session)
	}
	last := len(m.officers) - 1
	m.officers, m.partner = m.officers[:last], m.officers[last]
	list, err := m.officers[0].Get(ctx, workspace.Home+"/organisations")
	if err != nil {
		return nil, err
	}
	for _, found := range asset.FindAllSubmatch(list.Body, -1) {
		m.assets = append(m.assets, string(found[1]))
	}
	m.floor = httptest.NewServer(plain(len(list.Body)))
	m.stranger, err = server.Stranger(m.floor.URL)
	return m, err
}

// plain answers with so many bytes, and does nothing else.
func plain(size int) http.Handler {
	page := bytes.Repeat([]byte("x"), size)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(size))
		_, _ = w.Write(page)
	})
}

const floorKind = "a plain net/http page"

// open are the kinds that the partner asks for too: they lead to what each
// member may see.
var open = []string{"home", "list", "list, filtered", "list, with a search", "list of people", "search, as typed", "search, a typo"}

// A kind is a sort of request, and how many of a hundred are of it.
type kind struct {
	name  string
	share int
	call  func(m *mix) call
}

// kinds are all sorts, which share a hundred.
var kinds = []kind{
	{"home", 5, func(*mix) call { return get("") }},
	{"list", 9, func(*mix) call { return get("/organisations") }},
	{"list, filtered", 9, func(m *mix) call { return get("/organisations?" + pick(m, filters)) }},
	{"list, by city or change", 5, func(m *mix) call { return get("/organisations?sort=" + pick(m, sorts)) }},
	{"list, a deep page", 4, (*mix).deep},
	{"list, with a search", 4, func(m *mix) call { return get("/organisations?q=" + url.QueryEscape(m.beginning())) }},
	{"list of people", 6, func(*mix) call { return get("/people") }},
	{"an organisation", 14, func(m *mix) call { return get("/organisations/" + pick(m, m.organisations).ID) }},
	{"a person", 8, func(m *mix) call { return get("/people/" + pick(m, m.people).ID) }},
	{"search, as typed", 10, func(m *mix) call { return m.search(m.beginning()) }},
	{"search, inside a word", 3, func(m *mix) call { return m.search(pick(m, m.organisations).Name[2:]) }},
	{"search, a typo", 3, func(m *mix) call { return m.search(m.typo()) }},
	{"search, two letters", 2, func(m *mix) call { return m.search(pick(m, m.people).Name[:2]) }},
	{"add", 2, (*mix).add},
	{"save", 4, (*mix).save},
	{"static", 8, func(m *mix) call { return call{path: pick(m, m.assets)} }},
	{floorKind, 4, func(*mix) call { return call{path: "/"} }},
}

var (
	filters = []string{"country=FR", "country=CA&country=US", "sector=maritime", "kind=company&size=10-19", "sector=health&country=MA"}
	sorts   = []string{"city", "updated", "-updated", "-name"}
)

func pick[T any](m *mix, from []T) T { return from[m.random.IntN(len(from))] }

func get(path string) call { return call{path: workspace.Home + path} }

// draw makes the next request.
func (m *mix) draw() call {
	at := m.random.IntN(100)
	next := 0
	for at -= kinds[next].share; at >= 0; at -= kinds[next].share {
		next++
	}
	return m.make(kinds[next])
}

func (m *mix) make(k kind) call {
	c := k.call(m)
	c.kind = k.name
	c.want = cmp.Or(c.want, http.StatusOK)
	return c
}

func (m *mix) deep() call {
	pages := len(m.organisations) / 50
	return get(fmt.Sprintf("/organisations?page=%d", pages/2+m.random.IntN(pages/2)))
}

func (m *mix) search(query string) call { return get("/search?q=" + url.QueryEscape(query)) }

// beginning is what has been typed so far of a name.
func (m *mix) beginning() string {
	name := []rune(pick(m, m.organisations).Name)
	return string(name[:3+m.random.IntN(len(name)-3)])
}

// typo is a name with two letters exchanged.
func (m *mix) typo() string {
	name, _, _ := strings.Cut(pick(m, m.organisations).Name, " ")
	letters := []rune(name)
	i := 1 + m.random.IntN(len(letters)-2)
	letters[i], letters[i+1] = letters[i+1], letters[i]
	return string(letters)
}

func (m *mix) add() call {
	c := get("/organisations")
	c.form = url.Values{"name": {fmt.Sprintf("Ajoutée %d", m.random.IntN(1_000_000))}, "country": {"FR"}, "city": {"Marseille"}}
	c.want = http.StatusSeeOther
	return c
}

// save changes an organisation that this run has not changed yet, so that its
// version is known.
func (m *mix) save() call {
	o := m.organisations[m.saved%len(m.organisations)]
	m.saved++
	c := get("/organisations/" + o.ID)
	c.form = url.Values{
		"version": {strconv.Itoa(o.Version)}, "name": {o.Name}, "country": {"FR"}, "city": {"Marseille"},
		"street": {fmt.Sprintf("%d rue du Banc", m.random.IntN(1000))}, "sectors": {"digital"},
	}
	c.want = http.StatusSeeOther
	return c
}
