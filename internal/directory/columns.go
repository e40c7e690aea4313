package directory

import (
	"strings"

	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/record"
)

// headings are what people write over the columns of their own workbooks,
// beside the names of the fields, in French and English alike.
var headings = map[string][]string{
	"name": {
		"nom", "organisation", "organization", "entreprise", "société", "structure", "établissement", "nom de l'entreprise",
		"nom de la société", "nom de l'organisation", "nom commercial", "enseigne", "company", "company name",
		"organisation name", "organization name", "exposant", "raison sociale", "dénomination", "dénomination sociale",
		"legal name", "nom légal",
	},
	"legal_name":     {"raison sociale", "dénomination", "dénomination sociale", "registered name"},
	"other_names":    {"alias", "sigle", "acronyme", "noms commerciaux", "trading names", "also known as"},
	"kind":           {"type", "type de structure", "type d'organisation", "catégorie", "category"},
	"siren":          {"n° siren", "numéro siren", "siren number"},
	"siret":          {"n° siret", "numéro siret", "siret siège", "siret number"},
	"foreign_id":     {"numéro d'enregistrement", "registration number", "company number", "tax id"},
	"country":        {"pays d'origine", "code pays", "country code", "nation"},
	"city":           {"commune", "localité", "town", "ville du siège"},
	"street":         {"rue", "adresse postale", "street", "street address", "adresse 1"},
	"postcode":       {"cp", "code postal", "zip", "zip code", "postal code"},
	"sectors":        {"filière", "secteur", "secteurs", "secteur d'activité", "sector", "industry", "domaine"},
	"naf":            {"naf", "ape", "code ape", "code naf"},
	"size":           {"taille", "effectifs", "nombre de salariés", "salariés", "employees", "headcount", "size"},
	"founded":        {"année de création", "date de création", "création", "founded", "year founded"},
	"site":           {"site web", "site internet", "url", "web", "website", "homepage"},
	"email":          {"e-mail", "mail", "adresse mail", "adresse électronique", "email address", "courrier électronique"},
	"phone":          {"tél", "tel", "numéro de téléphone", "mobile", "telephone", "phone number"},
	"description.fr": {"activité", "description", "présentation", "activité de l'entreprise"},
	"description.en": {"activity", "description en", "description (anglais)"},
	"offers.fr":      {"offre", "produits", "savoir-faire"},
	"offers.en":      {"offers", "products", "services"},
	"needs.fr":       {"besoins", "recherche", "attentes"},
	"needs.en":       {"needs", "looking for"},

	"honorific":    {"civ", "salutation"},
	"given_name":   {"prénoms", "first name", "forename"},
	"family_name":  {"nom", "patronyme", "last name", "surname"},
	"organisation": {"entreprise", "société", "structure", "employeur", "company", "employer", "siret"},
	"function":     {"poste", "fonction occupée", "job title", "position", "role"},
	"languages":    {"langue", "langues parlées", "language"},
	"phones":       {"téléphone", "tél", "tel", "mobile", "portable", "phone", "phone number"},
}

// looks tell values by themselves, where their heading does not.
var looks = map[string]func(text string) bool{
	"siren":   parses(ident.ParseSIREN),
	"siret":   parses(ident.ParseSIRET),
	"email":   parses(ident.ParseEmail),
	"country": parses(country),
	"naf":     parses(activity(ident.Rev2)),
	"site": func(text string) bool {
		return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "www.")
	},
}

func parses(parse func(string) (string, error)) func(text string) bool {
	return func(text string) bool {
		_, err := parse(text)
		return err == nil
	}
}

// country reads a country as people write it, and gives its two letters.
func country(text string) (string, error) {
	code, known := places.ReadCountry(text)
	if !known {
		return "", fault.New(fault.Invalid, "directory.country_unknown", text)
	}
	return code, nil
}

// forWorkbooks adds to the fields of a noun how they are known in workbooks.
// Keys are the fields by which people name a record.
func forWorkbooks[T any](fields record.Fields[T], keys ...string) record.Fields[T] {
	for i := range fields {
		field := &fields[i]
		field.Headings, field.Looks = headings[field.Name], looks[field.Name]
		switch field.Name {
		case "country":
			field.Say = places.CountryName
		case "city":
			field.Within = "country"
		}
		for _, key := range keys {
			field.Key = field.Key || field.Name == key
		}
	}
	return fields
}
