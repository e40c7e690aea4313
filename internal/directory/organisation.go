package directory

import (
	"strconv"
	"strings"

	"github.com/escale-hq/escale/internal/directory/ident"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/i18n"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/territory"
)

// An Organisation is a company, an institution or an agency, at home or abroad.
type Organisation struct {
	record.Meta
	Name       string   // by which it is known
	LegalName  string   // where it is another
	OtherNames []string // trading names, former names, names in other scripts
	Kind       string   // one of OrganisationKinds, or ""

	Country          string // ISO 3166, two letters, or ""
	City             string // id of a city, or ""
	Street, Postcode string

	SIREN, SIRET string // France, digits only
	ForeignID    string // register number elsewhere, as written
	NAF, NAF25   string // activity in both revisions of the French nomenclature
	Size         string // one of Sizes, or ""
	Founded      string // a year, or ""

	Site, Email, Phone         string
	Description, Offers, Needs i18n.Text
	Sectors                    []string // ids

	// Logo is what its picture is kept under, or "".
	Logo string
	// Source names the document that a recorded fact comes from, or is "".
	Source string
	// MergedInto is the record that this one was merged into, or "".
	MergedInto string

	key string // by which the name sorts
}

// OrganisationKinds are what an organisation can be.
func OrganisationKinds() []string {
	return []string{"company", "institution", "agency", "chamber", "cluster", "incubator", "university", "port", "association", "media"}
}

// Sizes are the ranges of staff that the French register counts in.
func Sizes() []string {
	return []string{
		"0", "1-2", "3-5", "6-9", "10-19", "20-49", "50-99", "100-199", "200-249", "250-499", "500-999",
		"1000-1999", "2000-4999", "5000-9999", "10000+",
	}
}

// Subject says who may do what to it.
func (o *Organisation) Subject() territory.Subject {
	return territory.Subject{Owner: o.Owner, Organisation: o.ID}
}

// organisationFields are what is said of an organisation, in reading order.
func organisationFields() record.Fields[Organisation] {
	type org = Organisation
	fields := record.Fields[org]{
		record.TextField("name", func(o *org) *string { return &o.Name }),
		record.TextField("legal_name", func(o *org) *string { return &o.LegalName }),
		record.ListField("other_names", func(o *org) *[]string { return &o.OtherNames }),
		record.ChoiceField("kind", OrganisationKinds(), func(o *org) *string { return &o.Kind }),
		record.ParsedField("siren", ident.ParseSIREN, func(o *org) *string { return &o.SIREN }),
		record.ParsedField("siret", ident.ParseSIRET, func(o *org) *string { return &o.SIRET }),
		record.TextField("foreign_id", func(o *org) *string { return &o.ForeignID }),
		record.ParsedField("country", country, func(o *org) *string { return &o.Country }),
		record.ReferenceField("city", "city", func(o *org) *string { return &o.City }),
		record.TextField("street", func(o *org) *string { return &o.Street }),
		record.TextField("postcode", func(o *org) *string { return &o.Postcode }),
		sectorsField(),
		record.ParsedField("naf", activity(ident.Rev2), func(o *org) *string { return &o.NAF }),
		record.ParsedField("naf25", activity(ident.Rev2025), func(o *org) *string { return &o.NAF25 }),
		record.ChoiceField("size", Sizes(), func(o *org) *string { return &o.Size }),
		record.ParsedField("founded", year, func(o *org) *string { return &o.Founded }),
		record.TextField("site", func(o *org) *string { return &o.Site }),
		record.ParsedField("email", ident.ParseEmail, func(o *org) *string { return &o.Email }),
		record.TextField("phone", func(o *org) *string { return &o.Phone }),
	}
	for _, lang := range record.ContentLanguages() {
		fields = append(
			fields,
			record.ContentField("description", lang, func(o *org) *i18n.Text { return &o.Description }),
			record.ContentField("offers", lang, func(o *org) *i18n.Text { return &o.Offers }),
			record.ContentField("needs", lang, func(o *org) *i18n.Text { return &o.Needs }),
		)
	}
	fields = append(fields, record.Unlisted(record.ParsedField("logo", pictureHash, func(o *org) *string { return &o.Logo })),
		record.Unlisted(record.TextField("source", func(o *org) *string { return &o.Source })),
		record.Unlisted(record.ReferenceField("merged_into", "organisation", func(o *org) *string { return &o.MergedInto })))
	return forWorkbooks(fields, "name", "legal_name", "siren", "siret")
}

func sectorsField() record.Field[Organisation] {
	field := record.ListField("sectors", func(o *Organisation) *[]string { return &o.Sectors })
	field.Type, field.To = record.References, "sector"
	return field
}

func activity(revision ident.Revision) func(string) (string, error) {
	return func(text string) (string, error) { return ident.ParseActivity(revision, text) }
}

func year(text string) (string, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1000 || n > 2200 {
		return "", fault.New(fault.Invalid, "directory.year", text)
	}
	return text, nil
}

// settle derives what follows from the fields, and says what is wrong.
func (o *Organisation) settle() error {
	var p fault.Problems
	if o.Name == "" {
		p.Add("name", "directory.name_needed")
	}
	if o.SIRET != "" {
		siren := ident.SIRENOf(o.SIRET)
		if o.SIREN != "" && o.SIREN != siren {
			p.Add("siret", "directory.siret_of_another", ident.FormatSIREN(siren))
		}
		o.SIREN = siren
	}
	if o.SIREN != "" && o.Country == "" {
		o.Country = "FR"
	}
	o.key = names.SortKey(o.Name)
	return p.Or()
}

// found says how an organisation is found: by its names, numbers, addresses and
// what it does.
func (o *Organisation) found() record.Found {
	words := append([]string{o.LegalName, o.SIREN, o.SIRET, o.ForeignID, o.Email, o.Site}, o.OtherNames...)
	for _, text := range []i18n.Text{o.Description, o.Offers, o.Needs} {
		for _, said := range text {
			words = append(words, said)
		}
	}
	detail, _ := o.Description.In(i18n.Fallback)
	return record.Found{Title: o.Name, Detail: shorten(detail), Words: words, Subject: o.Subject()}
}

// shorten keeps the beginning of a text, for a line under a name.
func shorten(text string) string {
	const most = 120
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}
