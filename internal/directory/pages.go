package directory

import (
	"net/http"
	"strconv"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
	"github.com/escale-hq/escale/internal/web"
)

// Pages are the directory's pages.
type Pages struct {
	db    *db.DB
	frame web.Framer
	kinds record.Kinds
}

// NewPages makes the pages. The kinds are those that records may point to.
func NewPages(d *db.DB, frame web.Framer, kinds record.Kinds) *Pages {
	return &Pages{d, frame, kinds}
}

// Routes are the directory's addresses.
func (p *Pages) Routes() []web.Route {
	const organisations, organisation = "/t/{territory}/organisations", "/t/{territory}/organisations/{id}"
	return []web.Route{
		{Pattern: "GET " + organisations, Noun: "organisation", Action: "see", Handle: p.listOrganisations},
		{Pattern: "GET " + organisations + "/new", Noun: "organisation", Action: "add", Handle: p.newOrganisation},
		{Pattern: "GET " + organisations + "/pick", Noun: "organisation", Action: "see", Handle: p.pickOrganisation},
		{Pattern: "POST " + organisations, Noun: "organisation", Action: "add", Handle: p.addOrganisation},
		{Pattern: "GET " + organisation, Noun: "organisation", Action: "see", Handle: p.showOrganisation},
		{Pattern: "GET " + organisation + "/history", Noun: "organisation", Action: "see", Handle: p.organisationHistory},
		{Pattern: "GET " + organisation + "/edit", Noun: "organisation", Action: "edit", Handle: p.editOrganisation},
		{Pattern: "POST " + organisation, Noun: "organisation", Action: "edit", Handle: p.saveOrganisation},
		{Pattern: "POST " + organisation + "/delete", Noun: "organisation", Action: "edit", Handle: p.deleteOrganisation},
		{Pattern: "POST " + organisation + "/restore", Noun: "organisation", Action: "edit", Handle: p.restoreOrganisation},
	}
}

// pageOf is the number of the page that the address asks for, from 1.
func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// act is what the viewer does, as a batch of its own that can be undone.
func act(v territory.Viewer) record.Act {
	return record.Act{By: v.Actor, Batch: db.NewID()}
}

// undo is the address that takes back what was done.
func undo(v territory.Viewer, a record.Act) string {
	return v.Territory.Home() + "/undo/" + a.Batch
}
