// Package funding keeps the money of missions: what a mission is planned to
// cost, what was committed, invoiced and paid, who pays which part, and the fees
// asked from companies; the grants to companies, with the ledger of de minimis
// aid that stops an award above the ceiling.
//
// It pays nobody. Each commitment, invoice, payment and fee carries the
// reference of the finance system, whose file says what became of it.
package funding

import (
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/record/template"
	"github.com/escale-hq/escale/internal/ref"
)

// Words are the texts of this folder, in every language.
//
//go:embed words/*.json
var Words embed.FS

// Kinds are the nouns of this folder as the rest of the house knows them.
func Kinds() []record.Kind {
	grant := Grants().Kind()
	grant.Address = func(id string) string { return "/grants/" + id }
	grant.List, grant.Count = "/grants", countGrants
	grant.Pages = []record.Page{template.Page()}
	grant.Points = []record.Point{
		{Field: "organisation", Table: "grants", Column: "organisation_id", To: "organisation"},
		{Field: "authority", Table: "grants", Column: "authority_id", To: "organisation"},
		{Field: "funder", Table: "grants", Column: "funder_id", To: "organisation"},
	}
	ceiling := Ceilings().Kind()
	ceiling.Address = func(string) string { return "/ceilings" }
	return []record.Kind{
		grant, ceiling,
		part(Expenses().Kind(), "expenses", record.Point{Field: "partner", Table: "expenses", Column: "partner_id", To: "organisation"}),
		part(Postings().Kind(), "postings"),
		part(Fees().Kind(), "fees", record.Point{Field: "organisation", Table: "fees", Column: "organisation_id", To: "organisation"}),
		part(Costs().Kind(), "costs"),
		part(Declarations().Kind(), "declarations",
			record.Point{Field: "organisation", Table: "aid_declarations", Column: "organisation_id", To: "organisation"}),
	}
}

// part is a kind that is shown with the record that it is on.
func part(kind record.Kind, path string, points ...record.Point) record.Kind {
	kind.Attached, kind.Points = true, points
	kind.Address = func(id string) string { return "/" + path + "/" + id }
	return kind
}

// missing says that there is no such record, or what kept it from being found.
func missing(err error, kind, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.none")
	}
	return fmt.Errorf("find the %s %s: %w", kind, id, err)
}

// each makes a list of another.
func each[A, B any](list []A, one func(A) B) []B {
	made := make([]B, len(list))
	for i, a := range list {
		made[i] = one(a)
	}
	return made
}

func onMission(territory int, mission string) ref.Ref {
	return ref.Ref{Territory: territory, Kind: "mission", ID: mission}
}
