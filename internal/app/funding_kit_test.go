package app

import (
	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/funding"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// fundingTargets are records about money of the territory's own organisation, of
// the agency, of the company, and of another territory.
func (h *house) fundingTargets(noun string) []target {
	var targets []target
	for _, of := range []struct {
		name, organisation, mission string
		in                          territory.Territory
	}{
		{"about the territory's", h.ours, h.missions.off, h.home},
		{"about the agency itself", h.agency, h.missions.off, h.home},
		{"about the company itself", h.company, h.missions.on, h.home},
		{"another territory's", h.foreign, h.missions.foreign, h.away},
	} {
		id := h.money(noun, of.in.ID, of.organisation, of.mission)
		subject := territory.Subject{Organisation: of.organisation}
		if noun == "ceiling" {
			subject = territory.Subject{}
		}
		targets = append(targets, target{of.name, id, subject, of.in.ID != h.home.ID})
	}
	return targets
}

// money adds a record of a noun about money.
func (h *house) money(noun string, in int, organisation, mission string) (id string) {
	h.t.Helper()
	meta := record.Meta{Territory: in}
	some := funding.Amount{Net: 100_00, Gross: 120_00}
	h.write(func(tx *db.Tx) (err error) {
		switch noun {
		case "expense":
			id, err = put(tx, funding.Expenses(), &funding.Expense{
				Meta: meta, Mission: mission, Label: "Hall", Partner: organisation, Currency: "USD", Planned: some, PlannedOn: "2017-11-01",
			})
		case "fee":
			id, err = put(tx, funding.Fees(), &funding.Fee{
				Meta: meta, Mission: mission, Organisation: organisation, Currency: "EUR", Amount: some, DueOn: "2017-11-01", Reference: "T1",
			})
		case "declaration":
			id, err = put(tx, funding.Declarations(), &funding.Declaration{
				Meta: meta, Organisation: organisation, Funder: "State", Regulation: funding.GeneralDeMinimis, AwardedOn: "2024-02-01", Amount: 100_00,
			})
		case "ceiling":
			id, err = put(tx, funding.Ceilings(), &funding.Ceiling{
				Meta: meta, Regulation: "1408/2013", Amount: 50_000_00, Years: 3, From: "2024-01-01", Source: "Test",
			})
		default:
			id, err = h.grant(tx, noun, meta, organisation)
		}
		return err
	})
	return id
}

// grant adds a grant, a cost of one or a payment of one.
func (h *house) grant(tx *db.Tx, noun string, meta record.Meta, organisation string) (string, error) {
	grant, err := put(tx, funding.Grants(), &funding.Grant{
		Meta: meta, Organisation: organisation, Object: "Mission to Miami", RequestedOn: "2024-01-01", Currency: "EUR", Requested: 1000_00,
	})
	switch {
	case err != nil || noun == "grant":
		return grant, err
	case noun == "cost":
		return put(tx, funding.Costs(), &funding.Cost{Meta: meta, Grant: grant, Label: "Stand", Amount: 500_00, Currency: "EUR"})
	default:
		return put(tx, funding.Postings(), &funding.Posting{
			Meta: meta, Grant: grant, Kind: funding.Payment, PostedOn: "2024-03-01", Reference: "M1", Currency: "EUR",
			Amount: funding.Amount{Gross: 500_00},
		})
	}
}

// put adds a record, and gives its id.
func put[T any](tx *db.Tx, noun record.Noun[T], it *T) (string, error) {
	err := noun.Add(ctx, tx, act, it)
	return noun.Meta(it).ID, err
}
