package directory

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/register"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
	"github.com/escale-hq/escale/internal/web/picture"
)

// Pages are the directory's pages.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds

	eraser   Eraser
	people   record.Noun[Person]
	register *register.Register
	logos    picture.Shelf
	gathered []Gathered
}

// Gathered is what a feature above keeps about a city, as a part of its page; it
// is nil where there is nothing.
type Gathered func(ctx context.Context, tx *db.Tx, w *i18n.Words, v territory.Viewer, city *City) (templ.Component, error)

// NewPages makes the pages. The kinds of the eraser are those that records may
// point to.
func NewPages(d *db.DB, frame web.Framer, e Eraser, r *register.Register, logos picture.Shelf, gathered ...Gathered) *Pages {
	return &Pages{d, frame, e.Kinds, e, People(e.Objections), r, logos, gathered}
}

// Routes are the directory's addresses.
func (p *Pages) Routes() []web.Route {
	const organisations, organisation = "/t/{territory}/organisations", "/t/{territory}/organisations/{id}"
	routes := []web.Route{
		{Pattern: "GET " + organisations, Noun: "organisation", Action: "see", Handle: p.listOrganisations},
		{Pattern: "GET " + organisations + "/pick", Noun: "organisation", Action: "see", Handle: p.pickOrganisation},
		{Pattern: "POST " + organisations + "/lookup", Noun: "organisation", Action: "add", Handle: p.lookup},
		{Pattern: "POST " + organisation + "/lookup", Noun: "organisation", Action: "edit", Handle: p.lookup},
		{Pattern: "GET " + organisation, Noun: "organisation", Action: "see", Handle: p.showOrganisation},
		{Pattern: "GET /t/{territory}/people", Noun: "person", Action: "see", Handle: p.listPeople},
		{Pattern: "GET /t/{territory}/people/{id}", Noun: "person", Action: "see", Handle: p.showPerson},
		{Pattern: "GET /t/{territory}/cities", Noun: "city", Action: "see", Handle: p.listCities},
		{Pattern: "GET /t/{territory}/cities/{id}", Noun: "city", Action: "see", Handle: p.showCity},
	}
	routes = append(routes, p.organisationEditor().Routes()...)
	routes = append(routes, p.personEditor().Routes()...)
	routes = append(routes, p.exportRoutes()...)
	routes = append(routes, p.mergeRoutes()...)
	routes = append(routes, p.dataRoutes()...)
	routes = append(routes, p.logoRoutes()...)
	routes = append(routes, p.addressRoutes()...)
	routes = append(routes, p.tieRoutes()...)
	return append(routes, p.cityEditor().Routes()...)
}

// pageOf is the number of the page that the address asks for, from 1.
func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
