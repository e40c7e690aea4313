package directory

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/escale-hq/escale/internal/db"
	"github.com/escale-hq/escale/internal/directory/places"
	"github.com/escale-hq/escale/internal/fault"
	"github.com/escale-hq/escale/internal/history"
	"github.com/escale-hq/escale/internal/names"
	"github.com/escale-hq/escale/internal/record"
	"github.com/escale-hq/escale/internal/web"
)

// organisationEditor is how people add and change organisations.
func (p *Pages) organisationEditor() record.Editor[Organisation] {
	return record.Editor[Organisation]{
		DB: p.db, Frame: p.frame, Noun: Organisations(), List: "/organisations", Values: organisationValues, Fill: fillOrganisation,
		Page: func(ctx context.Context, tx *db.Tx, f web.Frame, form record.Form[Organisation]) (templ.Component, error) {
			sectors, err := Sectors(ctx, tx, form.Viewer.Territory.ID)
			return organisationFormPage(f, organisationForm{form, sectors}), err
		},
	}
}

// organisationForm is the form of an organisation, with what it offers to
// choose from.
type organisationForm struct {
	record.Form[Organisation]
	sectors []Sector
}

func (f organisationForm) field(name string) web.Field { return f.Field("organisation", name) }

// allCountries are those that a form offers, in the order of a language.
func allCountries(lang string) []web.Option {
	var options []web.Option
	for _, c := range places.Countries(lang) {
		options = append(options, web.Option{Value: c.Code, Label: c.Name})
	}
	return options
}

func (f organisationForm) languages() []web.Option {
	order := record.ContentLanguages()
	if len(f.Viewer.Territory.Languages) > 0 {
		order = f.Viewer.Territory.Languages
	}
	var options []web.Option
	for _, lang := range order {
		options = append(options, web.Option{Value: lang, Label: f.Words.T("directory.language." + lang)})
	}
	return options
}

func (f organisationForm) sectorValues() []string {
	values := make([]string, len(f.sectors))
	for i, s := range f.sectors {
		values[i] = s.ID
	}
	return values
}

func (f organisationForm) sectorMarks() []web.Sector {
	marks := make([]web.Sector, len(f.sectors))
	for i, s := range f.sectors {
		marks[i] = sectorMark(f.sectors, s.ID, f.Words.Lang())
	}
	return marks
}

// organisationValues is what the form of an organisation holds to begin with.
func organisationValues(ctx context.Context, tx *db.Tx, o *Organisation) (url.Values, error) {
	values := organisationFields().Values(o)
	values["sectors"] = o.Sectors
	city, err := cityIfAny(ctx, tx, o.Territory, o.City)
	if city != nil {
		values.Set("city", city.Name)
	}
	return values, err
}

// fillOrganisation sets the fields that a form sent. A city is named, and made if the
// gazetteer knows it.
func fillOrganisation(ctx context.Context, tx *db.Tx, o *Organisation, sent url.Values) error {
	texts := organisationFields().Sent(sent)
	delete(texts, "city") // it is named, not pointed to
	if _, shown := sent["name"]; shown {
		texts["sectors"] = strings.Join(sent["sectors"], "; ") // none chosen sends nothing
	}
	problems := organisationFields().Apply(o, texts)
	city, err := cityNamed(ctx, tx, o.Meta, sent.Get("city"), sent.Get("country"))
	if fault.Is(err, fault.Internal) {
		return err // of the database, and no fault of the form
	}
	problems.AddError("city", err)
	o.City = city
	return problems.Or()
}

// cityNamed finds the city of a name in the directory, or makes it from what
// the gazetteer knows.
func cityNamed(ctx context.Context, tx *db.Tx, of record.Meta, name, country string) (id string, err error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil
	}
	known, err := CitiesNamed(ctx, tx, of.Territory, name)
	if err != nil {
		return "", err
	}
	known = slices.DeleteFunc(known, func(c *City) bool { return country != "" && c.Country != country })
	if len(known) > 0 {
		return known[0].ID, nil
	}
	place, found := places.Find(name, country)
	if !found {
		return "", fault.New(fault.Invalid, "directory.city_unknown", name)
	}
	city := &City{
		Meta: record.Meta{Territory: of.Territory}, Name: place.Name, Country: place.Country, Zone: place.Zone,
		Latitude: place.At.Latitude, Longitude: place.At.Longitude, Placed: true,
	}
	if names.Fold(place.Name) != names.Fold(name) {
		city.Name = name
	}
	err = Cities().Add(ctx, tx, record.Act{By: history.System()}, city)
	return city.ID, err
}
