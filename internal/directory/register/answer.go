package register

import (
	"slices"
	"strings"

	"github.com/escale-hq/escale/internal/names"
)

// answer is what the register sends: of its many fields, those that we keep.
// The people who run a company are not among them, nor asked for.
type answer struct {
	Results []unit `json:"results"`
}

type unit struct {
	SIREN    string  `json:"siren"`
	Name     string  `json:"nom_raison_sociale"`
	FullName string  `json:"nom_complet"`
	Acronym  string  `json:"sigle"`
	State    string  `json:"etat_administratif"`
	Public   string  `json:"statut_diffusion"`
	NAF      string  `json:"activite_principale"`
	NAF2025  string  `json:"activite_principale_naf25"`
	Staff    string  `json:"tranche_effectif_salarie"`
	Seat     *place  `json:"siege"`
	Places   []place `json:"matching_etablissements"`
}

type place struct {
	SIRET    string   `json:"siret"`
	Address  string   `json:"adresse"`
	PostCode string   `json:"code_postal"`
	City     string   `json:"libelle_commune"`
	State    string   `json:"etat_administratif"`
	Public   string   `json:"statut_diffusion_etablissement"`
	Name     string   `json:"nom_commercial"`
	Signs    []string `json:"liste_enseignes"`
}

// The register's codes.
const (
	active    = "A"
	published = "O"
)

// company keeps what may be shown: whatever is not said to be published is not.
func (u unit) company() Company {
	c := Company{
		SIREN: u.SIREN, Active: u.State == active, Private: u.Public != published,
		NAF: u.NAF, NAF2025: u.NAF2025, Staff: staffOf(u.Staff),
	}
	var called []string
	for _, p := range u.places() {
		c.Establishments = append(c.Establishments, p.establishment(c.Private))
		if p.Public == published {
			called = append(append(called, p.Name), p.Signs...)
		}
	}
	if c.Private {
		return c
	}
	if c.LegalName = shown(u.Name); c.LegalName == "" {
		c.LegalName = shown(u.FullName)
	}
	c.TradingNames = distinct(c.LegalName, append([]string{u.Acronym}, called...))
	return c
}

// places are the establishments, each once, the head office first.
func (u unit) places() []place {
	all := u.Places
	if u.Seat != nil {
		all = append([]place{*u.Seat}, all...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(all), func(p place) bool {
		again := seen[p.SIRET]
		seen[p.SIRET] = true
		return again
	})
}

func (p place) establishment(private bool) Establishment {
	e := Establishment{SIRET: p.SIRET, Active: p.State == active}
	if !private && p.Public == published {
		e.Address, e.PostCode, e.City = shown(p.Address), shown(p.PostCode), shown(p.City)
	}
	return e
}

// shown drops what the register masks ("[ND]", "[NON-DIFFUSIBLE]").
func shown(text string) string {
	if strings.Contains(text, "[ND]") || strings.Contains(text, "[NON-DIFFUSIBLE]") {
		return ""
	}
	return text
}

// distinct drops names that say again what another does.
func distinct(legal string, others []string) []string {
	seen := map[string]bool{"": true, names.Organisation(legal): true}
	var kept []string
	for _, name := range others {
		if key := names.Organisation(shown(name)); !seen[key] {
			seen[key] = true
			kept = append(kept, name)
		}
	}
	return kept
}
